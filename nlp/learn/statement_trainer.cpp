#include "nlp/learn/statement_trainer.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.h"
#include "nlp/fast_reading.h"
#include "nlp/learn/random.h"
#include "nlp/prepared.h"

namespace plumbline {
namespace {

constexpr std::size_t kHoldOut = 5;  // every n-th text
constexpr float kFirstSquare = 1e-2F;
constexpr unsigned kKindBits = (1U << kStatementKinds) - 1;
constexpr int kBorderSteps = 100;

class Preparation {
 public:
  Preparation(const FastModel& fast, const Lexicons& lexicons) : fast_(fast), lexicons_(lexicons) {}

  // Calls `take` with each sentence of the text.
  template <class Take>
  void prepare(const StatementSentence& sentence, const Take& take) {
    const auto lexicon = lexicons_.find(sentence.lang);
    if (lexicon == lexicons_.end()) return;
    plumbline::prepare(sentence.text, text_);
    read_.slots.clear();
    read_fast(sentence.text, lexicon->second, sentence.lang, read_);
    const Sentiment mood =
        fast_.answer(read_.slots, sentence.lang, read_.notes, read_.up_to).sentiment;
    statement_sentences(text_.sentences, read_.tokens, ranges_);
    for (const TokenRange& range : ranges_) {
      statement_units(read_.tokens, {range, sentence.lang, mood}, units_);
      StatementExample example;
      for (const StatementUnit& unit : units_) example.rows.push_back(unit.row);
      example.marks = marks_of(sentence, range);
      take(std::move(example));
    }
  }

 private:
  // A statement belongs to the sentences that hold half of it, or of which it holds half.
  std::uint16_t marks_of(const StatementSentence& sentence, TokenRange range) const {
    const Span mine{read_.tokens.tokens[range.first].span.begin,
                    read_.tokens.tokens[range.last - 1].span.end};
    unsigned out = 0;
    for (const MarkedStatement& mark : sentence.statements) {
      const Span& said = mark.said.span;
      const std::uint32_t begin = std::max(mine.begin, said.begin);
      const std::uint32_t end = std::min(mine.end, said.end);
      const std::uint32_t least = std::min(mine.end - mine.begin, said.end - said.begin);
      if (end <= begin || 2 * (end - begin) < least) continue;
      if (!mark.real) {
        out |= 1U << unreal_column;
        continue;
      }
      out |= 1U << static_cast<unsigned>(mark.said.kind);
      if (mark.said.holder == Holder::other) out |= 1U << other_column;
      if (mark.said.tense == Tense::past) out |= 1U << past_column;
      if (mark.said.tense == Tense::future) out |= 1U << future_column;
    }
    return static_cast<std::uint16_t>(out);
  }

  const FastModel& fast_;
  const Lexicons& lexicons_;
  Prepared text_;
  FastScratch read_;
  std::vector<TokenRange> ranges_;
  std::vector<StatementUnit> units_;
};

// Weights on their way.
class Table {
 public:
  explicit Table(const StatementTraining& training)
      : training_(training),
        now_((std::size_t{kStatementRows} + 1) * kStatementRow),  // the last: the bias
        squares_(now_.size(), kFirstSquare),
        sum_(now_.size()) {}

  StatementScores score(const StatementExample& example) const {
    StatementScores out{};
    for (const std::uint32_t row : example.rows)
      for (std::size_t c = 0; c < kStatementColumns; ++c)
        out[c] += now_[std::size_t{row} * kStatementRow + c];
    for (std::size_t c = 0; c < kStatementColumns; ++c)
      out[c] = out[c] / root_of(example) + now_[bias() + c];
    return out;
  }

  void learn(const StatementExample& example) {
    StatementScores gradient = score(example);
    const bool states = (example.marks & kKindBits) != 0;
    const float weight = example.taught ? training_.taught : 1;
    for (std::size_t c = 0; c < kStatementColumns; ++c) {
      const float wanted = (example.marks >> c & 1U) != 0 ? 1.0F : 0.0F;
      const float share = 1 / (1 + std::exp(-gradient[c]));
      // A model that teaches does not tell what it left out as unreal.
      const bool asked = c < kStatementKinds || (c == unreal_column ? !example.taught : states);
      gradient[c] = asked ? weight * (share - wanted) : 0.0F;
      descend(bias() + c, gradient[c], 0);
    }
    const float root = 1 / root_of(example);
    for (const std::uint32_t row : example.rows)
      for (std::size_t c = 0; c < kStatementColumns; ++c)
        descend(std::size_t{row} * kStatementRow + c, gradient[c] * root, training_.l2);
  }

  void remember() {
    for (std::size_t i = 0; i < now_.size(); ++i) sum_[i] += now_[i];
    ++times_;
  }

  void put(StatementWeights& out) const {
    const float part = 1 / static_cast<float>(std::max(times_, 1));
    out.rows.resize(std::size_t{kStatementRows} * kStatementRow);
    for (std::size_t i = 0; i < out.rows.size(); ++i) out.rows[i] = sum_[i] * part;
    for (std::size_t c = 0; c < kStatementColumns; ++c) out.bias[c] = sum_[bias() + c] * part;
  }

 private:
  static float root_of(const StatementExample& example) {
    return std::sqrt(static_cast<float>(std::max<std::size_t>(example.rows.size(), 1)));
  }
  static std::size_t bias() { return std::size_t{kStatementRows} * kStatementRow; }

  void descend(std::size_t at, float gradient, float l2) {
    const float g = gradient + l2 * now_[at];
    squares_[at] += g * g;
    now_[at] -= training_.rate * g / std::sqrt(squares_[at]);
  }

  const StatementTraining& training_;
  std::vector<float> now_, squares_, sum_;
  int times_ = 0;
};

Status run_epochs(std::vector<const StatementExample*> examples, const StatementTraining& training,
                  const std::function<bool(double)>& go_on, StatementWeights& out) {
  Table table(training);
  std::uint64_t state = training.seed;
  for (int epoch = 0; epoch < training.epochs; ++epoch) {
    for (std::size_t i = examples.size(); i > 1; --i)
      std::swap(examples[i - 1], examples[stirred(state += 0x9E3779B97F4A7C15U) % i]);
    for (const StatementExample* example : examples) table.learn(*example);
    if (epoch >= training.epochs / 3) table.remember();
    if (!go_on(static_cast<double>(epoch + 1) / training.epochs))
      return fail(ErrorCode::partial, "stopped; nothing was written");
  }
  table.put(out);
  return {};
}

// The border of a column with the best F of `beta`, and the counts there.
float best_border(const std::vector<std::pair<float, bool>>& answers, float beta,
                  StatementCounts& counts) {
  double best = -1;
  float out = 0.5F;
  for (int step = 5; step < kBorderSteps; ++step) {
    const float border = static_cast<float>(step) / kBorderSteps;
    StatementCounts here;
    for (const auto& [share, truth] : answers) {
      here.there += truth ? 1 : 0;
      here.found += share >= border ? 1 : 0;
      here.right += truth && share >= border ? 1 : 0;
    }
    const double square = static_cast<double>(beta) * static_cast<double>(beta);
    const double below = square * static_cast<double>(here.there) + static_cast<double>(here.found);
    const double f = below > 0 ? (1 + square) * static_cast<double>(here.right) / below : 0;
    if (f <= best) continue;
    best = f;
    out = border;
    counts = here;
  }
  return out;
}

void set_borders(const StatementData& data, const StatementTraining& training,
                 LearnedStatements& learned) {
  const Result<StatementModel> model =
      StatementModel::read(pack_statement_model(learned.weights), "what was learned");
  std::array<std::vector<std::pair<float, bool>>, kStatementColumns> answers;
  std::vector<StatementUnit> units;
  for (const StatementExample& example : data.held) {
    units.clear();
    for (const std::uint32_t row : example.rows) units.push_back({row, 0, 0});
    const StatementScores shares = model->shares(units);
    for (std::size_t c = 0; c < kStatementColumns; ++c)
      if (c < kStatementKinds || c == unreal_column || (example.marks & kKindBits) != 0)
        answers[c].emplace_back(c < kStatementKinds ? real_share(shares, c) : shares[c],
                                (example.marks >> c & 1U) != 0);
  }
  for (std::size_t c = 0; c < kStatementColumns; ++c)
    learned.weights.borders[c] =
        best_border(answers[c], c < kStatementKinds ? training.beta : 1, learned.held[c]);
}

}  // namespace

StatementData prepare_statements(const std::vector<StatementSentence>& marked,
                                 const std::vector<StatementSentence>& taught,
                                 const FastModel& fast, const Lexicons& lexicons) {
  StatementData out;
  Preparation preparation(fast, lexicons);
  std::set<std::string> languages;
  std::size_t row = 0;
  for (const StatementSentence& each : marked) {
    std::vector<StatementExample>& to = row++ % kHoldOut == 0 ? out.held : out.learn;
    preparation.prepare(each, [&](StatementExample example) {
      out.digest = hash64(each.text, out.digest + example.marks);
      to.push_back(std::move(example));
      languages.insert(each.lang);
    });
  }
  for (const StatementSentence& each : taught)
    preparation.prepare(each, [&](StatementExample example) {
      out.digest = hash64(each.text, out.digest + example.marks);
      example.taught = true;
      out.learn.push_back(std::move(example));
    });
  for (const std::string& each : languages)
    out.languages += (out.languages.empty() ? "" : " ") + each;
  return out;
}

Result<LearnedStatements> learn_statements(const StatementData& data,
                                           const StatementTraining& training,
                                           const std::function<bool(double share)>& go_on) {
  LearnedStatements out;
  std::vector<const StatementExample*> examples;
  for (const StatementExample& each : data.learn) examples.push_back(&each);
  const auto half = [&](double before) {
    return [&go_on, before](double share) { return !go_on || go_on(before + share / 2); };
  };
  PLUMBLINE_CHECK(run_epochs(examples, training, half(0), out.weights));
  set_borders(data, training, out);
  for (const StatementExample& each : data.held) examples.push_back(&each);
  PLUMBLINE_CHECK(run_epochs(std::move(examples), training, half(0.5), out.weights));
  out.weights.languages = data.languages;
  out.weights.data_digest = data.digest;
  return out;
}

}  // namespace plumbline
