#include "nlp/statement_reading.h"

#include <fmt/format.h>

#include <algorithm>

namespace plumbline {
namespace {

constexpr float kBesides = 0.25F;  // of the best clause's weight: a neighbour with it belongs to it
constexpr std::size_t kFewestTokens = 3;  // of a clause; shorter ones join the one before

// Finds where in one sentence the kinds stand that it states.
class SentenceReader {
 public:
  SentenceReader(const StatementText& text, const StatementModel& model, StatementScratch& scratch,
                 std::vector<StatementSpan>& out, std::vector<Reason>* why)
      : text_(text), model_(model), scratch_(scratch), out_(out), why_(why) {}

  void read(TokenRange sentence) {
    statement_units(text_.read.tokens, {sentence, text_.lang, text_.mood}, scratch_.units,
                    model_.rows());
    const StatementScores shares = model_.shares(scratch_.units);
    sentence_ = sentence;
    cut_clauses();
    const std::size_t known = out_.size();
    for (std::size_t kind = 0; kind < kStatementKinds; ++kind) {
      if (real_share(shares, kind) < model_.border(kind)) continue;
      StatementSpan& found = out_.emplace_back();
      found.kind = static_cast<StatementKind>(kind);
      if (shares[other_column] >= model_.border(other_column)) found.holder = Holder::other;
      set_tense(shares, found);
      found.span = place(kind, shares[kind]);
      if (found.span.begin == found.span.end) out_.pop_back();
    }
    std::stable_sort(
        out_.begin() + static_cast<std::ptrdiff_t>(known), out_.end(),
        [](const StatementSpan& a, const StatementSpan& b) { return a.span.begin < b.span.begin; });
  }

 private:
  const FastToken& token(std::size_t i) const {
    return text_.read.tokens.tokens[sentence_.first + i];
  }

  void set_tense(const StatementScores& shares, StatementSpan& found) const {
    const float past = shares[past_column] - model_.border(past_column);
    const float future = shares[future_column] - model_.border(future_column);
    if (past >= 0 && past >= future)
      found.tense = Tense::past;
    else if (future >= 0)
      found.tense = Tense::future;
  }

  // Clauses begin behind signs and with words like "but".
  void cut_clauses() {
    clauses_.clear();
    const std::size_t count = sentence_.last - sentence_.first;
    std::size_t first = 0;
    const auto close = [&](std::size_t last) {
      if (last <= first) return;
      if (last - first < kFewestTokens && !clauses_.empty())
        clauses_.back().last = last;
      else
        clauses_.push_back({first, last});
      first = last;
    };
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t at = sentence_.first + i;
      if (at < text_.read.notes.size() && text_.read.notes[at].contrast) close(i);
      if (token(i).kind == FastKind::mark && !is_inner_stop(i, count)) close(i + 1);
    }
    close(count);
  }

  // A full stop with words behind it belongs to an abbreviation or a number.
  bool is_inner_stop(std::size_t i, std::size_t count) const {
    return token(i).mark == '.' && i + 1 < count && token(i + 1).kind != FastKind::mark;
  }

  float weight_of(const TokenRange& clause) const {
    float out = 0;
    for (std::size_t i = clause.first; i < clause.last; ++i) out += scratch_.weights[i];
    return out;
  }

  Span place(std::size_t kind, float share) {
    scratch_.weights.assign(sentence_.last - sentence_.first, 0.0F);
    model_.place(scratch_.units, kind, scratch_.weights);
    std::size_t best = 0;
    for (std::size_t c = 1; c < clauses_.size(); ++c)
      if (weight_of(clauses_[c]) > weight_of(clauses_[best])) best = c;
    const float enough = kBesides * weight_of(clauses_[best]);
    std::size_t first = best, last = best + 1;
    while (first > 0 && weight_of(clauses_[first - 1]) > enough) --first;
    while (last < clauses_.size() && weight_of(clauses_[last]) > enough) ++last;
    if (why_ != nullptr) explain(kind, share);
    return span_of(clauses_[first].first, clauses_[last - 1].last);
  }

  // Without signs, handles and links at its edges; a question keeps its mark.
  Span span_of(std::size_t first, std::size_t last) const {
    const auto is_edge = [&](std::size_t i) {
      const FastKind kind = token(i).kind;
      return kind == FastKind::mark || kind == FastKind::handle || kind == FastKind::link ||
             kind == FastKind::symbol;
    };
    while (first < last && is_edge(first)) ++first;
    while (last > first && is_edge(last - 1) && token(last - 1).mark != '?') --last;
    if (first >= last) return {};
    return {token(first).span.begin, token(last - 1).span.end};
  }

  void explain(std::size_t kind, float share) {
    const auto most = std::ranges::max_element(scratch_.weights);
    const FastToken& at = token(static_cast<std::size_t>(most - scratch_.weights.begin()));
    why_->push_back(
        {at.span,
         fmt::format("statement {}: {}", name_of(static_cast<StatementKind>(kind)),
                     text_.text.text.substr(at.span.begin, at.span.end - at.span.begin)),
         share});
  }

  const StatementText& text_;
  const StatementModel& model_;
  StatementScratch& scratch_;
  std::vector<StatementSpan>& out_;
  std::vector<Reason>* why_;
  TokenRange sentence_;
  std::vector<TokenRange> clauses_;  // from the sentence's first token on
};

}  // namespace

void read_statements(const StatementText& text, const StatementModel& model,
                     StatementScratch& scratch, std::vector<StatementSpan>& out,
                     std::vector<Reason>* why) {
  statement_sentences(text.text.sentences, text.read.tokens, scratch.sentences);
  SentenceReader reader(text, model, scratch, out, why);
  for (const TokenRange& sentence : scratch.sentences) reader.read(sentence);
}

}  // namespace plumbline
