// The archive of X, once Twitter: scripts that hold JSON, of every year since 2012.
#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "crawler/charset.h"
#include "crawler/harvest.h"
#include "crawler/harvest_rows.h"

namespace plumbline {
namespace {

constexpr std::size_t kMostNotes = std::size_t{32} << 20;  // bytes of long posts held
constexpr Seconds kFirstTweet = 1142899200;                // 2006-03-21; years before are bogus

// "tweets", "tweets-part3" and "tweet" of "data/tweets-part3.js".
bool is_script(std::string_view name, std::string_view wanted) {
  std::string base = ascii_lower(base_name(name));
  if (!ends_in(base, ".js")) return false;
  base.resize(base.size() - 3);
  if (const auto part = base.find("-part"); part != std::string::npos) base.resize(part);
  return base == wanted;
}

// The oldest kind: data/js/tweets/2012_03.js.
bool is_month(std::string_view name) {
  const std::string_view base = base_name(name);
  return path_has(name, "js/tweets/") && base.size() == 10 && base[4] == '_' &&
         ends_in(base, ".js");
}

int sniff(std::string_view, std::string_view head) {
  const std::string text = decode_head(head.substr(0, 4096));
  const std::string_view begin = trim(text);
  for (const std::string_view mark :
       {"window.YTD.tweet", "window.YTD.note_tweet", "window.YTD.community_tweet",
        "window.YTD.direct_message", "Grailbird.data.tweets"})
    if (begin.substr(0, mark.size()) == mark) return 100;
  return 0;
}

int recognise(std::span<const ArchiveMember> members) {
  for (const ArchiveMember& member : members)
    for (const std::string_view name : {"tweets", "tweet"})
      if (is_script(member.name, name) || is_month(member.name)) return 96;
  return 0;
}

// The short links of the text written out.
void expand_links(std::string& text, Json urls) {
  for (const Json url : urls) {
    const std::string link = url["url"].text();
    const std::string whole = url["expanded_url"].text();
    if (link.empty() || whole.empty()) continue;
    if (const auto at = text.find(link); at != std::string::npos)
      text.replace(at, link.size(), whole);
  }
}

std::string plain_signs(std::string text) {
  for (const auto& [reference, sign] :
       {std::pair{"&lt;", "<"}, std::pair{"&gt;", ">"}, std::pair{"&amp;", "&"}})
    for (std::size_t at = text.find(reference); at != std::string::npos;
         at = text.find(reference, at + 1))
      text.replace(at, std::string_view(reference).size(), sign);
  return text;
}

class XArchive {
 public:
  explicit XArchive(Harvest& harvest) : harvest_(harvest) {}

  std::vector<MemberReader> readers(bool one) {
    using Take = Status (XArchive::*)(const JsonItem&);
    const auto reader = [this](std::string_view kind, std::vector<std::string_view> names,
                               Take take) {
      return MemberReader{
          kind,
          [names](std::string_view name) {
            return std::any_of(names.begin(), names.end(),
                               [&](std::string_view script) { return is_script(name, script); });
          },
          [this, take](ByteSource& bytes, std::string_view) {
            return each(bytes, [this, take](const JsonItem& item) { return (this->*take)(item); });
          }};
    };
    std::vector<MemberReader> all = {
        reader("account", {"account"}, &XArchive::take_account),
        reader("long posts", {"note-tweet"}, &XArchive::take_note),
        reader("posts", {"tweets", "tweet", "community-tweet"}, &XArchive::take_tweet),
        reader("messages", {"direct-messages", "direct-message", "direct-messages-group"},
               &XArchive::take_conversation)};
    MemberReader months = reader("posts", {}, &XArchive::take_tweet);
    months.wants = [one](std::string_view name) { return is_month(name) || one; };
    all.push_back(months);
    return all;
  }

  // Long posts whose short form was not met are posts of their own.
  Status finish() {
    for (auto& [when, note] : notes_) {
      if (note.used) continue;
      Document document;
      document.id = note.id;
      document.author = owner_;
      document.published_at = when;
      document.text = note.text;
      PLUMBLINE_CHECK(harvest_.keep(0, std::move(document)));
    }
    return {};
  }

 private:
  struct Note {
    std::string id, text;
    bool used = false;
  };

  Status each(ByteSource& bytes, const std::function<Status(const JsonItem&)>& take) {
    return harvest_json(
        bytes, [](std::string_view list) { return list.empty(); }, harvest_, take);
  }

  Status take_account(const JsonItem& item) {
    const Json account = item.value["account"];
    owner_ = {account["accountId"].text(), account["username"].text(),
              account["accountDisplayName"].text()};
    return {};
  }

  Status take_note(const JsonItem& item) {
    const Json note = item.value["noteTweet"];
    const std::string text = note["core"]["text"].text();
    const Seconds when = time_in(note["createdAt"].text());
    note_bytes_ += text.size();
    if (when != kNoTime && !text.empty() && note_bytes_ <= kMostNotes)
      notes_.emplace(when, Note{note["noteTweetId"].text(), text});
    else
      harvest_.skip(item.line, "long post that cannot be matched with its short form");
    return {};
  }

  // The whole text of a post that the list of posts has only the beginning of.
  void lengthen(Document& document) {
    const auto [begin, end] = notes_.equal_range(document.published_at);
    for (auto it = begin; it != end; ++it)
      if (it->second.text.substr(0, 20) == plain_signs(document.text).substr(0, 20)) {
        document.text = it->second.text;
        it->second.used = true;
        return;
      }
  }

  Status take_tweet(const JsonItem& item) {
    const Json wrapped = item.value["tweet"];
    const Json tweet = wrapped.is_object() ? wrapped : item.value;  // before 2020 without a wrapper
    Document document;
    document.id = tweet["id_str"].exists() ? tweet["id_str"].text() : tweet["id"].text();
    document.text = tweet["full_text"].exists() ? tweet["full_text"].text() : tweet["text"].text();
    if (document.text.rfind("RT @", 0) == 0 || tweet["retweeted_status"].is_object()) {
      harvest_.pass("repost, in the words of another");
      return {};
    }
    expand_links(document.text, tweet["entities"]["urls"]);
    document.published_at = time_in(tweet["created_at"].text());
    if (document.published_at != kNoTime && document.published_at < kFirstTweet)
      document.published_at = kNoTime;
    lengthen(document);
    document.text = plain_signs(document.text);
    document.author = author_of(tweet);
    document.lang = tweet["lang"].text();
    if (document.lang == "und") document.lang.clear();
    document.parent = tweet["in_reply_to_status_id_str"].text();
    if (document.parent.empty()) document.parent = tweet["in_reply_to_status_id"].text();
    document.likes = tweet["favorite_count"].integer();
    document.shares = tweet["retweet_count"].integer();
    document.url =
        fmt::format("https://x.com/{}/status/{}",
                    document.author.handle.empty() ? "i" : document.author.handle, document.id);
    return harvest_.keep(item.line, std::move(document));
  }

  Author author_of(Json tweet) const {
    const Json user = tweet["user"];
    const std::string handle = user["screen_name"].text();
    if (handle.empty()) return owner_;
    const std::string id = user["id_str"].text();
    return {id.empty() ? user["id"].text() : id, handle, user["name"].text()};
  }

  Status take_conversation(const JsonItem& item) {
    for (const Json entry : item.value["dmConversation"]["messages"]) {
      const Json message = entry["messageCreate"];
      if (!message.exists()) continue;  // somebody joined
      Document document;
      document.id = "dm-" + message["id"].text();
      const std::string sender = message["senderId"].text();
      document.author = sender == owner_.id ? owner_ : Author{sender, sender, sender};
      document.text = message["text"].text();
      expand_links(document.text, message["urls"]);
      document.published_at = time_in(message["createdAt"].text());
      PLUMBLINE_CHECK(harvest_.keep(item.line, std::move(document)));
    }
    return {};
  }

  Harvest& harvest_;
  Author owner_;
  std::multimap<Seconds, Note> notes_;
  std::size_t note_bytes_ = 0;
};

Result<ImportOutcome> read_archive(Archive& archive, std::string_view file_name,
                                   const ImportOptions& options, const DocumentSink& sink) {
  Harvest harvest(file_name, "x", options, sink);
  XArchive x(harvest);
  PLUMBLINE_CHECK(read_members(archive, x.readers(archive.members().size() == 1), harvest));
  PLUMBLINE_CHECK(x.finish());
  return std::move(harvest.outcome);
}

}  // namespace

extern const Importer x_importer;
const Importer x_importer = {
    "x",
    "X (Twitter) archive",
    "The zip of \"Download an archive of your data\", its folder or one of its scripts, of every "
    "year since 2012: posts, posts in communities, long posts and direct messages. Reposts are in "
    "the words of others and left out; short links are written out.",
    sniff,
    read_one<read_archive>,
    "x",
    recognise,
    read_archive};

}  // namespace plumbline
