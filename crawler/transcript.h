// Who said what in a focus group or an interview: speaker turns of a transcript, whatever program
// or person wrote it down.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace plumbline {

struct Turn {
  std::string speaker;  // as first written; the same spelling for all turns of one speaker
  std::string text;
  std::optional<Seconds> offset;  // since the session began, where a time stands beside the turn
  std::int64_t line = 0;          // where it begins, from 1
  bool moderator = false;
};

struct Transcript {
  std::string title;
  Seconds date = kNoTime;                 // as said in the head of the file
  std::vector<Turn> turns;                // consecutive pieces of one speaker are one turn
  std::vector<std::int64_t> stray_lines;  // said before the first speaker is named
};

// Plain text ("Anna: …", "[00:01] Anna: …", "Anna (00:01:02): …", "Anna  0:03" above the words),
// Markdown ("**Anna:** …", "### Anna"), WebVTT and SRT. `text` is valid UTF-8. No turns where no
// speaker is named.
Transcript read_transcript(std::string_view text);

// A line's speaker, time and words. `speaker` is empty where the line names none.
struct SpeakerLine {
  std::string speaker;
  std::string rest;
  std::optional<Seconds> offset;
  bool marked = false;  // in bold, in a heading, or with a time: surely meant as a speaker
};
SpeakerLine split_speaker(std::string_view line);

// "1:02:03.5", "02:03" or "00:02:03,500" at the beginning of the text; `length` is what it takes.
std::optional<Seconds> clock_at(std::string_view text, std::size_t& length);

// Moderator, interviewer, host … in the languages we know, alone or beside a name.
bool is_moderator_word(std::string_view speaker);

// Which names are speakers: those that come back, or that nothing else explains.
class Speakers {
 public:
  void count(const SpeakerLine& line);
  void expect(std::string_view name);            // named in the head: "Participants: …"
  void expect_moderator(std::string_view name);  // "Moderator: Dana Ruiz"
  bool is_speaker(std::string_view name, bool marked) const;
  bool is_speaker_by_count(std::string_view name) const;  // comes back, or was expected
  bool is_moderator(std::string_view name) const;
  bool knows(std::string_view name) const;  // counted or expected
  std::string spelling(std::string_view name) const;

 private:
  struct Entry {
    std::string folded, spelling;
    int times = 0;
    bool expected = false, moderator = false;
  };
  const Entry* find(std::string_view name) const;
  Entry& entry(std::string_view name);
  std::vector<Entry> entries_;
};

// WebVTT and SRT.
bool has_cues(std::string_view text);
Transcript read_cues(std::string_view text);

// Adds words to the last turn if its speaker goes on, else begins a new one.
void add_turn(Transcript& transcript, Turn turn);
// The date a line of the head says, anywhere in it; kNoTime without one.
Seconds date_in(std::string_view text);

}  // namespace plumbline
