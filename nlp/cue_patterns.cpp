#include "nlp/cue_patterns.h"

#include <algorithm>
#include <map>
#include <utility>

#include <re2/re2.h>

#include "base/text.h"
#include "nlp/pattern_file.h"

namespace plumbline {
namespace {

constexpr std::size_t kLongestPattern = 16384;  // after the macros are put in

using Macros = std::map<std::string, std::string, std::less<>>;

bool is_macro_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(),
                                      [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; });
}

// Puts macros in for {NAME}. Counts such as {1,3} stay, their braces hold no capital letter.
Result<std::string> expand(std::string_view pattern, const Macros& macros) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    std::size_t close = pattern[i] == '{' ? pattern.find('}', i) : std::string_view::npos;
    std::string_view name =
        close == std::string_view::npos ? "" : pattern.substr(i + 1, close - i - 1);
    if (!is_macro_name(name)) {
      out += pattern[i];
      continue;
    }
    auto macro = macros.find(name);
    if (macro == macros.end()) {
      return fail(ErrorCode::invalid, "no macro {" + std::string(name) + "} above this line");
    }
    out += macro->second;
    i = close;
  }
  if (out.size() > kLongestPattern) return fail(ErrorCode::invalid, "the pattern is too long");
  return out;
}

// The first words of the alternatives between < and >, which are replaced by a group.
Result<std::vector<std::string>> take_keys(std::string& pattern) {
  std::vector<std::string> keys;
  std::size_t open = pattern.find('<');
  if (open == std::string::npos) return keys;
  std::size_t close = pattern.find('>', open);
  if (close == std::string::npos || pattern.find('<', open + 1) != std::string::npos ||
      pattern.find('>', close + 1) != std::string::npos) {
    return fail(ErrorCode::invalid, "one <key|words> at most, closed with \">\"");
  }
  std::string inside = pattern.substr(open + 1, close - open - 1);
  std::string group;
  for (std::string_view part : split(inside, '|')) {
    std::string_view key = part.substr(0, part.find(' '));
    if (key.empty() || key.find_first_of("()[]?+.\\^$") != std::string_view::npos) {
      return fail(ErrorCode::invalid, "key \"" + std::string(part) + "\" must begin with a word");
    }
    keys.emplace_back(key);
    group += group.empty() ? "(?:" : "|";
    for (char c : part) group += c == '*' ? std::string("[^ ]*") : std::string(1, c);
  }
  pattern.replace(open, close - open + 1, group + ")");
  return keys;
}

std::unique_ptr<re2::RE2> compile(const std::string& pattern) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(1 << 20);
  bool spaced = std::all_of(pattern.begin(), pattern.end(),
                            [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  bool anchored = std::string_view(pattern).substr(0, 10).find('^') != std::string_view::npos;
  std::string whole = spaced ? (anchored ? "(?:" : "\\b(?:") + pattern + ")(?:\\b| )" : pattern;
  return std::make_unique<re2::RE2>(whole, options);
}

class CueReader {
 public:
  Status read(const PatternLine& line) {
    std::string_view what = line.fields.front();
    if (line.fields.size() < 2) return fail(ErrorCode::invalid, "a TAB and a pattern are missing");
    if (what == "macro") return read_macro(line);
    if (what == "guard") return read_guard(line);
    if (what == "over") return read_over(line);
    CuePattern cue;
    if (read_mark(what, cue)) return read_limited(line, std::move(cue));
    if (line.fields.size() > 2) return fail(ErrorCode::invalid, "a TAB too many");
    if (what == "break") return read_words(line.fields[1], out.breaks);
    if (what == "skip") return read_words(line.fields[1], out.skips);
    return read_statement(what, line.fields[1]);
  }

  CuePatterns out;

 private:
  Status read_macro(const PatternLine& line) {
    if (line.fields.size() != 3 || !is_macro_name(line.fields[1])) {
      return fail(ErrorCode::invalid, "a macro is: macro TAB NAME TAB pattern");
    }
    std::string body = PLUMBLINE_TRY(expand(plain(line.fields[2]), macros_));
    macros_[std::string(line.fields[1])] = "(?:" + body + ")";
    return {};
  }

  Status read_guard(const PatternLine& line) {
    if (line.fields.size() > 3) return fail(ErrorCode::invalid, "a TAB too many");
    if (line.fields.size() == 2) {
      for (auto& words : out.guards) PLUMBLINE_CHECK(read_words(line.fields[1], words));
      return {};
    }
    const Kinds kinds = PLUMBLINE_TRY(read_kinds(line.fields[1]));
    for (int kind = 0; kind < kStatementKinds; ++kind) {
      if ((kinds >> kind & 1U) == 0) continue;
      PLUMBLINE_CHECK(read_words(line.fields[2], out.guards[static_cast<std::size_t>(kind)]));
    }
    return {};
  }

  Status read_over(const PatternLine& line) {
    if (line.fields.size() != 3) {
      return fail(ErrorCode::invalid, "over is: over TAB kinds TAB kinds");
    }
    const Kinds stronger = PLUMBLINE_TRY(read_kinds(line.fields[1]));
    const Kinds weaker = PLUMBLINE_TRY(read_kinds(line.fields[2]));
    for (int kind = 0; kind < kStatementKinds; ++kind) {
      Kinds& taken = out.over[static_cast<std::size_t>(kind)];
      if ((stronger >> kind & 1U) != 0) taken = static_cast<Kinds>(taken | weaker);
    }
    return {};
  }

  static Result<Kinds> read_kinds(std::string_view names) {
    Kinds kinds = 0;
    for (std::string_view name : split(names, ' ')) {
      StatementKind kind{};
      if (!kind_of(name, kind)) {
        return fail(ErrorCode::invalid, "\"" + std::string(name) + "\" is no kind of statement");
      }
      kinds = static_cast<Kinds>(kinds | bit_of(kind));
    }
    return kinds;
  }

  // True for a line that says something of statements found by others.
  static bool read_mark(std::string_view what, CuePattern& cue) {
    using enum CuePattern::Role;
    cue.role = what == "not" ? blocks : what == "author" || what == "other" ? holder : tense;
    if (what == "other") cue.holder = Holder::other;
    if (what == "past") cue.tense = Tense::past;
    if (what == "future") cue.tense = Tense::future;
    return cue.role != tense || what == "past" || what == "present" || what == "future";
  }

  // A pattern that may be for some kinds only.
  Status read_limited(const PatternLine& line, CuePattern cue) {
    if (line.fields.size() > 3) return fail(ErrorCode::invalid, "a TAB too many");
    cue.all_kinds = line.fields.size() == 2;
    if (!cue.all_kinds) cue.kinds = PLUMBLINE_TRY(read_kinds(line.fields[1]));
    return add(std::move(cue), line.fields.back());
  }

  static Status read_words(std::string_view list, std::vector<std::string>& words) {
    for (std::string_view word : split(list, ' ')) {
      if (!word.empty()) words.push_back(plain(fold_word(word)));
    }
    return {};
  }

  Status read_statement(std::string_view what, std::string_view text) {
    CuePattern cue;
    while (!what.empty() && (what.back() == '?' || what.back() == '!')) {
      (what.back() == '?' ? cue.in_question : cue.unguarded) = true;
      what.remove_suffix(1);
    }
    if (!kind_of(what, cue.kind)) {
      return fail(ErrorCode::invalid, "\"" + std::string(what) +
                                          "\" is no kind of statement, nor macro, guard, break, "
                                          "skip, not, over, author, other, past, present or "
                                          "future");
    }
    return add(std::move(cue), text);
  }

  Status add(CuePattern cue, std::string_view text) {
    std::string pattern = plain(text);
    std::vector<std::string> keys = PLUMBLINE_TRY(take_keys(pattern));
    pattern = PLUMBLINE_TRY(expand(pattern, macros_));
    cue.pattern = compile(pattern);
    if (!cue.pattern->ok()) return fail(ErrorCode::invalid, cue.pattern->error());
    auto id = static_cast<std::uint32_t>(out.patterns.size());
    for (const std::string& key : keys) PLUMBLINE_CHECK(out.keys.add(key, id));
    if (keys.empty()) keyless_for(cue).push_back(id);
    out.patterns.push_back(std::move(cue));
    return {};
  }

  std::vector<std::uint32_t>& keyless_for(const CuePattern& cue) {
    if (cue.role == CuePattern::Role::holder || cue.role == CuePattern::Role::tense)
      return out.keyless_marks;
    const bool asked = cue.role == CuePattern::Role::states
                           ? cue.kind == StatementKind::question && cue.in_question
                           : cue.kinds == bit_of(StatementKind::question);
    if (asked) return out.keyless_questions;
    return out.keyless;
  }

  Macros macros_;
};

}  // namespace

CuePatterns::CuePatterns() = default;
CuePatterns::~CuePatterns() = default;
CuePatterns::CuePatterns(CuePatterns&&) noexcept = default;
CuePatterns& CuePatterns::operator=(CuePatterns&&) noexcept = default;

Result<CuePatterns> read_cue_patterns(const std::string& name, std::string_view content) {
  CueReader reader;
  std::vector<PatternLine> lines = PLUMBLINE_TRY(read_lines(name, content));
  for (const PatternLine& line : lines) {
    if (Status status = reader.read(line); !status) {
      return tl::unexpected(line_error(name, line.number, status.error().message));
    }
  }
  PLUMBLINE_CHECK(reader.out.keys.seal());
  return std::move(reader.out);
}

bool find_pattern(const re2::RE2& pattern, std::string_view text, std::size_t from, Span& out) {
  const re2::StringPiece whole(text.data(), text.size());  // Abseil's own view in newer RE2
  re2::StringPiece hit;
  if (from > text.size()) return false;
  if (!pattern.Match(whole, from, text.size(), re2::RE2::UNANCHORED, &hit, 1)) return false;
  out.begin = static_cast<std::uint32_t>(hit.data() - text.data());
  out.end = out.begin + static_cast<std::uint32_t>(hit.size());
  return true;
}

}  // namespace plumbline
