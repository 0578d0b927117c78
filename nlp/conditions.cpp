#include "nlp/conditions.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "nlp/phrase_file.h"

namespace plumbline {
namespace {

enum Tag : std::uint32_t {
  kNone,    // only looks like one: "even if"
  kBehind,  // the condition follows: "if"
  kBefore   // the condition stands before: なら
};

// One condition: its clause, and the sentence it stands in.
struct Condition {
  Span span;
  std::uint32_t sentence = 0;
};

Span without_edges(std::string_view text, Span span) {
  while (span.end > span.begin && (text[span.end - 1] == ' ' || text[span.end - 1] == '.'))
    --span.end;
  while (span.begin < span.end && text[span.begin] == ' ') ++span.begin;
  return span;
}

Span clause_of(const Prepared& text, const PhraseHit& hit) {
  const Piece& sentence = text.sentences[hit.sentence];
  Span span = hit.span;
  if (hit.tag == kBehind) {
    while (span.end < sentence.end && clause_sign_at(text.text, span.end) == 0) ++span.end;
    return without_edges(text.text, span);
  }
  std::uint32_t begin = sentence.begin;
  for (std::uint32_t at = begin; at < hit.span.begin; ++at)
    if (const std::size_t sign = clause_sign_at(text.text, at); sign > 0)
      begin = at + static_cast<std::uint32_t>(sign);
  span.begin = begin;
  return without_edges(text.text, span);
}

std::uint32_t apart(const Span& a, const Span& b) {
  if (a.end <= b.begin) return b.begin - a.end;
  return b.end <= a.begin ? a.begin - b.end : 0;
}

// Whether a word like "but" stands between the two.
bool are_parted(const Prepared& text, const Lexicon& lexicon, const Span& a, const Span& b) {
  const std::uint32_t from = std::min(a.end, b.end), to = std::max(a.begin, b.begin);
  auto word = std::ranges::lower_bound(text.words, from, {},
                                       [](const Word& each) { return each.span.begin; });
  for (; word != text.words.end() && word->span.end <= to; ++word) {
    const WordRule* rule = lexicon.rule_of(word->folded);
    if (rule != nullptr && rule->contrast) return true;
  }
  return false;
}

}  // namespace

Result<Conditions> Conditions::load(std::string_view content) {
  struct Words {
    PhraseTable phrases;
  };
  Words words = PLUMBLINE_TRY(read_phrases<Words>(
      "conditions.txt", content, [](const PatternLine& line, Words& out) -> Status {
        const std::string_view what = line.fields[0];
        if (line.fields.size() != 2 || (what != "if" && what != "before" && what != "-"))
          return fail(ErrorCode::invalid,
                      "a line is: if, before or -, TAB, then phrases parted by ,");
        const Tag tag = what == "if" ? kBehind : what == "before" ? kBefore : kNone;
        for (const std::string_view phrase : split(line.fields[1], ','))
          if (!trim(phrase).empty()) PLUMBLINE_CHECK(out.phrases.add(trim(phrase), tag));
        return {};
      }));
  Conditions out;
  out.phrases_ = std::move(words.phrases);
  return out;
}

void Conditions::find(const PlainWords& words, const Lexicon& lexicon,
                      std::vector<StatementSpan>& statements) const {
  if (empty() || statements.empty()) return;
  std::vector<PhraseHit> hits;
  phrases_.find(words, PhraseMode::longest, hits);
  std::vector<Condition> found;
  for (const PhraseHit& hit : hits)
    if (hit.tag != kNone) found.push_back({clause_of(words.text, hit), hit.sentence});
  if (found.empty()) return;
  for (StatementSpan& each : statements) {
    if (each.kind == StatementKind::question) continue;
    const auto& sentences = words.text.sentences;
    const auto last = std::ranges::upper_bound(sentences, each.span.begin, {}, &Piece::begin);
    const auto sentence = static_cast<std::uint32_t>(last - sentences.begin()) - 1;
    const Condition* nearest = nullptr;
    for (const Condition& one : found) {
      if (one.sentence != sentence || are_parted(words.text, lexicon, each.span, one.span))
        continue;
      if (nearest == nullptr || apart(one.span, each.span) < apart(nearest->span, each.span))
        nearest = &one;
    }
    if (nearest != nullptr) each.condition = nearest->span;
  }
}

}  // namespace plumbline
