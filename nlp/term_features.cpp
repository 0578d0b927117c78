#include "nlp/term_features.h"

#include <algorithm>

#include "base/text.h"

namespace plumbline {
namespace {

enum TermSeed : std::uint64_t {
  kEnd3 = 0x8CB92BA72F3D8DD7ULL,
  kEnd2 = 0xABC98388FB8FAC03ULL,
  kBegin = 0x139408DCBBF7A44DULL,
  kShape = 0x2545F4914F6CDD1DULL,
  kTermPair = 0x9FB21C651E98DF25ULL,
  kClass = 0xE7037ED1A0B428DBULL,
  kInTerm = 0x589965CC75374CC3ULL,
  kNear = 0x1D8E4E27C47D124FULL,
  kInClause = 0xEB44ACCAB455D165ULL,
  kInSentence = 0xC2B2AE3D27D4EB4FULL,
  kNearPair = 0x165667B19E3779F9ULL,
  kEdges = 0xD1342543DE82EF95ULL,
  kHead = 0xAF251AF3B0F025B5ULL,
};
constexpr std::size_t kMostUnits = 7;  // of a token
constexpr std::uint64_t kNoWord = 5;
constexpr std::size_t kNearest = 5;  // words on each side of a term that count by their distance

std::uint32_t row_of(std::uint64_t hash, std::uint32_t rows) {
  return static_cast<std::uint32_t>((hash >> 32) * rows >> 32);
}

std::uint64_t shape_hash(const FastToken& token) {
  if (token.kind == FastKind::mark)
    return fast_mix(kShape ^ static_cast<std::uint64_t>(static_cast<unsigned char>(token.mark)));
  return token.hash;
}

// What stands between a token and the one before it.
std::uint64_t gap_before(std::string_view text, const FastToken& token) {
  if (token.span.begin == 0) return 0;
  switch (text[token.span.begin - 1]) {
    case ' ': return 1;
    case '-': return 2;
    case '/': return 3;
    case '#': return 4;
    case '\'':
    case '"': return 5;
    default: return 6;
  }
}

std::uint64_t shape_of(std::string_view text, const FastToken& token) {
  std::uint64_t out = static_cast<std::uint64_t>(token.kind) << 8 | gap_before(text, token);
  if (token.capitals) out |= 1U << 4;
  if (is_upper(text[token.span.begin])) out |= 1U << 5;
  if (token.tagged) out |= 1U << 6;
  return out;
}

std::uint64_t class_of(const FastNote& word) {
  return (word.seed > 0 ? 1U : 0U) | (word.seed < 0 ? 2U : 0U) | (word.negates ? 4U : 0U) |
         (word.contrast ? 8U : 0U);
}

std::uint64_t ending(const FastTokens& tokens, const FastToken& token, std::size_t length) {
  const std::string_view folded = tokens.folded(token);
  return fast_hash(folded.data() + folded.size() - length, length);
}

bool ends_sentence(const FastToken& token) {
  return token.kind == FastKind::mark &&
         (token.mark == '.' || token.mark == '!' || token.mark == '?');
}

bool ends_clause(const FastToken& token, const FastNote& word) {
  return word.contrast || token.kind == FastKind::mark;
}

}  // namespace

void term_units(std::string_view text, const FastTokens& tokens, const std::vector<FastNote>& words,
                TermUnits& out) {
  const std::size_t count = tokens.tokens.size();
  out.rows.resize(count * kMostUnits);
  out.ends.resize(count);
  std::uint32_t* at = out.rows.data();
  const auto add = [&](std::uint64_t hash) { *at++ = row_of(hash, kTermRows); };
  for (std::size_t t = 0; t < tokens.tokens.size(); ++t) {
    const FastToken& token = tokens.tokens[t];
    const std::uint64_t hash = shape_hash(token);
    add(hash);
    add(fast_mix(kShape * (shape_of(text, token) * 2 + 1)));
    if (token.kind == FastKind::word) {
      if (token.length > 3) add(fast_mix(kEnd3 ^ ending(tokens, token, 3)));
      if (token.length > 2) add(fast_mix(kEnd2 ^ ending(tokens, token, 2)));
      if (token.length > 3) add(fast_mix(kBegin ^ fast_hash(tokens.arena.data() + token.at, 3)));
      if (const std::uint64_t what = class_of(words[t]); what != 0) add(fast_mix(kClass * what));
    }
    if (t + 1 < tokens.tokens.size())
      add(fast_mix(hash * kTermPair + shape_hash(tokens.tokens[t + 1])));
    out.ends[t] = static_cast<std::uint32_t>(at - out.rows.data());
  }
  out.rows.resize(static_cast<std::size_t>(at - out.rows.data()));
}

namespace {

// The term with what is around it up to tokens that end it, or so far that it no longer matters:
// thousands of terms in one endless sentence would each look at the whole of it.
template <class Ends>
TokenRange around(const FastTokens& tokens, TokenRange term, const Ends& ends) {
  constexpr std::size_t kFarthest = 120;
  const std::size_t first = term.first - std::min(term.first, kFarthest);
  const std::size_t last = std::min(tokens.tokens.size(), term.last + kFarthest);
  while (term.first > first && !ends(term.first - 1)) --term.first;
  while (term.last < last && !ends(term.last)) ++term.last;
  return term;
}

}  // namespace

TokenRange sentence_of(const FastTokens& tokens, TokenRange term) {
  return around(tokens, term, [&](std::size_t t) { return ends_sentence(tokens.tokens[t]); });
}

TokenRange clause_of(const FastTokens& tokens, const std::vector<FastNote>& words,
                     TokenRange term) {
  return around(tokens, term,
                [&](std::size_t t) { return ends_clause(tokens.tokens[t], words[t]); });
}

namespace {

class MoodRows {
 public:
  MoodRows(const FastTokens& tokens, const std::vector<FastNote>& words, TokenRange term,
           std::vector<std::uint32_t>& rows)
      : all_(tokens.tokens),
        words_(words),
        term_(term),
        sentence_(sentence_of(tokens, term)),
        clause_(clause_of(tokens, words, term)),
        rows_(rows) {}

  void run() {
    rows_.clear();
    std::uint64_t before = 0;
    int turned = 0;
    for (std::size_t t = sentence_.first; t < sentence_.last; ++t) {
      std::uint64_t hash = shape_hash(all_[t]);
      if (all_[t].kind == FastKind::mark || words_[t].contrast) turned = 0;
      if (t >= term_.first && t < term_.last) {
        add(fast_mix(hash ^ kInTerm));
        before = kInTerm;
        continue;
      }
      if (turned-- > 0) hash = fast_mix(hash + 1);
      neighbour(t, hash, before);
      before = hash;
      if (words_[t].negates) turned = kTermTurns;
    }
    edges();
  }

 private:
  void add(std::uint64_t hash) { rows_.push_back(row_of(hash, kMoodRows)); }

  void neighbour(std::size_t t, std::uint64_t hash, std::uint64_t before) {
    add(fast_mix(hash ^ kInSentence));
    if (t >= clause_.first && t < clause_.last) add(fast_mix(hash ^ kInClause));
    const bool left = t < term_.first;
    const std::size_t away = left ? term_.first - t : t - term_.last + 1;
    if (away > kNearest) return;
    const std::uint64_t step = std::min<std::size_t>(away, 3) * 2 + (left ? 1 : 0);
    add(fast_mix(hash ^ (kNear * step)));
    if (before != 0) add(fast_mix(before * kNearPair + hash));
  }

  // The word `step` places beyond the border of the term; one value where the text ends.
  std::uint64_t left(std::size_t step) const {
    return term_.first >= step ? shape_hash(all_[term_.first - step]) : kNoWord;
  }
  std::uint64_t right(std::size_t step) const {
    const std::size_t at = term_.last + step - 1;
    return at < all_.size() ? shape_hash(all_[at]) : kNoWord;
  }

  void edges() {
    std::uint64_t whole = kEdges;
    for (std::size_t t = term_.first; t < term_.last; ++t)
      whole = fast_mix(whole ^ shape_hash(all_[t]));
    const std::uint64_t head = fast_mix(shape_hash(all_[term_.last - 1]) ^ kHead);
    const std::uint64_t after = fast_mix(right(1) * kEdges + right(2));
    add(whole);
    add(head);
    add(fast_mix(head * kEdges + left(1)));
    add(fast_mix(head * kHead + right(1)));
    add(fast_mix(fast_mix(left(2) * kHead + left(1)) ^ kEdges));
    add(after);
    add(fast_mix(after * kHead + right(3)));
    add(fast_mix(fast_mix(left(1) + kHead) ^ right(1)));
  }

  const std::vector<FastToken>& all_;
  const std::vector<FastNote>& words_;
  TokenRange term_, sentence_, clause_;
  std::vector<std::uint32_t>& rows_;
};

}  // namespace

void mood_rows(const FastTokens& tokens, const std::vector<FastNote>& words, TokenRange term,
               std::vector<std::uint32_t>& rows) {
  MoodRows(tokens, words, term, rows).run();
}

}  // namespace plumbline
