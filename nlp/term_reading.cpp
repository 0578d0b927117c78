#include "nlp/term_reading.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace plumbline {
namespace {

// Where praise and blame are that near to each other, nobody can tell which it is. Agreement with
// reviewers' own ratings: .848 to .852 (bench/runs/2026-11-30-aspects-many-languages).
constexpr float kNearlyEven = 0.04F;

// Words that never name what is praised or blamed, sorted.
constexpr std::string_view kNameless[] = {
    "a",     "about", "all",  "am",    "an",   "and",   "any",   "are",  "as",    "at",   "be",
    "been",  "but",   "by",   "can",   "did",  "do",    "does",  "for",  "from",  "had",  "has",
    "have",  "he",    "her",  "here",  "him",  "his",   "how",   "i",    "i'm",   "if",   "in",
    "is",    "it",    "it's", "its",   "just", "like",  "lol",   "me",   "more",  "my",   "no",
    "not",   "of",    "off",  "on",    "one",  "or",    "our",   "out",  "rt",    "she",  "so",
    "some",  "that",  "the",  "their", "them", "there", "these", "they", "thing", "this", "those",
    "to",    "too",   "u",    "up",    "us",   "very",  "was",   "we",   "were",  "what", "when",
    "which", "who",   "why",  "will",  "with", "would", "you",   "your"};

bool is_nameless(const FastTokens& tokens, const FastToken& token) {
  if (token.kind != FastKind::word) return true;
  const std::string_view folded = tokens.folded(token);
  return folded.size() < 2 || std::ranges::binary_search(kNameless, folded);
}

void mark_holders(const FastTokens& tokens, std::vector<char>& may_hold) {
  may_hold.clear();
  for (const FastToken& token : tokens.tokens)
    may_hold.push_back(
        !token.tagged && (token.kind == FastKind::word || token.kind == FastKind::number) ? 1 : 0);
}

// Words before a verb, sorted: what follows them is done, not named.
constexpr std::string_view kBeforeVerbs[] = {"can",   "can't", "cannot", "cant",  "could", "didn't",
                                             "don't", "dont",  "i",      "i'd",   "i'll",  "let's",
                                             "they",  "we",    "will",   "won't", "would", "you"};

// Blanks, hyphens, slashes, quotes and ampersands join words; anything else, as the "@" before a
// place or an emoji, parts them.
bool joins_words(std::string_view between) {
  return between.find_first_not_of(" -/'\"&`") == std::string_view::npos;
}

bool is_term(std::string_view text, const FastTokens& tokens, TokenRange range) {
  const auto& all = tokens.tokens;
  if (range.first > 0 &&
      std::ranges::binary_search(kBeforeVerbs, tokens.folded(all[range.first - 1])))
    return false;
  bool names = false;
  for (std::size_t t = range.first; t < range.last; ++t) {
    names = names || !is_nameless(tokens, all[t]);
    if (t > range.first &&
        !joins_words(text.substr(all[t - 1].span.end, all[t].span.begin - all[t - 1].span.end)))
      return false;
  }
  return names;
}

// Without "'s" at its end.
Span span_of(std::string_view text, const FastTokens& tokens, TokenRange range) {
  Span out{tokens.tokens[range.first].span.begin, tokens.tokens[range.last - 1].span.end};
  const std::string_view bytes = text.substr(out.begin, out.end - out.begin);
  for (const std::string_view tail : {"'s", "\u2019s"})
    if (bytes.size() > tail.size() && bytes.ends_with(tail))
      out.end -= static_cast<std::uint32_t>(tail.size());
  return out;
}

Sentiment mood_of(const FastScratch& read, const TermModels& models, TokenRange range,
                  TermScratch& scratch) {
  mood_rows(read.tokens, read.notes, range, scratch.rows);
  Sentiment out =
      models.terms.mood(scratch.rows, mood_sums(read.tokens, read.notes, read.up_to, range));
  if (std::fabs(out.score) < kNearlyEven) out.label = Polarity::neutral;
  return out;
}

}  // namespace

void read_terms(std::string_view text, const FastScratch& read, const TermModels& models,
                TermScratch& scratch, std::vector<FoundTerm>& out) {
  const FastTokens& tokens = read.tokens;
  term_units(text, tokens, read.notes, scratch.units);
  mark_holders(tokens, scratch.may_hold);
  scratch.ranges.clear();
  models.terms.find(scratch.units, scratch.may_hold, scratch.path, scratch.ranges);
  std::erase_if(scratch.ranges,
                [&](const TokenRange& range) { return !is_term(text, tokens, range); });
  if (scratch.ranges.empty()) return;
  for (const TokenRange& range : scratch.ranges)
    out.push_back({span_of(text, tokens, range), mood_of(read, models, range, scratch)});
}

TokenRange tokens_in(const FastTokens& tokens, Span span) {
  const auto& all = tokens.tokens;
  TokenRange out;
  while (out.first < all.size() && all[out.first].span.end <= span.begin) ++out.first;
  out.last = out.first;
  while (out.last < all.size() && all[out.last].span.begin < span.end) ++out.last;
  return out;
}

Sentiment mood_of_span(const FastScratch& read, const TermModels& models, Span span,
                       TermScratch& scratch) {
  const TokenRange range = tokens_in(read.tokens, span);
  if (range.first == range.last) return {};
  return mood_of(read, models, range, scratch);
}

}  // namespace plumbline
