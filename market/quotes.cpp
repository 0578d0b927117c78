#include "market/quotes.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "base/text.h"

namespace plumbline {
namespace {

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

bool reads_well(const Quote& quote) {
  const std::size_t length = characters(quote.text);
  return length >= 40 && length <= 240;
}

bool repeats(const std::vector<Quote>& chosen, const Quote& quote) {
  return std::any_of(chosen.begin(), chosen.end(), [&](const Quote& other) {
    return iequals_ascii(other.text, quote.text) ||
           (!quote.author.empty() && other.author == quote.author && other.source == quote.source);
  });
}

}  // namespace

bool is_clear(const MentionRow& row) {
  return row.scored && row.label != Polarity::neutral && std::fabs(row.score) >= 0.4F;
}

void QuotePicker::offer(std::size_t group, const View& view, Candidate candidate, bool clear) {
  Group& here = groups_[group];
  std::vector<Candidate>& list = clear ? here.clear : here.other;
  const MentionRow& row = view.table.rows[candidate.row];
  if (row.copy || list.size() >= most_) return;
  if (std::find(here.voices.begin(), here.voices.end(), row.voice) != here.voices.end()) return;
  here.voices.push_back(row.voice);
  list.push_back(candidate);
}

std::vector<QuotePicker::Candidate> QuotePicker::take(std::size_t group) const {
  const Group& here = groups_[group];
  std::vector<Candidate> out = here.clear;
  for (const Candidate& candidate : here.other)
    if (out.size() < most_) out.push_back(candidate);
  return out;
}

void QuotePlan::wish(std::vector<QuotePicker::Candidate> candidates, std::size_t most,
                     Place place) {
  if (!candidates.empty()) wishes_.push_back({std::move(candidates), most, std::move(place)});
}

void QuotePlan::fill(const ReportInput& input, Report& report) const {
  if (!input.quotes || !input.table || wishes_.empty()) return;
  using Key = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;  // row, begin, end
  const auto key_of = [](const QuotePicker::Candidate& candidate) {
    return Key{candidate.row, candidate.span.begin, candidate.span.end};
  };
  std::vector<Key> keys;
  for (const Wish& wish : wishes_)
    for (const auto& candidate : wish.candidates) keys.push_back(key_of(candidate));
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());

  std::vector<QuoteWish> asked;
  asked.reserve(keys.size());
  for (const auto& [row, begin, end] : keys)
    asked.push_back({input.table->rows[row].id, Span{begin, end}});
  std::vector<Quote> texts = input.quotes(asked);
  texts.resize(asked.size());

  for (const Wish& wish : wishes_) {
    std::vector<Quote>* place = wish.place(report);
    if (!place) continue;
    for (const bool well : {true, false}) {
      for (const auto& candidate : wish.candidates) {
        const auto at = std::lower_bound(keys.begin(), keys.end(), key_of(candidate));
        const Quote& quote = texts[static_cast<std::size_t>(at - keys.begin())];
        if (place->size() >= wish.most) break;
        if (quote.text.empty() || reads_well(quote) != well || repeats(*place, quote)) continue;
        place->push_back(quote);
        place->back().text = shorten(quote.text, 400);
      }
    }
  }
}

}  // namespace plumbline
