#include <set>

#include "base/text.h"
#include "crawler/html_text.h"
#include "crawler/source_parts.h"
#include "crawler/url.h"

namespace plumbline {
extern const Source mediawiki_source;
namespace {

constexpr std::string_view kBase = "https://en.wikipedia.org/w";
constexpr std::string_view kTalk = "1|3|5|7|9|11|13|15";  // odd namespaces are for talk
constexpr WalkRules kRules = {.overlap = 60};

// "search" with words, "talk" without; or what the configuration says.
std::string what_of(const SourceQuery& query) {
  const std::string what = query.option("what");
  if (what == "changes" || what == "talk" || what == "search") return what;
  return trim(query.words).empty() ? "talk" : "search";
}

// The scripts of a wiki lie at /w unless the address says otherwise.
std::string script(const SourceQuery& query, std::string_view name) {
  std::string base = query.url.empty() ? std::string(kBase) : query.url;
  if (base.ends_with("/api.php")) base.resize(base.size() - 8);
  const std::string root = below(base, "");
  return root == origin_of(base) + "/" ? root + "w/" + std::string(name) : root + std::string(name);
}

// What has to be sent back to get the next page, from the `continue` object of the last one.
std::string continued(Json object) {
  std::string out;
  for (auto member = object.begin(); member != object.end(); ++member) {
    const Json value = *member;
    if (!value.is_text() && !value.is_number()) continue;
    out += "&" + percent_encode(member.key()) + "=" + percent_encode(value.text());
  }
  return out.size() < 4096 ? out : std::string();
}

std::string checked(const std::string& continuation) {
  std::string out;
  for (std::string_view pair : split(continuation, '&')) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || equals == 0) continue;
    out += "&" + percent_encode(percent_decode(pair.substr(0, equals))) + "=" +
           percent_encode(percent_decode(pair.substr(equals + 1)));
  }
  return out;
}

Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  const Walk walk(query, cursor, kRules);
  const std::string what = what_of(query);
  std::string url = script(query, "api.php") + "?action=query&format=json&formatversion=2";
  if (what == "search") {
    if (trim(query.words).empty()) {
      return fail(ErrorCode::invalid, "mediawiki needs `query` for a search: the words");
    }
    url += "&list=search&srlimit=50&srsort=last_edit_desc&srprop=" +
           percent_encode("snippet|timestamp") + "&srnamespace=" + percent_encode(kTalk) +
           "&srsearch=" + percent_encode(trim(query.words));
  } else {
    url += "&list=recentchanges&rclimit=500&rcdir=older&rctype=" + percent_encode("edit|new") +
           "&rcshow=" + percent_encode("!bot") +
           "&rcprop=" + percent_encode("title|ids|timestamp|user|userid|comment|flags");
    if (what == "talk") url += "&rcnamespace=" + percent_encode(kTalk);
    if (walk.floor() != kNoTime) url += "&rcend=" + percent_encode(format_utc(walk.floor()));
  }
  Request request = ask_for_json(url + checked(walk.text("continue")));
  authorize(request, query.token);
  return request;
}

Result<Request> recheck(const SourceQuery& query, std::span<const std::string> ids) {
  std::string list;
  for (const std::string& id : ids) list += (list.empty() ? "" : "|") + id;
  Request request =
      ask_for_json(script(query, "api.php") +
                   "?action=query&format=json&formatversion=2&prop=revisions&rvprop=" +
                   percent_encode("ids|timestamp|user|userid|comment|flags") +
                   "&revids=" + percent_encode(list));
  authorize(request, query.token);
  return request;
}

// "/* Noise */ it hums" names the section first.
std::string summary_of(std::string_view comment) {
  const std::size_t begin = comment.find("/*"), end = comment.find("*/");
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin + 2) {
    return std::string(trim(comment));
  }
  const std::string section(trim(comment.substr(begin + 2, end - begin - 2)));
  const std::string rest(
      trim(std::string(comment.substr(0, begin)) + std::string(comment.substr(end + 2))));
  if (rest.empty()) return {};
  return section.empty() ? rest : section + ": " + rest;
}

bool holds(std::string_view text, std::string_view words) {
  return ascii_lower(text).find(ascii_lower(trim(words))) != std::string::npos;
}

// Also "" where older versions of the interface mean "yes".
bool is_set(Json flag) { return flag.flag().value_or(flag.is_text()); }

std::string licence_of(const SourceQuery& query) {
  const std::string host = host_of(query.url.empty() ? kBase : query.url);
  for (std::string_view wiki : {"wikipedia.org", "wiktionary.org", "wikibooks.org",
                                "wikivoyage.org", "wikiquote.org", "wikiversity.org"}) {
    if (host == wiki || host.ends_with("." + std::string(wiki)))
      return "CC BY-SA 4.0, the editors of " + host;
  }
  return {};
}

Document read_change(Json change, const std::string& title, Seconds when,
                     const SourceQuery& query) {
  Document document;
  document.source = mediawiki_source.name;
  document.id = change["revid"].text();
  document.url = script(query, "index.php") + "?diff=" + percent_encode(document.id);
  document.author.handle = document.author.id = change["user"].text();
  document.published_at = when;
  document.title = title;
  document.text = summary_of(change["comment"].text());
  document.licence = licence_of(query);
  document.brand = query.brand;
  return document;
}

// A page that was found is not a revision: it goes by the address that its number gives it, and is
// found again as it changes.
Document read_hit(Json hit, Seconds when, const SourceQuery& query) {
  Document document;
  document.source = mediawiki_source.name;
  document.id = document.url =
      script(query, "index.php") + "?curid=" + percent_encode(hit["pageid"].text());
  document.published_at = when;
  document.title = hit["title"].text();
  document.text = html_to_text(hit["snippet"].text());
  document.licence = licence_of(query);
  document.brand = query.brand;
  return document;
}

class Reading {
 public:
  Reading(const SourceQuery& query, const ReplyContext& context)
      : query_(query), again_(context.cursor == kRecheck), walk_(query, context.cursor, kRules) {}

  void add_change(Json change, const std::string& title) {
    const std::string id = change["revid"].text();
    const Seconds when = written_time(change["timestamp"].text());
    if (!is_digits(id) || id == "0" || when == kNoTime || !ids_.insert(id).second) {
      skips_.add(kUnreadable);
      return;
    }
    if (!again_ && !walk_.wants(when)) return;
    if (is_set(change["bot"])) {
      skips_.add("by bots");
    } else if (is_set(change["commenthidden"]) || is_set(change["userhidden"]) ||
               is_set(change["suppressed"])) {
      page_.deleted.push_back(id);
    } else if (summary_of(change["comment"].text()).empty()) {
      skips_.add("edits without a summary");
    } else if (!again_ && what_of(query_) != "search" &&
               !holds(title + "\n" + change["comment"].text(), query_.words)) {
      skips_.add("without the words of the query");
    } else {
      page_.documents.push_back(read_change(change, title, when, query_));
    }
  }

  void add_hit(Json hit) {
    const std::string id = hit["pageid"].text();
    const Seconds when = written_time(hit["timestamp"].text());
    if (!is_digits(id) || when == kNoTime || !ids_.insert(id).second) {
      skips_.add(kUnreadable);
    } else if (walk_.wants(when)) {
      page_.documents.push_back(read_hit(hit, when, query_));
    }
  }

  Page close(Json root) {
    skips_.close(page_);
    if (again_) return std::move(page_);
    const std::string next = continued(root["continue"]);
    const bool more = !next.empty() && next != walk_.text("continue");
    walk_.set("continue", next);
    walk_.close_unnumbered(page_, more);
    return std::move(page_);
  }

 private:
  const SourceQuery& query_;
  const bool again_;
  Walk walk_;
  Page page_;
  Skips skips_;
  std::set<std::string> ids_;
};

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  Json root = json.root(), answer = root["query"];
  // Errors come with 200, too.
  const bool known = answer["recentchanges"].is_array() || answer["search"].is_array() ||
                     answer["pages"].is_array() || answer["badrevids"].is_object();
  if (!known || root["error"].is_object()) {
    std::string said = root["error"]["code"].text();
    if (!root["error"]["info"].text().empty()) said += " (" + root["error"]["info"].text() + ")";
    return not_expected("a list of changes or pages", said);
  }
  Reading reading(query, context);
  for (Json change : answer["recentchanges"]) reading.add_change(change, change["title"].text());
  for (Json hit : answer["search"]) reading.add_hit(hit);
  for (Json page : answer["pages"]) {
    for (Json revision : page["revisions"]) reading.add_change(revision, page["title"].text());
  }
  return reading.close(root);
}

constexpr SourceOption kOptions[] = {
    {"what",
     "\"search\": talk pages that hold the words (the default with `query`); \"talk\": changes of "
     "talk pages (the default without); \"changes\": changes of all pages"},
};

}  // namespace

const Source mediawiki_source = {
    .name = "mediawiki",
    .title = "MediaWiki (talk pages and recent changes of one wiki)",
    .terms = "Public interface; one request after the other, with a User-Agent that says who asks.",
    .help =
        "With `query`, talk pages that hold its words, as far as the search shows them; without "
        "it, or with `what`, the recent changes with what their editors wrote about them. `url` "
        "is where api.php lies; by default the English Wikipedia.\n"
        "[[source]]\n"
        "kind  = \"mediawiki\"\n"
        "url   = \"https://wiki.example/w\"\n"
        "query = \"acme pump\"\n",
    .base = kBase,
    .options = kOptions,
    .local_ids = true,
    .requests_per_second = 1,
    .plan = plan,
    .parse = parse,
    .recheck = recheck,
    .recheck_at_once = 50,
};

}  // namespace plumbline
