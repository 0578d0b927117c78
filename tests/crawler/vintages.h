// Archives of invented people in the shapes that the sites gave out over the years, each with
// something broken in it, and all that is to come of them.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace plumbline {

struct Vintage {
  std::string format;
  std::string name;
  std::map<std::string, std::string> files;  // by their path in the archive
  std::vector<std::string> documents;        // as `all_of` says them (tests/crawler/named_files.h)
  std::vector<std::string> problems;
};

inline std::string meta_message(const std::string& from, const std::string& text) {
  return "{\"sender_name\":\"" + from + "\",\"timestamp_ms\":1773327900123,\"content\":\"" + text +
         "\"}";
}

inline std::string meta_thread(const std::string& messages) {
  return "{\"participants\":[{\"name\":\"Anna Berg\"},{\"name\":\"Bo Kim\"}],\"messages\":[\n" +
         messages + "\n],\"title\":\"Bo Kim\",\"thread_path\":\"inbox/bo_1\"}";
}

inline std::vector<Vintage> linkedin_vintages() {
  return {
      {"linkedin",
       "2023, complete, member number behind the names",
       {{"Complete_LinkedInDataExport_01-02-2023/Profile.csv",
         "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,"
         "Geo Location,Twitter Handles,Websites,Instant Messengers\n"
         "Ola,Nord,,,,Pumps,,,,Oslo,[olanord],[BLOG:https://ola.example],\n"},
        {"Complete_LinkedInDataExport_01-02-2023/Shares_123.csv",
         "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
         "2023-02-03 10:00:00,https://www.linkedin.com/feed/update/1,\"Two "
         "lines,\n\"\"quoted\"\".\""
         ",,,MEMBER_NETWORK\nsomeday,https://www.linkedin.com/feed/update/2,Lost,,,\n"},
        {"Complete_LinkedInDataExport_01-02-2023/Votes_123.csv",
         "Date,Link,OptionText\n2023-02-04 10:00:00,https://www.linkedin.com/feed/update/3,Yes\n"},
        {"Complete_LinkedInDataExport_01-02-2023/InstantReposts_123.csv",
         "Date,Link\n2023-02-04 10:00:00,https://www.linkedin.com/feed/update/4\n"},
        {"Complete_LinkedInDataExport_01-02-2023/guide_messages.csv",
         "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE "
         "URLS,DATE,"
         "SUBJECT,CONTENT,FOLDER,ATTACHMENTS,IS CONVERSATION DRAFT\n"
         "c1,Pumps,Anna Berg,https://www.linkedin.com/in/anna-berg,Ola Nord,,"
         "2023-02-05 10:00:00 UTC,,Which one?,INBOX,,No\n"
         "c2,,Ola Nord,https://www.linkedin.com/in/ola-nord,,,2023-02-05 11:00:00 UTC,,Not sent,"
         "INBOX,,Yes\n"}},
       {"linkedin made | anna-berg / anna-berg / Anna Berg | 2023-02-05T10:00:00Z | text=Which "
        "one?",
        "linkedin made | Ola Nord / Ola Nord / Ola Nord | 2023-02-03T10:00:00Z | text=Two "
        "lines,\n\"quoted\". | url=https://www.linkedin.com/feed/update/1"},
       {"Export.zip/Complete_LinkedInDataExport_01-02-2023/Shares_123.csv:4: no date that can be "
        "read"}},
      {"linkedin",
       "2026, every header quoted",
       {{"messages.csv",
         "\"CONVERSATION ID\",\"CONVERSATION TITLE\",\"FROM\",\"SENDER PROFILE URL\",\"TO\","
         "\"RECIPIENT PROFILE URLS\",\"DATE\",\"SUBJECT\",\"CONTENT\",\"FOLDER\",\"ATTACHMENTS\","
         "\"IS MESSAGE DRAFT\",\"IS CONVERSATION ARCHIVED\"\n"
         "\"c1\",\"\",\"Anna Berg\",\"https://www.linkedin.com/in/anna-berg?x=1\",\"Ola "
         "Nord\",\"\","
         "\"2026-08-01 02:00:00 UTC\",\"Pump\",\"It leaks.\",\"INBOX\",\"\",\"No\",\"No\"\n"
         "\"c1\",\"\",\"Anna Berg\",\"\",\"Ola Nord\",\"\",\"2026-99-01\",\"\",\"Lost.\",\"INBOX\","
         "\"\",\"No\",\"No\"\n"},
        {"Endorsement_Received_Info.csv",
         "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,"
         "Endorsement Status\n2023/03/01 19:52:23 UTC,Pumps,Bo,Kim,x,ACCEPTED\n"}},
       {"linkedin made | anna-berg / anna-berg / Anna Berg | 2026-08-01T02:00:00Z | title=Pump | "
        "text=It leaks."},
       {"Export.zip/messages.csv:3: no date that can be read"}}};
}

inline std::vector<Vintage> facebook_vintages() {
  return {
      {"facebook",
       "before 2022, no wrapper folder",
       {{"posts/your_posts_1.json",
         "[{\"timestamp\":1573327900,\"data\":[{\"post\":\"Old pump\"}],\"title\":\"x\"},\n"
         "{\"data\":[{\"post\":\"Lost\"}]}]"},
        {"comments/comments.json",
         "{\"comments\":[{\"timestamp\":1573327901,\"data\":[{\"comment\":{\"timestamp\":"
         "1573327901,"
         "\"comment\":\"Quiet!\",\"author\":\"Anna Berg\"}}],\"title\":\"x\"}]}"},
        {"groups/your_posts_and_comments_in_groups.json",
         "{\"group_posts\":[{\"timestamp\":1573327902,\"data\":[{\"post\":\"To the group\"}],"
         "\"title\":\"x\"}]}"},
        {"friends/friends.json", "{\"friends\":[{\"name\":\"Bo Kim\",\"timestamp\":1}]}"},
        {"messages/archived_threads/bo_1/message_1.json", meta_thread(meta_message("Bo Kim", "A"))},
        {"messages/filtered_threads/bo_2/message_1.json", meta_thread(meta_message("Bo Kim", "B"))},
        {"messages/message_requests/bo_3/message_1.json",
         meta_thread(meta_message("Bo Kim", "C"))}},
       {"facebook made | the archive's owner / the archive's owner / the archive's owner | "
        "2019-11-09T19:31:42Z | text=To the group",
        "facebook made | Anna Berg / Anna Berg / Anna Berg | 2019-11-09T19:31:41Z | text=Quiet!",
        "facebook made | the archive's owner / the archive's owner / the archive's owner | "
        "2019-11-09T19:31:40Z | text=Old pump",
        "facebook made | Bo Kim / Bo Kim / Bo Kim | 2026-03-12T15:05:00Z | text=A",
        "facebook made | Bo Kim / Bo Kim / Bo Kim | 2026-03-12T15:05:00Z | text=B",
        "facebook made | Bo Kim / Bo Kim / Bo Kim | 2026-03-12T15:05:00Z | text=C"},
       {"Export.zip/posts/your_posts_1.json:2: no date that can be read"}},
      {"facebook",
       "2024 and later, two parts of a thread",
       {{"your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json",
         "[{\"timestamp\":1773327900,\"data\":[{\"post\":\"New pump\"}],\"title\":\"x\"}]"},
        {"your_facebook_activity/groups/group_posts_and_comments.json",
         "{\"group_comments_v2\":[{\"timestamp\":1773327901,\"data\":[{\"comment\":{\"timestamp\":"
         "1773327901,\"comment\":\"In a group\",\"author\":\"Anna "
         "Berg\",\"group\":\"Pumps\"}}]}]}"},
        {"your_facebook_activity/messages/e2ee_cutover/bo_1/message_1.json",
         meta_thread(meta_message("Bo Kim", "Newer") + ",\n{\"sender_name\":\"Bo Kim\",\"content\":"
                                                       "\"Lost\"}")},
        {"your_facebook_activity/messages/e2ee_cutover/bo_1/message_2.json",
         meta_thread(meta_message("Anna Berg", "Older"))},
        {"connections/friends/sent_friend_requests.json",
         "{\"sent_requests_v2\":[{\"name\":\"Cy\",\"timestamp\":1}]}"}},
       {"facebook made | Anna Berg / Anna Berg / Anna Berg | 2026-03-12T15:05:01Z | text=In a "
        "group | place=Pumps",
        "facebook made | the archive's owner / the archive's owner / the archive's owner | "
        "2026-03-12T15:05:00Z | text=New pump",
        "facebook made | Bo Kim / Bo Kim / Bo Kim | 2026-03-12T15:05:00Z | text=Newer",
        "facebook made | Anna Berg / Anna Berg / Anna Berg | 2026-03-12T15:05:00Z | text=Older"},
       {"Export.zip/your_facebook_activity/messages/e2ee_cutover/bo_1/message_1.json:3: no date "
        "that can be read"}}};
}

inline std::vector<Vintage> instagram_vintages() {
  const std::string comments =
      "[{\"string_map_data\":{\"Comment\":{\"value\":\"Sch\\u00c3\\u00b6n\"},\"Media Owner\":"
      "{\"value\":\"pumpco\"},\"Time\":{\"timestamp\":1773327900}}},\n"
      "{\"string_map_data\":{\"Comment\":{\"value\":\"Lost\"}}}]";
  const std::string profile =
      "{\"profile_user\":[{\"string_map_data\":{\"Username\":{\"value\":\"ola\"},\"Name\":"
      "{\"value\":\"Ola Nord\"}}}]}";
  return {
      {"instagram",
       "2021 to 2022",
       {{"account_information/personal_information.json", profile},
        {"content/posts_1.json",
         "[{\"media\":[{\"uri\":\"a.jpg\",\"creation_timestamp\":1653327901,\"title\":\"One\"}]}"
         "]"},
        {"comments/post_comments.json", comments},
        {"followers_and_following/followers.json",
         "{\"relationships_followers\":[{\"string_list_data\":[{\"value\":\"bo\"}]}]}"}},
       {"instagram made | ola / ola / Ola Nord | 2026-03-12T15:05:00Z | text=Schön",
        "instagram made | ola / ola / Ola Nord | 2022-05-23T17:45:01Z | text=One"},
       {"Export.zip/comments/post_comments.json:2: no date that can be read"}},
      {"instagram",
       "2025",
       {{"personal_information/personal_information/personal_information.json", profile},
        {"your_instagram_activity/media/posts_1.json",
         "[{\"media\":[{\"uri\":\"a.jpg\",\"creation_timestamp\":1753327901,\"title\":\"One\"}]}"
         ",\n{\"media\":[{\"uri\":\"b.jpg\",\"title\":\"No time\"}]}]"},
        {"your_instagram_activity/comments/reels_comments.json",
         "{\"comments_reels_comments\":[{\"string_map_data\":{\"Comment\":{\"value\":\"On a "
         "reel\"},\"Media Owner\":{\"value\":\"pumpco\"},\"Time\":{\"timestamp\":1753327902}}}]"
         "}"},
        {"your_instagram_activity/messages/inbox/bo_1/message_1.json",
         meta_thread(meta_message("Bo Kim", "Hello"))},
        {"connections/followers_and_following/followers_1.json",
         "[{\"title\":\"\",\"string_list_data\":[{\"href\":\"x\",\"value\":\"bo\",\"timestamp\":"
         "1}]}]"}},
       {"instagram made | ola / ola / Ola Nord | 2025-07-24T03:31:42Z | text=On a reel",
        "instagram made | ola / ola / Ola Nord | 2025-07-24T03:31:41Z | text=One",
        "instagram made | Bo Kim / Bo Kim / Bo Kim | 2026-03-12T15:05:00Z | text=Hello"},
       {"Export.zip/your_instagram_activity/media/posts_1.json:2: no date that can be read"}}};
}

}  // namespace plumbline
