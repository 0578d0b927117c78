#include "nlp/things.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "nlp/phrase_file.h"

namespace plumbline {
namespace {

enum ThingRole : std::uint32_t { kLinks = 1, kThingArticle = 2, kNeverThing = 4, kTail = 8 };
constexpr std::pair<std::string_view, ThingRole> kThingRoles[] = {
    {"is", kLinks}, {"article", kThingArticle}, {"never", kNeverThing}, {"tail", kTail}};

constexpr std::size_t kShortestShaped = 4;  // bytes of a noun that the shape alone finds
constexpr std::size_t kFewestBefore = 3;    // bytes of a compound before its tail

// Signs that part what is said of one thing from what is said of the next.
bool holds_sign(std::string_view between) {
  for (const std::string_view sign : {",", ":", "/", "(", ")", "+", "-", "\u3001", "\uFF0C",
                                      "\u060C", "\u2013", "\u2014", "\u2022", "\n"})
    if (contains(between, sign)) return true;
  return false;
}

// Without an article joined to it: "l'écran".
Span without_article(std::string_view text, Span span) {
  constexpr std::size_t kLongestArticle = 6, kShortestNoun = 3;
  const std::string_view word = text.substr(span.begin, span.end - span.begin);
  for (const std::string_view sign : {"'", "\u2019"}) {
    const std::size_t at = word.find(sign);
    if (at == std::string_view::npos || at == 0 || at > kLongestArticle) continue;
    const std::size_t begin = at + sign.size();
    if (word.size() >= begin + kShortestNoun)
      return {span.begin + static_cast<std::uint32_t>(begin), span.end};
  }
  return span;
}

// What a file says.
struct ThingWords {
  PhraseTable phrases;
  WordTable<std::uint32_t> roles;
  std::size_t shortest = 0, longest = 0;  // bytes of a tail
};

void add_role_word(std::string_view word, ThingRole role, ThingWords& out) {
  // "è" is, "e" and
  std::string folded = fold_word(word);
  if (role != kLinks) folded = plain(folded);
  out.roles[folded] |= role;
  if (role != kTail) return;
  out.longest = std::max(out.longest, folded.size());
  out.shortest = out.shortest == 0 ? folded.size() : std::min(out.shortest, folded.size());
}

Status read_thing_line(const PatternLine& line, ThingWords& out) {
  if (line.fields.size() == 2) {
    if (line.fields[0] == "thing") return out.phrases.add(line.fields[1], 0);
    for (const auto& [name, role] : kThingRoles) {
      if (line.fields[0] != name) continue;
      for (const std::string_view word : split(line.fields[1], ' '))
        if (!trim(word).empty()) add_role_word(trim(word), role, out);
      return {};
    }
  }
  return fail(ErrorCode::invalid,
              "a line is: thing, TAB and a phrase; or is, article, never or tail, TAB and words");
}

}  // namespace

Result<Things> Things::load(std::string_view content) {
  ThingWords words =
      PLUMBLINE_TRY(read_phrases<ThingWords>("things.txt", content, read_thing_line));
  Things out;
  out.phrases_ = std::move(words.phrases);
  out.roles_ = std::move(words.roles);
  out.shortest_tail_ = words.shortest;
  out.longest_tail_ = words.longest;
  return out;
}

// "Handyakku", "telefoonscherm".
bool Things::is_compound(std::string_view word) const {
  if (longest_tail_ == 0 || word.size() < shortest_tail_ + kFewestBefore) return false;
  const std::size_t most = std::min(longest_tail_, word.size() - kFewestBefore);
  for (std::size_t tail = shortest_tail_; tail <= most; ++tail) {
    const std::uint32_t* const role = roles_.find(word.substr(word.size() - tail));
    if (role != nullptr && (*role & kTail) != 0) return true;
  }
  return false;
}

// Nouns between an article and "is", and compounds.
void Things::find_shapes(const PlainWords& words, std::vector<FoundThing>& out) const {
  const auto& all = words.text.words;
  const auto role_of = [&](std::string_view word) {
    const std::uint32_t* const found = roles_.find(word);
    return found == nullptr ? 0U : *found;
  };
  const auto role = [&](std::size_t word) { return role_of(words.words[word]); };
  const auto joined = [&](std::size_t word) {  // to the one before it
    return words.text.text.substr(all[word - 1].span.end,
                                  all[word].span.begin - all[word - 1].span.end) == " ";
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string_view word = words.words[i];
    if (is_compound(word) && (role(i) & kNeverThing) == 0) {
      out.push_back({all[i].span, true});
      continue;
    }
    if (i == 0 || i + 1 >= all.size() || word.size() < kShortestShaped) continue;
    if ((role_of(all[i + 1].folded) & kLinks) == 0 || (role(i - 1) & kThingArticle) == 0) continue;
    if (role(i) != 0 || is_digit(word.front()) || !joined(i) || !joined(i + 1)) continue;
    out.push_back({all[i].span, false});
  }
}

void Things::find(const PlainWords& words, std::vector<FoundThing>& out) const {
  if (empty()) return;
  std::vector<PhraseHit> hits;
  phrases_.find(words, PhraseMode::longest, hits);
  std::vector<FoundThing> found;
  for (const PhraseHit& hit : hits)
    found.push_back({without_article(words.text.text, hit.span), true});
  find_shapes(words, found);
  std::ranges::stable_sort(found, [](const FoundThing& a, const FoundThing& b) {
    if (a.span.begin != b.span.begin) return a.span.begin < b.span.begin;
    return a.span.end > b.span.end;
  });
  for (const FoundThing& each : found)
    if (out.empty() || !overlap(out.back().span, each.span)) out.push_back(each);
}

Span stretch_around(const PlainWords& words, Span clause, Span span,
                    const std::vector<Span>& others) {
  const auto& all = words.text.words;
  const auto from = std::ranges::lower_bound(all, clause.begin, {},
                                             [](const Word& word) { return word.span.begin; });
  constexpr int kNested = 8;  // things that hold one another
  const auto is_thing = [&](Span word) {
    auto at = std::ranges::lower_bound(others, word.end, {}, &Span::begin);
    for (int n = 0; n < kNested && at != others.begin(); ++n)
      if (overlap(*--at, word)) return true;
    return false;
  };
  // Pieces between signs, each with whether it holds a thing and whether anything else.
  struct Part {
    Span span;
    bool things = false;
    std::size_t said = 0;  // words beside things
  };
  std::vector<Part> parts;
  std::size_t mine = 0;
  for (auto word = from; word != all.end() && word->span.begin < clause.end; ++word) {
    if (parts.empty() || holds_sign(words.text.text.substr(
                             parts.back().span.end, word->span.begin - parts.back().span.end)))
      parts.push_back({word->span, false, 0});
    Part& part = parts.back();
    part.span.end = word->span.end;
    if (is_thing(word->span))
      part.things = true;
    else
      ++part.said;
    if (overlap(word->span, span)) mine = parts.size() - 1;
  }
  if (parts.size() < 2 || !overlap(parts[mine].span, span)) return clause;
  // A piece that says next to nothing ("Akku, Display und Kamera sind super") is of what follows,
  // and at the end of what stands before; one without a thing belongs to the thing before it.
  std::size_t first = mine, last = mine;
  constexpr std::size_t kFewestSaid = 1;
  while (last + 1 < parts.size() && (parts[last].said < kFewestSaid || !parts[last + 1].things))
    ++last;
  while (first > 0 && (parts[first].said < kFewestSaid || (first == 1 && !parts[0].things)))
    --first;
  return {parts[first].span.begin, parts[last].span.end};
}

}  // namespace plumbline
