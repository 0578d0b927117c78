#include "crawler/source_parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "crawler/base64.h"

namespace plumbline {
namespace {

constexpr Seconds kNoLaterTime = 1LL << 40;

}  // namespace

Request ask_for_json(std::string url) {
  Request request;
  request.url = std::move(url);
  request.headers = {{"Accept", "application/json"}};
  return request;
}

void authorize(Request& request, std::string_view token) {
  if (token.empty()) return;
  const bool pair = token.find(':') != std::string_view::npos;
  request.headers.emplace_back(
      "Authorization", pair ? "Basic " + encode_base64(token) : "Bearer " + std::string(token));
}

tl::unexpected<Error> not_expected(std::string_view expected, std::string_view said) {
  const std::string words = shorten(fold_space(clean_utf8(said.substr(0, 1000))), 200);
  return fail(ErrorCode::parse, words.empty()
                                    ? fmt::format("the reply is not {}", expected)
                                    : fmt::format("instead of {} came: {}", expected, words));
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.size() <= 19 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_token(std::string_view text, std::size_t most) {
  return !text.empty() && text.size() <= most && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '_' || c == '.';
  });
}

bool is_sound_time(Seconds when) { return when >= 0 && when < kNoLaterTime; }

Seconds sound_time(Seconds when) { return is_sound_time(when) ? when : kNoTime; }

Seconds written_time(std::string_view text) {
  return sound_time(parse_time(text).value_or(kNoTime));
}

Seconds epoch_time(Json value) {
  const auto number = value.number();
  if (!number || !(*number >= 0) || !(*number < static_cast<double>(kNoLaterTime))) return kNoTime;
  return static_cast<Seconds>(*number);
}

std::string compact_time(Seconds when) {
  std::string out;
  for (const char c : format_utc(when))
    if (c >= '0' && c <= '9') out += c;
  return out;
}

void Skips::close(Page& page) const {
  for (const auto& [reason, count] : counts_) {
    if (!page.skipped_reason.empty()) page.skipped_reason += ", ";
    page.skipped_reason += fmt::format("{} {}", count, reason);
    page.skipped += count;
  }
}

Walk::Walk(const SourceQuery& query, std::string_view printed, WalkRules rules)
    : rules_(rules), cursor_(printed), wanted_(query.since) {
  const std::int64_t phase = cursor_.number_or("phase", 0);
  phase_ = static_cast<int>(std::clamp<std::int64_t>(phase, 0, rules.phases - 1));
  page_ = std::clamp<std::int64_t>(cursor_.number_or("page", 1), 1, rules.last_page);
  watermark_ = time_at(watermark_key(phase_));
  floor_ = wanted_;
  if (watermark_ != kNoTime) {
    floor_ = std::max(floor_, std::max<Seconds>(0, watermark_ - rules.overlap));
  }
  if (rules.rising) floor_ = std::max(floor_, time_at("after"));
  if (rules.windows && !rules.rising) before_ = time_at("before");
  newest_ = std::max(time_at("newest"), watermark_);
}

Seconds Walk::time_at(std::string_view key) const {
  return sound_time(cursor_.number_or(key, kNoTime));
}

std::string Walk::watermark_key(int phase) const {
  return phase == 0 ? "since" : "since" + std::to_string(phase);
}

bool Walk::wants(Seconds when) {
  if (when < floor_ || (before_ != kNoTime && when > before_)) return false;
  newest_ = std::max(newest_, when);
  oldest_ = oldest_ == kNoTime ? when : std::min(oldest_, when);
  fresh_ = true;
  return true;
}

void Walk::hold(Page& page, std::string_view why) {
  cursor_.set("hold", 1);
  page.gap = why;
}

void Walk::close(Page& page, bool more) {
  // Where the oldest come first, pages of what is known can lie before what is new.
  more = more && (fresh_ || rules_.rising);
  if (more && page_ < rules_.last_page) {
    ++page_;
  } else if (more && fresh_ && next_window()) {
    page_ = 1;
  } else if (more) {
    if (fresh_ && page.gap.empty()) {
      page.gap = fmt::format("the list goes on behind page {}, which is the last that is asked for",
                             rules_.last_page);
    }
    more = false;
  }
  step(page, more);
}

void Walk::close_unnumbered(Page& page, bool more) { step(page, more && fresh_); }

// Moves to the window that begins where this one ended: back in time, or forth where the oldest
// come first. One second can hold more than all pages do; then it is passed over.
bool Walk::next_window() {
  if (!rules_.windows) return false;
  if (rules_.rising) {
    const Seconds after = newest_ > floor_ ? newest_ : floor_ + 1;
    cursor_.set("after", after);
    return true;
  }
  if (oldest_ == kNoTime) return false;
  before_ = before_ == kNoTime || oldest_ < before_ ? oldest_ : before_ - 1;
  return before_ >= 0 && before_ >= floor_;
}

void Walk::step(Page& page, bool more) {
  if (more) {
    page.next = print();
  } else {
    next_phase(page);
  }
}

// The end of one list: its watermark is kept, and everything else of the cursor forgotten.
void Walk::next_phase(Page& page) {
  Cursor rest;
  for (int phase = 0; phase < rules_.phases; ++phase) {
    Seconds mark = time_at(watermark_key(phase));
    if (phase == phase_ && cursor_.number_or("hold", 0) == 0) mark = newest_;
    if (mark != kNoTime) rest.set(watermark_key(phase), mark);
  }
  if (phase_ + 1 < rules_.phases) {
    rest.set("phase", phase_ + 1);
    for (int phase = 0; rules_.tells_old && phase <= phase_; ++phase) {
      const Seconds was = phase == phase_ ? watermark_ : old_watermark(phase);
      if (was != kNoTime) rest.set("was" + std::to_string(phase), was);
    }
    page.next = rest.print();
  } else {
    page.resume = rest.print();
  }
}

std::string Walk::print() const {
  Cursor cursor = cursor_;
  cursor.set("page", page_ > 1 ? std::to_string(page_) : "");
  if (phase_ > 0) cursor.set("phase", phase_);
  if (newest_ != kNoTime) cursor.set("newest", newest_);
  if (before_ != kNoTime) cursor.set("before", before_);
  return cursor.print();
}

}  // namespace plumbline
