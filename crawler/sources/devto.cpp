#include <set>

#include "base/text.h"
#include "crawler/html_text.h"
#include "crawler/source_parts.h"
#include "crawler/url.h"

namespace plumbline {
extern const Source devto_source;
namespace {

constexpr std::string_view kBase = "https://dev.to";
constexpr std::size_t kPageSize = 100;
constexpr std::size_t kMostThreads = 20;  // of a page's articles, those whose comments are read
constexpr int kDeepest = 64;              // answers to answers

std::string tag_of(const SourceQuery& query) {
  std::string_view words = trim(query.words);
  while (words.substr(0, 1) == "#") words.remove_prefix(1);
  return ascii_lower(trim(words));
}

// A tag lists what is hot first, not what is new: so some pages are read each time, whether or not
// the last one was new.
WalkRules rules(const SourceQuery& query) {
  const bool tag = !tag_of(query).empty();
  return {.last_page = tag ? 10 : 100, .overlap = 7 * kSecondsPerDay, .rising = tag};
}

bool is_list(std::string_view ids) {
  return !ids.empty() && ids.find_first_not_of("0123456789,") == std::string_view::npos;
}

Request ask(const SourceQuery& query, const std::string& path) {
  Request request = ask_for_json(below(query.url.empty() ? kBase : query.url, "/api") + path);
  request.headers[0].second = "application/vnd.forem.api-v1+json";
  if (!query.token.empty()) request.headers.emplace_back("api-key", query.token);
  return request;
}

Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  const Walk walk(query, cursor, rules(query));
  const std::string threads = walk.text("threads");
  if (is_list(threads)) {
    return ask(query, "/comments?a_id=" + std::string(split(threads, ',').front()));
  }
  const std::string tag = tag_of(query);
  return ask(query,
             (tag.empty() ? "/articles/latest?" : "/articles?tag=" + percent_encode(tag) + "&") +
                 "per_page=" + std::to_string(kPageSize) + "&page=" + std::to_string(walk.page()));
}

// Of articles only: a comment asked for alone does not say what it answers.
Result<Request> recheck(const SourceQuery& query, std::span<const std::string> ids) {
  return ask(query, "/articles/" + percent_encode(ids.front()));
}

// Comments are named apart from articles, and go by the address that their name gives them.
std::string comment_id(const SourceQuery& query, const std::string& code) {
  return below(query.url.empty() ? kBase : query.url, "/api/comments/" + code);
}

void set_author(Json user, Document& document) {
  document.author.id = document.author.handle = user["username"].text();
  document.author.name = fold_space(user["name"].text());
}

Document read_article(Json article, Seconds when, const SourceQuery& query) {
  Document document;
  document.source = devto_source.name;
  document.id = article["id"].text();
  document.url = article["url"].text();
  set_author(article["user"], document);
  document.published_at = when;
  document.title = article["title"].text();
  document.text = article["description"].text();  // its beginning; lists hold no more
  document.likes = article["public_reactions_count"].integer();
  if (!document.likes) document.likes = article["positive_reactions_count"].integer();
  document.brand = query.brand;
  return document;
}

Document read_comment(Json comment, const std::string& id, Seconds when, const SourceQuery& query) {
  Document document;
  document.source = devto_source.name;
  document.id = id;
  set_author(comment["user"], document);
  if (!document.author.handle.empty()) {
    document.url = below(query.url.empty() ? kBase : query.url,
                         "/" + percent_encode(document.author.handle) + "/comment/" +
                             percent_encode(comment["id_code"].text()));
  }
  document.published_at = when;
  document.text = html_to_text(comment["body_html"].text());
  document.brand = query.brand;
  return document;
}

class Reading {
 public:
  Reading(const SourceQuery& query, const ReplyContext& context)
      : query_(query),
        cursor_(context.cursor),
        again_(context.cursor == kRecheck),
        walk_(query, context.cursor, rules(query)) {}

  void add_article(Json article) {
    const std::string id = article["id"].text();
    std::string written = article["published_timestamp"].text();
    if (written.empty()) written = article["published_at"].text();
    const Seconds when = written_time(written);
    if (!is_digits(id) || when == kNoTime || !ids_.insert(id).second) {
      skips_.add(kUnreadable);
      return;
    }
    // Comments come long after their article, so those of older ones that are still shown are read.
    if (!again_ && article["comments_count"].integer().value_or(0) > 0 && count_ < kMostThreads) {
      threads_ += (threads_.empty() ? "" : ",") + id;
      ++count_;
    }
    if (again_ || walk_.wants(when)) {
      page_.documents.push_back(read_article(article, when, query_));
    }
  }

  // `parent` is the comment or the article that it answers.
  void add_comment(Json comment, const std::string& parent, int depth) {
    const std::string code = comment["id_code"].text(), id = comment_id(query_, code);
    const Seconds when = written_time(comment["created_at"].text());
    if (!is_token(code, 40) || when == kNoTime || !ids_.insert(id).second) {
      skips_.add(kUnreadable);
      return;
    }
    if (when >= query_.since) {
      page_.documents.push_back(read_comment(comment, id, when, query_));
      page_.documents.back().parent = parent;
    }
    if (depth >= kDeepest) return;
    for (Json answer : comment["children"]) add_comment(answer, id, depth + 1);
  }

  // The article whose comments were asked for.
  std::string thread() const {
    const std::string threads = cursor_.text("threads");
    return is_list(threads) ? std::string(split(threads, ',').front()) : std::string();
  }

  Page close(std::size_t items) {
    skips_.close(page_);
    if (again_) return std::move(page_);
    const std::string waiting = cursor_.text("threads");
    if (is_list(waiting)) {
      after_thread(waiting);
      return std::move(page_);
    }
    walk_.close(page_, items >= kPageSize);
    // Reading on behind the last page is no use: the same articles come again next time.
    if (!threads_.empty()) before_threads();
    return std::move(page_);
  }

 private:
  void before_threads() {
    Cursor cursor;
    cursor.set("threads", threads_);
    cursor.set("then", page_.next.empty() ? page_.resume : page_.next);
    if (page_.next.empty()) cursor.set("last", 1);
    page_.next = cursor.print();
    page_.resume.clear();
  }

  void after_thread(const std::string& waiting) {
    const std::size_t comma = waiting.find(',');
    if (comma != std::string::npos && is_list(waiting.substr(comma + 1))) {
      cursor_.set("threads", waiting.substr(comma + 1));
      page_.next = cursor_.print();
      return;
    }
    const std::string then = Cursor(cursor_.text("then")).print();
    (cursor_.number_or("last", 0) == 1 ? page_.resume : page_.next) = then;
  }

  const SourceQuery& query_;
  Cursor cursor_;
  const bool again_;
  Walk walk_;
  Page page_;
  Skips skips_;
  std::set<std::string> ids_;
  std::string threads_;
  std::size_t count_ = 0;
};

bool is_comment(Json item) { return item["id_code"].exists(); }

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  Json root = json.root();
  const bool alone = context.cursor == kRecheck && root["title"].is_text();
  if (!root.is_array() && !alone) return not_expected("a list of articles", root["error"].text());
  Reading reading(query, context);
  if (alone) {
    reading.add_article(root);
    return reading.close(1);
  }
  for (Json item : root) {
    is_comment(item) ? reading.add_comment(item, reading.thread(), 0) : reading.add_article(item);
  }
  return reading.close(root.size());
}

}  // namespace

const Source devto_source = {
    .name = "devto",
    .title = "DEV and other Forem sites (articles of a tag, and their comments)",
    .terms = "Public interface without a key; a request a second is polite.",
    .help =
        "The beginnings of articles with the tag `query`, or of the newest of all without it, and "
        "the comments on up to "
        "20 articles of each page. The interface does not search words. `url` is another site that "
        "runs Forem.\n"
        "[[source]]\n"
        "kind  = \"devto\"\n"
        "query = \"#plumbing\"\n",
    .base = kBase,
    .key = "Not needed; Settings, Extensions, DEV API Keys gives one for sites that ask for it.",
    .local_ids = true,
    .requests_per_second = 1,
    .plan = plan,
    .parse = parse,
    .recheck = recheck,
    .recheck_at_once = 1,
};

}  // namespace plumbline
