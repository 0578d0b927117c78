#include "crawler/listing.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "crawler/source_parts.h"
#include "crawler/url.h"

namespace plumbline {
namespace {

constexpr std::size_t kLongestId = 500;  // bytes; ids go into cursors
constexpr std::size_t kLongestToken = 4096;
constexpr std::size_t kMostQueue = 12
                                   << 10;    // bytes; a value of a cursor holds no more than 16 KiB
constexpr std::int64_t kMostPages = 100000;  // no site has more; a server that invents pages does

Seconds cursor_time(const Cursor& cursor, std::string_view key) {
  const Seconds when = cursor.number_or(key, kNoTime);
  return is_sound_time(when) ? when : kNoTime;
}

std::string first_of(std::string_view queue) {
  return percent_decode(queue.substr(0, queue.find(',')));
}

}  // namespace

ListingPlace::ListingPlace(std::string_view printed) {
  const Cursor cursor(printed);
  visiting = first_of(cursor.text("queue"));
  token = cursor.text(visiting.empty() ? "token" : "inner");
  since = cursor_time(cursor, "since");
}

std::int64_t ListingPlace::number(std::int64_t first, std::int64_t most) const {
  Cursor cursor;
  cursor.set("n", token);
  return std::clamp(cursor.number_or("n", first), first, most);
}

Listing::Listing(const SourceQuery& query, const ReplyContext& context, Rules rules)
    : query_(query),
      cursor_(context.cursor),
      place_(context.cursor),
      rules_(rules),
      recheck_(context.cursor == kRecheck) {
  newest_ = std::max(cursor_time(cursor_, "newest"), place_.since);
  floor_ = query.since;
  if (place_.since != kNoTime) floor_ = std::max(floor_, place_.since - rules.overlap);
}

void Listing::add(Document document, Seconds sorted_at) {
  const Seconds when = document.published_at;
  const std::string& id = document.id;
  if (id.empty() || id.size() > kLongestId || !is_sound_time(when) || !ids_.insert(id).second)
    return unreadable();
  if (first_.empty()) first_ = id;
  const Seconds sorted = is_sound_time(sorted_at) ? sorted_at : when;
  newest_ = std::max(newest_, sorted);
  oldest_ = oldest_ == kNoTime ? sorted : std::min(oldest_, sorted);
  fresh_ = fresh_ || sorted >= floor_;
  if (std::max(when, sorted) >= query_.since) page_.documents.push_back(std::move(document));
}

void Listing::leave_out(std::string_view what) {
  const auto known = left_out_.find(what);
  if (known == left_out_.end())
    left_out_.emplace(what, 1);
  else
    ++known->second;
}

void Listing::gone(const std::string& id) {
  if (!id.empty() && id.size() <= kLongestId && ids_.insert(id).second) page_.deleted.push_back(id);
}

void Listing::visit(const std::string& post) {
  if (post.empty() || post.size() > kLongestId) return;
  if (!place_.visiting.empty() && !rules_.answers_apart) return;
  if (std::find(visits_.begin(), visits_.end(), post) == visits_.end()) visits_.push_back(post);
}

// Whether the page that the site names lies behind this one. Some servers do not know the parameter
// and would give their first page for ever.
bool Listing::goes_on(const std::string& token, std::string_view first_key) const {
  if (token.empty() || token.size() > kLongestToken || token == place_.token) return false;
  if (!first_.empty() && first_ == cursor_.text(first_key)) return false;
  return fresh_ || !rules_.newest_first;
}

std::string Listing::next_cursor(const std::string& token) {
  const std::int64_t pages = cursor_.number_or("pages", 0) + 1;
  if (pages < 1 || pages > kMostPages) return {};
  Cursor next = cursor_;
  next.set("pages", pages);
  if (newest_ != kNoTime) next.set("newest", newest_);
  std::string queue = cursor_.text("queue");
  for (const std::string& post : visits_) {
    const std::string one = percent_encode(post);
    if (queue.size() + one.size() < kMostQueue)
      queue += (queue.empty() ? "" : ",") + one;
    else
      page_.gap = "too many posts with comments at once: some were not asked for theirs";
  }
  next.set("queue", queue);
  if (place_.visiting.empty()) {
    const bool more = goes_on(token, "first");
    next.set("token", more ? token : "");
    next.set("last", more ? "" : "1");
    next.set("first", first_);
    return more || !queue.empty() ? next.print() : "";
  }
  if (goes_on(token, "inner_first")) {
    next.set("inner", token);
    next.set("inner_first", first_);
    return next.print();
  }
  const std::size_t comma = queue.find(',');
  next.set("inner", "");
  next.set("inner_first", "");
  next.set("queue", comma == std::string::npos ? "" : queue.substr(comma + 1));
  const bool done =
      comma == std::string::npos && (cursor_.text("last") == "1" || cursor_.text("token").empty());
  return done ? "" : next.print();
}

Page Listing::finish(std::string token) {
  for (const auto& [what, count] : left_out_) {
    page_.skipped += count;
    page_.skipped_reason +=
        fmt::format("{}{} {}", page_.skipped_reason.empty() ? "" : ", ", count, what);
  }
  if (recheck_) return std::move(page_);
  page_.next = next_cursor(token);
  if (page_.next.empty() && newest_ != kNoTime) page_.resume = "since=" + std::to_string(newest_);
  if (page_.next.empty() && !rules_.limit.empty() && place_.since != kNoTime &&
      oldest_ != kNoTime && oldest_ > place_.since)
    page_.gap = "the site gives only " + std::string(rules_.limit) +
                ", and all of them are newer than what was known";
  return std::move(page_);
}

std::optional<Page> past_visit(std::string_view cursor) {
  ReplyContext context;
  context.cursor = cursor;
  const SourceQuery query;
  Listing listing(query, context);
  if (listing.place().visiting.empty()) return {};
  return listing.finish("");
}

}  // namespace plumbline
