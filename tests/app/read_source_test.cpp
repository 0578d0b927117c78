// One source read over several runs: what the cursor, the validators, --since and --limit promise.
#include "app/read_source.h"

#include <gtest/gtest.h>

#include "app/nightly.h"
#include "scratch.h"
#include "scripted_http.h"

namespace plumbline {
namespace {

// A feed of several pages, newest first: `pages` of (id, text), each at page N of the address.
void paged(ScriptedHttp& http, const std::string& url,
           const std::vector<std::vector<std::pair<std::string, std::string>>>& pages,
           const std::string& version) {
  for (std::size_t i = 0; i < pages.size(); ++i) {
    std::string xml =
        "<rss version='2.0' xmlns:a='http://www.w3.org/2005/Atom'><channel><title>t</title>";
    if (i + 1 < pages.size())
      xml += "<a:link rel='next' href='" + url + "?p=" + std::to_string(i + 2) + "'/>";
    for (const auto& [id, text] : pages[i])
      xml += "<item><guid isPermaLink='false'>" + id + "</guid><pubDate>Mon, 02 Nov 2026 08:" + id +
             ":00 GMT</pubDate><description>" + text + "</description></item>";
    http.page(url + (i == 0 ? "" : "?p=" + std::to_string(i + 1)), xml + "</channel></rss>",
              i == 0 ? version : "\"archive\"");
  }
}

constexpr const char* kOneFeed =
    "[brand]\nname = \"Acme\"\n[[source]]\nkind = \"rss\"\nurl = \"https://one.example/feed\"\n";

SourceRun fetch_one(Workspace& workspace, Http& http, ReadOptions options = {}) {
  options.now = 1795334400;
  return read_source(workspace, workspace.config.sources.back(), http, options, no_progress());
}

TEST(ReadSource, AnUnchangedLaterPageDoesNotHoldTheNextRunsBack) {
  const Scratch scratch;
  Workspace workspace = open_workspace_of(scratch, kOneFeed);
  ScriptedHttp http;
  const std::string url = "https://one.example/feed";
  paged(http, url, {{{"12", "Acme c"}, {"11", "Acme b"}}, {{"10", "Acme a"}}}, "\"v1\"");
  EXPECT_EQ(fetch_one(workspace, http).put.added, 3);
  paged(http, url, {{{"13", "Acme d"}, {"12", "Acme c"}, {"11", "Acme b"}}, {{"10", "Acme a"}}},
        "\"v2\"");
  EXPECT_EQ(fetch_one(workspace, http).put.added, 1);
  paged(http, url, {{{"14", "Acme e"}, {"13", "Acme d"}}, {{"12", "Acme c"}}}, "\"v3\"");
  EXPECT_EQ(fetch_one(workspace, http).put.added, 1);
  EXPECT_TRUE(fetch_one(workspace, http).unchanged);
}

TEST(ReadSource, GoesOnWhereItBrokeOffAndThenReadsWhatCameSince) {
  const Scratch scratch;
  Workspace workspace = open_workspace_of(scratch, kOneFeed);
  ScriptedHttp http;
  const std::string url = "https://one.example/feed";
  paged(http, url, {{{"12", "Acme c"}}, {{"11", "Acme b"}}, {{"10", "Acme a"}}}, "\"v1\"");
  http.replies.erase(url + "?p=2");
  const SourceRun broken = fetch_one(workspace, http);
  EXPECT_FALSE(broken.status);
  EXPECT_EQ(broken.put.added, 1);
  paged(http, url, {{{"13", "Acme d"}, {"12", "Acme c"}}, {{"11", "Acme b"}}, {{"10", "Acme a"}}},
        "\"v2\"");
  http.asked.clear();
  const SourceRun rest = fetch_one(workspace, http);
  ASSERT_TRUE(rest.status) << describe(rest.status.error());
  EXPECT_EQ(http.asked.front().request.url, url + "?p=2");
  EXPECT_EQ(rest.put.added, 3);
  EXPECT_FALSE(rest.unchanged);
}

TEST(ReadSource, TwoQueriesOfOneAddressDoNotShareItsValidators) {
  const Scratch scratch;
  Workspace workspace =
      open_workspace_of(scratch, std::string(kOneFeed) + "query = \"leaks\"\n" +
                                     "[[source]]\nkind = \"rss\"\nurl = "
                                     "\"https://one.example/feed\"\nquery = \"fine\"\n");
  ScriptedHttp http;
  http.page("https://one.example/feed", feed({{"1", "Acme leaks"}, {"2", "Acme is fine"}}),
            "\"a\"");
  const auto outcome = run_nightly(workspace, http, 1795334400, no_progress());
  ASSERT_TRUE(outcome) << describe(outcome.error());
  EXPECT_EQ(outcome->sources[0].put.added, 1);
  EXPECT_EQ(outcome->sources[1].put.added, 1);
}

TEST(ReadSource, LimitIsKeptToTheDocumentAndNothingIsSkippedByIt) {
  const Scratch scratch;
  Workspace workspace = open_workspace_of(scratch, kOneFeed);
  ScriptedHttp http;
  paged(http, "https://one.example/feed",
        {{{"14", "Acme e"}, {"13", "Acme d"}, {"12", "Acme c"}}, {{"11", "Acme b"}}}, "\"v1\"");
  ReadOptions options;
  options.limit = 2;
  const SourceRun first = fetch_one(workspace, http, options);
  EXPECT_EQ(first.put.added, 2);
  EXPECT_TRUE(first.limited);
  const SourceRun second = fetch_one(workspace, http, options);
  EXPECT_EQ(second.put.added, 2);
  EXPECT_EQ(second.put.known, 2);
  EXPECT_FALSE(second.limited);
  EXPECT_EQ(workspace.store->status("")->documents, 4);
}

TEST(ReadSource, ALookAtTheNewestDoesNotMoveTheCursorPastTheOlder) {
  const Scratch scratch;
  Workspace workspace = open_workspace_of(scratch, kOneFeed);
  ScriptedHttp http;
  const std::string url = "https://one.example/feed";
  http.page(url, feed({}));
  paged(http, url, {{{"10", "Acme a"}}}, "\"v1\"");
  ASSERT_EQ(fetch_one(workspace, http).put.added, 1);
  paged(http, url, {{{"12", "Acme c"}, {"11", "Acme b"}, {"10", "Acme a"}}}, "\"v2\"");
  ReadOptions options;
  options.since = parse_time("2026-11-02T08:12:00Z").value();
  EXPECT_EQ(fetch_one(workspace, http, options).put.added, 1);
  EXPECT_EQ(fetch_one(workspace, http).put.added, 1) << "what the look passed over";
  EXPECT_TRUE(fetch_one(workspace, http).unchanged);
}

TEST(ReadSource, AnEarlierSinceBringsWhatWasPassedOver) {
  const Scratch scratch;
  Workspace workspace = open_workspace_of(scratch, kOneFeed);
  ScriptedHttp http;
  paged(http, "https://one.example/feed", {{{"12", "Acme c"}}, {{"11", "Acme b"}}}, "\"v1\"");
  ReadOptions options;
  options.since = parse_time("2026-11-02T08:12:00Z").value();
  EXPECT_EQ(fetch_one(workspace, http, options).put.added, 1);
  EXPECT_TRUE(fetch_one(workspace, http, options).unchanged);
  EXPECT_EQ(fetch_one(workspace, http).put.added, 1);
}

TEST(ReadSource, AMissingTokenIsSaidBeforeAnythingIsAskedAndCounted) {
  const Scratch scratch;
  Workspace workspace = open_workspace_of(
      scratch, std::string(kOneFeed) + "token = { env = \"PLUMBLINE_NO_SUCH_TOKEN\" }\n");
  ScriptedHttp http;
  const SourceRun run = fetch_one(workspace, http);
  ASSERT_FALSE(run.status);
  EXPECT_EQ(run.status.error().code, ErrorCode::denied);
  EXPECT_NE(run.status.error().message.find("PLUMBLINE_NO_SUCH_TOKEN"), std::string::npos);
  EXPECT_TRUE(http.asked.empty());
  EXPECT_EQ(workspace.store->coverage(0, 100000)->size(), 1u);
}

TEST(ReadSource, APageThatIsNoFeedIsMissingNotPartial) {
  const Scratch scratch;
  Workspace workspace = open_workspace_of(scratch, kOneFeed);
  ScriptedHttp http;
  http.page("https://one.example/feed", "<html><body>hello</body></html>");
  EXPECT_FALSE(fetch_one(workspace, http).status);
  const auto coverage = workspace.store->coverage(0, 100000);
  ASSERT_EQ(coverage->size(), 1u);
  EXPECT_EQ(coverage->front().state, CoverageState::missing);
}

TEST(ReadSource, PagesThatGoInACircleEndAndTheNextRunBeginsAnew) {
  const Scratch scratch;
  Workspace workspace = open_workspace_of(scratch, kOneFeed);
  ScriptedHttp http;
  const std::string url = "https://one.example/feed";
  const std::string head =
      "<rss version='2.0' xmlns:a='http://www.w3.org/2005/Atom'><channel><a:link rel='next' href='";
  const auto tail = [](const std::string& id) {
    return "'/><item><guid isPermaLink='false'>" + id +
           "</guid><pubDate>Mon, 02 Nov 2026 08:10:00 GMT</pubDate><description>Acme " + id +
           "</description></item></channel></rss>";
  };
  http.page(url, head + url + "?p=2" + tail("a"), "");
  http.page(url + "?p=2", head + url + "?p=3" + tail("b"), "");
  http.page(url + "?p=3", head + url + "?p=2" + tail("c"), "");
  const SourceRun read = fetch_one(workspace, http);
  ASSERT_FALSE(read.status);
  EXPECT_NE(read.status.error().message.find("circle"), std::string::npos);
  // Mended: nothing of the circle is left in the cursor.
  paged(http, url, {{{"12", "Acme c"}, {"11", "Acme b"}}, {{"10", "Acme a"}}}, "\"v1\"");
  const SourceRun mended = fetch_one(workspace, http);
  EXPECT_TRUE(mended.status) << mended.status.error().message;
  EXPECT_EQ(mended.put.added, 3);
}

TEST(ReadSource, OneListUnderEverNewCursorsEnds) {
  const Scratch scratch;
  Workspace workspace = open_workspace_of(scratch, kOneFeed);
  ScriptedHttp http;
  const std::string url = "https://one.example/feed";
  std::vector<std::vector<std::pair<std::string, std::string>>> pages(
      40, {{"12", "Acme c"}, {"11", "Acme b"}});
  paged(http, url, pages, "\"v1\"");
  const SourceRun read = fetch_one(workspace, http);
  ASSERT_FALSE(read.status);
  EXPECT_EQ(read.pages, 4);
  EXPECT_EQ(read.put.added, 2);
}

TEST(ReadSource, APageThatNeverComesBackDoesNotHoldTheSourceForEver) {
  const Scratch scratch;
  Workspace workspace = open_workspace_of(scratch, kOneFeed);
  ScriptedHttp http;
  const std::string url = "https://one.example/feed";
  paged(http, url, {{{"12", "Acme c"}}, {{"11", "Acme b"}}}, "\"v1\"");
  http.replies.erase(url + "?p=2");
  EXPECT_FALSE(fetch_one(workspace, http).status);  // the walk stays open at page 2
  EXPECT_FALSE(fetch_one(workspace, http).status);  // which fails a second time
  paged(http, url, {{{"13", "Acme d"}, {"12", "Acme c"}}}, "\"v2\"");
  http.replies.erase(url + "?p=2");
  const SourceRun anew = fetch_one(workspace, http);
  EXPECT_TRUE(anew.status) << anew.status.error().message;
  EXPECT_EQ(anew.put.added, 1);
}

}  // namespace
}  // namespace plumbline
