#include <set>

#include "base/text.h"
#include "crawler/source_parts.h"
#include "crawler/url.h"

namespace plumbline {
extern const Source github_source;
namespace {

constexpr std::string_view kBase = "https://api.github.com";
constexpr std::string_view kPageSize = "100";
constexpr std::string_view kComment =
    "id url body createdAt author{login} upvoteCount replyTo{id} discussion{id}";

// A page of 50 comments, each with its first answers.
std::string comments_field(std::string_view after) {
  const std::string fields(kComment);
  return "comments(first:50" + std::string(after) + "){pageInfo{hasNextPage endCursor} nodes{" +
         fields + " replies(first:50){nodes{" + fields + "}}}}";
}

std::string discussion_field() {
  return "... on Discussion{id url title body createdAt author{login} upvoteCount " +
         comments_field("") + "}";
}

enum class List { search, issues, comments, discussions };

// A repository without words is read through its lists; words are searched. Discussions are given
// only to those who say who they are.
std::vector<List> lists(const SourceQuery& query) {
  std::vector<List> out;
  if (trim(query.words).empty()) {
    out = {List::issues, List::comments};
  } else {
    out = {List::search};
  }
  if (!query.token.empty() && query.option("discussions", "yes") != "no")
    out.push_back(List::discussions);
  return out;
}

List list_at(const SourceQuery& query, const Walk& walk) {
  return lists(query)[static_cast<std::size_t>(walk.phase())];
}

// A search shows 1000 results, so the walk goes on with an earlier window; lists of a repository
// begin with what was changed first since a given time.
WalkRules rules(const SourceQuery& query) {
  const bool listed = trim(query.words).empty();
  return {.phases = static_cast<int>(lists(query).size()),
          .last_page = listed ? 100 : 10,
          .overlap = 60,
          .windows = true,
          .rising = listed};
}

bool is_repository(std::string_view name) {
  const auto parts = split(name, '/');
  return parts.size() == 2 && is_token(parts[0], 100) && is_token(parts[1], 200);
}

Request ask(const SourceQuery& query, const std::string& path) {
  Request request = ask_for_json(below(query.url.empty() ? kBase : query.url, path));
  request.headers[0].second = "application/vnd.github+json";
  request.headers.emplace_back("X-GitHub-Api-Version", "2022-11-28");
  if (!query.token.empty()) request.headers.emplace_back("Authorization", "Bearer " + query.token);
  return request;
}

Request ask_graph(const SourceQuery& query, const std::string& body) {
  Request request = ask(query, "/graphql");
  request.headers.emplace_back("Content-Type", "application/json");
  request.body = body;
  return request;
}

std::string created_between(const Walk& walk) {
  if (walk.before() != kNoTime) {
    return " created:" + (walk.floor() == kNoTime ? "*" : format_utc(walk.floor())) + ".." +
           format_utc(walk.before());
  }
  return walk.floor() == kNoTime ? std::string() : " created:>=" + format_utc(walk.floor());
}

std::string search_words(const SourceQuery& query, const Walk& walk) {
  std::string words(trim(query.words));
  if (const std::string repo = query.option("repo"); !repo.empty()) {
    words += (words.empty() ? "" : " ") + ("repo:" + repo);
  }
  return words + created_between(walk);
}

Request ask_discussions(const SourceQuery& query, const Walk& walk) {
  const std::string after = walk.text("after_cursor");
  const std::string words = search_words(query, walk) + " sort:created-desc";
  return ask_graph(query,
                   "{\"query\":\"query($q:String!,$after:String){search(query:$q,"
                   "type:DISCUSSION,first:20,after:$after){pageInfo{hasNextPage endCursor} "
                   "nodes{" +
                       discussion_field() + "}}}\",\"variables\":{\"q\":" + json_quote(words) +
                       ",\"after\":" + (after.empty() ? "null" : json_quote(after)) + "}}");
}

// What remains of long discussions, read after the page that they stood on: "ID:CURSOR,…".
struct Rest {
  explicit Rest(std::string_view cursor) {
    const std::string printed = Cursor(cursor).text("more");
    for (const std::string_view pair : split(printed, ',')) {
      const std::size_t colon = pair.find(':');
      if (colon == pair.npos) continue;
      queue.emplace_back(percent_decode(pair.substr(0, colon)),
                         percent_decode(pair.substr(colon + 1)));
    }
  }
  std::string print() const {
    std::string out;
    for (const auto& [id, after] : queue)
      out += (out.empty() ? "" : ",") + percent_encode(id) + ":" + percent_encode(after);
    return out;
  }
  void add(Json discussion, std::string_view asked_after) {
    const Json info = discussion["comments"]["pageInfo"];
    const std::string id = discussion["id"].text(), after = info["endCursor"].text();
    const bool more = info["hasNextPage"].flag().value_or(false) && after != asked_after;
    if (more && !id.empty() && !after.empty() && id.size() + after.size() < 400)
      queue.emplace_back(id, after);
  }

  std::vector<std::pair<std::string, std::string>> queue;
};

Request ask_rest(const SourceQuery& query, const Rest& rest) {
  const auto& [id, after] = rest.queue.front();
  return ask_graph(query,
                   "{\"query\":\"query($id:ID!,$after:String){node(id:$id){... on "
                   "Discussion{id " +
                       comments_field(",after:$after") + "}}}\",\"variables\":{\"id\":" +
                       json_quote(id) + ",\"after\":" + json_quote(after) + "}}");
}

Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  const std::string repo = query.option("repo");
  if (trim(query.words).empty() && repo.empty()) {
    return fail(ErrorCode::invalid,
                "github needs `query`: the words to look for, or `repo`: \"owner/name\"");
  }
  if (!repo.empty() && !is_repository(repo)) {
    return fail(ErrorCode::invalid, "github reads `repo` as \"owner/name\"");
  }
  if (const Rest rest(cursor); !rest.queue.empty()) return ask_rest(query, rest);
  const Walk walk(query, cursor, rules(query));
  const List list = list_at(query, walk);
  if (list == List::discussions) return ask_discussions(query, walk);
  const std::string page =
      "&per_page=" + std::string(kPageSize) + "&page=" + std::to_string(walk.page());
  if (list == List::search) {
    return ask(query, "/search/issues?q=" + percent_encode(search_words(query, walk)) +
                          "&sort=created&order=desc" + page);
  }
  std::string path = "/repos/" + repo + (list == List::issues ? "/issues" : "/issues/comments") +
                     "?sort=updated&direction=asc" + (list == List::issues ? "&state=all" : "");
  if (walk.floor() != kNoTime) path += "&since=" + percent_encode(format_utc(walk.floor()));
  return ask(query, path + page);
}

// "https://HOST/OWNER/NAME/issues/12#issuecomment-345" as a path of the interface.
std::string path_of(std::string_view id) {
  const auto parts = split(id.substr(0, id.find('#')), '/');
  if (parts.size() < 7) return {};
  const std::string repo =
      "/repos/" + percent_encode(parts[3]) + "/" + percent_encode(parts[4]) + "/issues/";
  const std::size_t comment = id.find("#issuecomment-");
  if (comment != std::string_view::npos) {
    return repo + "comments/" + percent_encode(id.substr(comment + 14));
  }
  return repo + percent_encode(parts[6]);
}

Result<Request> recheck(const SourceQuery& query, std::span<const std::string> ids) {
  const std::string path = path_of(ids.front());
  if (!path.empty()) return ask(query, path);
  return ask_graph(query, "{\"query\":\"query($id:ID!){nodes(ids:[$id]){" + discussion_field() +
                              "... on DiscussionComment{" + std::string(kComment) +
                              "}}}\",\"variables\":{\"id\":" + json_quote(ids.front()) + "}}");
}

// A limit of its own besides the one that headers tell of.
std::int64_t told_to_wait(int status, std::string_view body) {
  const bool throttled = body.find("rate limit") != std::string_view::npos ||
                         body.find("abuse detection") != std::string_view::npos;
  return throttled && (status == 403 || status == 429) ? 60 : 0;
}

std::string id_of(Json item) {
  std::string id = item["html_url"].text();
  if (id.empty()) id = item["node_id"].text();
  return id.empty() ? item["id"].text() : id;
}

// Issues, pull requests and comments on them are named by their addresses: a comment's holds that
// of what it answers. Discussions keep the ids by which they can be asked for.
Document read_item(Json item, Seconds when, const SourceQuery& query) {
  Document document;
  document.source = github_source.name;
  document.id = id_of(item);
  document.url = item["html_url"].text();
  Json user = item["user"];
  document.author.id = document.author.handle = user["login"].text();
  document.published_at = when;
  document.title = item["title"].text();
  document.text = item["body"].text();
  const std::size_t mark = document.id.find("#issuecomment-");
  if (mark != std::string::npos) document.parent = document.id.substr(0, mark);
  document.likes = item["reactions"]["+1"].integer();
  document.brand = query.brand;
  return document;
}

Document read_node(Json node, Seconds when, const SourceQuery& query) {
  Document document;
  document.source = github_source.name;
  document.id = node["id"].text();
  document.url = node["url"].text();
  document.author.id = document.author.handle = node["author"]["login"].text();
  document.published_at = when;
  document.title = node["title"].text();
  document.text = node["body"].text();
  document.parent = node["replyTo"]["id"].text();
  if (document.parent.empty()) document.parent = node["discussion"]["id"].text();
  document.likes = node["upvoteCount"].integer();
  document.brand = query.brand;
  return document;
}

class Reading {
 public:
  Reading(const SourceQuery& query, const ReplyContext& context)
      : query_(query),
        again_(context.cursor == kRecheck),
        walk_(query, context.cursor, rules(query)) {}

  void add_item(Json item, bool listed) {
    const std::string id = id_of(item);
    const Seconds written = written_time(item["created_at"].text());
    const Seconds changed = written_time(item["updated_at"].text());
    if (!note(id, written)) return;
    // Lists are walked by the time of the last change.
    if (!again_ && !walk_.wants(listed && changed != kNoTime ? changed : written)) return;
    if (written < query_.since) return;
    if (item["user"]["type"].text() == "Bot") {
      skips_.add("by bots");
    } else {
      page_.documents.push_back(read_item(item, written, query_));
    }
  }

  void add_node(Json node, bool walked) {
    const Seconds written = written_time(node["createdAt"].text());
    if (!note(node["id"].text(), written)) return;
    const bool wanted = again_ || !walked || walk_.wants(written);
    if (wanted && written >= query_.since)
      page_.documents.push_back(read_node(node, written, query_));
    rest_.add(node, {});
    add_comments(node);
  }

  // More of a discussion that itself was read before; nothing where it is gone by now.
  Page close_rest(Json node, const ReplyContext& context) {
    rest_ = Rest(context.cursor);
    const std::string asked_after = rest_.queue.front().second;
    rest_.queue.erase(rest_.queue.begin());
    rest_.add(node, asked_after);
    add_comments(node);
    skips_.close(page_);
    Cursor cursor(context.cursor);
    page_.next = cursor.text("then");
    if (cursor.number_or("last", 0) == 1) std::swap(page_.next, page_.resume);
    remember_rest(cursor.number_or("last", 0) == 1);
    return std::move(page_);
  }

  Page close(Json root, const ReplyContext& context, std::size_t items) {
    skips_.close(page_);
    if (again_) return std::move(page_);
    if (root["incomplete_results"].flag().value_or(false))
      walk_.hold(page_, "GitHub gave up before it had all results; the next run asks again");
    const bool linked = !link_target(context.link, "next").empty();
    const bool full = context.link.empty() && items >= 100 && root.is_object();
    walk_.close(page_, items > 0 && (linked || full));
    return std::move(page_);
  }

  Page close_graph(Json info) {
    skips_.close(page_);
    if (again_) return std::move(page_);
    const std::string next = info["endCursor"].text();
    const bool more = info["hasNextPage"].flag().value_or(false) && !next.empty() &&
                      next.size() < 1000 && next != walk_.text("after_cursor");
    walk_.set("after_cursor", next);
    walk_.close_unnumbered(page_, more);
    remember_rest(page_.next.empty());
    return std::move(page_);
  }

 private:
  void add_comments(Json discussion) {
    for (const Json comment : discussion["comments"]["nodes"]) {
      add_node(comment, false);
      for (const Json reply : comment["replies"]["nodes"]) add_node(reply, false);
    }
  }

  // The rest of the discussions comes first, then what would have come; `last`: the next run.
  void remember_rest(bool last) {
    if (rest_.queue.empty()) return;
    Cursor cursor;
    cursor.set("more", rest_.print());
    cursor.set("then", last ? page_.resume : page_.next);
    if (last) cursor.set("last", 1);
    page_.next = cursor.print();
    page_.resume.clear();
  }

  bool note(const std::string& id, Seconds when) {
    const bool sound = !id.empty() && id.size() < 2000 && when != kNoTime;
    if (sound && ids_.insert(id).second) return true;
    skips_.add(kUnreadable);
    return false;
  }

  const SourceQuery& query_;
  const bool again_;
  Walk walk_;
  Page page_;
  Rest rest_{""};
  Skips skips_;
  std::set<std::string> ids_;
};

std::string complaint(Json root) {
  std::string said = root["message"].text();
  for (Json error : root["errors"]) {
    if (!error["message"].text().empty())
      said += (said.empty() ? "" : "; ") + error["message"].text();
  }
  return said;
}

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  Json root = json.root();
  Reading reading(query, context);
  Json search = root["data"]["search"], nodes = root["data"]["nodes"];
  if (!Rest(context.cursor).queue.empty() && root["data"].is_object())
    return reading.close_rest(root["data"]["node"], context);
  if (search["nodes"].is_array() || nodes.is_array()) {
    for (Json node : search["nodes"]) reading.add_node(node, true);
    // What is gone comes as null.
    for (Json node : nodes)
      if (node["id"].exists()) reading.add_node(node, false);
    return reading.close_graph(search["pageInfo"]);
  }
  if (context.cursor == kRecheck && root["created_at"].is_text()) {
    reading.add_item(root, false);
    return reading.close(root, context, 1);
  }
  const Json items = root.is_array() ? root : root["items"];
  if (!items.is_array()) return not_expected("a list of issues", complaint(root));
  for (Json item : items) reading.add_item(item, root.is_array());
  return reading.close(root, context, items.size());
}

constexpr SourceOption kOptions[] = {
    {"repo",
     "only this repository, \"owner/name\"; without `query` all its issues, pull requests "
     "and comments are read"},
    {"discussions", "\"no\" to leave out discussions, which are read where there is a token"},
};

}  // namespace

const Source github_source = {
    .name = "github",
    .title = "GitHub (issues, pull requests, comments and discussions)",
    .terms =
        "Public interface, 60 requests an hour without a token and 5000 with one; searches 10 and "
        "30 a minute.",
    .help =
        "`query` looks for issues and pull requests that hold its words; all qualifiers of "
        "GitHub's "
        "search can stand in it. `repo` without `query` reads a whole repository with its "
        "comments. Bots are left out.\n"
        "[[source]]\n"
        "kind  = \"github\"\n"
        "repo  = \"acme/pump\"\n"
        "token = { env = \"GITHUB_TOKEN\" }\n",
    .base = kBase,
    .key =
        "Settings, Developer settings, Personal access tokens: a fine-grained token that may "
        "read public repositories.",
    .options = kOptions,
    .requests_per_second = 0.3,
    .plan = plan,
    .parse = parse,
    .told_to_wait = told_to_wait,
    .recheck = recheck,
    .recheck_at_once = 1,
};

}  // namespace plumbline
