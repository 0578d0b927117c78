#include "base/text.h"
#include "crawler/feed_parts.h"
#include "crawler/json_reader.h"

namespace plumbline {
namespace {

FeedPerson read_author(Json author, std::string_view base) {
  FeedPerson person;
  person.name = fold_space(author["name"].text());
  person.url = feed_link(base, author["url"].text());
  return person;
}

// "authors" of version 1.1, else "author" of version 1.
std::vector<FeedPerson> read_authors(Json holder, std::string_view base) {
  std::vector<FeedPerson> out;
  auto add = [&out, base](Json author) {
    FeedPerson person = read_author(author, base);
    if (!person.name.empty() || !person.url.empty()) out.push_back(std::move(person));
  };
  for (Json author : holder["authors"]) add(author);
  if (out.empty()) add(holder["author"]);
  return out;
}

FeedItem read_item(Json json, const Feed& feed) {
  FeedItem item;
  item.id = json["id"].text();
  item.link = feed_link(feed.base, json["url"].text());
  if (item.link.empty()) item.link = feed_link(feed.base, json["external_url"].text());
  item.title = plain_feed_text(json["title"].text());
  item.summary = plain_feed_text(json["summary"].text());
  std::string html = json["content_html"].text();
  item.content = html.empty() ? plain_feed_text(json["content_text"].text()) : html_feed_text(html);
  item.authors = read_authors(json, feed.base);
  if (item.authors.empty()) item.authors = feed.authors;
  item.published = parse_feed_time(json["date_published"].text());
  item.updated = parse_feed_time(json["date_modified"].text());
  item.language = json["language"].text();
  if (item.language.empty()) item.language = feed.language;
  for (FeedText* text : {&item.title, &item.summary, &item.content}) {
    text->language = item.language;
    text->base = feed.base;
  }
  return item;
}

}  // namespace

Result<Feed> parse_json_feed(std::string_view body, const FeedContext& context) {
  JsonDocument document = PLUMBLINE_TRY(JsonDocument::parse(body));
  Json root = document.root();
  bool named = root["version"].text().find("jsonfeed.org/version/") != std::string::npos;
  if (!root["items"].is_array() || (!named && !root["title"].exists())) {
    return fail(ErrorCode::parse, "the body is JSON, but not a JSON Feed: it has no list of items");
  }
  Feed feed;
  feed.format = "json";
  feed.base = context.url;
  feed.title = plain_feed_text(root["title"].text());
  feed.subtitle = plain_feed_text(root["description"].text());
  feed.id = root["feed_url"].text();
  feed.link = feed_link(context.url, root["home_page_url"].text());
  feed.language = root["language"].text();
  if (feed.language.empty()) feed.language = context.language;
  feed.next = feed_link(context.url, root["next_url"].text());
  feed.authors = read_authors(root, context.url);
  feed.title.language = feed.subtitle.language = feed.language;
  feed.title.base = feed.subtitle.base = feed.base;
  for (Json item : root["items"]) {
    if (item.is_object()) {
      feed.items.push_back(read_item(item, feed));
    } else {
      ++feed.skipped;
    }
  }
  return feed;
}

}  // namespace plumbline
