// More archives for tests/crawler/vintages.h: of chats, tables, cards and mails.
#pragma once

#include "tests/crawler/vintages.h"

namespace plumbline {

inline std::vector<Vintage> other_vintages() {
  const std::string account =
      "window.YTD.account.part0 = [ {\"account\" : {\"username\" : \"anna_b\", \"accountId\" : "
      "\"42\", \"accountDisplayName\" : \"Anna Berg\"} } ]";
  return {
      {"x",
       "posts in communities and messages of groups",
       {{"data/account.js", account},
        {"data/tweets.js",
         "window.YTD.tweets.part0 = [\n{\"tweet\":{\"id_str\":\"7\",\"full_text\":\"Hums\","
         "\"created_at\":\"Sat Feb 18 12:33:11 +0000 2023\"}},\n{\"tweet\":{\"id_str\":\"8\","
         "\"full_text\":\"Lost\",\"created_at\":\"never\"}}]"},
        {"data/community-tweet.js",
         "window.YTD.community_tweet.part0 = [{\"tweet\":{\"id_str\":\"9\",\"full_text\":\"To the "
         "community\",\"created_at\":\"Sat Feb 18 12:34:11 +0000 2023\",\"lang\":\"en\"}}]"},
        {"data/direct-messages-group.js",
         "window.YTD.direct_messages_group.part0 = [{\"dmConversation\":{\"conversationId\":\"1\","
         "\"messages\":[{\"messageCreate\":{\"id\":\"5\",\"senderId\":\"43\",\"text\":\"In a "
         "group\",\"createdAt\":\"2023-03-01T10:00:00.000Z\"}}]}}]"},
        {"data/follower.js",
         "window.YTD.follower.part0 = [{\"follower\":{\"accountId\":\"1\",\"userLink\":\"x\"}}]"}},
       {"x 9 | 42 / anna_b / Anna Berg | 2023-02-18T12:34:11Z | text=To the community | "
        "url=https://x.com/anna_b/status/9 | lang=en",
        "x 7 | 42 / anna_b / Anna Berg | 2023-02-18T12:33:11Z | text=Hums | "
        "url=https://x.com/anna_b/status/7",
        "x dm-5 | 43 / 43 / 43 | 2023-03-01T10:00:00Z | text=In a group"},
       {"Export.zip/data/tweets.js:3: no date that can be read"}},
      {"google",
       "broken rows and reviews",
       {{"Takeout/YouTube and YouTube Music/comments/comments.csv",
         "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Video ID,Comment "
         "Text\nc1,UC1,2024-03-12T16:05:00+00:00,0,,v1,Hums\nc2,UC1,someday,0,,v1,Lost\n"},
        {"Takeout/Maps (your places)/Reviews.json",
         "{\"type\":\"FeatureCollection\",\"features\":[\n{\"properties\":{\"date\":"
         "\"2023-05-06T07:08:09Z\",\"five_star_rating_published\":5,\"location\":{\"name\":\"Pump "
         "House\"}}},\n{\"properties\":{\"five_star_rating_published\":1,\"review_text_published\":"
         "\"Lost\"}}]}"}},
       {"google c1 | UC1 / UC1 / the archive's owner | 2024-03-12T16:05:00Z | text=Hums | "
        "url=https://www.youtube.com/watch?v=v1&lc=c1",
        "google made | the archive's owner / the archive's owner / the archive's owner | "
        "2023-05-06T07:08:09Z | title=Pump House | rating=5.0"},
       {"Export.zip/Takeout/YouTube and YouTube Music/comments/comments.csv:3: no date that can be "
        "read",
        "Export.zip/Takeout/Maps (your places)/Reviews.json:3: no date that can be read"}},
      {"reddit",
       "chats",
       {{"statistics.csv", "statistic,value\naccount name,pumpfan\n"},
        {"chat_history.csv",
         "message_id,created_at,updated_at,username,message,thread_parent_message_id,channel_url,"
         "subreddit,channel_name,conversation_type\n"
         "$m2,2026-03-10 10:00:00 UTC,,seller,Still there?,$m1,u,,,direct\n"
         "$m3,never,,seller,Lost,,u,,,direct\n"},
        {"comments.csv",
         "id,permalink,date,ip,subreddit,gildings,link,parent,body,media\n"
         "c1,u,2026-03-12 16:05:00 UTC,,pumps,0,l,c0,Hums,\n"}},
       {"reddit c1 | pumpfan / pumpfan / pumpfan | 2026-03-12T16:05:00Z | text=Hums | url=u | "
        "parent=c0 | place=r/pumps",
        "reddit $m2 | seller / seller / seller | 2026-03-10T10:00:00Z | text=Still there? | "
        "parent=$m1"},
       {"Export.zip/chat_history.csv:3: no date that can be read"}},
      {"telegram",
       "one channel, one broken message",
       {{"ChatExport_2026-03-12/result.json",
         "{\"name\":\"Pump news\",\"type\":\"public_channel\",\"id\":5,\"messages\":[\n"
         "{\"id\":1,\"type\":\"message\",\"date\":\"2026-03-12T16:05:00\",\"date_unixtime\":"
         "\"1773327900\",\"from\":\"Pump news\",\"from_id\":\"channel5\",\"text\":\"New "
         "model\"},\n{\"id\":2,\"type\":\"message\",\"date\":\"never\",\"from\":\"Pump news\","
         "\"text\":\"Lost\"}]}"}},
       {"telegram 5/1 | channel5 / Pump news / Pump news | 2026-03-12T15:05:00Z | text=New model"},
       {"result.json:3: no date that can be read"}},
      {"salesforce",
       "a report, with labels for columns",
       {{"report.csv",
         "\"Contact ID\",\"Full Name\",\"Account Name\",\"Email\",\"Mailing City\",\"Description\","
         "\"Created Date\"\n"
         "\"003A\",\"Anna Berg\",\"Acme\",\"anna@x.example\",\"Oslo\",\"Wants quiet.\","
         "\"3/15/2024\"\n\"003B\",\"Bo Kim\",\"Acme\",\"\",\"\",\"Lost.\",\"someday\"\n"}},
       {"salesforce 003A |  /  /  | 2024-03-15T00:00:00Z | title=Anna Berg, Acme | text=Wants "
        "quiet. | place=Oslo"},
       {"report.csv:3: no date that can be read"}},
      {"vcard",
       "iCloud: no UID; a card that is not closed",
       {{"contacts.vcf",
         "BEGIN:VCARD\nVERSION:3.0\nN:Berg;Anna;;;\nORG:Acme;\nNOTE:Wants quiet.\n"
         "REV:2026-03-12T10:15:00Z\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Bo Kim\nNOTE:Hello.\n"
         "REV:2026-03-13T10:15:00Z\n"}},
       {"vcard made |  /  /  | 2026-03-12T10:15:00Z | title=Anna Berg, Acme | text=Wants quiet.",
        "vcard made |  /  /  | 2026-03-13T10:15:00Z | title=Bo Kim | text=Hello."},
       {"contacts.vcf:8: the card is not closed"}},
      {"mbox",
       "Gmail, with a thread number",
       {{"All mail Including Spam and Trash.mbox",
         "From 17@xxx Thu Mar 12 16:05:00 +0000 2026\nX-GM-THRID: 17\nX-Gmail-Labels: "
         "Inbox,Opened\n"
         "Message-ID: <1@x.example>\nFrom: Anna Berg <anna@x.example>\nSubject: Pump\n"
         "Date: Thu, 12 Mar 2026 16:05:00 +0000\n\nIt hums.\n\n"
         "From 18@xxx Thu Mar 12 1:99:99 2026\nMessage-ID: <2@x.example>\nFrom: "
         "bo@x.example\nDate: "
         "never\n\nLost.\n"}},
       {"mail 1@x.example | anna@x.example / anna@x.example / Anna Berg | 2026-03-12T16:05:00Z | "
        "title=Pump | text=It hums."},
       {"All mail Including Spam and Trash.mbox:11: no date that can be read"}},
      {"whatsapp",
       "a zip with pictures",
       {{"_chat.txt", "[13/03/2026, 16:05:22] Anna: It hums.\n[45/03/2026, 16:05:22] Bo: Lost.\n"},
        {"00001-PHOTO.jpg", "x"}},
       {"whatsapp made | Anna / Anna / Anna | 2026-03-13T16:05:22Z | text=It hums."},
       {"Export.zip/_chat.txt:2: no date that can be read"}},
      {"hubspot",
       "a broken date",
       {{"hubspot-crm-exports-notes-2024-03-15.csv",
         "Record ID,Note body,Activity date,Activity assigned to\n"
         "7,Called Anna.,2024-03-15 14:30,Ola Nord\n8,Lost.,someday,Ola Nord\n"}},
       {"hubspot 7 | Ola Nord / Ola Nord / Ola Nord | 2024-03-15T14:30:00Z | text=Called Anna."},
       {"hubspot-crm-exports-notes-2024-03-15.csv:3: no date that can be read"}},
  };
}

inline std::vector<Vintage> all_vintages() {
  std::vector<Vintage> all;
  for (const auto& part :
       {linkedin_vintages(), facebook_vintages(), instagram_vintages(), other_vintages()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace plumbline
