// "Export chat" of WhatsApp: a text whose dates are written as the phone writes them.
#include <fmt/core.h>

#include <array>
#include <optional>

#include "base/text.h"
#include "crawler/charset.h"
#include "crawler/harvest.h"
#include "crawler/text_lines.h"

namespace plumbline {
namespace {

constexpr std::size_t kHeld = 2000;  // messages looked at before the order of dates is settled
constexpr std::size_t kMostText = 256 << 10;

// The beginning of a message: "[12/03/2026, 16:05:22] " or "12/03/26, 4:05 PM - ".
struct Stamp {
  int first = 0, second = 0, third = 0;  // of the date, as written
  bool year_first = false;
  bool dots = false;
  int hour = 0, minute = 0, sec = 0;
  int half = 0;  // 1 a.m., 2 p.m., 0 a day of 24 hours
  std::string_view rest;
};

// Reads signs one by one; marks of direction and odd blanks are nothing.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) { pass_marks(); }
  bool number(int& value, int most_digits) {
    int digits = 0;
    value = 0;
    while (digits < most_digits && !text_.empty() && text_[0] >= '0' && text_[0] <= '9') {
      value = value * 10 + (text_[0] - '0');
      text_.remove_prefix(1);
      ++digits;
    }
    return digits > 0;
  }
  bool take(std::string_view sign) {
    if (text_.substr(0, sign.size()) != sign) return false;
    text_.remove_prefix(sign.size());
    return true;
  }
  char any_of(std::string_view signs) {
    if (text_.empty() || signs.find(text_[0]) == std::string_view::npos) return 0;
    const char sign = text_[0];
    text_.remove_prefix(1);
    return sign;
  }
  void blanks() {
    for (bool more = true; more;) {
      more = take(" ") || take("\u202f") || take("\u00a0") || take("\u200e") || take("\u200f");
    }
  }
  void pass_marks() {
    while (take("\u200e") || take("\u200f") || take("\ufeff")) {
    }
  }
  std::string_view rest() const { return text_; }

 private:
  std::string_view text_;
};

int half_of_day(Cursor& at) {
  for (const auto& [word, half] :
       {std::pair{"AM", 1}, std::pair{"PM", 2}, std::pair{"am", 1}, std::pair{"pm", 2},
        std::pair{"a.m.", 1}, std::pair{"p.m.", 2}, std::pair{"a. m.", 1}, std::pair{"p. m.", 2},
        std::pair{"a.\u00a0m.", 1}, std::pair{"p.\u00a0m.", 2}, std::pair{"\u4e0a\u5348", 1},
        std::pair{"\u4e0b\u5348", 2}})
    if (at.take(word)) return half;
  return 0;
}

std::optional<Stamp> stamp_of(std::string_view line) {
  Cursor at(line);
  Stamp stamp;
  const bool bracket = at.take("[");
  int first = 0;
  if (!at.number(first, 4)) return std::nullopt;
  const char sign = at.any_of("/.-");
  if (sign == 0 || !at.number(stamp.second, 2)) return std::nullopt;
  at.blanks();
  if (at.any_of("/.-") != sign) return std::nullopt;
  at.blanks();
  if (!at.number(stamp.third, 4)) return std::nullopt;
  stamp.first = first;
  stamp.year_first = first > 31;
  stamp.dots = sign == '.';
  at.take(".");  // Hungarian and Korean write one behind the date
  at.take(",");
  at.blanks();
  for (const std::string_view word : {"klo ", "kl. ", "om ", "\xC3\xA0 ", "um ", "às "})
    if (at.take(word)) break;
  stamp.half = half_of_day(at);
  at.blanks();
  if (!at.number(stamp.hour, 2) || at.any_of(":.") == 0 || !at.number(stamp.minute, 2))
    return std::nullopt;
  if (at.any_of(":.") != 0 && !at.number(stamp.sec, 2)) return std::nullopt;
  at.blanks();
  if (stamp.half == 0) stamp.half = half_of_day(at);
  at.blanks();
  if (bracket ? !at.take("]") : !(at.take("- ") || at.take("\xE2\x80\x93 "))) return std::nullopt;
  at.blanks();
  stamp.rest = at.rest();
  return stamp;
}

int sniff(std::string_view file_name, std::string_view head) {
  const std::string text = decode_head(head);
  int lines = 0, stamped = 0, spoken = 0;
  for (const std::string_view line : split(text, '\n')) {
    if (trim(line).empty()) continue;
    if (++lines > 200) break;
    const auto stamp = stamp_of(line);
    stamped += stamp ? 1 : 0;
    spoken += stamp && stamp->rest.find(": ") != std::string_view::npos ? 1 : 0;
    if (lines == 1 && !stamp) return 0;
  }
  const bool named = path_has(file_name, "whatsapp") || ends_in(file_name, "_chat.txt");
  if (spoken == 0) return 0;
  return named ? 99 : stamped >= 2 && stamped * 4 >= lines ? 92 : 0;
}

bool is_chat(std::string_view name) {
  const std::string_view base = base_name(name);
  return ends_in(base, ".txt") && (ends_in(base, "_chat.txt") || path_has(base, "whatsapp"));
}

int recognise(std::span<const ArchiveMember> members) {
  for (const ArchiveMember& member : members)
    if (is_chat(member.name)) return 80;
  return 0;
}

// What stands for a picture, or for a message that was taken back.
bool says_nothing(std::string_view text) {
  text = trim(text);
  const std::string lower = ascii_lower(text);
  if (lower.rfind("<attached:", 0) == 0 || ends_in(lower, "(file attached)")) return true;
  if (text.size() > 2 && text.front() == '<' && text.back() == '>' &&
      text.find('\n') == std::string_view::npos)
    return true;  // "<Media omitted>" in whatever language
  for (const std::string_view kind : {"image", "video", "audio", "gif", "sticker", "document",
                                      "contact card", "bild", "imagen", "imagem"})
    for (const std::string_view gone :
         {" omitted", " weggelassen", " omitida", " omitido", " ocultado"})
      if (lower == std::string(kind) + std::string(gone)) return true;
  return lower == "this message was deleted" || lower == "this message was deleted." ||
         lower == "you deleted this message" || lower == "you deleted this message." ||
         lower == "null" || lower == "missed voice call" || lower == "missed video call";
}

struct Message {
  std::int64_t line = 0;
  Stamp stamp;  // without its rest
  std::string author, text;
};

class Chat {
 public:
  explicit Chat(Harvest& harvest) : harvest_(harvest) {}

  Status read(ByteSource& bytes) {
    held_.clear();
    settled_ = false;
    TextReader text(bytes);
    TextLines lines(text);
    std::string_view line;
    Message message;
    bool inside = false;
    while (PLUMBLINE_TRY(lines.next(line))) {
      const auto stamp = stamp_of(line);
      if (!stamp) {
        if (inside && message.text.size() < kMostText) message.text.append("\n").append(line);
        if (!inside && !trim(line).empty())
          harvest_.skip(lines.line(), "text before the first message");
        continue;
      }
      if (inside) PLUMBLINE_CHECK(add(std::move(message)));
      message = begin(*stamp, lines.line());
      inside = true;
    }
    if (inside) PLUMBLINE_CHECK(add(std::move(message)));
    return settle();
  }

 private:
  static Message begin(const Stamp& stamp, std::int64_t line) {
    Message message;
    message.line = line;
    message.stamp = stamp;
    message.stamp.rest = {};
    const auto colon = stamp.rest.find(": ");
    const bool ends_so = !stamp.rest.empty() && stamp.rest.back() == ':';
    if (colon == std::string_view::npos && !ends_so) return message;  // a note of the program
    const std::size_t cut = colon == std::string_view::npos ? stamp.rest.size() - 1 : colon;
    message.author = stamp.rest.substr(0, cut);
    Cursor text(stamp.rest.substr(std::min(stamp.rest.size(), cut + 2)));
    message.text = text.rest();
    return message;
  }

  Status add(Message&& message) {
    if (settled_) return emit(message);
    held_.push_back(std::move(message));
    return held_.size() < kHeld ? Status{} : settle();
  }

  // A number above 12 tells days from months; else the order in which time goes forward.
  Status settle() {
    if (settled_) return {};
    settled_ = true;
    bool day = false, month = false, halves = false, dots = false;
    int back_by_day = 0, back_by_month = 0, last_by_day = 0, last_by_month = 0;
    for (const Message& message : held_) {
      const Stamp& s = message.stamp;
      if (s.year_first) continue;
      day = day || s.first > 12;
      month = month || s.second > 12;
      halves = halves || s.half != 0;
      dots = dots || s.dots;
      const int by_day = s.third * 10000 + s.second * 100 + s.first;
      const int by_month = s.third * 10000 + s.first * 100 + s.second;
      back_by_day += by_day < last_by_day ? 1 : 0;
      back_by_month += by_month < last_by_month ? 1 : 0;
      last_by_day = by_day;
      last_by_month = by_month;
    }
    day_first_ = day != month                   ? day
                 : dots                         ? true
                 : back_by_day != back_by_month ? back_by_day < back_by_month
                                                : !halves;
    for (const Message& message : held_) PLUMBLINE_CHECK(emit(message));
    held_.clear();
    return {};
  }

  Seconds time_of(const Stamp& s) const {
    int year = s.third, month = s.second, day = s.first;
    if (s.year_first) {
      year = s.first;
      day = s.third;
    } else if (!day_first_) {
      std::swap(month, day);
    }
    if (year < 100) year += 2000;
    int hour = s.hour;
    if (s.half != 0) hour = hour % 12 + (s.half == 2 ? 12 : 0);
    return parse_time(fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", year, month, day, hour,
                                  s.minute, s.sec))
        .value_or(kNoTime);
  }

  Status emit(const Message& message) {
    if (message.author.empty()) {
      harvest_.pass("note of the program, such as a join");
      return {};
    }
    if (says_nothing(message.text)) {
      harvest_.pass("picture, file or deleted message without words");
      return {};
    }
    Document document;
    std::string author = message.author;
    if (author.rfind("~", 0) == 0) author.erase(0, 1);  // not in the address book
    document.author.name = fold_space(author);
    document.published_at = time_of(message.stamp);
    document.text = std::string(trim(message.text));
    return harvest_.keep(message.line, std::move(document));
  }

  Harvest& harvest_;
  std::vector<Message> held_;
  bool settled_ = false;
  bool day_first_ = true;
};

Result<ImportOutcome> read_archive(Archive& archive, std::string_view file_name,
                                   const ImportOptions& options, const DocumentSink& sink) {
  Harvest harvest(file_name, "whatsapp", options, sink);
  Chat chat(harvest);
  const bool one = archive.members().size() == 1;
  PLUMBLINE_CHECK(
      read_members(archive,
                   {{"messages", [&](std::string_view name) { return one || is_chat(name); },
                     [&](ByteSource& bytes, std::string_view) { return chat.read(bytes); }}},
                   harvest));
  return std::move(harvest.outcome);
}

}  // namespace

extern const Importer whatsapp_importer;
const Importer whatsapp_importer = {
    "whatsapp",
    "WhatsApp chat",
    "\"Export chat\" of Android and iPhone, the text or its zip. Whether the day or the month "
    "stands first is found by looking; times are those of the phone and read as UTC. Notes of the "
    "program, pictures and deleted messages are counted and left out.",
    sniff,
    read_one<read_archive>,
    "whatsapp",
    recognise,
    read_archive};

}  // namespace plumbline
