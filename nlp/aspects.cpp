#include "nlp/aspects.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace plumbline {
namespace {

constexpr std::string_view kFixed[] = {"price",    "delivery",    "warranty", "support",
                                       "training", "setup",       "running",  "leaving",
                                       "quality",  "reliability", "ease",     "people"};

bool overlap(Span a, Span b) { return a.begin < b.end && b.begin < a.end; }

}  // namespace

void add_terms(std::string_view text, std::span<const FoundTerm> terms,
               std::vector<AspectFinding>& aspects) {
  const std::size_t known = aspects.size();
  aspects.reserve(known + terms.size());
  for (const FoundTerm& term : terms) {
    bool is_known = false;
    for (std::size_t i = 0; i < known; ++i) {
      if (!overlap(aspects[i].span, term.span)) continue;
      aspects[i].label = term.mood;
      is_known = true;
    }
    if (is_known) continue;
    aspects.push_back({ascii_lower(text.substr(term.span.begin, term.span.end - term.span.begin)),
                       term.mood, term.span});
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
