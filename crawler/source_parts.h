// What many sources do alike: requests for JSON, ids and times that can be trusted, the count of
// what was left out, and the walk through pages.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "crawler/cursor.h"
#include "crawler/json_reader.h"
#include "crawler/source.h"

namespace plumbline {

Request ask_for_json(std::string url);
// "user:password" becomes Basic, anything else Bearer; nothing for an empty token.
void authorize(Request& request, std::string_view token);

// The error for a body that is not what was asked for; `said` is the site's own message, if any.
tl::unexpected<Error> not_expected(std::string_view expected, std::string_view said);

bool is_digits(std::string_view text);                   // at least one, at most 19
bool is_token(std::string_view text, std::size_t most);  // letters, digits and - _ . only
// Times that a calendar knows, from 1970 on; kNoTime for anything else.
Seconds written_time(std::string_view text);
bool is_sound_time(Seconds when);        // below 2^40
Seconds sound_time(Seconds when);        // kNoTime where it is not
Seconds epoch_time(Json value);          // seconds, whole or not, also in a string
std::string compact_time(Seconds when);  // 20261122080000

// What of a page was left out, and why.
class Skips {
 public:
  void add(std::string_view reason) { ++counts_[reason]; }  // must live on: a literal
  void close(Page& page) const;                             // "3 without text, 1 by bots"

 private:
  std::map<std::string_view, std::int64_t> counts_;
};

inline constexpr std::string_view kUnreadable = "without id or time, or given twice";

struct WalkRules {
  int phases = 1;                // lists that are read one after another, each with its watermark
  std::int64_t last_page = 100;  // the site gives no more, or we ask for no more
  Seconds overlap = 2;           // items that turn up so much late are still found
  bool windows = false;          // behind the last page go on with a window of time that ends there
  bool rising = false;     // the oldest come first, from floor() on, or in no order: a page of
                           // what is known does not end the walk
  bool tells_old = false;  // later phases want to know old_watermark() of those before
};

// The way through numbered pages and windows of time, and where the next run begins. The lists give
// the newest first unless told otherwise. Cursor: "before=…;newest=…;page=3;since=…"; `phase`,
// `since1` and so on where there are several lists. Each step lies strictly behind the one before.
class Walk {
 public:
  Walk(const SourceQuery& query, std::string_view printed, WalkRules rules);

  int phase() const { return phase_; }
  std::int64_t page() const { return page_; }  // from 1
  Seconds floor() const { return floor_; }     // nothing older is wanted; kNoTime: everything is
  Seconds before() const { return before_; }   // nothing later is wanted; kNoTime: no end
  Seconds watermark() const { return watermark_; }  // newest of the last run; kNoTime: first run
  // That of a phase that this run has been through, as it was before this run.
  Seconds old_watermark(int phase) const { return time_at("was" + std::to_string(phase)); }

  // To be asked for every item with its time; false: it lies outside of what is wanted.
  bool wants(Seconds when);
  bool any_wanted() const { return fresh_; }
  // The site says that its answer is not complete: the watermark stays where it is.
  void hold(Page& page, std::string_view why);

  // A value of the source's own in the cursor: kept to the end of the phase.
  std::string text(std::string_view key) const { return cursor_.text(key); }
  void set(std::string_view key, std::string_view value) { cursor_.set(key, value); }

  // Says what comes next, if there is `more` of this list.
  void close(Page& page, bool more);
  // The same for lists whose next page is named by the source's own values: set them before.
  void close_unnumbered(Page& page, bool more);

 private:
  Seconds time_at(std::string_view key) const;
  std::string watermark_key(int phase) const;
  void step(Page& page, bool more);
  bool next_window();
  void next_phase(Page& page);
  std::string print() const;

  WalkRules rules_;
  Cursor cursor_;
  int phase_ = 0;
  std::int64_t page_ = 1;
  Seconds wanted_ = kNoTime, watermark_ = kNoTime, floor_ = kNoTime, before_ = kNoTime;
  Seconds newest_ = kNoTime, oldest_ = kNoTime;
  bool fresh_ = false;
};

}  // namespace plumbline
