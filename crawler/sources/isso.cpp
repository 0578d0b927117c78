#include <algorithm>
#include <set>

#include "base/text.h"
#include "crawler/html_entities.h"
#include "crawler/html_text.h"
#include "crawler/source_parts.h"
#include "crawler/url.h"

namespace plumbline {
extern const Source isso_source;
namespace {

constexpr std::size_t kLatest = 500;
constexpr int kDeepest = 64;          // answers to answers
constexpr std::int64_t kDeleted = 4;  // `mode` of a comment that only its answers keep
constexpr WalkRules kRules = {.last_page = 1, .overlap = kSecondsPerDay};

// A thread is small and comes whole, so it is read whole each time and its edits are seen.
Result<Request> plan(const SourceQuery& query, std::string_view) {
  if (query.url.empty()) {
    return fail(ErrorCode::invalid,
                "isso needs `url`: the address of the comment server, such as "
                "\"https://comments.blog.example\"");
  }
  const std::string_view thread = trim(query.words);
  return ask_for_json(thread.empty()
                          ? below(query.url, "/latest") + "?limit=" + std::to_string(kLatest)
                          : below(query.url, "/") + "?uri=" + percent_encode(thread));
}

// A single comment is shown to its writer alone: to others a refusal says that it is there, and a
// 404 that it is not.
Result<Request> recheck(const SourceQuery& query, std::span<const std::string> ids) {
  if (!is_digits(ids.front()))
    return fail(ErrorCode::invalid, "not an id of isso", shorten(ids.front(), 40));
  return ask_for_json(below(query.url, "/id/") + ids.front());
}

class Comments {
 public:
  Comments(const SourceQuery& query, const ReplyContext& context)
      : query_(query), walk_(query, context.cursor, kRules), known_(walk_.watermark()) {}

  void add_all(Json list, int depth) {
    if (depth > kDeepest) return;
    for (Json comment : list) {
      add(comment);
      add_all(comment["replies"], depth + 1);
    }
  }

  void add(Json comment) {
    const std::string id = comment["id"].text();
    const Seconds when = epoch_time(comment["created"]);
    if (!is_digits(id) || when == kNoTime || !ids_.insert(id).second) {
      skips_.add(kUnreadable);
      return;
    }
    walk_.wants(when);
    oldest_ = oldest_ == kNoTime ? when : std::min(oldest_, when);
    if (when < query_.since) return;
    if (comment["mode"].integer() == kDeleted) {
      page_.deleted.push_back(id);
    } else if (comment["mode"].integer().value_or(1) != 1) {
      skips_.add("not approved yet");
    } else {
      page_.documents.push_back(read(comment, id, when));
    }
  }

  Page close(bool full) {
    skips_.close(page_);
    if (full && known_ != kNoTime && oldest_ > known_) {
      page_.gap = "more comments came than one reply holds; name the threads with `query`";
    }
    walk_.close(page_, false);
    return std::move(page_);
  }

 private:
  Document read(Json comment, const std::string& id, Seconds when) const {
    Document document;
    document.source = isso_source.name;
    document.id = id;
    std::string thread = comment["uri"].text();
    if (thread.empty()) thread = std::string(trim(query_.words));
    const std::string site = query_.option("site");
    if (!site.empty()) thread = resolve_url(site, thread);
    if (is_web_url(thread)) document.url = thread + "#isso-" + id;
    document.author.id = comment["hash"].text();  // of the address or network of the writer
    document.author.name = fold_space(decode_references(comment["author"].text()));
    document.published_at = when;
    document.text = html_to_text(comment["text"].text());
    document.parent = comment["parent"].text();
    document.likes = comment["likes"].integer();
    document.brand = query_.brand;
    return document;
  }

  const SourceQuery& query_;
  Walk walk_;
  const Seconds known_;
  Seconds oldest_ = kNoTime;
  Page page_;
  Skips skips_;
  std::set<std::string> ids_;
};

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  Json root = json.root();
  if (context.cursor == kRecheck) {
    Comments single(query, {});
    single.add(root);
    return single.close(false);
  }
  Json list = root.is_array() ? root : root["replies"];
  if (!list.is_array()) return not_expected("a list of comments", root["message"].text());
  Comments comments(query, context);
  comments.add_all(list, 0);
  return comments.close(root.is_array() && list.size() >= kLatest);
}

constexpr SourceOption kOptions[] = {
    {"site", "address of the site that the comments stand on, for links to them"},
};

}  // namespace

const Source isso_source = {
    .name = "isso",
    .title = "Isso (comments of one site)",
    .terms = "The comments of a site, open to its readers; a request a second is polite.",
    .help =
        "Comments kept by the Isso server at `url`: of the one page that `query` names (\"/blog/"
        "quiet-pumps/\"), or without it the newest of all pages, where the server has `latest-"
        "enabled = true`. What is kept is asked for again, one by one, so that deletions are "
        "seen.\n"
        "[[source]]\n"
        "kind  = \"isso\"\n"
        "url   = \"https://comments.blog.example\"\n"
        "site  = \"https://blog.example\"\n"
        "query = \"/blog/quiet-pumps/\"\n",
    .base = "",
    .options = kOptions,
    .local_ids = true,
    .needs_url = true,
    .requests_per_second = 1,
    .plan = plan,
    .parse = parse,
    .recheck = recheck,
    .recheck_at_once = 1,
    .is_there_if_denied = true,
};

}  // namespace plumbline
