#include "crawler/transcript.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "base/words.h"

namespace plumbline {
namespace {

enum class HeadKey { none, title, date, participants, moderator, other };

HeadKey head_key(std::string_view word) {
  struct Key {
    std::string_view words;
    HeadKey key;
  };
  static constexpr std::array<Key, 4> kKeys = {{
      {" title titel titre titulo titolo session thema topic theme タイトル ", HeadKey::title},
      {" date datum fecha data day recorded 日付 日時 ", HeadKey::date},
      {" participants participant teilnehmer teilnehmende teilnehmerinnen participantes "
       "partecipanti "
       "attendees speakers present respondents 参加者 ",
       HeadKey::participants},
      {" duration dauer duree duracion location ort lieu lugar project projekt proyecto projet "
       "recording language sprache client kunde file id author tags layout description summary "
       "transcribed transcriber transcript kind time place ",
       HeadKey::other},
  }};
  const std::string folded = fold_word_plain(trim(word));
  for (const Key& key : kKeys)
    if (key.words.find(" " + folded + " ") != std::string_view::npos) return key.key;
  return is_moderator_word(word) && folded.size() > 3 ? HeadKey::moderator : HeadKey::none;
}

struct HeadLine {
  HeadKey key = HeadKey::none;
  std::string_view value;
};

HeadLine split_head(std::string_view line) {
  while (!line.empty() && std::string_view("#*_-> ").find(line[0]) != std::string_view::npos)
    line.remove_prefix(1);
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon > 40) return {};
  std::string_view key = line.substr(0, colon), value = line.substr(colon + 1);
  const auto strip = [](std::string_view text) {
    text = trim(text);
    while (!text.empty() &&
           std::string_view("*_\"' []").find(text.front()) != std::string_view::npos)
      text.remove_prefix(1);
    while (!text.empty() &&
           std::string_view("*_\"' []").find(text.back()) != std::string_view::npos)
      text.remove_suffix(1);
    return text;
  };
  return {head_key(strip(key)), strip(value)};
}

bool is_stage_direction(std::string_view line) {
  if (line.size() < 2) return false;
  const char open = line.front(), close = line.back();
  const bool wrapped = (open == '[' && close == ']') || (open == '(' && close == ')');
  return wrapped && line.find_first_of("])", 1) == line.size() - 1;
}

bool is_rule(std::string_view line) {
  return line.size() >= 3 && line.find_first_not_of("-*_= ") == std::string_view::npos;
}

// "Moderator: Dana Ruiz" in the head names her; "Moderator: Welcome, everyone." is her first turn.
bool names_moderator(std::string_view value, const Speakers& speakers) {
  if (value.empty() || value.size() > 40) return false;
  return speakers.knows(value);
}

class PlainReader {
 public:
  explicit PlainReader(std::string_view text) : lines_(split(text, '\n')) {}

  Transcript read() {
    for (const std::string_view line : lines_) speakers_.count(split_speaker(line));
    for (const std::string_view line : lines_)
      if (level_of(trim(line)) > 0 && speakers_.is_speaker_by_count(split_speaker(line).speaker))
        speaker_levels_.insert(level_of(trim(line)));
    const std::size_t body = read_head();
    for (std::size_t i = body; i < lines_.size(); ++i)
      add_line(trim(lines_[i]), static_cast<std::int64_t>(i) + 1);
    close();
    return std::move(out_);
  }

 private:
  // Front matter and "Key: value" lines until the first turn. Returns the line it ends before.
  std::size_t read_head() {
    bool fenced = false;
    std::size_t i = 0;
    for (; i < lines_.size() && i < 200; ++i) {
      const std::string_view line = trim(lines_[i]);
      if (line.empty()) continue;
      if (line == "---") {
        if (fenced) return i + 1;
        fenced = out_.title.empty() && i < 3;
        continue;
      }
      const HeadLine head = split_head(line);
      if (head.key == HeadKey::moderator && !names_moderator(head.value, speakers_)) break;
      if (head.key == HeadKey::none && !fenced) {
        if (!is_preamble(line)) break;
        if (out_.date == kNoTime) out_.date = date_in(line);
        if (out_.title.empty() && line[0] == '#') out_.title = fold_space(strip_heading(line));
        continue;
      }
      take_head(head);
    }
    return i;
  }

  static std::string_view strip_heading(std::string_view line) {
    while (!line.empty() && (line[0] == '#' || line[0] == ' ')) line.remove_prefix(1);
    return line;
  }

  // A heading or a lone line of the head that is nobody's turn, such as "Focus group, 12 March".
  bool is_preamble(std::string_view line) const {
    const SpeakerLine split = split_speaker(line);
    const bool speaks = !split.speaker.empty() &&
                        speakers_.is_speaker(split.speaker, split.marked) &&
                        !is_lone_heading(line, split);
    return !speaks && (line[0] == '#' || is_rule(line) || date_in(line) != kNoTime);
  }

  void take_head(const HeadLine& head) {
    if (head.key == HeadKey::title && out_.title.empty()) out_.title = fold_space(head.value);
    if (head.key == HeadKey::date && out_.date == kNoTime) out_.date = date_in(head.value);
    if (head.key == HeadKey::moderator) speakers_.expect_moderator(head.value);
    if (head.key != HeadKey::participants) return;
    for (const std::string_view name : split(head.value, ',')) speakers_.expect(name);
  }

  static std::size_t level_of(std::string_view line) {
    return std::min(line.find_first_not_of('#'), line.size());
  }

  // "### Anna" is a turn when a speaker that comes back stands in a heading of that level; "## Part
  // two" is a heading.
  bool is_lone_heading(std::string_view line, const SpeakerLine& split) const {
    return level_of(line) > 0 && split.rest.empty() && speaker_levels_.count(level_of(line)) == 0;
  }

  void add_line(std::string_view line, std::int64_t number) {
    if (line.empty() || is_rule(line) || is_stage_direction(line)) return;
    SpeakerLine found = split_speaker(line);
    const bool speaks = !found.speaker.empty() && !is_lone_heading(line, found) &&
                        speakers_.is_speaker(found.speaker, found.marked);
    if (speaks) {
      close();
      open_ = true;
      turn_ = {speakers_.spelling(found.speaker), found.rest, found.offset, number,
               speakers_.is_moderator(found.speaker)};
      return;
    }
    if (line[0] == '#') return close();
    if (!open_) {
      if (out_.turns.empty()) out_.stray_lines.push_back(number);
      return;
    }
    if (!turn_.text.empty()) turn_.text += ' ';
    turn_.text += line;
  }

  void close() {
    if (open_) add_turn(out_, std::move(turn_));
    turn_ = {};
    open_ = false;
  }

  std::vector<std::string_view> lines_;
  Speakers speakers_;
  std::set<std::size_t> speaker_levels_;  // of headings
  Transcript out_;
  Turn turn_;
  bool open_ = false;
};

}  // namespace

void add_turn(Transcript& transcript, Turn turn) {
  if (!transcript.turns.empty() && transcript.turns.back().speaker == turn.speaker) {
    std::string& text = transcript.turns.back().text;
    if (!text.empty() && !turn.text.empty()) text += ' ';
    text += turn.text;
    return;
  }
  transcript.turns.push_back(std::move(turn));
}

Seconds date_in(std::string_view text) {
  text = trim(text);
  if (text.empty() || text.size() > 200) return kNoTime;
  if (text.size() <= 60 && std::any_of(text.begin(), text.end(), is_digit))
    if (const auto whole = parse_time(text);
        whole && text.find_first_of("-./ ") != std::string_view::npos)
      return *whole;
  for (std::size_t i = 0; i + 10 <= text.size(); ++i) {
    const bool iso = text[i + 4] == '-' && text[i + 7] == '-' && is_digit(text[i]) &&
                     (i == 0 || !is_digit(text[i - 1]));
    if (!iso) continue;
    const std::size_t end = text.find_first_of(" ,;)]", i);
    const auto with_clock =
        parse_time(text.substr(i, end == std::string_view::npos ? end : end - i));
    if (with_clock) return *with_clock;
    if (const auto bare = parse_time(text.substr(i, 10))) return *bare;
  }
  return kNoTime;
}

Transcript read_transcript(std::string_view text) {
  return has_cues(text) ? read_cues(text) : PlainReader(text).read();
}

}  // namespace plumbline
