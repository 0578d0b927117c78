// "Download your information" of Instagram, in JSON.
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

bool is_profile(std::string_view name) {
  return base_begins(name, "personal_information.json") ||
         base_begins(name, "account_information.json");
}
bool is_comments(std::string_view name) {
  return base_begins(name, "post_comments") || base_begins(name, "reels_comments");
}
bool is_posts(std::string_view name) {
  for (const std::string_view begin : {"posts_", "posts.json", "reels", "stories", "igtv_videos",
                                       "archived_posts", "profile_photos"})
    if (base_begins(name, begin)) return true;
  return false;
}
bool is_follow(std::string_view name) {
  return base_begins(name, "followers") || base_begins(name, "following");
}

int sniff(std::string_view file_name, std::string_view head) {
  const std::string text = decode_head(head);
  const std::string_view begin = trim(text);
  const auto has = [&](std::string_view part) { return text.find(part) != std::string::npos; };
  if (begin.empty() || (begin[0] != '{' && begin[0] != '[')) return 0;
  if (has("\"string_map_data\"") && is_comments(file_name)) return 98;
  return has("\"creation_timestamp\"") && has("\"uri\"") && is_posts(file_name) ? 97 : 0;
}

int recognise(std::span<const ArchiveMember> members) {
  return sure_by_names(members,
                       "your_instagram_activity/ instagram- followers_and_following/ "
                       "content/posts_1.json media/posts_1.json post_comments",
                       98);
}

class Instagram {
 public:
  explicit Instagram(Harvest& harvest) : harvest_(harvest) {}

  std::vector<MemberReader> readers(bool one) {
    return {{"profile", is_profile,
             [this](ByteSource& bytes, std::string_view) { return read_profile(bytes); }},
            {"comments", is_comments,
             [this](ByteSource& bytes, std::string_view) { return read_comments(bytes); }},
            {"posts", is_posts,
             [this](ByteSource& bytes, std::string_view) { return read_posts(bytes); }},
            {"messages", [one](std::string_view name) { return one || is_thread_file(name); },
             [this](ByteSource& bytes, std::string_view name) {
               return harvest_thread(bytes, name, harvest_);
             }},
            {"followers", is_follow,
             [this](ByteSource& bytes, std::string_view) { return read_follows(bytes); }}};
  }

 private:
  Status read_profile(ByteSource& bytes) {
    const auto wanted = [](std::string_view list) { return list == "profile_user"; };
    return harvest_json(bytes, wanted, harvest_, [this](const JsonItem& item) -> Status {
      const Json data = item.value["string_map_data"];
      owner_.handle = meta_text(data["Username"]["value"]);
      owner_.name = meta_text(data["Name"]["value"]);
      owner_.id = owner_.handle;
      return {};
    });
  }

  Status read_comments(ByteSource& bytes) {
    const auto wanted = [](std::string_view list) {
      return list.empty() || list == "comments_media_comments" || list == "comments_reels_comments";
    };
    return harvest_json(bytes, wanted, harvest_, [this](const JsonItem& item) -> Status {
      if (!item.value["string_map_data"].exists()) return {};
      return take_comment(item.value, item.line);
    });
  }

  Status take_comment(Json comment, std::int64_t line) {
    const Json data = comment["string_map_data"];
    Document document;
    document.author = owner_;
    document.text = meta_text(data["Comment"]["value"]);
    document.published_at = time_in(data["Time"]["timestamp"].text());
    return harvest_.keep(line, std::move(document), meta_text(data["Media Owner"]["value"]));
  }

  Status read_posts(ByteSource& bytes) {
    const auto wanted = [](std::string_view list) {
      return list.empty() || list.substr(0, 3) == "ig_";
    };
    return harvest_json(bytes, wanted, harvest_, [&](const JsonItem& item) -> Status {
      return item.value["media"].exists() || item.value["creation_timestamp"].exists()
                 ? take_post(item.value, item.line)
                 : Status{};
    });
  }

  // The words stand with the post where it has several pictures, else with its picture.
  Status take_post(Json post, std::int64_t line) {
    Document document;
    document.author = owner_;
    document.text = meta_text(post["title"]);
    Json when = post["creation_timestamp"];
    for (const Json media : post["media"]) {
      if (document.text.empty()) document.text = meta_text(media["title"]);
      if (!when.exists()) when = media["creation_timestamp"];
    }
    document.published_at = time_in(when.text());
    return harvest_.keep(line, std::move(document));
  }

  Status read_follows(ByteSource& bytes) {
    const auto wanted = [](std::string_view list) {
      return list.empty() || list == "relationships_followers" || list == "relationships_following";
    };
    return harvest_json(bytes, wanted, harvest_, [this](const JsonItem&) -> Status {
      harvest_.pass("contact without words, not kept");
      return {};
    });
  }

  Harvest& harvest_;
  Author owner_{{}, {}, "the archive's owner"};
};

Result<ImportOutcome> read_archive(Archive& archive, std::string_view file_name,
                                   const ImportOptions& options, const DocumentSink& sink) {
  Harvest harvest(file_name, "instagram", options, sink);
  Instagram instagram(harvest);
  PLUMBLINE_CHECK(read_members(archive, instagram.readers(archive.members().size() == 1), harvest));
  PLUMBLINE_CHECK(refuse_pages(archive, file_name, harvest));
  return std::move(harvest.outcome);
}

}  // namespace

extern const Importer instagram_importer;
const Importer instagram_importer = {
    "instagram",
    "Instagram archive",
    "\"Download your information\" as JSON, of every year since 2021: posts, reels, stories, "
    "comments and messages. The broken characters of these files are repaired. Followers are "
    "counted, not kept.",
    sniff,
    read_one<read_archive>,
    "instagram",
    recognise,
    read_archive};

}  // namespace plumbline
