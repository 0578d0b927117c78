#include "crawler/meta_export.h"

#include <algorithm>

#include "base/text.h"

namespace plumbline {
namespace {

bool is_numbered(std::string_view base) {
  if (!ends_in(base, ".json")) return false;
  base.remove_suffix(5);
  const auto line = base.rfind('_');
  return line != std::string_view::npos && line > 0 && line + 1 < base.size() &&
         base.find_first_not_of("0123456789", line + 1) == std::string_view::npos;
}

// "inbox/annaberg_123/message_2.json" gives "annaberg_123".
std::string thread_of(std::string_view member) {
  const auto slash = member.rfind('/');
  if (slash == std::string_view::npos || !is_thread_file(member)) return {};
  const std::string_view folder = member.substr(0, slash);
  return std::string(base_name(folder));
}

// What the program wrote and nobody said.
bool is_notice(Json message, std::string_view text) {
  if (message["is_unsent"].flag().value_or(false) || message["isUnsent"].flag().value_or(false))
    return true;
  if (message["call_duration"].exists()) return true;
  const std::string lower = ascii_lower(trim(text));
  for (const std::string_view end : {"sent an attachment.", " to your message", "liked a message",
                                     "to your message ", "named the group.", "left the group."})
    if (lower.size() < 200 && ends_in(lower, trim(end))) return true;
  return false;
}

}  // namespace

std::string repair_mojibake(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size());
  bool high = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      bytes += text[i];
      continue;
    }
    if ((byte != 0xC2 && byte != 0xC3) || i + 1 == text.size()) return std::string(text);
    bytes += static_cast<char>((byte << 6 & 0xC0) | (static_cast<unsigned char>(text[++i]) & 0x3F));
    high = true;
  }
  return high && is_utf8(bytes) ? bytes : std::string(text);
}

std::string meta_text(Json value) { return repair_mojibake(value.text()); }

bool is_thread_file(std::string_view member) {
  const std::string_view base = base_name(member);
  return is_numbered(base) && iequals_ascii(base.substr(0, 8), "message_");
}

bool is_secret_thread_file(std::string_view member) { return is_numbered(base_name(member)); }

Status harvest_thread(ByteSource& bytes, std::string_view member, Harvest& harvest) {
  const std::string thread = thread_of(member);
  const auto wanted = [](std::string_view list) { return list == "messages"; };
  return harvest_json(bytes, wanted, harvest, [&](const JsonItem& item) -> Status {
    const Json message = item.value;
    Document document;
    document.text = meta_text(message["content"].exists() ? message["content"] : message["text"]);
    if (trim(document.text).empty() || is_notice(message, document.text)) {
      harvest.pass("picture, call or notice without words");
      return {};
    }
    document.author.name =
        meta_text(message["sender_name"].exists() ? message["sender_name"] : message["senderName"]);
    // Milliseconds in both kinds.
    const Json when =
        message["timestamp_ms"].exists() ? message["timestamp_ms"] : message["timestamp"];
    document.published_at = time_in(when.text());
    return harvest.keep(item.line, std::move(document), thread);
  });
}

Status refuse_pages(Archive& archive, std::string_view file_name, const Harvest& harvest) {
  if (harvest.outcome.rows > 0) return {};
  const auto& members = archive.members();
  const auto is_page = [](const ArchiveMember& member) { return ends_in(member.name, ".html"); };
  if (std::none_of(members.begin(), members.end(), is_page)) return {};
  return fail(ErrorCode::invalid,
              "holds pages (HTML); ask for the download again and choose JSON as its format",
              std::string(file_name));
}

}  // namespace plumbline
