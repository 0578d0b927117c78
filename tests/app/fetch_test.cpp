// Many sources at once, one that rests, and a recorded night.
#include "app/fetch.h"

#include <gtest/gtest.h>

#include "app/breaker.h"
#include "app/open_http.h"
#include "base/text.h"
#include "scratch.h"
#include "scripted_http.h"

namespace plumbline {
namespace {

constexpr Seconds kNow = 1795334400;

std::string many_feeds(int count) {
  std::string config = "[brand]\nname = \"Acme\"\n";
  for (int i = 0; i < count; ++i)
    config += "[[source]]\nkind = \"rss\"\nlabel = \"f" + std::to_string(i) +
              "\"\nurl = \"https://h" + std::to_string(i % 7) + ".example/" + std::to_string(i) +
              "\"\n";
  return config;
}

ReadOptions at_now() {
  ReadOptions options;
  options.now = kNow;
  return options;
}

TEST(FetchMany, ReadsEverySourceOnceAndInOrder) {
  const Scratch scratch;
  Workspace workspace = open_workspace_of(scratch, many_feeds(60));
  ScriptedHttp http;
  for (int i = 0; i < 60; ++i)
    if (i != 13)
      http.page("https://h" + std::to_string(i % 7) + ".example/" + std::to_string(i),
                feed({{"n" + std::to_string(i), "The Acme pump number " + std::to_string(i)}}));
  const auto runs = fetch_sources(workspace, http, {}, at_now(), no_progress());
  ASSERT_TRUE(runs) << describe(runs.error());
  ASSERT_EQ(runs->size(), 60u);
  EXPECT_EQ(http.asked.size(), 60u);
  for (std::size_t i = 0; i < runs->size(); ++i) {
    EXPECT_EQ((*runs)[i].label, "f" + std::to_string(i));
    EXPECT_EQ((*runs)[i].status.has_value(), i != 13);
    EXPECT_EQ((*runs)[i].put.added, i == 13 ? 0 : 1);
  }
  EXPECT_EQ(workspace.store->status("")->documents, 59);
}

TEST(Breaker, RestsLongerEachTimeAndForgives) {
  Breaker breaker;
  for (int run = 1; run <= 4; ++run) breaker = breaker.after(true, kNow);
  EXPECT_FALSE(breaker.rests(kNow)) << "four failures are no pattern yet";
  breaker = breaker.after(true, kNow);
  EXPECT_TRUE(breaker.rests(kNow));
  EXPECT_EQ(breaker.next_try, kNow + 3600);
  EXPECT_FALSE(breaker.rests(kNow + 3600));
  breaker = breaker.after(true, kNow);
  EXPECT_EQ(breaker.next_try, kNow + 7200);
  for (int run = 0; run < 50; ++run) breaker = breaker.after(true, kNow);
  EXPECT_EQ(breaker.next_try, kNow + 7 * 86400);
  EXPECT_EQ(print(breaker.after(false, kNow)), "");
  const Breaker read = parse_breaker(print(breaker));
  EXPECT_EQ(read.failures, breaker.failures);
  EXPECT_EQ(read.next_try, breaker.next_try);
  for (const char* odd : {"", "x", "-3 5", "\n"}) EXPECT_EQ(parse_breaker(odd).failures, 0) << odd;
}

TEST(Breaker, ASourceThatFailedFiveTimesIsNotAskedButByName) {
  const Scratch scratch;
  Workspace workspace = open_workspace_of(scratch, many_feeds(1));
  ScriptedHttp http;
  for (int run = 0; run < 5; ++run)
    ASSERT_TRUE(fetch_sources(workspace, http, {}, at_now(), no_progress()));
  EXPECT_EQ(http.asked.size(), 5u);
  const auto resting = fetch_sources(workspace, http, {}, at_now(), no_progress());
  ASSERT_TRUE(resting);
  EXPECT_EQ(http.asked.size(), 5u);
  EXPECT_NE(resting->front().status.error().message.find("next try 2026"), std::string::npos)
      << resting->front().status.error().message;
  http.page("https://h0.example/0", feed({{"1", "The Acme pump is back"}}));
  const auto named = fetch_sources(workspace, http, {"f0"}, at_now(), no_progress());
  ASSERT_TRUE(named);
  EXPECT_EQ(named->front().put.added, 1);
  const auto healed = fetch_sources(workspace, http, {}, at_now(), no_progress());
  ASSERT_TRUE(healed);
  EXPECT_TRUE(healed->front().status.has_value()) << "one success and it is asked again";
}

}  // namespace
}  // namespace plumbline
