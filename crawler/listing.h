// What every source that reads a list page by page does with times, copies and cursors, written
// once: a source says what is on a page and how the site names the next one.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "crawler/cursor.h"
#include "crawler/source.h"

namespace plumbline {

// Where a cursor of a Listing stands: what `plan` needs to know.
struct ListingPlace {
  explicit ListingPlace(std::string_view cursor);

  std::string token;        // the site's name of the page; empty: the first
  std::string visiting;     // the post whose comments are read; empty: the list itself
  Seconds since = kNoTime;  // the newest that an earlier run saw

  // The token as the number of a page or an offset, for sites that count.
  std::int64_t number(std::int64_t first, std::int64_t most = 1000000) const;
};

// Collects one page. The list may have posts to visit: their comments are read, post by post,
// before the list goes on. The walk ends where the site names no further page, names the same page
// again, repeats its items, or has nothing on the page that is new.
class Listing {
 public:
  struct Rules {
    Seconds overlap = 2 * kSecondsPerDay;  // so far before the newest known is read again
    bool newest_first = true;    // false: that a page holds nothing new says nothing of the next
    bool answers_apart = false;  // a visit may name comments whose answers are a list of their own
    std::string_view limit;      // why the site may give less than there is: "the newest 500"
  };

  Listing(const SourceQuery& query, const ReplyContext& context)
      : Listing(query, context, Rules()) {}
  Listing(const SourceQuery& query, const ReplyContext& context, Rules rules);

  // Takes the document, unless it has no id or time, is a copy, or older than what is wanted. Lists
  // that are sorted by another time than that of publication say which.
  void add(Document document, Seconds sorted_at = kNoTime);
  void unreadable() { leave_out("without id or time, or given twice"); }
  void leave_out(std::string_view what);  // counted, and said: "boosts of other posts"
  void gone(const std::string& id);       // the site says that it was deleted
  void visit(const std::string& post);    // its comments are wanted

  const ListingPlace& place() const { return place_; }
  bool is_recheck() const { return recheck_; }

  // `token` is how the site names the next page of this list; empty: this was the last.
  Page finish(std::string token);

 private:
  std::string next_cursor(const std::string& token);
  bool goes_on(const std::string& token, std::string_view first_key) const;

  const SourceQuery& query_;
  Cursor cursor_;
  ListingPlace place_;
  Rules rules_;
  Page page_;
  std::map<std::string, std::int64_t, std::less<>> left_out_;
  std::set<std::string> ids_;
  std::vector<std::string> visits_;
  std::string first_;
  Seconds floor_ = kNoTime, newest_ = kNoTime, oldest_ = kNoTime;
  bool fresh_ = false, recheck_ = false;
};

// Source::past_end of sources that visit posts for their comments: the post of this cursor is gone
// or closed, and the walk goes on with the next. None where the list itself was asked for.
std::optional<Page> past_visit(std::string_view cursor);

}  // namespace plumbline
