#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "base/words.h"
#include "crawler/cursor.h"
#include "crawler/feed.h"
#include "crawler/source.h"
#include "crawler/url.h"

namespace plumbline {
extern const Source rss_source;
namespace {

Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  if (query.url.empty()) {
    return fail(ErrorCode::invalid,
                "rss needs `url`: the address of the feed, such as "
                "\"https://blog.example/feed.xml\"");
  }
  Request request;
  request.url = query.url;
  // A later page of the feed, by its own word; another host has no say here.
  std::string page = Cursor(cursor).text("page");
  if (!page.empty() && origin_of(page) == origin_of(query.url)) request.url = page;
  request.headers = {{"Accept",
                      "application/atom+xml, application/rss+xml, application/feed+json, "
                      "application/xml;q=0.9, */*;q=0.5"}};
  request.api = false;
  return request;
}

std::set<std::string> words_of(std::string_view text) {
  std::string clean = is_utf8(text) ? std::string(text) : clean_utf8(text);
  std::vector<Piece> pieces;
  split_words(clean, pieces);
  std::set<std::string> words;
  for (const Piece& piece : pieces) {
    words.insert(
        fold_word_plain(std::string_view(clean).substr(piece.begin, piece.end - piece.begin)));
  }
  return words;
}

Author read_author(const FeedItem& item, const SourceQuery& query) {
  Author author;
  if (item.authors.empty()) return author;
  const FeedPerson& person = item.authors.front();
  author.handle = person.name.empty() ? person.email : person.name;
  author.name = author.handle;
  if (author.handle.empty()) author.handle = person.url;
  // "admin" of one site is not "admin" of another.
  std::string host = host_of(query.url.empty() ? item.link : query.url);
  author.id = person.url.empty() ? author.handle + "@" + host : person.url;
  return author;
}

Seconds time_of(const FeedItem& item, const Feed& feed) {
  for (Seconds time : {item.published, item.updated, feed.updated, feed.published}) {
    if (time != kNoTime) return time;
  }
  return kNoTime;
}

Document read_item(const FeedItem& item, Seconds when, const SourceQuery& query) {
  Document document;
  document.source = rss_source.name;
  document.id = item.id.empty() ? item.link : item.id;
  document.url = item.link;
  document.author = read_author(item, query);
  document.published_at = when;
  document.lang = item.language;
  document.title = item.title.text;
  document.text = item.content.text.empty() ? item.summary.text : item.content.text;
  document.parent = item.parent;
  document.brand = query.brand;
  constexpr std::size_t kLongestId = 1000;
  if (document.id.size() > kLongestId) document.id = "hash:" + hex64(hash64(document.id));
  if (document.id.empty()) {
    document.id = "hash:" + hex64(hash64(document.title + "\n" + document.text));
  }
  return document;
}

// The page that the feed names as its next, if it may be followed and leads back to older items.
std::string next_page(const Feed& feed, const SourceQuery& query, const ReplyContext& context) {
  std::string here = context.url.empty() ? query.url : context.url;
  if (feed.next.empty() || feed.next == here || feed.next == query.url) return {};
  bool ours = query.url.empty() || origin_of(feed.next) == origin_of(query.url);
  return ours ? feed.next : std::string();
}

bool is_by_wordpress(const Feed& feed) {
  return feed.generator.find("wordpress.org") != std::string::npos ||
         feed.generator.find("wordpress.com") != std::string::npos;
}

// WordPress gives the newest ten and names no next page, but has them under ?paged=N; the one past
// the last is a 404. Feeds of comments have no such pages and repeat themselves or end there.
std::string guessed_page(const Feed& feed, const SourceQuery& query, Cursor& cursor,
                         Seconds oldest) {
  constexpr std::int64_t kMostGuesses = 1000;
  const std::int64_t number = cursor.number_or("paged", 1) + 1;
  const Seconds before = cursor.number_or("oldest", kNoTime);
  if (!feed.next.empty() || !is_by_wordpress(feed) || query.url.empty() ||
      !query_parameter(query.url, "paged").empty() || number > kMostGuesses ||
      (before != kNoTime && oldest >= before)) {
    return {};
  }
  cursor.set("paged", number);
  cursor.set("oldest", oldest);
  std::string url = query.url.substr(0, query.url.find('#'));
  return url + (url.find('?') == std::string::npos ? "?" : "&") + "paged=" + std::to_string(number);
}

constexpr std::string_view kGap =
    "nothing in the feed was known yet, so more may have come than it holds: fetch more often";

std::optional<Page> past_end(std::string_view printed) {
  const Cursor cursor(printed);
  const auto newest = cursor.number("newest");
  if (!cursor.number("paged") || !newest) return {};
  Page end;
  end.resume = "since=" + std::to_string(*newest);
  if (cursor.number("since")) end.gap = kGap;
  return end;
}

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  FeedContext around;
  around.url = context.url.empty() ? query.url : context.url;
  around.content_type = context.content_type;
  Feed feed = PLUMBLINE_TRY(parse_feed(body, around));
  if (feed.breaks_off) {
    return fail(ErrorCode::parse, "the feed breaks off before its end; it will be read again");
  }
  Cursor cursor(context.cursor);
  Seconds known = cursor.number_or("since", kNoTime);
  Seconds newest = cursor.number_or("newest", known);
  std::set<std::string> wanted = words_of(query.words);
  std::set<std::string> ids;
  std::int64_t undated = 0, twice = 0, empty = feed.skipped;
  bool fresh = false, reached_since = false;
  Seconds oldest = kNoTime;
  Page page;
  for (const FeedItem& item : feed.items) {
    Seconds when = time_of(item, feed);
    Document document = read_item(item, when, query);
    if (document.title.empty() && document.text.empty()) {
      ++empty;
    } else if (!ids.insert(document.id).second) {
      ++twice;
    } else if (when == kNoTime) {
      ++undated;
    } else if (when >= query.since) {
      newest = std::max(newest, when);
      fresh = fresh || when > known;
      oldest = oldest == kNoTime ? when : std::min(oldest, when);
      std::set<std::string> words = words_of(document.title + "\n" + document.text);
      if (std::includes(words.begin(), words.end(), wanted.begin(), wanted.end())) {
        page.documents.push_back(std::move(document));
      }
    } else {
      reached_since = true;
    }
  }
  page.skipped = undated + twice + empty;
  if (page.skipped > 0) {
    page.skipped_reason =
        fmt::format("{} without a date, {} given twice, {} without words", undated, twice, empty);
  }
  std::string next = fresh ? next_page(feed, query, context) : std::string();
  if (next.empty() && oldest > known) next = guessed_page(feed, query, cursor, oldest);
  if (!next.empty() && next != cursor.text("page")) {
    cursor.set("page", next);
    if (newest != kNoTime) cursor.set("newest", newest);
    page.next = cursor.print();
  } else if (newest != kNoTime) {
    page.resume = "since=" + std::to_string(newest);
    if (known != kNoTime && oldest > known && !reached_since) page.gap = kGap;
  }
  return page;
}

}  // namespace

const Source rss_source = {
    .name = "rss",
    .title = "Feeds (RSS, Atom, RDF, JSON Feed)",
    .terms =
        "Feeds are published for readers of this kind; robots.txt is asked first and an "
        "unchanged feed is not fetched again.",
    .help =
        "`url` is the address of the feed. With `query`, only items that hold all of its words "
        "are kept. Pages that the feed names as next, and the older ones of WordPress, are "
        "followed "
        "back to what is known.\n"
        "[[source]]\n"
        "kind = \"rss\"\n"
        "url  = \"https://blog.example/feed.xml\"\n",
    .base = "",
    .local_ids = true,
    .needs_url = true,
    .requests_per_second = 1,
    .plan = plan,
    .parse = parse,
    .past_end = past_end,
};

}  // namespace plumbline
