// Telegram's "Export chat history" and the export of all chats: result.json.
#include <fmt/core.h>

#include "base/text.h"
#include "crawler/charset.h"
#include "crawler/harvest.h"
#include "crawler/harvest_rows.h"

namespace plumbline {
namespace {

int sniff(std::string_view, std::string_view head) {
  const std::string text = decode_head(head);
  const std::string_view begin = trim(text);
  const auto has = [&](std::string_view part) {
    return begin.find(part) != std::string_view::npos;
  };
  if (begin.empty() || begin[0] != '{') return 0;
  if (has("\"messages\"") && has("\"from_id\"") && (has("\"text_entities\"") || has("\"date\"")))
    return 97;
  return has("\"chats\"") && has("Telegram") ? 97 : 0;
}

int recognise(std::span<const ArchiveMember> members) {
  for (const ArchiveMember& member : members)
    if (iequals_ascii(base_name(member.name), "result.json")) return 70;
  return 0;
}

// A string, or a list of strings and of objects with a text each: links, bold words, mentions.
std::string text_of(Json text) {
  if (!text.is_array()) return text.text();
  std::string out;
  for (const Json run : text) out += run.is_object() ? run["text"].text() : run.text();
  return out;
}

// "2026-03-12T16:05:00" is the clock of whoever exported; newer exports give the moment as well.
Seconds time_of(Json message) {
  const Seconds exact = time_in(message["date_unixtime"].text());
  return exact != kNoTime ? exact : time_in(message["date"].text());
}

std::int64_t reactions_of(Json message) {
  std::int64_t count = 0;
  for (const Json reaction : message["reactions"]) count += reaction["count"].integer().value_or(0);
  return count;
}

class Telegram {
 public:
  explicit Telegram(Harvest& harvest) : harvest_(harvest) {}

  Status read(ByteSource& bytes) {
    return harvest_json(
        bytes, [](std::string_view list) { return list == "messages"; }, harvest_,
        [this](const JsonItem& item) { return take(item); });
  }

 private:
  Status take(const JsonItem& item) {
    const Json message = item.value;
    if (message["type"].text() == "service") {
      harvest_.pass("note of the service, such as a join");
      return {};
    }
    const std::string chat = item.lists->scalar("id");
    Document document;
    document.text = text_of(message["text"]);
    if (trim(document.text).empty()) {
      harvest_.pass("picture, file or voice without words");
      return {};
    }
    const auto in_chat = [&chat](const std::string& id) {
      return chat.empty() ? id : fmt::format("{}/{}", chat, id);
    };
    document.id = in_chat(message["id"].text());
    if (const std::string to = message["reply_to_message_id"].text(); !to.empty())
      document.parent = in_chat(to);
    document.author = author_of(message, item);
    document.published_at = time_of(message);
    if (message["reactions"].exists()) document.likes = reactions_of(message);
    return harvest_.keep(item.line, std::move(document));
  }

  // What was forwarded is in the words of whom it was forwarded from.
  static Author author_of(Json message, const JsonItem& item) {
    if (const std::string from = message["forwarded_from"].text(); !from.empty())
      return {from, from, from};
    const std::string name = message["from"].text();
    const std::string id = message["from_id"].text();
    if (name.empty() && id.empty()) {  // a channel speaks under its own name
      const std::string channel = item.lists->scalar("name");
      return {channel, channel, channel};
    }
    return {id, name.empty() ? id : name, name};
  }

  Harvest& harvest_;
};

Result<ImportOutcome> read_archive(Archive& archive, std::string_view file_name,
                                   const ImportOptions& options, const DocumentSink& sink) {
  Harvest harvest(file_name, "telegram", options, sink);
  Telegram telegram(harvest);
  const bool one = archive.members().size() == 1;
  PLUMBLINE_CHECK(read_members(
      archive,
      {{"messages",
        [&](std::string_view name) { return one || iequals_ascii(base_name(name), "result.json"); },
        [&](ByteSource& bytes, std::string_view) { return telegram.read(bytes); }}},
      harvest));
  return std::move(harvest.outcome);
}

}  // namespace

extern const Importer telegram_importer;
const Importer telegram_importer = {
    "telegram",
    "Telegram export",
    "result.json of one chat or of all, of any year, alone or in its folder. Notes of the service "
    "and files without words are counted and left out; forwarded words count for whom they came "
    "from; the sum of the reactions is kept as likes.",
    sniff,
    read_one<read_archive>,
    "telegram",
    recognise,
    read_archive};

}  // namespace plumbline
