#include "nlp/marked_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>

#include "base/text.h"

namespace plumbline {
namespace {

constexpr float kInside = 0.3F;  // a word this likely in a statement goes on with it
constexpr float kBorder = 0.5F;
constexpr std::size_t kGapWords = 4;     // words less likely inside a statement
constexpr std::size_t kFewestWords = 3;  // of a statement, unless the text has fewer
// What is added to the border of a stretch that another reader found too, and of any other.
constexpr float kHeardToo = -0.2F, kHeardAlone = 0.155F;
constexpr float kMissed = 0.1F;  // the mean share of what the other found and no stretch is of

// The words [first, last) as a statement of a kind.
FoundStatement statement_of(const MarkedWords& words, std::size_t first, std::size_t last,
                            std::size_t kind) {
  FoundStatement out;
  std::array<float, kStatementMarks> means{};
  for (std::size_t w = first; w < last; ++w)
    for (std::size_t c = 0; c < kStatementMarks; ++c)
      means[c] += words[w].shares[c] / static_cast<float>(last - first);
  out.share = means[kind];
  out.said.kind = static_cast<StatementKind>(kind);
  out.said.span = {words[first].span.begin, words[last - 1].span.end};
  if (means[other_mark] > 0.5F) out.said.holder = Holder::other;
  if (std::max(means[past_mark], means[future_mark]) > 0.5F)
    out.said.tense = means[past_mark] > means[future_mark] ? Tense::past : Tense::future;
  return out;
}

// Every stretch of a kind, however likely.
void find_kind(const MarkedWords& words, std::size_t kind, std::vector<FoundStatement>& out) {
  const auto inside = [&](std::size_t w) { return words[w].shares[kind] >= kInside; };
  for (std::size_t first = 0; first < words.size(); ++first) {
    if (!inside(first)) continue;
    std::size_t last = first + 1;
    for (std::size_t w = last; w < words.size() && w <= last + kGapWords; ++w)
      if (inside(w)) last = w + 1;
    if (last - first >= std::min(kFewestWords, words.size()))
      out.push_back(statement_of(words, first, last, kind));
    first = last;
  }
}

void sort_by_begin(std::vector<FoundStatement>& found) {
  std::ranges::stable_sort(found, {},
                           [](const FoundStatement& each) { return each.said.span.begin; });
}

// Those that `counts` takes, by begin.
template <class Counts>
std::vector<FoundStatement> find(const MarkedWords& words, const Counts& counts) {
  std::vector<FoundStatement> out;
  for (std::size_t kind = 0; kind < kStatementKinds; ++kind) find_kind(words, kind, out);
  std::erase_if(out, [&](const FoundStatement& each) { return !counts(each); });
  sort_by_begin(out);
  return out;
}

}  // namespace

StatementBorders borders_in(std::string_view said) {
  StatementBorders out;
  out.fill(kBorder);
  std::size_t kind = 0;
  for (const std::string_view each : split(said, ' ')) {
    if (each.empty() || kind == out.size()) continue;
    const float value = std::strtof(std::string(each).c_str(), nullptr);
    if (value > 0 && value <= 1) out[kind] = value;
    ++kind;
  }
  return out;
}

std::string borders_line(const StatementBorders& borders) {
  return fmt::format("{:.2f}", fmt::join(borders, " "));
}

bool meet(const Span& one, const Span& other) {
  const auto shared = static_cast<std::int64_t>(std::min(one.end, other.end)) -
                      static_cast<std::int64_t>(std::max(one.begin, other.begin));
  return shared > 0 && 2 * shared >= std::min(one.end - one.begin, other.end - other.begin);
}

std::vector<FoundStatement> find_statements(const MarkedWords& words,
                                            const StatementBorders& borders) {
  return find(words, [&](const FoundStatement& each) {
    return each.share >= borders[static_cast<std::size_t>(each.said.kind)];
  });
}

std::vector<FoundStatement> find_statements(const MarkedWords& words,
                                            const StatementBorders& borders,
                                            const std::vector<StatementSpan>& heard) {
  std::vector<bool> met(heard.size());
  std::vector<FoundStatement> out = find(words, [&](const FoundStatement& each) {
    bool too = false;
    for (std::size_t i = 0; each.share >= kInside && i < heard.size(); ++i) {
      if (heard[i].kind != each.said.kind || !meet(heard[i].span, each.said.span)) continue;
      too = met[i] = true;
    }
    const float border = borders[static_cast<std::size_t>(each.said.kind)];
    return each.share >= std::max(border + (too ? kHeardToo : kHeardAlone), kInside);
  });
  for (std::size_t i = 0; i < heard.size(); ++i) {
    if (met[i]) continue;
    std::size_t first = 0;
    while (first < words.size() && words[first].span.end <= heard[i].span.begin) ++first;
    std::size_t last = first;
    while (last < words.size() && words[last].span.begin < heard[i].span.end) ++last;
    if (first == last) continue;
    const auto kind = static_cast<std::size_t>(heard[i].kind);
    if (const FoundStatement missed = statement_of(words, first, last, kind);
        missed.share >= kMissed)
      out.push_back(missed);
  }
  sort_by_begin(out);
  return out;
}

}  // namespace plumbline
