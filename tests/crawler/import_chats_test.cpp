#include <gtest/gtest.h>

#include "tests/crawler/named_files.h"

namespace plumbline {

extern const Importer telegram_importer;
extern const Importer whatsapp_importer;
extern const Importer reddit_importer;

namespace {

TEST(ImportTelegram, ReadsOneChat) {
  const std::string chat =
      "{\n\"name\": \"Pump people\",\n\"type\": \"private_group\",\n\"id\": 77,\n\"messages\": [\n"
      "{\"id\":1,\"type\":\"service\",\"date\":\"2026-03-12T16:00:00\",\"action\":\"create_group\"}"
      ","
      "\n{\"id\":2,\"type\":\"message\",\"date\":\"2026-03-12T16:05:00\",\"date_unixtime\":"
      "\"1773327900\",\"from\":\"Anna Berg\",\"from_id\":\"user5\",\"text\":[\"See \",{\"type\":"
      "\"link\",\"text\":\"https://x.example\"},\" now\"],\"text_entities\":[],\"reactions\":[{"
      "\"type\":\"emoji\",\"count\":2},{\"count\":3}]},\n"
      "{\"id\":3,\"type\":\"message\",\"date\":\"2026-03-12T16:06:00\",\"from\":\"Bo\",\"from_id\":"
      "\"user6\",\"reply_to_message_id\":2,\"text\":\"Quiet \\u00e9\"},\n"
      "{\"id\":4,\"type\":\"message\",\"date\":\"2026-03-12T16:07:00\",\"from\":\"Bo\",\"from_id\":"
      "\"user6\",\"photo\":\"p.jpg\",\"text\":\"\"},\n"
      "{\"id\":5,\"type\":\"message\",\"date\":\"2026-03-12T16:08:00\",\"from\":\"Bo\",\"from_id\":"
      "\"user6\",\"forwarded_from\":\"Cy\",\"text\":\"Mine broke\"},\n"
      "{\"id\":6,\"type\":\"message\",\"date\":\"never\",\"from\":\"Bo\",\"text\":\"x\"},\n"
      "{\"id\":7,\"type\":\"message\" \"broken\"}\n]}";
  EXPECT_EQ((*pick_importer("auto", "result.json", chat))->name, "telegram");
  const Imported got = import_bytes(telegram_importer, chat, {}, "result.json", 7);
  ASSERT_EQ(got.error, "");
  EXPECT_EQ(all_of(got.documents),
            (std::vector<std::string>{
                "telegram 77/2 | user5 / Anna Berg / Anna Berg | 2026-03-12T15:05:00Z | text=See "
                "https://x.example now | likes=5",
                "telegram 77/3 | user6 / Bo / Bo | 2026-03-12T16:06:00Z | text=Quiet é | "
                "parent=77/2",
                "telegram 77/5 | Cy / Cy / Cy | 2026-03-12T16:08:00Z | text=Mine broke"}));
  EXPECT_EQ(got.outcome.skipped_by_reason,
            (std::map<std::string, std::int64_t>{{"no date that can be read", 1},
                                                 {"note of the service, such as a join", 1},
                                                 {"picture, file or voice without words", 1},
                                                 {"unreadable JSON", 1}}));
  ASSERT_EQ(got.outcome.problems.size(), 2u);
  EXPECT_EQ(got.outcome.problems[0], "result.json:11: no date that can be read");
  EXPECT_EQ(got.outcome.problems[1].substr(0, 15), "result.json:12:");
}

TEST(ImportTelegram, ReadsAllChatsAndChannelsOfOldExports) {
  const Imported got = import_archive(
      telegram_importer,
      {{"DataExport/result.json",
        "{\"about\":\"Telegram\",\"chats\":{\"about\":\"x\",\"list\":[{\"name\":\"News\",\"type\":"
        "\"public_channel\",\"id\":1,\"messages\":[{\"id\":1,\"type\":\"message\",\"date\":"
        "\"2019-03-12T16:05:00\",\"edited\":\"1970-01-01T01:00:00\",\"text\":\"New pump\"}]},"
        "{\"name\":\"Anna\",\"type\":\"personal_chat\",\"id\":2,\"messages\":[{\"id\":1,\"type\":"
        "\"message\",\"date\":\"2019-03-13T16:05:00\",\"from\":\"Anna\",\"from_id\":4242,\"text\":"
        "\"Hi\"}]}]}}"},
       {"DataExport/photos/p.jpg", "x"}});
  EXPECT_EQ(all_of(got.documents),
            (std::vector<std::string>{
                "telegram 1/1 | News / News / News | 2019-03-12T16:05:00Z | text=New pump",
                "telegram 2/1 | 4242 / Anna / Anna | 2019-03-13T16:05:00Z | text=Hi"}));
}

struct ChatCase {
  const char* name;
  const char* text;
  const char* first;  // author, time and text of the first message
};

TEST(ImportWhatsapp, ReadsTheDatesOfEveryPhone) {
  const std::vector<ChatCase> cases = {
      {"iPhone", "[13/03/2026, 16:05:22] Anna: Hi\n", "Anna 2026-03-13T16:05:22Z Hi"},
      {"iPhone, marks and narrow blank",
       "\u200e[3/13/26, 4:05:22\u202fPM] ~\u202fAnna B: \u200eHi\n",
       "Anna B 2026-03-13T16:05:22Z Hi"},
      {"Android, American", "3/13/26, 4:05 PM - Anna: Hi\n", "Anna 2026-03-13T16:05:00Z Hi"},
      {"midnight", "3/13/26, 12:05 AM - Anna: Hi\n", "Anna 2026-03-13T00:05:00Z Hi"},
      {"Android, British", "13/03/2026, 16:05 - Anna: Hi\n", "Anna 2026-03-13T16:05:00Z Hi"},
      {"German", "03.04.26, 16:05 - Anna: Hi\n", "Anna 2026-04-03T16:05:00Z Hi"},
      {"French", "03/04/2026 à 16:05 - Anna: Hi\n", "Anna 2026-04-03T16:05:00Z Hi"},
      {"Finnish", "3.4.2026 klo 16.05 - Anna: Hi\n", "Anna 2026-04-03T16:05:00Z Hi"},
      {"Spanish",
       "3/4/26, 4:05 p. m. - Anna: Hi\n4/4/26, 4:05 p. m. - Anna: Yo\n"
       "13/4/26, 4:05 p. m. - Anna: Yo\n",
       "Anna 2026-04-03T16:05:00Z Hi"},
      {"Dutch", "03-04-2026 16:05 - Anna: Hi\n", "Anna 2026-04-03T16:05:00Z Hi"},
      {"Swedish", "2026-03-13 16:05 - Anna: Hi\n", "Anna 2026-03-13T16:05:00Z Hi"},
      {"Japanese", "2026/03/13 16:05 - Anna: Hi\n", "Anna 2026-03-13T16:05:00Z Hi"},
      {"order of time: months first",
       "1/2/26, 16:05 - Anna: Hi\n1/9/26, 16:05 - Bo: x\n2/1/26, 16:05 - Bo: x\n",
       "Anna 2026-01-02T16:05:00Z Hi"},
      {"order of time: days first",
       "2/1/26, 16:05 - Anna: Hi\n9/1/26, 16:05 - Bo: x\n1/2/26, 16:05 - Bo: x\n",
       "Anna 2026-01-02T16:05:00Z Hi"},
      {"no seconds, UTF-16", "13/03/2026, 16:05 - Ása: Hi\n", "Ása 2026-03-13T16:05:00Z Hi"},
  };
  for (const ChatCase& one : cases) {
    const Imported got = import_bytes(whatsapp_importer, one.text, {}, "_chat.txt");
    ASSERT_FALSE(got.documents.empty()) << one.name;
    const Document& document = got.documents[0];
    EXPECT_EQ(document.author.name + " " + format_utc(document.published_at) + " " + document.text,
              one.first)
        << one.name;
    EXPECT_EQ((*pick_importer("auto", "_chat.txt", one.text))->name, "whatsapp") << one.name;
  }
}

TEST(ImportWhatsapp, KeepsLinesTogetherAndLeavesNoticesOut) {
  const std::string chat =
      "stray\n13/03/2026, 16:00 - Messages and calls are end-to-end encrypted.\n"
      "13/03/2026, 16:05 - Anna: It leaks.\nAt: night.\n\nBadly.\n"
      "13/03/2026, 16:06 - Bo: <Media omitted>\n13/03/2026, 16:07 - Bo: This message was deleted\n"
      "13/03/2026, 16:08 - Bo: \n13/03/2026, 16:09 - Bo: p.jpg (file attached)\n"
      "13/03/2026, 16:10 - Bo: Same.\n13/03/2026, 16:10 - Bo: Same.\n45/45/2026, 16:10 - Bo: x\n";
  const Imported got = import_bytes(whatsapp_importer, chat, {}, "WhatsApp Chat with Anna.txt");
  EXPECT_EQ(all_of(got.documents),
            (std::vector<std::string>{
                "whatsapp made | Anna / Anna / Anna | 2026-03-13T16:05:00Z | text=It leaks.\nAt: "
                "night.\n\nBadly.",
                "whatsapp made | Bo / Bo / Bo | 2026-03-13T16:10:00Z | text=Same.",
                "whatsapp made | Bo / Bo / Bo | 2026-03-13T16:10:00Z | text=Same."}));
  EXPECT_NE(got.documents[1].id, got.documents[2].id);
  EXPECT_EQ(
      got.outcome.skipped_by_reason,
      (std::map<std::string, std::int64_t>{{"no date that can be read", 1},
                                           {"note of the program, such as a join", 1},
                                           {"picture, file or deleted message without words", 3},
                                           {"text before the first message", 1},
                                           {"without words", 1}}));
  EXPECT_EQ(
      got.outcome.problems,
      (std::vector<std::string>{"WhatsApp Chat with Anna.txt:1: text before the first message",
                                "WhatsApp Chat with Anna.txt:13: no date that can be read"}));
  const Imported zip =
      import_archive(whatsapp_importer, {{"_chat.txt", chat}, {"00000-PHOTO.jpg", "x"}});
  ASSERT_EQ(zip.documents.size(), 3u);
  EXPECT_EQ(zip.documents[0].id, got.documents[0].id) << "the same chat again adds nothing";
}

TEST(ImportReddit, ReadsTheArchive) {
  const std::map<std::string, std::string> files = {
      {"export/statistics.csv", "statistic,value\naccount name,pumpfan\n"},
      {"export/comments.csv",
       "id,permalink,date,ip,subreddit,gildings,link,parent,body,media\n"
       "c1,https://www.reddit.com/r/pumps/comments/p9/x/c1/,2026-03-12 16:05:00 UTC,,pumps,0,"
       "https://www.reddit.com/r/pumps/comments/p9/x/,,\"It leaks,\nbadly\",\n"
       "c2,u,2026-03-12 16:06:00 UTC,,pumps,0,https://www.reddit.com/r/pumps/comments/p9/x/,c1,"
       "[removed],\nc3,u,someday,,pumps,0,l,c1,x,\n"},
      {"export/posts.csv",
       "id,permalink,date,ip,subreddit,gildings,title,url,body\n"
       "p1,https://www.reddit.com/r/pumps/comments/p1/,2026-03-11 10:00:00 UTC,,pumps,0,Which "
       "pump?,,For a flat\n"},
      {"export/messages.csv",
       "id,permalink,thread_id,date,ip,from,to,subject,body\n"
       "m1,u,t,2026-03-10 10:00:00 UTC,,seller,pumpfan,Hello,Buy it\n"},
      {"export/comment_votes.csv", "id,permalink,direction\nx,y,up\n"}};
  const NamedFiles archive(files);
  EXPECT_EQ((*pick_archive_importer("auto", "x.zip", archive.members()))->name, "reddit");
  EXPECT_EQ((*pick_importer("auto", "comments.csv", files.at("export/comments.csv")))->name,
            "reddit");
  const Imported got = import_archive(reddit_importer, files);
  EXPECT_EQ(all_of(got.documents),
            (std::vector<std::string>{
                "reddit c1 | pumpfan / pumpfan / pumpfan | 2026-03-12T16:05:00Z | text=It leaks,\n"
                "badly | url=https://www.reddit.com/r/pumps/comments/p9/x/c1/ | parent=p9 | "
                "place=r/pumps",
                "reddit p1 | pumpfan / pumpfan / pumpfan | 2026-03-11T10:00:00Z | title=Which "
                "pump? | text=For a flat | url=https://www.reddit.com/r/pumps/comments/p1/ | "
                "place=r/pumps",
                "reddit m1 | seller / seller / seller | 2026-03-10T10:00:00Z | title=Hello | "
                "text=Buy it | url=u"}));
  EXPECT_EQ(
      got.outcome.problems,
      (std::vector<std::string>{"Export.zip/export/comments.csv:5: no date that can be read"}));
  EXPECT_EQ(got.outcome.skipped_by_reason.at("without words"), 1);
}

}  // namespace
}  // namespace plumbline
