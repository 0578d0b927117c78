#include <gtest/gtest.h>

#include "tests/crawler/named_files.h"

namespace plumbline {

extern const Importer x_importer;

namespace {

const std::string kAccount =
    "window.YTD.account.part0 = [ {\"account\" : {\"username\" : \"anna_b\", \"accountId\" : "
    "\"42\", \"accountDisplayName\" : \"Anna Berg\"} } ]";
const std::string kOwner = " | 42 / anna_b / Anna Berg | ";

TEST(ImportX, ReadsTheArchiveOfToday) {
  const std::map<std::string, std::string> files = {
      {"data/account.js", kAccount},
      {"data/tweets.js",
       "window.YTD.tweets.part0 = [\n{\"tweet\":{\"id_str\":\"7\",\"full_text\":\"Quiet &amp; "
       "small "
       "https://t.co/1\",\"created_at\":\"Sat Feb 18 12:33:11 +0000 2023\",\"lang\":\"en\","
       "\"favorite_count\":\"3\",\"retweet_count\":\"1\",\"in_reply_to_status_id_str\":\"6\","
       "\"entities\":{\"urls\":[{\"url\":\"https://t.co/1\",\"expanded_url\":"
       "\"https://pump.example/a\"}]}}},\n"
       "{\"tweet\":{\"id_str\":\"8\",\"full_text\":\"RT @bo: x\",\"created_at\":\"Sat Feb 18 "
       "12:34:11 +0000 2023\"}},\n{\"tweet\":{\"id_str\":\"9\",\"full_text\":\"x\",\"created_at\":"
       "\"Sat Feb 18 12:34:11 +0000 1999\"}},\n"
       "{\"tweet\":{\"id_str\":\"10\",\"full_text\":\"A long story about a pump…\",\"created_at\":"
       "\"Sun Feb 19 12:00:00 +0000 2023\",\"lang\":\"und\"}}]"},
      {"data/tweets-part1.js",
       "window.YTD.tweets.part1 = [{\"tweet\":{\"id_str\":\"11\",\"full_text\":\"Second part\","
       "\"created_at\":\"Mon Feb 20 12:00:00 +0000 2023\"}}]"},
      {"data/note-tweet.js",
       "window.YTD.note_tweet.part0 = [{\"noteTweet\":{\"noteTweetId\":\"n1\",\"createdAt\":"
       "\"2023-02-19T12:00:00.000Z\",\"core\":{\"text\":\"A long story about a pump, whole.\"}}}]"},
      {"data/direct-messages.js",
       "window.YTD.direct_messages.part0 = [{\"dmConversation\":{\"conversationId\":\"42-43\","
       "\"messages\":[{\"messageCreate\":{\"recipientId\":\"42\",\"id\":\"5\",\"senderId\":\"43\","
       "\"text\":\"Which "
       "pump?\",\"createdAt\":\"2023-03-01T10:00:00.000Z\"}},{\"joinConversation\":"
       "{}}]}}]"},
      {"data/like.js", "window.YTD.like.part0 = [{\"like\":{\"tweetId\":\"1\"}}]"}};
  const NamedFiles archive(files);
  EXPECT_EQ((*pick_archive_importer("auto", "x.zip", archive.members()))->name, "x");
  EXPECT_EQ((*pick_importer("auto", "tweets.js", files.at("data/tweets.js")))->name, "x");
  const Imported got = import_archive(x_importer, files);
  ASSERT_EQ(got.error, "");
  EXPECT_EQ(all_of(got.documents),
            (std::vector<std::string>{
                "x 11" + kOwner +
                    "2023-02-20T12:00:00Z | text=Second part | "
                    "url=https://x.com/anna_b/status/11",
                "x 7" + kOwner +
                    "2023-02-18T12:33:11Z | text=Quiet & small https://pump.example/a "
                    "| url=https://x.com/anna_b/status/7 | lang=en | parent=6 | likes=3 | shares=1",
                "x 10" + kOwner +
                    "2023-02-19T12:00:00Z | text=A long story about a pump, whole. | "
                    "url=https://x.com/anna_b/status/10",
                "x dm-5 | 43 / 43 / 43 | 2023-03-01T10:00:00Z | text=Which pump?"}));
  EXPECT_EQ(got.outcome.skipped_by_reason,
            (std::map<std::string, std::int64_t>{{"no date that can be read", 1},
                                                 {"repost, in the words of another", 1}}));
  EXPECT_EQ(got.outcome.problems,
            (std::vector<std::string>{"Export.zip/data/tweets.js:4: no date that can be read"}));
  EXPECT_EQ(got.outcome.unused, (std::vector<std::string>{"data/like.js"}));
}

TEST(ImportX, ReadsOlderArchives) {
  // Before 2020 without a folder and without a wrapper around each post.
  const Imported bare = import_archive(
      x_importer,
      {{"account.js", kAccount},
       {"tweet.js",
        "window.YTD.tweet.part0 = [ {\"id_str\" : \"7\", \"full_text\" : \"Old\", \"created_at\" : "
        "\"Sat Feb 17 12:33:11 +0000 2018\"} ]"}});
  EXPECT_EQ(all_of(bare.documents),
            (std::vector<std::string>{"x 7" + kOwner +
                                      "2018-02-17T12:33:11Z | text=Old | "
                                      "url=https://x.com/anna_b/status/7"}));
  // Until 2018 a script for each month.
  const Imported months = import_archive(
      x_importer,
      {{"data/js/tweets/2012_03.js",
        "Grailbird.data.tweets_2012_03 =\n [ {\"id_str\":\"3\",\"text\":\"Older\",\"created_at\":"
        "\"2012-03-04 12:00:00 +0000\",\"user\":{\"name\":\"Anna Berg\",\"screen_name\":\"anna_b\","
        "\"id_str\":\"42\"}} ]"}});
  EXPECT_EQ(all_of(months.documents),
            (std::vector<std::string>{"x 3" + kOwner +
                                      "2012-03-04T12:00:00Z | text=Older | "
                                      "url=https://x.com/anna_b/status/3"}));
}

}  // namespace
}  // namespace plumbline
