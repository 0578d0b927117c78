// Focus groups and interviews: what participants said, each an author of that session.
#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "base/words.h"
#include "crawler/charset.h"
#include "crawler/import.h"
#include "crawler/transcript.h"

namespace plumbline {
namespace {

constexpr std::size_t kMostBytes = std::size_t{64} << 20;
constexpr std::size_t kProblems = 20;

std::string with_line_feeds(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      out += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      out += '\n';
    }
  }
  return out;
}

// "12/03/2026, 16:05 - Anna: …", "[2026-03-12 16:05] Anna: …": a chat, where a date stands before
// every message.
bool begins_with_date(std::string_view line) {
  if (!line.empty() && (line[0] == '[' || line[0] == '(')) line.remove_prefix(1);
  std::size_t digits = 0;
  while (digits < line.size() && line[digits] >= '0' && line[digits] <= '9') ++digits;
  if (digits == 0 || digits > 4 || digits + 1 >= line.size()) return false;
  const char sign = line[digits];
  return (sign == '-' || sign == '/' || sign == '.') && line[digits + 1] >= '0' &&
         line[digits + 1] <= '9';
}

int sniff(std::string_view, std::string_view head) {
  const std::string text = with_line_feeds(decode_head(head));
  const std::string_view begin = trim(text);
  if (begin.substr(0, 6) == "WEBVTT") return 100;
  if (begin.empty() || begin[0] == '{' || begin[0] == '<') return 0;
  if (has_cues(text)) return 97;
  int lines = 0, dated = 0;
  for (const std::string_view line : split(text, '\n')) {
    if (trim(line).empty()) continue;
    ++lines;
    dated += begins_with_date(trim(line)) ? 1 : 0;
  }
  if (dated * 5 > lines) return 0;
  const Transcript transcript = read_transcript(text);
  std::map<std::string, int> speakers;
  for (const Turn& turn : transcript.turns) ++speakers[turn.speaker];
  const auto returning = std::count_if(speakers.begin(), speakers.end(),
                                       [](const auto& one) { return one.second > 1; });
  const auto turns = static_cast<int>(transcript.turns.size());
  const bool talk = speakers.size() >= 2 && returning >= 1 && turns >= 3 && turns * 8 >= lines &&
                    static_cast<int>(transcript.stray_lines.size()) * 3 < lines;
  return talk ? 75 : 0;
}

std::string_view stem_of(std::string_view file_name) {
  if (const auto slash = file_name.find_last_of("/\\"); slash != std::string_view::npos)
    file_name.remove_prefix(slash + 1);
  const auto dot = file_name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? file_name : file_name.substr(0, dot);
}

// One word for the session, so that the same first name in two groups is two people.
std::string session_of(std::string_view file_name, std::string_view text) {
  std::string session;
  for (const char c : fold_word(clean_utf8(stem_of(file_name)))) {
    const bool keep = (c & 0x80) != 0 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (keep)
      session += c;
    else if (!session.empty() && session.back() != '-')
      session += '-';
  }
  while (!session.empty() && session.back() == '-') session.pop_back();
  return session.empty() ? "session-" + hex64(hash64(text)).substr(0, 8) : session;
}

class Session {
 public:
  Session(std::string_view file_name, const ImportOptions& options, const DocumentSink& sink)
      : file_name_(file_name), options_(options), sink_(sink) {}

  Result<ImportOutcome> read(ByteSource& bytes) {
    TextReader reader(bytes);
    std::string text;
    for (;;) {
      const std::string_view piece = PLUMBLINE_TRY(reader.next());
      if (piece.empty()) break;
      text += piece;
      if (text.size() > kMostBytes)
        return fail(ErrorCode::invalid, "a transcript above 64 MiB; cut it into its sessions",
                    std::string(file_name_));
    }
    const Transcript transcript = read_transcript(with_line_feeds(text));
    if (transcript.turns.empty())
      return fail(ErrorCode::parse,
                  "no speaker is named; a turn begins like \"Anna: …\", \"[00:01] Anna: …\", "
                  "\"**Anna:** …\" or, in WebVTT, \"<v Anna>…\"",
                  std::string(file_name_));
    session_ = session_of(file_name_, text);
    source_ = options_.source.empty() ? source_name_of(file_name_) : options_.source;
    if (source_.empty()) source_ = "transcript";
    begun_ = beginning(transcript);
    if (reader.replaced() > 0)
      note(1,
           fmt::format("{} bad {} sequences became U+FFFD", reader.replaced(), reader.charset()));
    for (const std::int64_t line : transcript.stray_lines) {
      ++outcome_.rows;
      skip("text before the first speaker");
      note(line, "text before the first speaker");
    }
    for (const Turn& turn : transcript.turns) PLUMBLINE_CHECK(add(turn));
    name_speakers(transcript);
    return std::move(outcome_);
  }

 private:
  Seconds beginning(const Transcript& transcript) const {
    if (transcript.date != kNoTime) return transcript.date;
    const Seconds named = date_in(stem_of(file_name_));
    return named != kNoTime ? named : options_.file_time;
  }

  void note(std::int64_t line, std::string_view problem) {
    if (outcome_.problems.size() < kProblems)
      outcome_.problems.push_back(fmt::format("{}:{}: {}", file_name_, line, problem));
  }

  void skip(const std::string& reason) {
    ++outcome_.skipped;
    ++outcome_.skipped_by_reason[reason];
  }

  Status add(const Turn& turn) {
    ++outcome_.rows;
    ++number_;
    if (turn.moderator) {
      before_.clear();
      skip("moderator's turn");
      return {};
    }
    if (trim(turn.text).empty()) {
      skip("a turn without words");
      return {};
    }
    Document document;
    document.source = source_;
    document.id = fmt::format("{}/{}", session_, number_);
    document.author.id = fmt::format("{}/{}", session_, turn.speaker);
    document.author.handle = document.author.id;
    document.author.name = turn.speaker;
    document.published_at = begun_;
    if (begun_ != kNoTime && turn.offset) document.published_at += *turn.offset;
    document.text = turn.text;
    document.brand = options_.brand;
    document.parent = before_;  // one participant answers another
    document.from_session = true;
    before_ = document.id;
    return sink_(std::move(document));
  }

  void name_speakers(const Transcript& transcript) {
    std::set<std::string> named;
    for (const Turn& turn : transcript.turns)
      if (named.insert(turn.speaker).second)
        outcome_.mapped.emplace_back(turn.moderator ? "moderator" : "author", turn.speaker);
  }

  std::string_view file_name_;
  const ImportOptions& options_;
  const DocumentSink& sink_;
  ImportOutcome outcome_;
  std::string session_;
  std::string source_;
  std::string before_;  // id of the participant's turn just before, if no moderator spoke since
  Seconds begun_ = kNoTime;
  int number_ = 0;
};

Result<ImportOutcome> read(ByteSource& bytes, std::string_view file_name,
                           const ImportOptions& options, const DocumentSink& sink) {
  return Session(file_name, options, sink).read(bytes);
}

}  // namespace

extern const Importer transcript_importer;
const Importer transcript_importer = {
    "transcript", "Focus group or interview",
    "Speaker turns in plain text (\"Anna: …\", \"[00:01] Anna: …\"), Markdown (\"**Anna:** …\"), "
    "WebVTT or SRT. The turns of a moderator, interviewer or host are left out; each participant "
    "is an author of that session. The date comes from a \"Date:\" line, front matter, a WebVTT "
    "note or the file's name, else from the file itself.",
    sniff, read};

}  // namespace plumbline
