#include <gtest/gtest.h>

#include "tests/crawler/named_files.h"

namespace plumbline {

extern const Importer google_importer;
extern const Importer googlecontacts_importer;

namespace {

const std::map<std::string, std::string> kTakeout = {
    {"Takeout/YouTube and YouTube Music/comments/comments.csv",
     "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Post ID,Video ID,"
     "Comment Text,Top-Level Comment ID\n"
     "c1,UC1,2024-03-12T16:05:00.123+00:00,0,,,v1,\"{\"\"text\"\":\"\"It is \"\"},{\"\"text\"\":"
     "\"\"quiet\"\"}\",\n"
     "c2,UC1,2024-03-12T16:06:00+00:00,0,c1,,v1,Plain words,c1\nc3,UC1,someday,0,,,v1,x,\n"},
    {"Takeout/YouTube and YouTube Music/live chats/live chats.csv",
     "Live Chat ID,Channel ID,Live Chat Create Timestamp,Price,Video ID,Live Chat Text\n"
     "l1,UC1,2024-03-13T16:05:00+00:00,0,v2,\"{\"\"text\"\":\"\"Hello\"\"}\"\n"},
    {"Takeout/YouTube/my-comments/my-comments.html",
     "<html><ul><li>Commented on <a href=\"http://www.youtube.com/watch?v=v3&amp;lc=z\">a "
     "video</a> at 2016-10-01 12:00:00 UTC.<br/>Too &lt;loud&gt;</li><li>broken</li></ul></html>"},
    {"Takeout/Maps (your places)/Reviews.json",
     "{\"type\":\"FeatureCollection\",\"features\":[{\"properties\":{\"date\":"
     "\"2023-05-06T07:08:09.1Z\",\"five_star_rating_published\":2,\"review_text_published\":\"Slow "
     "service\",\"google_maps_url\":\"http://maps.example/?cid=1\",\"location\":{\"name\":\"Pump "
     "House\",\"address\":\"Way 1, Oslo\"}}}]}"},
    {"Takeout/Google Chat/Groups/DM 1/messages.json",
     "{\"messages\":[{\"creator\":{\"name\":\"Anna Berg\",\"email\":\"anna@x.example\"},"
     "\"created_date\":\"Tuesday, March 12, 2024 at 4:05:00\u202fPM UTC\",\"text\":\"Hi\","
     "\"message_id\":\"m1\"}]}"},
    {"Takeout/Mail/All mail Including Spam and Trash.mbox",
     "From 1@xxx Thu Mar 12 16:05:00 +0000 2026\nMessage-ID: <a@b>\nFrom: a@x.example\nDate: Thu, "
     "12 Mar 2026 16:05:00 +0000\nX-Gmail-Labels: Inbox\n\nMail words.\n"},
    {"Takeout/Contacts/All/All.vcf", "BEGIN:VCARD\nVERSION:3.0\nFN:Bo\nEND:VCARD\n"},
    {"Takeout/My Activity/Search/MyActivity.json", "[{\"title\":\"Searched for x\"}]"}};

TEST(ImportGoogle, ReadsATakeout) {
  const NamedFiles archive(kTakeout);
  EXPECT_EQ((*pick_archive_importer("auto", "x.zip", archive.members()))->name, "google");
  const Imported got = import_archive(google_importer, kTakeout);
  ASSERT_EQ(got.error, "");
  const std::string me = " | UC1 / UC1 / the archive's owner | ";
  const std::string nobody =
      " | the archive's owner / the archive's owner / the archive's owner | ";
  EXPECT_EQ(all_of(got.documents),
            (std::vector<std::string>{
                "google c1" + me +
                    "2024-03-12T16:05:00Z | text=It is quiet | "
                    "url=https://www.youtube.com/watch?v=v1&lc=c1",
                "google c2" + me +
                    "2024-03-12T16:06:00Z | text=Plain words | "
                    "url=https://www.youtube.com/watch?v=v1&lc=c2 | parent=c1",
                "google l1" + me +
                    "2024-03-13T16:05:00Z | text=Hello | "
                    "url=https://www.youtube.com/watch?v=v2",
                "google made" + nobody +
                    "2016-10-01T12:00:00Z | text=Too <loud> | "
                    "url=http://www.youtube.com/watch?v=v3&lc=z",
                "google made" + nobody +
                    "2023-05-06T07:08:09Z | title=Pump House | text=Slow "
                    "service | url=http://maps.example/?cid=1 | place=Way 1, "
                    "Oslo | rating=2.0",
                "google m1 | anna@x.example / anna@x.example / Anna Berg | 2024-03-12T16:05:00Z | "
                "text=Hi",
                "google a@b | a@x.example / a@x.example / a@x.example | 2026-03-12T16:05:00Z | "
                "text=Mail words."}));
  EXPECT_EQ(got.outcome.skipped_by_reason,
            (std::map<std::string, std::int64_t>{{"contact without words, not kept", 1},
                                                 {"no date that can be read", 1}}));
  EXPECT_EQ(got.outcome.unused,
            (std::vector<std::string>{"Takeout/My Activity/Search/MyActivity.json"}));
  const std::string& table = kTakeout.at("Takeout/YouTube and YouTube Music/comments/comments.csv");
  EXPECT_EQ((*pick_importer("auto", "mine.csv", table))->name, "google");
  EXPECT_EQ(import_bytes(google_importer, table, {}, "mine.csv").documents.size(), 2u);
}

TEST(ImportGoogleContacts, ReadsBothKinds) {
  ImportOptions options;
  options.file_time = 1772323200;
  const std::string now =
      "First Name,Middle Name,Last Name,Organization Name,Notes,Labels,E-mail 1 - Label,E-mail 1 - "
      "Value,Phone 1 - Label,Phone 1 - Value,Address 1 - City,Website 1 - Value\n"
      "Anna,,Berg,Acme,Wants quiet.,* myContacts,* ,anna@x.example,,,Oslo,https://a.example\n"
      "Bo,,Kim,,,,,,,,,\n";
  EXPECT_EQ((*pick_importer("auto", "contacts.csv", now))->name, "googlecontacts");
  const Imported got = import_bytes(googlecontacts_importer, now, options, "contacts.csv");
  EXPECT_EQ(all_of(got.documents),
            (std::vector<std::string>{
                "googlecontacts made |  /  /  | 2026-03-01T00:00:00Z | title=Anna Berg, Acme | "
                "text=Wants quiet. | url=https://a.example | place=Oslo"}));
  EXPECT_EQ(got.outcome.skipped_by_reason.at("contact without words, not kept"), 1);
  const std::string before =
      "Name,Given Name,Family Name,Notes,E-mail 1 - Type,E-mail 1 - Value,Organization 1 - Name\n"
      "Anna Berg,Anna,Berg,Wants quiet.,* ,anna@x.example,Acme\n";
  EXPECT_EQ((*pick_importer("auto", "contacts.csv", before))->name, "googlecontacts");
  const Imported old = import_bytes(googlecontacts_importer, before, options, "contacts.csv");
  ASSERT_EQ(old.documents.size(), 1u);
  EXPECT_EQ(old.documents[0].id, got.documents[0].id);
}

}  // namespace
}  // namespace plumbline
