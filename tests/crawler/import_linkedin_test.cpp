#include <gtest/gtest.h>

#include "tests/crawler/named_files.h"

namespace plumbline {

extern const Importer linkedin_importer;

namespace {

const std::map<std::string, std::string> kExport = {
    {"Complete/Profile.csv",
     "First Name,Last Name,Maiden Name,Address,Birth Date,Headline\nOla,Nord,,,,Sales\n"},
    {"Complete/Connections.csv",
     "\xEF\xBB\xBFNotes:\n\"When exporting your connection data, you may notice, that \"\"some\"\" "
     "are missing.\"\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
     "Anna,Berg,https://www.linkedin.com/in/anna-berg,,Acme,Buyer,05 Oct 2020\n,,,,,,\n"},
    {"Complete/messages.csv",
     "\"CONVERSATION ID\",\"CONVERSATION TITLE\",\"FROM\",\"SENDER PROFILE URL\",\"TO\","
     "\"RECIPIENT PROFILE URLS\",\"DATE\",\"SUBJECT\",\"CONTENT\",\"FOLDER\",\"ATTACHMENTS\","
     "\"IS MESSAGE DRAFT\"\n"
     "c1,,Anna Berg,https://www.linkedin.com/in/anna-berg,Ola Nord,x,2026-08-01 02:00:00 UTC,Pump,"
     "\"It leaks,\nbadly.\",INBOX,,No\n"
     "c1,,Ola Nord,https://www.linkedin.com/in/ola-nord,Anna Berg,x,2026-08-01 03:00:00 UTC,,"
     "Sorry.,INBOX,,No\n"
     "c1,,Ola Nord,https://www.linkedin.com/in/ola-nord,,x,2026-08-01 04:00:00 UTC,,Never sent.,"
     "INBOX,,Yes\n"
     "c1,,Anna Berg,,Ola Nord,x,someday,,No date.,INBOX,,No\n"},
    {"Complete/Invitations.csv",
     "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
     "Bo Kim,Ola Nord,\"9/5/26, 1:12 AM\",Met you in Oslo.,INCOMING,"
     "https://www.linkedin.com/in/bo-kim,x\nCy Odd,Ola Nord,\"9/5/26, 1:12 AM\",,INCOMING,y,x\n"},
    {"Complete/Shares_12345.csv",
     "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
     "2026-02-03 10:00:00,https://www.linkedin.com/feed/update/1,Our new pump.,,,MEMBER_NETWORK\n"},
    {"Complete/Comments_12345.csv",
     "Date,Link,Message\n2026-02-04 10:00:00,https://www.linkedin.com/feed/update/2,"
     "\"A \\\"quiet\\\" one\"\n"},
    {"Complete/Reactions.csv", "Date,Type,Link\n2026-02-04 10:00:00,LIKE,https://x.example\n"},
    {"Complete/Recommendations_Received.csv",
     "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"
     "Di,Roe,Acme,Boss,Knows pumps.,\"01/24/18, 03:00 PM\",VISIBLE\n"},
    {"Complete/Recommendations_Given.csv",
     "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"
     "Di,Roe,Acme,Boss,A good boss.,\"01/25/18, 03:00 PM\",VISIBLE\n"},
    {"Complete/Skills.csv", "Name\nPumps\n"},
};

TEST(ImportLinkedin, ReadsWhatPeopleSaid) {
  const Imported got = import_archive(linkedin_importer, kExport);
  ASSERT_EQ(got.error, "");
  const std::string owner = " | ola-nord / ola-nord / Ola Nord | ";
  EXPECT_EQ(
      all_of(got.documents),
      (std::vector<std::string>{
          "linkedin made | anna-berg / anna-berg / Anna Berg | 2026-08-01T02:00:00Z | title=Pump | "
          "text=It leaks,\nbadly.",
          "linkedin made" + owner + "2026-08-01T03:00:00Z | text=Sorry.",
          "linkedin made | bo-kim / bo-kim / Bo Kim | 2026-09-05T01:12:00Z | text=Met you in Oslo.",
          "linkedin made | Di Roe / Di Roe / Di Roe | 2018-01-24T15:00:00Z | text=Knows pumps.",
          "linkedin made" + owner + "2018-01-25T15:00:00Z | text=A good boss.",
          "linkedin made" + owner +
              "2026-02-03T10:00:00Z | text=Our new pump. | "
              "url=https://www.linkedin.com/feed/update/1",
          "linkedin made" + owner +
              "2026-02-04T10:00:00Z | text=A \"quiet\" one | "
              "url=https://www.linkedin.com/feed/update/2"}));
  EXPECT_EQ(got.outcome.skipped_by_reason,
            (std::map<std::string, std::int64_t>{{"contact without words, not kept", 1},
                                                 {"draft, never sent", 1},
                                                 {"invitation without words", 1},
                                                 {"no date that can be read", 1},
                                                 {"reaction or vote without words", 1}}));
  EXPECT_EQ(got.outcome.rows, 12);
  EXPECT_EQ(
      got.outcome.problems,
      (std::vector<std::string>{"Export.zip/Complete/messages.csv:6: no date that can be read"}));
  EXPECT_EQ(got.outcome.unused, (std::vector<std::string>{"Complete/Skills.csv"}));
}

TEST(ImportLinkedin, ReadsOldVintagesAndKeepsNotes) {
  const Imported got = import_archive(
      linkedin_importer,
      {{"Connections.csv",
        "First Name,Last Name,Email Address,Company,Position,Connected On,Notes\n"
        "Anna,Berg,anna@acme.example,Acme,Buyer,\"05 Oct 2020\",Met at the fair.\n"},
       {"Messages.csv",
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER"
        "\nc9,,Anna Berg,,Ola Nord,2019-08-01 02:00:00 UTC,,Hello.,INBOX\n"},
       {"learning_coach_messages.csv", "No conversations found\n"}});
  ASSERT_EQ(got.documents.size(), 2u);
  EXPECT_EQ(all_of(got.documents),
            (std::vector<std::string>{
                "linkedin made | Anna Berg / Anna Berg / Anna Berg | 2019-08-01T02:00:00Z | "
                "text=Hello.",
                "linkedin made |  /  /  | 2020-10-05T00:00:00Z | title=Anna Berg, Acme | text=Met "
                "at the fair."}));
  EXPECT_EQ(got.outcome.skipped_by_reason.count("file in the archive that cannot be read to its "
                                                "end"),
            1u);
}

TEST(ImportLinkedin, GivesTheSameIdsAgainAndIsRecognised) {
  const Imported one = import_archive(linkedin_importer, kExport);
  const Imported two = import_archive(linkedin_importer, kExport);
  for (std::size_t i = 0; i < one.documents.size(); ++i)
    EXPECT_EQ(one.documents[i].id, two.documents[i].id);
  const NamedFiles files(kExport);
  EXPECT_EQ((*pick_archive_importer("auto", "x.zip", files.members()))->name, "linkedin");
  EXPECT_EQ((*pick_importer("auto", "messages.csv", kExport.at("Complete/messages.csv")))->name,
            "linkedin");
  EXPECT_NE((*pick_importer("auto", "comments.csv", "id,text\n1,x\n"))->name, "linkedin");
}

}  // namespace
}  // namespace plumbline
