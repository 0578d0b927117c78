#include <algorithm>
#include <set>

#include "base/text.h"
#include "crawler/html_entities.h"
#include "crawler/html_text.h"
#include "crawler/source_parts.h"
#include "crawler/url.h"

namespace plumbline {
extern const Source stackexchange_source;
namespace {

constexpr std::string_view kBase = "https://api.stackexchange.com";
constexpr std::string_view kDefaultSite = "stackoverflow";
constexpr std::int64_t kPageSize = 100;
constexpr std::size_t kAnswersAtOnce = 100;  // questions that one request may name
// Pages behind the 25th want a key, and a key would have to stand in the address: so the walk goes
// on with an earlier window instead.
constexpr WalkRules kRules = {.last_page = 25, .overlap = 60, .windows = true};

std::string site_of(const SourceQuery& query) {
  const std::string site = query.option("site", kDefaultSite);
  return site.empty() ? std::string(kDefaultSite) : site;
}

// Every site counts for itself behind one interface; the largest keeps its bare numbers.
std::string native(const SourceQuery& query, const std::string& number) {
  const std::string site = site_of(query);
  return number.empty() || site == kDefaultSite ? number : site + "/" + number;
}

bool is_list(std::string_view ids) {
  return !ids.empty() && ids.size() < 4096 &&
         ids.find_first_not_of("0123456789;") == std::string_view::npos;
}

Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  if (trim(query.words).empty()) {
    return fail(ErrorCode::invalid, "stackexchange needs `query`: the words to look for");
  }
  const Walk walk(query, cursor, kRules);
  const std::string base = query.url.empty() ? std::string(kBase) : query.url;
  const std::string common =
      "&site=" + percent_encode(site_of(query)) +
      "&sort=creation&order=desc&filter=withbody&pagesize=" + std::to_string(kPageSize);
  const std::string asked = walk.text("answers");
  if (is_list(asked)) {
    return ask_for_json(below(base, "/2.3/questions/" + percent_encode(asked) + "/answers") + "?" +
                        common.substr(1));
  }
  std::string url = below(base, "/2.3/search/advanced") +
                    "?q=" + percent_encode(trim(query.words)) + common +
                    "&page=" + std::to_string(walk.page());
  if (walk.floor() != kNoTime) url += "&fromdate=" + std::to_string(walk.floor());
  if (walk.before() != kNoTime) url += "&todate=" + std::to_string(walk.before());
  return ask_for_json(std::move(url));
}

// Of this site only: "12" or "diy/12".
int recheck_group(const SourceQuery& query, std::string_view id) {
  const std::string site = site_of(query) + "/";
  if (site_of(query) != kDefaultSite) {
    if (id.substr(0, site.size()) != site) return kCannotRecheck;
    id.remove_prefix(site.size());
  }
  return is_digits(id) ? 0 : kCannotRecheck;
}

// Questions and answers share one row of numbers.
Result<Request> recheck(const SourceQuery& query, std::span<const std::string> ids) {
  std::string list;
  for (const std::string& id : ids)
    list += (list.empty() ? "" : ";") + id.substr(id.rfind('/') + 1);
  const std::string base = query.url.empty() ? std::string(kBase) : query.url;
  return ask_for_json(below(base, "/2.3/posts/" + percent_encode(list)) +
                      "?site=" + percent_encode(site_of(query)) +
                      "&filter=withbody&pagesize=" + std::to_string(kPageSize));
}

std::int64_t told_to_wait(int, std::string_view body) {
  return body.find("throttle_violation") != std::string_view::npos ? 60 : 0;
}

Document read_item(Json item, Seconds when, const SourceQuery& query) {
  Json owner = item["owner"];
  const std::string question = item["question_id"].text(), answer = item["answer_id"].text();
  Document document;
  document.source = stackexchange_source.name;
  document.id = native(query, answer.empty() ? question : answer);
  // One that was asked for again says neither its title nor its question.
  if (item["post_id"].exists()) document.id = native(query, item["post_id"].text());
  document.url = item["link"].text();
  document.author.id = native(query, owner["user_id"].text());
  document.author.name = fold_space(decode_references(owner["display_name"].text()));
  document.published_at = when;
  if (answer.empty()) {
    document.title = decode_references(item["title"].text());
  } else {
    document.parent = native(query, question);
  }
  document.text = html_to_text(item["body"].text());
  document.likes = item["score"].integer();
  const std::string name = document.author.name.empty() ? "its author" : document.author.name;
  const std::string licence = item["content_license"].text();
  document.licence = (licence.empty() ? "CC BY-SA 4.0" : licence) + ", " + name + " on " +
                     (document.url.empty() ? "Stack Exchange" : document.url);
  document.brand = query.brand;
  return document;
}

// Collects the items of a page, and the questions whose answers are still to be read.
class Items {
 public:
  Items(const SourceQuery& query, Walk& walk) : query_(query), walk_(walk) {}

  // Of a post that was asked for again.
  void add_again(Json item, Page& page) {
    const Seconds when = epoch_time(item["creation_date"]);
    if (!is_digits(item["post_id"].text()) || when == kNoTime ||
        !ids_.insert(item["post_id"].text()).second)
      skips_.add(kUnreadable);
    else
      page.documents.push_back(read_item(item, when, query_));
  }

  void add(Json item, Page& page) {
    const bool answer = item["answer_id"].exists();
    const std::string id = item[answer ? "answer_id" : "question_id"].text();
    const Seconds when = epoch_time(item["creation_date"]);
    if (!is_digits(id) || when == kNoTime || !ids_.insert(id).second) {
      skips_.add(kUnreadable);
      return;
    }
    // Answers are younger than their question, and do not move the walk over questions.
    if (answer ? when < query_.since : !walk_.wants(when)) return;
    if (!answer && item["answer_count"].integer().value_or(0) > 0 && count_ < kAnswersAtOnce) {
      answered_ += (answered_.empty() ? "" : ";") + id;
      ++count_;
    }
    page.documents.push_back(read_item(item, when, query_));
  }

  void close(Page& page) const { skips_.close(page); }
  const std::string& answered() const { return answered_; }

 private:
  const SourceQuery& query_;
  Walk& walk_;
  Skips skips_;
  std::set<std::string> ids_;
  std::string answered_;
  std::size_t count_ = 0;
};

// Between two pages of questions lies one page with the newest answers to those of the first.
void close_walk(Page& page, Walk& walk, const Items& items, bool more,
                const ReplyContext& context) {
  if (is_list(Cursor(context.cursor).text("answers"))) {
    Cursor cursor(context.cursor);
    const std::string behind = cursor.text("then");
    (cursor.number_or("last", 0) == 1 ? page.resume : page.next) = behind;
    return;
  }
  walk.close(page, more);
  if (items.answered().empty()) return;
  Cursor cursor;
  cursor.set("answers", items.answered());
  cursor.set("then", page.next.empty() ? page.resume : page.next);
  if (page.next.empty()) cursor.set("last", 1);
  page.next = cursor.print();
  page.resume.clear();
}

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  Json root = json.root();
  if (!root["items"].is_array()) {
    std::string said = root["error_name"].text();
    if (!root["error_message"].text().empty()) said += " (" + root["error_message"].text() + ")";
    return not_expected("a list of questions", said);
  }
  Page page;
  Walk walk(query, context.cursor, kRules);
  Items items(query, walk);
  const bool again = context.cursor == kRecheck;
  for (Json item : root["items"]) again ? items.add_again(item, page) : items.add(item, page);
  items.close(page);
  page.wait_seconds = std::clamp<std::int64_t>(root["backoff"].integer().value_or(0), 0, 86400);
  if (again) return page;
  close_walk(page, walk, items, root["has_more"].flag().value_or(false), context);
  return page;
}

constexpr SourceOption kOptions[] = {
    {"site", "the site's short name, such as \"serverfault\"; by default \"stackoverflow\""},
};

}  // namespace

const Source stackexchange_source = {
    .name = "stackexchange",
    .title = "Stack Exchange (questions and answers of one site)",
    .terms =
        "Public interface, 300 requests a day without a key; what it publishes is CC BY-SA and "
        "wants the author and a link.",
    .help =
        "Questions that hold the words of `query`, and up to 100 of the newest answers to each "
        "page of them. It is read without a key: a key could only stand in the address, where "
        "logs would keep it.\n"
        "[[source]]\n"
        "kind  = \"stackexchange\"\n"
        "site  = \"diy\"\n"
        "query = \"acme pump\"\n",
    .base = kBase,
    .licence = "CC BY-SA 4.0, Stack Exchange",
    .options = kOptions,
    .needs_query = true,
    .requests_per_second = 1,
    .plan = plan,
    .parse = parse,
    .told_to_wait = told_to_wait,
    .recheck = recheck,
    .recheck_at_once = kPageSize,
    .recheck_group = recheck_group,
};

}  // namespace plumbline
