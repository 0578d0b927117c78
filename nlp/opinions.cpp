#include "nlp/opinions.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "nlp/amounts.h"
#include "nlp/phrase_file.h"

namespace plumbline {
namespace {

enum OpinionTag : std::uint32_t { kBlame, kPraise };
enum OpinionRole : std::uint32_t { kToo = 1, kQuality = 2 };
constexpr std::pair<std::string_view, OpinionRole> kOpinionRoles[] = {{"too", kToo},
                                                                      {"quality", kQuality}};

constexpr std::uint32_t kNegatedAhead = 3;  // words before an opinion in which a negator turns it
// "Not bad" praises less than "good" does, and "not good" blames no less than "bad".
constexpr float kTurnedBlame = 0.6F;
constexpr float kPlainSeed = 0.3F;  // of words.tsv, from here on

}  // namespace

Result<Opinions> Opinions::load(std::string_view content) {
  struct Words {
    PhraseTable phrases;
    WordTable<std::uint32_t> roles;
  };
  Words words = PLUMBLINE_TRY(read_phrases<Words>(
      "opinions.txt", content, [](const PatternLine& line, Words& out) -> Status {
        if (line.fields.size() == 2) {
          const std::string_view kind = line.fields[0];
          if (kind == "good") return out.phrases.add(line.fields[1], kPraise);
          if (kind == "bad") return out.phrases.add(line.fields[1], kBlame);
          for (const auto& [name, role] : kOpinionRoles) {
            if (kind != name) continue;
            for (const std::string_view word : split(line.fields[1], ' '))
              if (!trim(word).empty()) out.roles[plain(fold_word(trim(word)))] |= role;
            return {};
          }
        }
        return fail(ErrorCode::invalid,
                    "a line is: good or bad, TAB and a phrase; or too or quality, TAB and words");
      }));
  Opinions out;
  out.phrases_ = std::move(words.phrases);
  out.roles_ = std::move(words.roles);
  return out;
}

bool Opinions::is(std::string_view word, std::uint32_t role) const {
  const std::uint32_t* const found = roles_.find(word);
  return found != nullptr && (*found & role) != 0;
}

// What is left of a side where a negator stands before it, or, as in Japanese, behind it.
float Opinions::turned(const PlainWords& words, const Lexicon& lexicon, Span span,
                       float side) const {
  const auto& all = words.text.words;
  const std::uint32_t first = word_from(words.text, span.begin);
  const std::uint32_t behind = word_from(words.text, span.end);
  const std::uint32_t sentence = first < all.size() ? all[first].sentence : 0;
  bool negated = false;
  for (std::uint32_t i = first; i > 0 && first - i < kNegatedAhead; --i) {
    if (all[i - 1].sentence != sentence) break;
    const WordRule* const rule = lexicon.rule_of(all[i - 1].folded);
    if (rule != nullptr && rule->contrast) break;
    if (rule != nullptr && rule->negates) negated = !negated;
  }
  if (behind < all.size() && all[behind].sentence == sentence) {
    const WordRule* const rule = lexicon.rule_of(all[behind].folded);
    if (rule != nullptr && rule->negates_before) negated = !negated;
  }
  if (first > 0 && all[first - 1].sentence == sentence && side > 0 &&
      is(words.words[first - 1], kToo))
    return -side;
  if (!negated) return side;
  return side > 0 ? -side : -side * kTurnedBlame;
}

void Opinions::find(const PlainWords& words, const Lexicon& lexicon,
                    std::vector<Opinion>& out) const {
  std::vector<PhraseHit> hits;
  phrases_.find(words, PhraseMode::longest, hits);
  const std::size_t known = out.size();
  for (const PhraseHit& hit : hits)
    out.push_back({hit.span, turned(words, lexicon, hit.span, hit.tag == kPraise ? 1.0F : -1.0F)});
  const std::size_t listed = out.size();
  const auto& all = words.text.words;
  for (std::size_t i = 0, next = known; i < all.size(); ++i) {
    const Span span = all[i].span;
    while (next < listed && out[next].span.end <= span.begin) ++next;
    if (next < listed && overlap(out[next].span, span)) continue;
    if (i > 0 && is(words.words[i - 1], kToo) && is(words.words[i], kQuality)) {
      out.push_back({span, -1});
      continue;
    }
    const WordRule* const rule = lexicon.rule_of(all[i].folded);
    if (rule == nullptr || (rule->seed < kPlainSeed && rule->seed > -kPlainSeed)) continue;
    out.push_back({span, turned(words, lexicon, span, rule->seed)});
  }
  std::ranges::stable_sort(out, {}, [](const Opinion& each) { return each.span.begin; });
}

float side_within(const std::vector<Opinion>& opinions, Span stretch) {
  float sum = 0;
  auto at = std::ranges::lower_bound(opinions, stretch.begin, {},
                                     [](const Opinion& each) { return each.span.begin; });
  for (; at != opinions.end() && at->span.begin < stretch.end; ++at) sum += at->side;
  return sum;
}

}  // namespace plumbline
