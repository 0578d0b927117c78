#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "crawler/html_text.h"
#include "crawler/source_parts.h"
#include "crawler/url.h"

namespace plumbline {
extern const Source discourse_source;
namespace {

constexpr std::int64_t kLastSearchPage = 20;  // a search shows no more than some hundred posts
constexpr std::int64_t kMostEmpty = 4;        // pages without a post before we believe in the end
constexpr std::int64_t kStep = 50;            // posts of a page
constexpr std::size_t kMostWhole = 50;        // cut posts of a search page that are fetched whole

// Posts are numbered as they come, so numbers say how far we got: `since` is the newest of the last
// run, `newest` that of this one. `before` walks down the list of all posts; `page` counts the
// pages of a search, and `whole` holds the posts of its last page that came cut.
struct Place {
  Cursor cursor;
  explicit Place(std::string_view printed) : cursor(printed) {}

  std::int64_t number(std::string_view key) const {
    return std::max<std::int64_t>(0, cursor.number_or(key, 0));
  }
  std::int64_t page() const {
    return std::clamp<std::int64_t>(cursor.number_or("page", 1), 1, kLastSearchPage);
  }
  std::vector<std::string> whole() const {
    std::vector<std::string> out;
    const std::string ids = cursor.text("whole");
    for (std::string_view id : split(ids, ','))
      if (is_digits(id)) out.emplace_back(id);
    return out;
  }
  void set_whole(const std::vector<std::string>& ids) {
    std::string list;
    for (const std::string& id : ids) list += (list.empty() ? "" : ",") + id;
    cursor.set("whole", list);
  }
  bool ends() const { return number("last") == 1; }
  std::string resume() const {
    const std::int64_t newest = std::max(number("newest"), number("since"));
    return newest > 0 ? "since=" + std::to_string(newest) : std::string();
  }
  // What comes when the last of the cut posts is there.
  void go_on(Page& page) {
    if (whole().empty() && ends()) {
      page.resume = resume();
    } else {
      page.next = cursor.print();
    }
  }
};

// "key" or "user:key".
void identify(Request& request, const std::string& token) {
  if (token.empty()) return;
  const std::size_t colon = token.find(':');
  const bool named = colon != std::string::npos;
  request.headers.emplace_back("Api-Key", named ? token.substr(colon + 1) : token);
  if (named) request.headers.emplace_back("Api-Username", token.substr(0, colon));
}

Request ask(const SourceQuery& query, const std::string& path) {
  Request request = ask_for_json(below(query.url, path));
  identify(request, query.token);
  return request;
}

Result<Request> plan(const SourceQuery& query, std::string_view printed) {
  if (query.url.empty()) {
    return fail(
        ErrorCode::invalid,
        "discourse needs `url`: the address of the forum, such as \"https://forum.example\"");
  }
  const Place place(printed);
  if (const auto whole = place.whole(); !whole.empty())
    return ask(query, "/posts/" + whole.front() + ".json");
  const std::string_view words = trim(query.words);
  if (words.empty()) {
    const std::int64_t before = place.number("before");
    return ask(query, before > 0 ? "/posts.json?before=" + std::to_string(before) : "/posts.json");
  }
  std::string asked(words);
  if (query.since != kNoTime) {  // whole days only, and in the forum's zone
    asked += " after:" + format_utc(query.since - kSecondsPerDay).substr(0, 10);
  }
  return ask(query, "/search.json?q=" + percent_encode(asked + " order:latest") +
                        "&page=" + std::to_string(place.page()));
}

Result<Request> recheck(const SourceQuery& query, std::span<const std::string> ids) {
  return ask(query, "/posts/" + percent_encode(ids.front()) + ".json");
}

// {"errors": […], "error_type": "rate_limit", "extras": {"wait_seconds": 12}}
std::int64_t told_to_wait(int, std::string_view body) {
  const Result<JsonDocument> json = JsonDocument::parse(body);
  if (!json) return 0;
  Json root = json->root();
  const auto said = root["extras"]["wait_seconds"].integer();
  if (said) return std::clamp<std::int64_t>(*said, 0, 86400);
  return root["error_type"].text() == "rate_limit" ? 60 : 0;
}

// A cut post that is gone by now: the next run goes on behind it.
std::optional<Page> past_end(std::string_view printed) {
  Place place(printed);
  auto whole = place.whole();
  if (whole.empty()) return {};
  whole.erase(whole.begin());
  place.set_whole(whole);
  Page page;
  page.resume = whole.empty() && place.ends() ? place.resume() : place.cursor.print();
  page.gap = "a post vanished while it was read; the next run goes on behind it";
  return page;
}

bool is_cut(std::string_view blurb) {
  return blurb.starts_with("...") || blurb.ends_with("...") || blurb.starts_with("…") ||
         blurb.ends_with("…");
}

std::optional<std::int64_t> likes_of(Json post) {
  if (const auto count = post["like_count"].integer()) return count;
  for (Json action : post["actions_summary"]) {
    if (action["id"].integer() == 2) return action["count"].integer().value_or(0);
  }
  return {};
}

class Reading {
 public:
  Reading(const SourceQuery& query, const ReplyContext& context)
      : query_(query), again_(context.cursor == kRecheck), place_(context.cursor) {}

  // Topics of a search give their titles; posts of one page can answer each other.
  void note(Json topics, Json posts) {
    for (Json topic : topics) titles_.emplace(topic["id"].text(), topic["title"].text());
    for (Json post : posts) places_.emplace(place_of(post, "post_number"), post["id"].text());
  }

  void add(Json post) {
    const std::string id = post["id"].text();
    const Seconds when = written_time(post["created_at"].text());
    if (!is_digits(id) || id.size() > 18 || when == kNoTime || !ids_.insert(id).second) {
      skips_.add(kUnreadable);
      return;
    }
    const std::int64_t number = post["id"].integer().value_or(0);
    lowest_ = lowest_ == 0 ? number : std::min(lowest_, number);
    const bool known = !again_ && !alone_ && number <= place_.number("since");
    if (known || when < query_.since) return;
    newest_ = std::max(newest_, number);
    fresh_ = true;
    if (!post["deleted_at"].text().empty() || post["user_deleted"].flag().value_or(false)) {
      page_.deleted.push_back(id);
    } else if (post["hidden"].flag().value_or(false)) {
      skips_.add("hidden by the forum");
    } else {
      page_.documents.push_back(read(post, id, when));
    }
  }

  Page close_alone() {
    skips_.close(page_);
    if (again_) return std::move(page_);
    auto whole = place_.whole();
    if (whole.empty()) return std::move(page_);
    whole.erase(whole.begin());
    place_.set_whole(whole);
    place_.go_on(page_);
    return std::move(page_);
  }

  Page close_list(std::size_t items) {
    skips_.close(page_);
    if (again_) return std::move(page_);
    const std::int64_t before = place_.number("before");
    const std::int64_t empty = items == 0 ? place_.number("empty") + 1 : 0;
    note_newest();
    place_.cursor.set("empty", empty > 0 ? std::to_string(empty) : "");
    // The address names the highest number that may come, so that one comes again.
    std::int64_t next = items == 0 ? before - kStep : lowest_;
    if (before > 0 && next >= before) next = before - 1;
    const bool more = next > 0 && next > place_.number("since") && (items == 0 || fresh_) &&
                      empty <= kMostEmpty && (items > 0 || before > 0);
    if (more) {
      place_.cursor.set("before", next);
      page_.next = place_.cursor.print();
    } else {
      page_.resume = place_.resume();
    }
    return std::move(page_);
  }

  Page close_search(Json said) {
    skips_.close(page_);
    if (again_) return std::move(page_);
    note_newest();
    const bool more = said["more_full_page_results"].flag().value_or(false) && fresh_;
    const std::int64_t page = place_.page();
    if (more && page < kLastSearchPage) {
      place_.cursor.set("page", page + 1);
    } else {
      place_.cursor.set("last", 1);
      if (more) page_.gap = "the search goes on behind the last page that is asked for";
    }
    place_.set_whole(cut_);
    place_.go_on(page_);
    return std::move(page_);
  }

  void set_alone() { alone_ = true; }
  bool wants_alone() const { return !place_.whole().empty(); }

 private:
  void note_newest() {
    const std::int64_t newest = std::max(newest_, place_.number("newest"));
    if (newest > 0) place_.cursor.set("newest", newest);
  }

  static std::string place_of(Json post, std::string_view key) {
    return post["topic_id"].text() + "/" + post[key].text();
  }

  Document read(Json post, const std::string& id, Seconds when) {
    Document document;
    document.source = discourse_source.name;
    document.id = id;
    document.url = below(query_.url, "/t/" + percent_encode(post["topic_id"].text()) + "/" +
                                         percent_encode(post["post_number"].text()));
    document.author.id = document.author.handle = post["username"].text();
    document.author.name = fold_space(post["name"].text());
    document.published_at = when;
    if (post["post_number"].integer().value_or(0) == 1) document.title = title_of(post);
    document.text = html_to_text(post["cooked"].text());
    if (document.text.empty()) document.text = post["raw"].text();
    if (document.text.empty()) {
      document.text = html_to_text(post["blurb"].text());
      if (is_cut(trim(document.text)) && cut_.size() < kMostWhole) cut_.push_back(id);
    }
    const auto parent = places_.find(place_of(post, "reply_to_post_number"));
    if (parent != places_.end() && parent->second != id) document.parent = parent->second;
    document.likes = likes_of(post);
    document.brand = query_.brand;
    return document;
  }

  std::string title_of(Json post) const {
    const auto found = titles_.find(post["topic_id"].text());
    return found != titles_.end() ? found->second : post["topic_title"].text();
  }

  const SourceQuery& query_;
  const bool again_;
  bool alone_ = false;  // a post that was asked for by its number
  Place place_;
  Page page_;
  Skips skips_;
  std::set<std::string> ids_;
  std::map<std::string, std::string> titles_, places_;
  std::vector<std::string> cut_;
  std::int64_t newest_ = 0, lowest_ = 0;
  bool fresh_ = false;
};

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  Json root = json.root();
  Reading reading(query, context);
  if (root["cooked"].is_text() && root["id"].is_number()) {
    reading.set_alone();
    reading.add(root);
    return reading.close_alone();
  }
  Json latest = root["latest_posts"], said = root["grouped_search_result"];
  Json posts = latest.is_array() ? latest : root["posts"];
  // A search that finds nothing may leave out the list.
  if (!posts.is_array() && !said.is_object()) {
    std::string message;
    for (Json error : root["errors"]) message += (message.empty() ? "" : "; ") + error.text();
    return not_expected("a list of posts", message);
  }
  reading.note(root["topics"], posts);
  for (Json post : posts) reading.add(post);
  if (reading.wants_alone()) return reading.close_alone();  // a list is no answer to that
  return latest.is_array() ? reading.close_list(posts.size()) : reading.close_search(said);
}

}  // namespace

const Source discourse_source = {
    .name = "discourse",
    .title = "Discourse (posts of one forum)",
    .terms =
        "Public interface of each forum, about 200 requests a minute without a key; hidden and "
        "deleted posts are not kept.",
    .help =
        "With `query`, posts that hold its words, newest first; cut ones are fetched whole. "
        "Without it, all public posts. `url` is the forum.\n"
        "[[source]]\n"
        "kind  = \"discourse\"\n"
        "url   = \"https://forum.example\"\n"
        "query = \"acme pump\"\n",
    .base = "",
    .key =
        "Only for forums that ask for one: its administrator makes an API key. The token is "
        "\"KEY\" or \"USER:KEY\".",
    .local_ids = true,
    .needs_url = true,
    .requests_per_second = 1,
    .plan = plan,
    .parse = parse,
    .past_end = past_end,
    .told_to_wait = told_to_wait,
    .recheck = recheck,
    .recheck_at_once = 1,
};

}  // namespace plumbline
