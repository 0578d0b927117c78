#include "nlp/aspects.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "base/words.h"

namespace plumbline {
namespace {

constexpr std::string_view kFixed[] = {"price",    "delivery",    "warranty", "support",
                                       "training", "setup",       "running",  "leaving",
                                       "quality",  "reliability", "ease",     "people"};

// English words that a term neither begins nor ends with ("bunks on the", "glass of"); one of the
// second list alone is no term, but may end one ("check in").
constexpr std::string_view kLoose[] = {"the", "a",  "an",   "this", "that", "my",   "your", "our",
                                       "his", "of", "with", "for",  "from", "and",  "or",   "their",
                                       "her", "to", "is",   "was",  "are",  "were", "its"};
constexpr std::string_view kPlaceWords[] = {"in", "on", "at", "by"};

bool is_one_of(std::span<const std::string_view> words, std::string_view word) {
  return std::ranges::find(words, ascii_lower(word)) != words.end();
}

// What of a term is left without loose words around it; nothing, perhaps.
Span core_of(std::string_view text, Span term) {
  std::string_view rest = text.substr(term.begin, term.end - term.begin);
  bool was_cut = false;
  while (!rest.empty()) {
    const std::size_t blank = rest.rfind(' ');
    const std::string_view last = blank == std::string_view::npos ? rest : rest.substr(blank + 1);
    const bool is_place = (was_cut || last.size() == rest.size()) && is_one_of(kPlaceWords, last);
    if (!is_place && !is_one_of(kLoose, last)) break;
    rest = trim(rest.substr(0, rest.size() - last.size()));
    was_cut = true;
  }
  for (std::size_t blank = rest.find(' '); blank != std::string_view::npos;
       blank = rest.find(' ')) {
    if (!is_one_of(kLoose, rest.substr(0, blank))) break;
    rest = trim(rest.substr(blank));
  }
  if (rest.empty()) return {term.begin, term.begin};
  const auto begin = static_cast<std::uint32_t>(rest.data() - text.data());
  return {begin, begin + static_cast<std::uint32_t>(rest.size())};
}

}  // namespace

void add_terms(std::string_view text, std::span<const FoundTerm> terms,
               std::vector<AspectFinding>& aspects) {
  const std::size_t known = aspects.size();
  aspects.reserve(known + terms.size());
  for (const FoundTerm& found : terms) {
    const FoundTerm term{core_of(text, found.span), found.mood};
    if (term.span.begin == term.span.end) continue;
    bool is_known = false;
    for (std::size_t i = 0; i < known; ++i) {
      if (!overlap(aspects[i].span, term.span)) continue;
      aspects[i].label = term.mood.label;
      aspects[i].score = term.mood.score;
      is_known = true;
    }
    if (is_known) continue;
    const std::string_view name = text.substr(term.span.begin, term.span.end - term.span.begin);
    aspects.push_back({is_ascii(name) ? ascii_lower(name) : fold_word(name), term.mood.label,
                       term.span, term.mood.score});
  }
  const auto begin = [](const AspectFinding& each) { return each.span.begin; };
  if (!std::ranges::is_sorted(aspects, {}, begin)) std::ranges::stable_sort(aspects, {}, begin);
}

bool has_fixed_name(const AspectFinding& aspect) {
  return std::ranges::find(kFixed, aspect.aspect) != std::end(kFixed);
}

void drop_terms(std::vector<AspectFinding>& aspects) {
  std::erase_if(aspects, [](const AspectFinding& aspect) { return !has_fixed_name(aspect); });
}

}  // namespace plumbline
