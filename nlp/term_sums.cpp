#include "nlp/term_sums.h"

#include <algorithm>
#include <cmath>

namespace plumbline {
namespace {

constexpr float kMostOpinion = 4, kMostListed = 2;
constexpr float kTurnedTerm = -0.6F;  // what a negated word keeps of its polarity
constexpr std::size_t kNearby = 11;   // words on each side among which the nearest is looked for

float listed(const FastTokens& tokens, const std::vector<FastNote>& words, TokenRange range) {
  float sum = 0;
  int turned = 0;
  for (std::size_t t = range.first; t < range.last; ++t) {
    if (tokens.tokens[t].kind == FastKind::mark || words[t].contrast) turned = 0;
    sum += turned-- > 0 ? words[t].seed * kTurnedTerm : words[t].seed;
    if (words[t].negates) turned = kTermTurns;
  }
  return std::clamp(sum, -kMostListed, kMostListed);
}

float nearest(const std::vector<FastNote>& words, TokenRange sentence, TokenRange term) {
  for (std::size_t step = 1; step <= kNearby; ++step) {
    const std::size_t after = term.last + step - 1;
    if (after < sentence.last && words[after].seed != 0) return words[after].seed;
    if (term.first >= sentence.first + step && words[term.first - step].seed != 0)
      return words[term.first - step].seed;
  }
  return 0;
}

}  // namespace

MoodSums mood_sums(const FastTokens& tokens, const std::vector<FastNote>& words,
                   const OpinionSums& opinions, TokenRange term) {
  const TokenRange sentence = sentence_of(tokens, term), clause = clause_of(tokens, words, term);
  const auto back = [&](std::size_t step) {
    return term.first >= sentence.first + step ? term.first - step : sentence.first;
  };
  const auto on = [&](std::size_t step) { return std::min(term.last + step, sentence.last); };
  MoodSums out{};
  std::size_t at = 0;
  for (const TokenRange range : {sentence, clause, TokenRange{back(2), on(2)},
                                 TokenRange{back(4), on(4)}, TokenRange{back(3), term.first},
                                 TokenRange{term.last, on(3)}, TokenRange{back(6), term.first},
                                 TokenRange{term.last, on(6)}, term, TokenRange{0, words.size()}}) {
    const auto &from = opinions[range.first], &to = opinions[range.last];
    const float root = 1 / std::sqrt(std::max(to[3] - from[3], 1.0F));
    const float negative = (to[0] - from[0]) * root, neutral = (to[1] - from[1]) * root,
                positive = (to[2] - from[2]) * root;
    out[at++] = std::clamp(positive - negative, -kMostOpinion, kMostOpinion) / 2;
    out[at++] = std::clamp(neutral - (negative + positive) / 2, -kMostOpinion, kMostOpinion) / 2;
  }
  for (const TokenRange range : {sentence, clause, TokenRange{back(4), on(4)},
                                 TokenRange{back(3), term.first}, TokenRange{term.last, on(3)}})
    out[at++] = listed(tokens, words, range);
  out[at] = nearest(words, sentence, term);
  return out;
}

}  // namespace plumbline
