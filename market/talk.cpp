#include "market/talk.h"

#include "market/interval.h"
#include "market/tally.h"

namespace plumbline {
namespace {

constexpr std::size_t kQuotes = 3;

void wish_quotes(const View& view, float MentionRow::*strength, std::vector<TalkRow> Report::*list,
                 QuotePlan& plan) {
  QuotePicker picker(view.brands.size(), 3 * kQuotes);
  for (std::size_t i = view.table.rows.size(); i-- > 0;) {
    const MentionRow& row = view.table.rows[i];
    if (row.*strength < kTalkThreshold || row.session || !view.holds(row)) continue;
    if (const int brand = view.brand_of(row); brand >= 0)
      picker.offer(static_cast<std::size_t>(brand), view, {static_cast<std::uint32_t>(i), {}},
                   row.*strength >= 0.75F);
  }
  for (std::size_t place = 0; place < view.brands.size(); ++place)
    plan.wish(picker.take(place), kQuotes,
              [place, list](Report& out) { return &(out.*list)[place].quotes; });
}

}  // namespace

void fill_talk(const View& view, float MentionRow::*strength, std::vector<TalkRow> Report::*list,
               Report& report, QuotePlan& plan) {
  const std::size_t brands = view.brands.size();
  VoiceTally all(brands);
  VoiceTally talking(brands);
  for (const std::uint32_t index : view.by_voice) {
    const MentionRow& row = view.table.rows[index];
    const auto brand = static_cast<std::size_t>(view.brand_of(row));
    all.add(brand, row);
    if (row.*strength >= kTalkThreshold) talking.add(brand, row);
  }
  const std::vector<TallyCell>& whole = all.finish();
  const std::vector<TallyCell>& part = talking.finish();
  for (std::size_t i = 0; i < brands; ++i)
    (report.*list)
        .push_back({view.brands[i],
                    part[i].counts,
                    share_of_authors(part[i].voters, whole[i].voters, part[i].counts.distinct),
                    {}});
  wish_quotes(view, strength, list, plan);
}

}  // namespace plumbline
