#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/words.h"
#include "crawler/transcript.h"

namespace plumbline {
namespace {

constexpr std::size_t kMostName = 60;  // bytes
constexpr std::size_t kMostSpeakers = 500;

// Folded, without accents.
constexpr std::array<std::string_view, 43> kModerators = {"moderator",
                                                          "moderatorin",
                                                          "moderation",
                                                          "mod",
                                                          "facilitator",
                                                          "interviewer",
                                                          "interviewerin",
                                                          "host",
                                                          "researcher",
                                                          "m",
                                                          "i",
                                                          "q",
                                                          "int",
                                                          "question",
                                                          "frage",
                                                          "interviewleiter",
                                                          "interviewleiterin",
                                                          "gesprachsleiter",
                                                          "gesprachsleitung",
                                                          "moderador",
                                                          "moderadora",
                                                          "entrevistador",
                                                          "entrevistadora",
                                                          "pregunta",
                                                          "investigador",
                                                          "investigadora",
                                                          "moderateur",
                                                          "moderatrice",
                                                          "animateur",
                                                          "animatrice",
                                                          "intervieweur",
                                                          "intervieweuse",
                                                          "enqueteur",
                                                          "enquetrice",
                                                          "moderatore",
                                                          "moderatrice",
                                                          "intervistatore",
                                                          "司会",
                                                          "司会者",
                                                          "モデレーター",
                                                          "モテレーター",
                                                          "インタビュアー",
                                                          "聞き手"};

// Words before a colon that name no one.
constexpr std::array<std::string_view, 41> kNoNames = {
    "note",     "notes",    "nb",      "ps",       "p.s",   "example", "http",
    "https",    "from",     "to",      "cc",       "bcc",   "subject", "date",
    "time",     "re",       "sent",    "title",    "topic", "error",   "warning",
    "warn",     "info",     "debug",   "todo",     "fixme", "source",  "url",
    "edit",     "update",   "hinweis", "beispiel", "nota",  "ejemplo", "exemple",
    "duration", "location", "project", "recorded", "kind",  "language"};

template <std::size_t N>
bool is_in(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::string fold_name(std::string_view name) { return fold_word_plain(fold_space(name)); }

std::string_view without_number(std::string_view word) {
  while (!word.empty() && (is_digit(word.back()) || word.back() == ' ' || word.back() == '#'))
    word.remove_suffix(1);
  return word;
}

bool begins_with_letter(std::string_view text) {
  if (text.empty()) return false;
  const char c = text[0];
  return (c & 0x80) != 0 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// "Anna", "Dr. Berg", "Speaker 2", "P1", "Anna M. (nurse)": few words, none of them a sentence.
bool looks_like_name(std::string_view name) {
  if (name.empty() || name.size() > kMostName || !begins_with_letter(name)) return false;
  if (name.find_first_of("?!,;\"<>=/\\|{}@") != std::string_view::npos) return false;
  if (name.find("。") != std::string_view::npos || name.find("、") != std::string_view::npos)
    return false;
  const auto words = split(name, ' ');
  if (words.size() > 5) return false;
  for (std::size_t i = 0; i + 1 < words.size();
       ++i)  // "It works. Really" is no name, "Dr. Berg" is
    if (words[i].size() > 4 && words[i].back() == '.') return false;
  return !is_in(kNoNames, fold_name(name));
}

bool each_word_is_capital(std::string_view name) {
  for (const std::string_view word : split(name, ' '))
    if (!word.empty() && word[0] >= 'a' && word[0] <= 'z') return false;
  return true;
}

void skip_blanks(std::string_view& text) {
  while (!text.empty() && (text[0] == ' ' || text[0] == '\t')) text.remove_prefix(1);
}

// Takes "[00:01]", "(00:01:02)" or "00:01:02" with what joins it to the rest.
std::optional<Seconds> take_clock(std::string_view& text) {
  std::string_view rest = text;
  const char open = rest.empty() ? '\0' : rest[0];
  const bool closed = open == '[' || open == '(';
  if (closed) rest.remove_prefix(1);
  std::size_t length = 0;
  const auto found = clock_at(rest, length);
  if (!found) return std::nullopt;
  rest.remove_prefix(length);
  if (closed) {  // "[00:01 - 00:05]" says when it ends too
    const std::size_t end = rest.find(open == '[' ? ']' : ')');
    if (end == std::string_view::npos || end > 20) return std::nullopt;
    rest.remove_prefix(end + 1);
  } else if (!rest.empty() && rest[0] != ' ' && rest[0] != '\t') {
    return std::nullopt;
  }
  skip_blanks(rest);
  if (rest.size() > 1 && rest[0] == '-' && rest[1] == ' ') rest.remove_prefix(2);
  skip_blanks(rest);
  text = rest;
  return found;
}

// Takes a clock off the end of a name: "Anna (00:01:02)", "Anna  0:03".
std::optional<Seconds> take_last_clock(std::string_view& name) {
  for (std::size_t i = name.size(); i-- > 1;) {
    if (name[i - 1] != ' ' && name[i - 1] != '\t') continue;
    std::string_view tail = name.substr(i);
    const auto found = take_clock(tail);
    if (!found || !tail.empty()) continue;
    name = trim(name.substr(0, i));
    return found;
  }
  return std::nullopt;
}

// Where the colon after a name is: ASCII's or the wide one of Chinese and Japanese.
std::size_t find_colon(std::string_view text, std::size_t& width) {
  for (std::size_t i = 0; i < text.size() && i <= kMostName + 24; ++i) {
    if (text[i] == ':') {  // not the colon of a clock
      const bool clock =
          i > 0 && is_digit(text[i - 1]) && i + 1 < text.size() && is_digit(text[i + 1]);
      if (clock) continue;
      width = 1;
      return i;
    }
    if (text.substr(i, 3) == "：") {
      width = 3;
      return i;
    }
  }
  return std::string_view::npos;
}

std::string_view strip_marks(std::string_view text, std::string_view marks) {
  while (!text.empty() && marks.find(text.front()) != std::string_view::npos) text.remove_prefix(1);
  while (!text.empty() && marks.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
  return trim(text);
}

}  // namespace

std::optional<Seconds> clock_at(std::string_view text, std::size_t& length) {
  Seconds total = 0;
  int parts = 0;
  std::size_t at = 0;
  for (;;) {
    const std::size_t begin = at;
    Seconds value = 0;
    while (at < text.size() && is_digit(text[at]) && at - begin < 3)
      value = value * 10 + (text[at++] - '0');
    if (at == begin || (parts > 0 && (at - begin != 2 || value > 59))) return std::nullopt;
    total = total * 60 + value;
    ++parts;
    const bool more =
        parts < 3 && at + 1 < text.size() && text[at] == ':' && is_digit(text[at + 1]);
    if (!more) break;
    ++at;
  }
  if (parts < 2) return std::nullopt;
  if (at + 1 < text.size() && (text[at] == '.' || text[at] == ',') && is_digit(text[at + 1])) {
    ++at;
    while (at < text.size() && is_digit(text[at])) ++at;
  }
  length = at;
  return total;
}

SpeakerLine split_speaker(std::string_view line) {
  SpeakerLine out;
  line = trim(line);
  while (line.substr(0, 2) == ">>" || line.substr(0, 2) == "> " || line.substr(0, 2) == "- ") {
    line.remove_prefix(2);
    line = trim(line);
  }
  out.rest = std::string(line);
  const bool heading = line.substr(0, 1) == "#";
  const bool bold = line.substr(0, 2) == "**" || line.substr(0, 2) == "__";
  std::string_view text = strip_marks(line.substr(0, heading ? line.size() : 0), "# ");
  if (!heading) text = line;
  out.offset = take_clock(text);
  const bool timed = out.offset.has_value();
  const bool bold_after = text.substr(0, 2) == "**" || text.substr(0, 2) == "__";
  std::size_t width = 0;
  const std::size_t colon = find_colon(text, width);
  std::string_view name, rest;
  if (colon != std::string_view::npos) {
    name = text.substr(0, colon);
    rest = text.substr(colon + width);
    if (bold || bold_after) {
      const std::size_t close = rest.find_first_not_of(" ");
      if (close != std::string_view::npos &&
          (rest.substr(close, 2) == "**" || rest.substr(close, 2) == "__"))
        rest.remove_prefix(close + 2);
    }
    if (rest.substr(0, 2) == "//") return out;  // an address
  } else {
    name = text;  // alone on its line, above the words
  }
  name = strip_marks(trim(name), "*_# ");
  const auto last = take_last_clock(name);
  if (last) out.offset = last;
  name = strip_marks(name, "*_ ");
  const bool whole_bold =
      (bold || bold_after) && text.size() > 4 &&
      (text.substr(text.size() - 2) == "**" || text.substr(text.size() - 2) == "__");
  const bool alone = colon == std::string_view::npos;
  if (alone && !heading && !last && !whole_bold) return out;
  if (!looks_like_name(name)) return out;
  skip_blanks(rest);
  if (const auto inner = take_clock(rest); inner && !out.offset) out.offset = inner;
  out.speaker = fold_space(name);
  out.rest = std::string(trim(rest));
  out.marked = timed || last || (bold && !alone) || bold_after;
  return out;
}

bool is_moderator_word(std::string_view speaker) {
  const std::string folded = fold_name(speaker);
  const std::string_view whole = without_number(folded);
  if (is_in(kModerators, whole)) return true;
  std::string words(whole);
  for (char& c : words)
    if (c == '(' || c == ')' || c == '[' || c == ']' || c == '-') c = ' ';
  for (const std::string_view word : split(words, ' '))
    if (word.size() > 2 && is_in(kModerators, without_number(word))) return true;
  return false;
}

const Speakers::Entry* Speakers::find(std::string_view name) const {
  const std::string folded = fold_name(name);
  for (const Entry& one : entries_)
    if (one.folded == folded) return &one;
  return nullptr;
}

Speakers::Entry& Speakers::entry(std::string_view name) {
  if (const Entry* found = find(name)) return const_cast<Entry&>(*found);
  entries_.push_back({fold_name(name), fold_space(name)});
  return entries_.back();
}

void Speakers::count(const SpeakerLine& line) {
  if (line.speaker.empty() || (entries_.size() >= kMostSpeakers && !find(line.speaker))) return;
  Entry& one = entry(line.speaker);
  ++one.times;
  one.expected = one.expected || line.marked;
}

void Speakers::expect(std::string_view name) {
  if (entries_.size() < kMostSpeakers && looks_like_name(trim(name)))
    entry(trim(name)).expected = true;
}

void Speakers::expect_moderator(std::string_view name) {
  expect(name);
  if (const Entry* found = find(trim(name))) const_cast<Entry*>(found)->moderator = true;
}

bool Speakers::knows(std::string_view name) const { return find(name) != nullptr; }

bool Speakers::is_speaker(std::string_view name, bool marked) const {
  const Entry* one = find(name);
  if (one == nullptr) return false;
  if (marked || one->expected || one->times >= 2 || is_moderator_word(name)) return true;
  return each_word_is_capital(one->spelling) && split(one->spelling, ' ').size() <= 3;
}

bool Speakers::is_speaker_by_count(std::string_view name) const {
  const Entry* one = find(name);
  return one != nullptr && (one->expected || one->times >= 2 || is_moderator_word(name));
}

bool Speakers::is_moderator(std::string_view name) const {
  const Entry* one = find(name);
  if (one != nullptr && one->moderator) return true;
  if (fold_name(name) == "m" && (find("F") != nullptr || find("W") != nullptr))
    return false;  // a man and a woman
  return is_moderator_word(name);
}

std::string Speakers::spelling(std::string_view name) const {
  const Entry* one = find(name);
  return one != nullptr ? one->spelling : fold_space(name);
}

}  // namespace plumbline
