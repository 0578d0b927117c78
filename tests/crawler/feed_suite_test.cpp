// How far our reading of feeds agrees with the expectations that the feedparser project publishes
// with its test feeds.
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "crawler/feed.h"
#include "crawler/html_text.h"
#include "crawler/url.h"

namespace plumbline {
namespace {

namespace fs = std::filesystem;

const fs::path kSuite = fs::path(PLUMBLINE_SOURCE_DIR) / "../shared/suites/feedparser";

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

// The feeds say in their first comment with which headers they are meant to be served.
std::string header(const std::string& body, const std::string& name) {
  std::string lower = ascii_lower(body.substr(0, 2000));
  std::size_t at = lower.find(name + ":");
  if (at == std::string::npos) return {};
  std::size_t begin = at + name.size() + 1;
  return std::string(trim(body.substr(begin, body.find('\n', begin) - begin)));
}

FeedContext context_of(const std::string& body, const std::string& path) {
  FeedContext context;
  if (path.find("http_") != std::string::npos) {  // only these are meant to have an address
    context.url = resolve_url("http://127.0.0.1:8097/" + path, header(body, "content-location"));
  }
  context.content_type = header(body, "content-type");
  context.language = header(body, "content-language");
  return context;
}

std::string shown(const FeedPerson& person) {
  if (person.email.empty()) return person.name;
  return person.name.empty() ? person.email : person.name + " (" + person.email + ")";
}

// What our Feed says under one of feedparser's names. Nothing: we have no such value.
using Values = std::map<std::string, std::string>;

void add_text(Values& out, const std::string& name, const FeedText& text) {
  out[name] = out[name + "_detail/value"] = text.text;
  out[name + "_detail/language"] = text.language;
  out[name + "_detail/base"] = text.base;
}

void add_people(Values& out, const std::string& where, const std::vector<FeedPerson>& people) {
  for (std::size_t i = 0; i < people.size(); ++i) {
    for (std::string name :
         {where + "authors/" + std::to_string(i) + "/", where + "author_detail/"}) {
      if (i > 0 && name == where + "author_detail/") continue;
      out[name + "name"] = people[i].name;
      out[name + "email"] = people[i].email;
      out[name + "url"] = people[i].url;
    }
  }
  if (!people.empty()) out[where + "author"] = shown(people[0]);
}

// feedparser's name -> our field. Dates as seconds.
Values values_of(const Feed& feed) {
  Values out;
  add_text(out, "feed/title", feed.title);
  for (const char* name : {"feed/tagline", "feed/subtitle", "feed/description"}) {
    add_text(out, name, feed.subtitle);
  }
  out["feed/link"] = feed.link;
  out["feed/id"] = out["feed/guid"] = feed.id;
  out["feed/language"] = feed.language;
  out["feed/published"] = out["feed/created"] = std::to_string(feed.published);
  out["feed/updated"] = std::to_string(feed.updated);
  add_people(out, "feed/", feed.authors);
  for (std::size_t i = 0; i < feed.items.size(); ++i) {
    const FeedItem& item = feed.items[i];
    std::string where = "entries/" + std::to_string(i) + "/";
    add_text(out, where + "title", item.title);
    add_text(out, where + "summary", item.summary);
    out[where + "description"] = item.summary.text;
    out[where + "content/0/value"] = item.content.text;
    out[where + "content/0/language"] = item.content.language;
    out[where + "content/0/base"] = item.content.base;
    out[where + "link"] = item.link;
    out[where + "comments"] = item.comments;
    out[where + "id"] = out[where + "guid"] = item.id;
    out[where + "language"] = item.language;
    out[where + "published"] = out[where + "created"] = std::to_string(item.published);
    out[where + "updated"] = std::to_string(item.updated);
    add_people(out, where, item.authors);
  }
  return out;
}

// Names that Plumbline has no use for: a listener keeps who said what, when, where and in which
// language.
struct Unmapped {
  const char* part;
  const char* why;
};
constexpr Unmapped kUnmapped[] = {
    {"/copyright", "rights of the feed are not kept"},
    {"/rights", "rights of the feed are not kept"},
    {"/license", "rights of the feed are not kept"},
    {"/info", "a note of Atom 0.3 to people who open the feed in a browser"},
    {"/generator", "which program made the feed is not what somebody said"},
    {"/contributor", "a mention has one voice: its author"},
    {"/publisher", "a mention has one voice: its author"},
    {"/links/", "of the links only the page, the next page and the answers are kept"},
    {"/enclosures", "media are not fetched"},
    {"/tags/", "topics are found in the text"},
    {"/category", "topics are found in the text"},
    {"/source/", "an item is kept as the feed gives it, not as the feed before it did"},
    {"/image", "pictures are not fetched"},
    {"/icon", "pictures are not fetched"},
    {"/logo", "pictures are not fetched"},
    {"/textinput", "a search box of RSS 0.9"},
    {"/cloud", "push of RSS 0.9x is not used"},
    {"/ttl", "pace follows HTTP's caching headers"},
    {"/docs", "an address of the RSS specification"},
    {"/expired", "a mention stays said"},
    {"/validity", "a mention stays said"},
    {"/wfw_comment", "where to send an answer"},
    {"_detail/type", "every text is kept as plain text"},
    {"/content/0/type", "every text is kept as plain text"},
    {"/content/0/src", "content elsewhere is not fetched"},
    {"version", "rss, atom or json is enough"},
};

bool is_unmapped(const std::string& name) {
  for (const Unmapped& entry : kUnmapped) {
    if (("/" + name).find(entry.part) != std::string::npos) return true;
  }
  return false;
}

bool is_date(const std::string& name) {
  std::string last = name.substr(name.rfind('/') + 1);
  return last == "published" || last == "updated" || last == "created";
}

// Texts are compared as plain text: feedparser gives sanitized HTML where we give what is read.
bool agrees(const std::string& name, const std::string& ours, const std::string& expected) {
  if (is_date(name)) return ours == std::to_string(parse_feed_time(expected));
  return ours == expected || fold_space(ours) == fold_space(expected) ||
         fold_space(ours) == fold_space(html_to_text(expected));
}

TEST(FeedSuite, AgreesWithPublishedExpectations) {
  if (!fs::exists(kSuite / "expect.json")) GTEST_SKIP() << "needs ../shared/suites/feedparser";
  nlohmann::json expect = nlohmann::json::parse(read(kSuite / "expect.json"));
  int mapped = 0, agreed = 0, unmapped = 0;
  for (const auto& [path, wanted] : expect.items()) {
    std::string body = read(kSuite / path);
    Result<Feed> feed = parse_feed(body, context_of(body, path));
    Values values = feed ? values_of(*feed) : Values();
    for (const auto& pair : wanted) {
      std::string name = pair[0];
      if (is_unmapped(name)) {
        ++unmapped;
        continue;
      }
      ++mapped;
      std::string expected = pair[1].is_string() ? pair[1].get<std::string>() : pair[1].dump();
      if (feed && values.count(name) > 0 && agrees(name, values[name], expected)) {
        ++agreed;
        continue;
      }
      std::string ours = !feed                    ? "error: " + feed.error().message
                         : values.count(name) > 0 ? values[name]
                                                  : "nothing";
      std::printf("differs: %s %s: expected [%s], ours [%s]\n", path.c_str(), name.c_str(),
                  expected.c_str(), ours.c_str());
    }
  }
  std::printf("feedparser expectations: %d of %d mapped ones agree (%.1f %%), %d not mapped\n",
              agreed, mapped, 100.0 * agreed / mapped, unmapped);
  EXPECT_GT(mapped, 350);
  EXPECT_GE(agreed, mapped * 0.98);
}

// No feed, however broken, does worse than an error that says what it is.
TEST(FeedSuite, IllFormedFeedsEndInValueOrError) {
  if (!fs::exists(kSuite / "illformed")) GTEST_SKIP() << "needs ../shared/suites/feedparser";
  int values = 0, errors = 0;
  for (const auto& entry : fs::recursive_directory_iterator(kSuite)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".xml") continue;
    std::string body = read(entry.path());
    Result<Feed> feed = parse_feed(body, context_of(body, "feed.xml"));
    feed ? ++values : ++errors;
    if (!feed) {
      EXPECT_FALSE(feed.error().message.empty());
      EXPECT_EQ(feed.error().code, ErrorCode::parse);
      std::printf("refused: %s: %s\n", entry.path().filename().c_str(),
                  feed.error().message.c_str());
    }
  }
  std::printf("%d feeds read, %d refused\n", values, errors);
  EXPECT_LE(errors, 5);
}

TEST(FeedSuite, GuessesUndeclaredEncodings) {
  if (!fs::exists(kSuite / "illformed/chardet"))
    GTEST_SKIP() << "needs ../shared/suites/feedparser";
  struct Case {
    const char* file;
    const char* part;  // of the title or text, in UTF-8
  };
  for (const Case& item : {Case{"koi8r.xml", "ночь"}, Case{"shiftjis.xml", "記事"},
                           Case{"big5.xml", "我希望"}, Case{"euckr.xml", "의"}}) {
    Result<Feed> feed = parse_feed(read(kSuite / "illformed/chardet" / item.file), {});
    ASSERT_TRUE(feed) << item.file;
    std::string all = feed->title.text + feed->subtitle.text;
    for (const FeedItem& entry : feed->items) all += entry.title.text + entry.summary.text;
    EXPECT_NE(all.find(item.part), std::string::npos) << item.file << ": " << all;
  }
}

}  // namespace
}  // namespace plumbline
