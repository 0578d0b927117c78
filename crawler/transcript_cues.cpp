#include <algorithm>

#include "base/text.h"
#include "crawler/transcript.h"

namespace plumbline {
namespace {

// "00:00:01.000 --> 00:00:04.000 align:start"; nothing for any other line.
std::optional<Seconds> cue_begin(std::string_view line) {
  line = trim(line);
  std::size_t length = 0;
  const auto begin = clock_at(line, length);
  if (!begin || line.find("-->", length) == std::string_view::npos) return std::nullopt;
  return begin;
}

// Words between tags; the tags themselves say how to show them.
std::string without_tags(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = text[i] == '<' ? text.find('>', i) : std::string_view::npos;
    if (end != std::string_view::npos) {
      i = end + 1;
      continue;
    }
    out += text[i++];
  }
  return out;
}

struct CuePiece {
  std::string voice;  // by <v Name>
  std::string text;   // one line, without tags
  Seconds offset = 0;
  std::int64_t line = 0;
};

// Cuts a line of a cue at its <v Name> tags.
void add_voices(std::string_view line, Seconds offset, std::int64_t number, std::string& voice,
                std::vector<CuePiece>& out) {
  while (!line.empty()) {
    const std::size_t tag = line.find("<v");
    const std::size_t end = tag == std::string_view::npos ? tag : line.find('>', tag);
    const bool opens = end != std::string_view::npos && tag + 2 < end &&
                       (line[tag + 2] == ' ' || line[tag + 2] == '.' || line[tag + 2] == '\t');
    const std::string_view before = opens ? line.substr(0, tag) : line;
    if (const std::string text = fold_space(without_tags(before)); !text.empty())
      out.push_back({voice, text, offset, number});
    if (!opens) return;
    std::string_view name = line.substr(tag + 2, end - tag - 2);
    const std::size_t blank = name.find_first_of(" \t");
    voice = blank == std::string_view::npos ? "" : fold_space(name.substr(blank));
    line.remove_prefix(end + 1);
  }
}

class CueReader {
 public:
  explicit CueReader(std::string_view text) : lines_(split(text, '\n')) {}

  Transcript read() {
    read_blocks();
    Speakers speakers;
    for (const CuePiece& piece : pieces_) {
      SpeakerLine line = split_speaker(piece.text);
      if (!piece.voice.empty()) line.speaker = piece.voice, line.marked = true;
      speakers.count(line);
    }
    for (const CuePiece& piece : pieces_) add(piece, speakers);
    return std::move(out_);
  }

 private:
  void read_blocks() {
    std::optional<Seconds> offset;
    bool in_note = false;
    std::string voice;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::string_view line = trim(lines_[i]);
      if (line.empty()) {
        offset.reset();
        in_note = false;
      } else if (const auto begin = cue_begin(line)) {
        offset = begin;
        voice.clear();
        in_note = false;
      } else if (offset) {
        add_voices(line, *offset, static_cast<std::int64_t>(i) + 1, voice, pieces_);
      } else {
        in_note = in_note || line.substr(0, 4) == "NOTE" || line.substr(0, 6) == "WEBVTT";
        if (in_note) read_note(line);
      }
    }
  }

  void read_note(std::string_view line) {
    if (line.substr(0, 4) == "NOTE") line = trim(line.substr(4));
    if (line.substr(0, 6) == "WEBVTT") line = trim(line.substr(6));
    const std::size_t colon = line.find(':');
    const bool keyed = colon != std::string_view::npos && colon < 20;
    const std::string key = ascii_lower(keyed ? trim(line.substr(0, colon)) : "");
    if (key == "title") out_.title = fold_space(line.substr(colon + 1));
    if (out_.date != kNoTime) return;
    if (key == "date" || key == "recorded" || key == "datum")
      out_.date = date_in(line.substr(colon + 1));
    if (out_.date == kNoTime) out_.date = date_in(line);
  }

  void add(const CuePiece& piece, const Speakers& speakers) {
    Turn turn{piece.voice, piece.text, piece.offset, piece.line, false};
    if (piece.voice.empty()) {
      const SpeakerLine line = split_speaker(piece.text);
      const bool speaks =
          !line.speaker.empty() && speakers.is_speaker(line.speaker, false) && piece.text[0] != '#';
      if (speaks) {
        turn.speaker = line.speaker;
        turn.text = line.rest;
      } else if (out_.turns.empty()) {
        out_.stray_lines.push_back(piece.line);
        return;
      } else {
        turn.speaker = out_.turns.back().speaker;  // the words go on
      }
    }
    turn.speaker = speakers.spelling(turn.speaker);
    turn.moderator = speakers.is_moderator(turn.speaker);
    add_turn(out_, std::move(turn));
  }

  std::vector<std::string_view> lines_;
  std::vector<CuePiece> pieces_;
  Transcript out_;
};

}  // namespace

bool has_cues(std::string_view text) {
  text = trim(text.substr(0, 64 * 1024));
  if (text.substr(0, 6) == "WEBVTT") return true;
  int looked = 0;
  for (const std::string_view line : split(text, '\n')) {
    if (cue_begin(line)) return true;
    if (++looked == 4) break;
  }
  return false;
}

Transcript read_cues(std::string_view text) { return CueReader(text).read(); }

}  // namespace plumbline
