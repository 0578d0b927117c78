#include <gtest/gtest.h>

#include "crawler/meta_export.h"
#include "tests/crawler/named_files.h"

namespace plumbline {

extern const Importer facebook_importer;
extern const Importer instagram_importer;

namespace {

TEST(MetaExport, RepairsWhatIsBrokenAndNothingElse) {
  EXPECT_EQ(repair_mojibake("caf\u00c3\u00a9"), "café");
  EXPECT_EQ(repair_mojibake("\u00f0\u009f\u0098\u0080 ok"), "😀 ok");
  for (const char* good :
       {"", "plain", "café", "Größe", "日本", "😀", "caf\u00c3", "\u00c3\u00a9 日"})
    EXPECT_EQ(repair_mojibake(good), good);
  EXPECT_EQ(repair_mojibake(repair_mojibake("caf\u00c3\u00a9")), "café");
}

const char* const kThread =
    "{\"participants\":[{\"name\":\"Anna B\\u00c3\\u00a9rg\"},{\"name\":\"Bo\"}],\"messages\":[\n"
    "{\"sender_name\":\"Anna B\\u00c3\\u00a9rg\",\"timestamp_ms\":1773327900123,\"content\":"
    "\"It leaks "
    "\\u00f0\\u009f\\u0098\\u00a2\",\"reactions\":[{\"reaction\":\"x\",\"actor\":\"Bo\"}]},"
    "\n{\"sender_name\":\"Bo\",\"timestamp_ms\":1773327800000,\"photos\":[{\"uri\":\"x\"}]},\n"
    "{\"sender_name\":\"Bo\",\"timestamp_ms\":1773327700000,\"content\":\"Bo sent an "
    "attachment.\"},\n{\"sender_name\":\"Bo\",\"content\":\"no time\"},\n"
    "{\"sender_name\":\"Bo\",\"timestamp_ms\":1773327600000,\"call_duration\":9,\"content\":\"Bo "
    "called you.\"}],\"title\":\"Anna\",\"thread_path\":\"inbox/anna_1\"}";

TEST(ImportFacebook, ReadsEveryVintage) {
  for (const std::string root :
       {"", "your_facebook_activity/", "x/your_activity_across_facebook/"}) {
    const std::map<std::string, std::string> files = {
        {root + "profile_information/profile_information.json",
         "{\"profile_v2\":{\"name\":{\"full_name\":\"Ola N\\u00c3\\u00b8rd\"}}}"},
        {root + "posts/your_posts__check_ins__photos_and_videos_1.json",
         "[{\"timestamp\":1773327900,\"data\":[{\"post\":\"My pump\"},{\"update_timestamp\":1}],"
         "\"title\":\"Ola updated his status.\",\"attachments\":[{\"data\":[{\"external_context\":"
         "{\"url\":\"https://pump.example\"}}]}]},\n{\"timestamp\":1773327901,\"title\":\"x\"}]"},
        {root + "comments_and_reactions/comments.json",
         "{\"comments_v2\":[{\"timestamp\":1773327902,\"data\":[{\"comment\":{\"timestamp\":"
         "1773327902,\"comment\":\"Quiet!\",\"author\":\"Ola N\\u00c3\\u00b8rd\",\"group\":"
         "\"Pumps\"}}],\"title\":\"x\"}]}"},
        {root + "connections/friends/your_friends.json",
         "{\"friends_v2\":[{\"name\":\"Anna\",\"timestamp\":1},{\"name\":\"Bo\",\"timestamp\":2}]"
         "}"},
        {root + "messages/inbox/anna_1/message_1.json", kThread}};
    const NamedFiles archive(files);
    EXPECT_EQ((*pick_archive_importer("auto", "x.zip", archive.members()))->name, "facebook");
    const Imported got = import_archive(facebook_importer, files);
    ASSERT_EQ(got.error, "");
    const std::string owner = " | Ola Nørd / Ola Nørd / Ola Nørd | ";
    EXPECT_EQ(all_of(got.documents),
              (std::vector<std::string>{
                  "facebook made" + owner + "2026-03-12T15:05:02Z | text=Quiet! | place=Pumps",
                  "facebook made" + owner +
                      "2026-03-12T15:05:00Z | text=My pump | url=https://pump.example",
                  "facebook made | Anna Bérg / Anna Bérg / Anna Bérg | 2026-03-12T15:05:00Z | "
                  "text=It leaks 😢"}));
    EXPECT_EQ(got.outcome.skipped_by_reason, (std::map<std::string, std::int64_t>{
                                                 {"contact without words, not kept", 2},
                                                 {"no date that can be read", 1},
                                                 {"picture, call or notice without words", 3},
                                                 {"picture, link or check-in without words", 1}}));
    EXPECT_EQ(got.outcome.problems,
              (std::vector<std::string>{"Export.zip/" + root +
                                        "messages/inbox/anna_1/message_1.json:5: no date that can "
                                        "be read"}));
  }
}

TEST(ImportFacebook, ReadsSecretThreadsSingleFilesAndOneOldPost) {
  const std::string secret =
      "{\"participants\":[\"Anna\",\"Bo\"],\"threadName\":\"Anna_3\",\"messages\":[{\"isUnsent\":"
      "false,\"media\":[],\"reactions\":[],\"senderName\":\"Anna\",\"text\":\"Schön leise\","
      "\"timestamp\":1773327900123,\"type\":\"text\"},{\"isUnsent\":true,\"senderName\":\"Bo\","
      "\"text\":\"x\",\"timestamp\":1773327900123}]}";
  const std::string expected =
      "facebook made | Anna / Anna / Anna | 2026-03-12T15:05:00Z | text=Schön leise";
  const std::map<std::string, std::string> files = {{"Anna_3.json", secret}, {"Bo_4.json", "{}"}};
  const NamedFiles archive(files);
  EXPECT_EQ((*pick_archive_importer("auto", "x.zip", archive.members()))->name, "facebook");
  EXPECT_EQ(all_of(import_archive(facebook_importer, files).documents),
            (std::vector<std::string>{expected}));
  EXPECT_EQ((*pick_importer("auto", "Anna_3.json", secret))->name, "facebook");
  EXPECT_EQ((*pick_importer("auto", "message_1.json", kThread))->name, "facebook");
  EXPECT_EQ(import_bytes(facebook_importer, kThread, {}, "message_1.json").documents.size(), 1u);
  const Imported post =
      import_bytes(facebook_importer, "{\"timestamp\":1773327900,\"data\":[{\"post\":\"Alone\"}]}",
                   {}, "your_posts_1.json");
  ASSERT_EQ(post.documents.size(), 1u);
  EXPECT_EQ(post.documents[0].text, "Alone");
}

TEST(ImportFacebook, SaysThatPagesAreTheWrongKind) {
  const Imported got = import_archive(
      facebook_importer, {{"your_facebook_activity/posts/your_posts_1.html", "<html></html>"}});
  EXPECT_NE(got.error.find("choose JSON"), std::string::npos) << got.error;
}

TEST(ImportInstagram, ReadsEveryVintage) {
  const std::string comment =
      "{\"media_list_data\":[],\"string_map_data\":{\"Comment\":{\"value\":\"Sch\\u00c3\\u00b6n\"},"
      "\"Media Owner\":{\"value\":\"pumpco\"},\"Time\":{\"timestamp\":1773327900}}}";
  for (const std::string folder : {"", "your_instagram_activity/"}) {
    for (const std::string& comments :
         {"[" + comment + "]", "{\"comments_media_comments\":[" + comment + "]}"}) {
      const std::map<std::string, std::string> files = {
          {"personal_information/personal_information/personal_information.json",
           "{\"profile_user\":[{\"string_map_data\":{\"Username\":{\"value\":\"ola\"},\"Name\":"
           "{\"value\":\"Ola N\\u00c3\\u00b8rd\"}}}]}"},
          {folder + "content/posts_1.json",
           "[{\"media\":[{\"uri\":\"a.jpg\",\"creation_timestamp\":1773327901,\"title\":\"One "
           "picture\"}]},{\"media\":[{\"uri\":\"b.jpg\",\"creation_timestamp\":1},{\"uri\":\"c."
           "jpg\"}"
           "],\"title\":\"Two pictures\",\"creation_timestamp\":1773327902},{\"media\":[{\"uri\":"
           "\"d.jpg\",\"creation_timestamp\":1773327901,\"title\":\"\"}]}]"},
          {folder + "content/stories.json",
           "{\"ig_stories\":[{\"uri\":\"s.jpg\",\"creation_timestamp\":1773327903,\"title\":\"A "
           "story\"}]}"},
          {folder + "comments/post_comments_1.json", comments},
          {"connections/followers_and_following/following.json",
           "{\"relationships_following\":[{\"title\":\"\",\"string_list_data\":[{\"value\":\"bo\"}]"
           "}"
           "]}"},
          {folder + "messages/inbox/anna_1/message_1.json", kThread}};
      const NamedFiles archive(files);
      EXPECT_EQ((*pick_archive_importer("auto", "x.zip", archive.members()))->name, "instagram");
      const Imported got = import_archive(instagram_importer, files);
      ASSERT_EQ(got.error, "");
      const std::string owner = "instagram made | ola / ola / Ola Nørd | 2026-03-12T15:05:0";
      EXPECT_EQ(all_of(got.documents),
                (std::vector<std::string>{
                    owner + "0Z | text=Schön", owner + "1Z | text=One picture",
                    owner + "2Z | text=Two pictures", owner + "3Z | text=A story",
                    "instagram made | Anna Bérg / Anna Bérg / Anna Bérg | 2026-03-12T15:05:00Z | "
                    "text=It leaks 😢"}));
      EXPECT_EQ(got.outcome.skipped_by_reason.at("contact without words, not kept"), 1);
      EXPECT_EQ(got.outcome.skipped_by_reason.at("without words"), 1);
    }
  }
}

}  // namespace
}  // namespace plumbline
