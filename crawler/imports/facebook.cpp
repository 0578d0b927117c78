// "Download your information" of Facebook and Messenger, in JSON.
#include "base/text.h"
#include "crawler/charset.h"
#include "crawler/harvest.h"
#include "crawler/harvest_rows.h"
#include "crawler/meta_export.h"

namespace plumbline {
namespace {

bool base_begins(std::string_view name, std::string_view begin) {
  return iequals_ascii(base_name(name).substr(0, begin.size()), begin) && ends_in(name, ".json");
}

bool is_posts(std::string_view name) { return base_begins(name, "your_posts"); }
bool is_group_posts(std::string_view name) {
  return base_begins(name, "group_posts") || base_begins(name, "your_posts_and_comments_in_groups");
}
bool is_comments(std::string_view name) {
  return base_begins(name, "comments") || base_begins(name, "your_comments") ||
         base_begins(name, "group_comments");
}
bool is_profile(std::string_view name) { return base_begins(name, "profile_information"); }
bool is_friends(std::string_view name) {
  return base_begins(name, "friends.json") || base_begins(name, "your_friends");
}

int sniff(std::string_view file_name, std::string_view head) {
  const std::string text = decode_head(head);
  const std::string_view begin = trim(text);
  const auto has = [&](std::string_view part) { return text.find(part) != std::string::npos; };
  if (begin.empty() || (begin[0] != '{' && begin[0] != '[')) return 0;
  if (has("\"comments_v2\"") || has("\"group_comments_v2\"") || has("\"group_posts_v2\""))
    return 98;
  if (has("\"sender_name\"") && has("\"timestamp_ms\"")) return 96;
  if (has("\"participants\"") && has("\"senderName\"") && has("\"threadName\"")) return 96;
  return is_posts(file_name) && has("\"timestamp\"") ? 96 : 0;
}

int recognise(std::span<const ArchiveMember> members) {
  if (sure_by_names(members, "your_facebook_activity/ your_activity_across_facebook/ facebook-",
                    97) > 0)
    return 97;
  int secret = 0, json = 0, threads = 0;
  for (const ArchiveMember& member : members) {
    if (is_posts(member.name) || is_friends(member.name)) return 90;
    json += ends_in(member.name, ".json") ? 1 : 0;
    secret += is_secret_thread_file(member.name) ? 1 : 0;
    threads += is_thread_file(member.name) ? 1 : 0;
  }
  if (threads > 0) return 60;
  return json > 0 && secret == json ? 30 : 0;
}

class Facebook {
 public:
  explicit Facebook(Harvest& harvest) : harvest_(harvest) {}

  std::vector<MemberReader> readers(bool one) {
    const auto lists = [this](std::vector<std::string_view> names) {
      return [this, names](ByteSource& bytes, std::string_view) {
        return harvest_json(
            bytes,
            [&](std::string_view list) {
              for (const std::string_view name : names)
                if (name == list) return true;
              return false;
            },
            harvest_, [this](const JsonItem& item) { return take(item); });
      };
    };
    const auto thread = [this](ByteSource& bytes, std::string_view name) {
      return harvest_thread(bytes, name, harvest_);
    };
    return {{"profile", is_profile,
             [this](ByteSource& bytes, std::string_view) { return read_profile(bytes); }},
            {"posts in groups", is_group_posts,
             lists({"group_posts_v2", "group_posts", "group_comments_v2", "activity_log_data"})},
            {"comments", is_comments, lists({"comments_v2", "comments", "group_comments_v2"})},
            {"posts", is_posts, lists({"", "{}"})},
            {"messages", is_thread_file, thread},
            {"friends", is_friends,
             [this](ByteSource& bytes, std::string_view) { return read_friends(bytes); }},
            {"messages",
             [one](std::string_view name) {
               return one || (is_secret_thread_file(name) && !path_has(name, "/posts"));
             },
             thread}};
  }

 private:
  Status read_profile(ByteSource& bytes) {
    TextReader text(bytes);
    JsonLists lists(text, [](std::string_view) { return false; });
    JsonPiece piece;
    while (PLUMBLINE_TRY(lists.next(piece))) {
    }
    if (const std::string name = repair_mojibake(lists.scalar("full_name")); !name.empty())
      owner_ = name;
    return {};
  }

  // Names alone: no address, no employer, no words.
  Status read_friends(ByteSource& bytes) {
    const auto wanted = [](std::string_view list) {
      return list == "friends_v2" || list == "friends";
    };
    return harvest_json(bytes, wanted, harvest_, [this](const JsonItem&) -> Status {
      harvest_.pass("contact without words, not kept");
      return {};
    });
  }

  Status take(const JsonItem& item) {
    const Json entry = item.value;
    Document document;
    document.author.name = owner_;
    Seconds when = time_in(entry["timestamp"].text());
    for (const Json part : entry["data"]) {
      if (const std::string post = meta_text(part["post"]); !post.empty()) document.text = post;
      const Json comment = part["comment"];
      if (!comment.exists()) continue;
      document.text = meta_text(comment["comment"]);
      if (const std::string author = meta_text(comment["author"]); !author.empty())
        document.author.name = author;
      document.place = meta_text(comment["group"]);
      if (when == kNoTime) when = time_in(comment["timestamp"].text());
    }
    document.url = link_of(entry);
    if (document.text.empty()) {
      harvest_.pass("picture, link or check-in without words");
      return {};
    }
    document.published_at = when;
    return harvest_.keep(item.line, std::move(document));
  }

  static std::string link_of(Json entry) {
    for (const Json attachment : entry["attachments"])
      for (const Json part : attachment["data"])
        if (const std::string url = part["external_context"]["url"].text(); !url.empty())
          return url;
    return {};
  }

  Harvest& harvest_;
  std::string owner_ = "the archive's owner";
};

Result<ImportOutcome> read_archive(Archive& archive, std::string_view file_name,
                                   const ImportOptions& options, const DocumentSink& sink) {
  Harvest harvest(file_name, "facebook", options, sink);
  Facebook facebook(harvest);
  PLUMBLINE_CHECK(read_members(archive, facebook.readers(archive.members().size() == 1), harvest));
  PLUMBLINE_CHECK(refuse_pages(archive, file_name, harvest));
  return std::move(harvest.outcome);
}

}  // namespace

extern const Importer facebook_importer;
const Importer facebook_importer = {
    "facebook",
    "Facebook and Messenger archive",
    "\"Download your information\" as JSON, of every year, and the second zip with end-to-end "
    "chats: posts, comments, posts and comments in groups, messages. The broken characters of "
    "these files are repaired. Friends are counted, not kept: only their names are there.",
    sniff,
    read_one<read_archive>,
    "facebook",
    recognise,
    read_archive};

}  // namespace plumbline
