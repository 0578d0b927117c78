// Google Takeout: comments and live chats of YouTube, reviews of Maps, Chat, mail and contacts.
#include <fmt/core.h>

#include <array>

#include "base/text.h"
#include "crawler/charset.h"
#include "crawler/contact_table.h"
#include "crawler/harvest.h"
#include "crawler/harvest_rows.h"
#include "crawler/html_text.h"
#include "crawler/mail.h"
#include "crawler/vcard.h"

namespace plumbline {
namespace {

constexpr std::string_view kComments = "commentid commenttext commentcreatetimestamp|videoid";
constexpr std::string_view kLiveChats = "livechatid livechattext";
constexpr ContactColumns kContacts = {"firstname|givenname lastname|familyname",
                                      {},
                                      "firstname givenname",
                                      "lastname familyname",
                                      "name",
                                      "organizationname organization1name",
                                      "email1value phone1value",
                                      "website1value",
                                      "address1city",
                                      "notes",
                                      {}};

bool in_youtube(std::string_view name) {
  return path_has(name, "youtube") || path_has(name, "comments/") || path_has(name, "live chats");
}
bool is_comments(std::string_view name) {
  const std::string base = ascii_lower(base_name(name));
  return ends_in(base, ".csv") && base.rfind("comments", 0) == 0;
}
bool is_live_chats(std::string_view name) {
  return ends_in(name, ".csv") && path_has(base_name(name), "live chats");
}
bool is_page(std::string_view name) {
  return iequals_ascii(base_name(name), "my-comments.html") ||
         iequals_ascii(base_name(name), "my-live-chat-messages.html");
}

int sniff(std::string_view, std::string_view head) {
  const std::string text = decode_head(head);
  if (header_line(text, kComments) == 0 || header_line(text, kLiveChats) == 0) return 98;
  if (text.find("\"FeatureCollection\"") != std::string::npos &&
      text.find("five_star_rating_published") != std::string::npos)
    return 98;
  return 0;
}

int recognise(std::span<const ArchiveMember> members) {
  if (sure_by_names(members, "takeout/ archive_browser.html my-comments.html", 96) > 0) return 96;
  for (const ArchiveMember& member : members)
    if (is_comments(member.name) && in_youtube(member.name)) return 90;
  return 0;
}

// {"text":"…"},{"text":"…"}: runs without the brackets of a list; older tables hold plain text.
std::string text_of_runs(const std::string& cell) {
  if (cell.empty() || cell[0] != '{') return cell;
  const auto document = JsonDocument::parse("[" + cell + "]");
  if (!document) return cell;
  std::string out;
  for (const Json run : document->root()) out += run["text"].text();
  return out;
}

// "Tuesday, March 12, 2024 at 4:05:00 PM UTC".
Seconds chat_time(const std::string& written) {
  static constexpr std::array<std::string_view, 12> kMonths = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    const auto month = written.find(kMonths[i]);
    const auto at = written.find(" at ");
    if (month == std::string::npos || at == std::string::npos || at < month) continue;
    const std::string date =
        written.substr(month + kMonths[i].size(), at - month - kMonths[i].size());
    const auto comma = date.find(',');
    if (comma == std::string::npos) continue;
    std::string time = written.substr(at + 4);
    if (ends_in(time, " UTC")) time.resize(time.size() - 4);
    return time_in(fmt::format("{:02}/{}/{} {}", i + 1, trim(date.substr(0, comma)),
                               trim(date.substr(comma + 1)), time));
  }
  return time_in(written);
}

class Takeout {
 public:
  explicit Takeout(Harvest& harvest) : harvest_(harvest) {}

  std::vector<MemberReader> readers() {
    const auto bytes_only = [this](Status (Takeout::*read)(ByteSource&)) {
      return [this, read](ByteSource& bytes, std::string_view) { return (this->*read)(bytes); };
    };
    return {
        {"YouTube comments", is_comments, bytes_only(&Takeout::read_comments)},
        {"YouTube live chats", is_live_chats, bytes_only(&Takeout::read_live_chats)},
        {"YouTube comments", is_page, bytes_only(&Takeout::read_page)},
        {"reviews of Maps",
         [](std::string_view name) { return iequals_ascii(base_name(name), "Reviews.json"); },
         bytes_only(&Takeout::read_reviews)},
        {"Chat",
         [](std::string_view name) {
           return path_has(name, "chat/") && iequals_ascii(base_name(name), "messages.json");
         },
         bytes_only(&Takeout::read_chat)},
        {"mails", [](std::string_view name) { return ends_in(name, ".mbox"); },
         [this](ByteSource& bytes, std::string_view) { return harvest_mails(bytes, harvest_); }},
        {"contacts", [](std::string_view name) { return ends_in(name, ".vcf"); },
         [this](ByteSource& bytes, std::string_view) { return harvest_vcards(bytes, harvest_); }},
        {"contacts",
         [](std::string_view name) { return path_has(name, "contacts/") && ends_in(name, ".csv"); },
         [this](ByteSource& bytes, std::string_view) {
           return harvest_contacts(bytes, kContacts, harvest_);
         }}};
  }

  // A table or a list that somebody took out, whatever its name.
  Status read_any(ByteSource& bytes) {
    PeekedBytes peeked(bytes);
    const std::string head = decode_head(PLUMBLINE_TRY(peeked.peek(64 << 10)));
    if (header_line(head, kLiveChats) >= 0) return read_live_chats(peeked);
    if (!head.empty() && head[0] == '{') return read_reviews(peeked);
    if (head.find("<html") != std::string::npos) return read_page(peeked);
    return read_comments(peeked);
  }

 private:
  Author owner(const std::string& channel) const {
    return {channel, channel, "the archive's owner"};
  }

  Status read_comments(ByteSource& bytes) {
    return harvest_table(bytes, kComments, harvest_, [this](const NamedTable& row) {
      Document document;
      document.id = row.cell("commentid");
      document.author = owner(row.cell("channelid"));
      document.text = text_of_runs(row.cell("commenttext"));
      document.published_at = time_in(row.cell("commentcreatetimestamp"));
      document.parent = row.cell("parentcommentid");
      if (const std::string video = row.cell("videoid"); !video.empty())
        document.url = fmt::format("https://www.youtube.com/watch?v={}&lc={}", video, document.id);
      return harvest_.keep(row.line(), std::move(document));
    });
  }

  Status read_live_chats(ByteSource& bytes) {
    return harvest_table(bytes, kLiveChats, harvest_, [this](const NamedTable& row) {
      Document document;
      document.id = row.cell("livechatid");
      document.author = owner(row.cell("channelid"));
      document.text = text_of_runs(row.cell("livechattext"));
      document.published_at = time_in(row.cell("livechatcreatetimestamp"));
      if (const std::string video = row.cell("videoid"); !video.empty())
        document.url = "https://www.youtube.com/watch?v=" + video;
      return harvest_.keep(row.line(), std::move(document));
    });
  }

  // <li>Commented on <a href="…">a video</a> at 2020-10-01 12:00:00 UTC.<br/>text</li>
  Status read_page(ByteSource& bytes) {
    TextReader text(bytes);
    std::string held;
    for (;;) {
      const std::string_view piece = PLUMBLINE_TRY(text.next());
      held += piece;
      std::size_t from = 0;
      for (std::size_t end = held.find("</li>"); end != std::string::npos;
           end = held.find("</li>", from)) {
        PLUMBLINE_CHECK(take_item(std::string_view(held).substr(from, end - from)));
        from = end + 5;
      }
      held.erase(0, from);
      if (piece.empty()) return {};
      if (held.size() > kMostLine) held.erase(0, held.size() - 5);
    }
  }

  Status take_item(std::string_view item) {
    const auto begin = item.rfind("<li>");
    if (begin == std::string_view::npos) return {};
    item.remove_prefix(begin);
    const auto head_end = item.find("<br");
    const auto at = item.rfind(" at ", head_end);
    if (head_end == std::string_view::npos || at == std::string_view::npos) return {};
    std::string when = html_to_text(item.substr(at + 4, head_end - at - 4));
    if (ends_in(when, ".")) when.pop_back();
    Document document;
    document.author = owner({});
    document.published_at = time_in(when);
    const auto text = item.find('>', head_end);
    document.text = text == std::string_view::npos ? "" : html_to_text(item.substr(text + 1));
    if (const auto link = item.find("href=\""); link < head_end) {
      const std::string_view rest = item.substr(link + 6);
      document.url = html_to_text(rest.substr(0, rest.find('"')));
    }
    return harvest_.keep(0, std::move(document), document.url);
  }

  Status read_reviews(ByteSource& bytes) {
    const auto wanted = [](std::string_view list) { return list == "features"; };
    return harvest_json(bytes, wanted, harvest_, [this](const JsonItem& item) {
      const Json review = item.value["properties"];
      Document document;
      document.author = owner({});
      document.text = review["review_text_published"].text();
      document.title = review["location"]["name"].text();
      document.place = review["location"]["address"].text();
      document.url = review["google_maps_url"].text();
      document.rating = review["five_star_rating_published"].number();
      document.published_at = time_in(review["date"].text());
      return harvest_.keep(item.line, std::move(document), document.url);
    });
  }

  Status read_chat(ByteSource& bytes) {
    const auto wanted = [](std::string_view list) { return list == "messages"; };
    return harvest_json(bytes, wanted, harvest_, [this](const JsonItem& item) {
      const Json message = item.value;
      Document document;
      document.id = message["message_id"].text();
      document.author.name = message["creator"]["name"].text();
      document.author.handle = document.author.id = message["creator"]["email"].text();
      document.text = message["text"].text();
      document.published_at = chat_time(message["created_date"].text());
      return harvest_.keep(item.line, std::move(document));
    });
  }

  Harvest& harvest_;
};

Result<ImportOutcome> read_archive(Archive& archive, std::string_view file_name,
                                   const ImportOptions& options, const DocumentSink& sink) {
  Harvest harvest(file_name, "google", options, sink);
  Takeout takeout(harvest);
  std::vector<MemberReader> readers = takeout.readers();
  if (archive.members().size() == 1)
    readers.push_back(
        {"takeout", [](std::string_view) { return true; },
         [&](ByteSource& bytes, std::string_view) { return takeout.read_any(bytes); }});
  PLUMBLINE_CHECK(read_members(archive, readers, harvest));
  return std::move(harvest.outcome);
}

}  // namespace

extern const Importer google_importer;
const Importer google_importer = {
    "google",
    "Google Takeout",
    "The zip or folder: comments and live chats of YouTube (tables, and the pages of older years), "
    "reviews of Maps, Chat, mail, and of contacts the notes. Searches and views are nobody's words "
    "and left out.",
    sniff,
    read_one<read_archive>,
    "google",
    recognise,
    read_archive};

}  // namespace plumbline
