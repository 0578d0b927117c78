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
constexpr std::size_t kShortWord = 2;           // letters of a word that tells little

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

// Puts macros into the key of a pattern as bare alternatives: "<{BAD}|dire>" has all words of BAD
// as keys.
Result<std::string> open_keys(std::string_view pattern, const Macros& macros) {
  const std::size_t open = pattern.find('<');
  const std::size_t close = pattern.find('>', open == std::string_view::npos ? 0 : open);
  if (open == std::string_view::npos || close == std::string_view::npos)
    return std::string(pattern);
  std::string out(pattern.substr(0, open + 1));
  for (std::string_view part : split(pattern.substr(open + 1, close - open - 1), '|')) {
    if (out.back() != '<') out += '|';
    const bool named = part.size() > 2 && part.front() == '{' && part.back() == '}' &&
                       is_macro_name(part.substr(1, part.size() - 2));
    if (!named) {
      out += part;
      continue;
    }
    const std::string body = PLUMBLINE_TRY(expand(part, macros));
    out += std::string_view(body).substr(3, body.size() - 4);  // without "(?:" and ")"
  }
  out += pattern.substr(close);
  return out;
}

// False for scripts that part no words by blanks: patterns are plain letters without accents here.
bool is_spaced(std::string_view pattern) {
  return std::all_of(pattern.begin(), pattern.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// A hyphen inside a word is a blank, as it is in the line that is searched.
void part_hyphens(std::string& pattern) {
  const auto is_small = [](char c) { return is_high(c) || (c >= 'a' && c <= 'z'); };
  bool listed = false;  // inside [a-z]
  for (std::size_t i = 0; i + 1 < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\')
      ++i;
    else if (c == '[' || c == ']')
      listed = c == '[';
    else if (c == '-' && !listed && i > 0 && is_small(pattern[i - 1]) && is_small(pattern[i + 1]))
      pattern[i] = ' ';
  }
}

// Whether anything in `text` means more than itself in a pattern.
bool has_signs(std::string_view text) {
  return text.find_first_of("()[]{}?+.,\\^$|") != std::string_view::npos;
}

// The alternatives between < and >, which are replaced by a group: whole where they are plain
// words, else their first word.
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
    const std::string_view first = part.substr(0, part.find(' '));
    if (first.empty() || has_signs(first)) {
      return fail(ErrorCode::invalid, "key \"" + std::string(part) + "\" must begin with a word");
    }
    keys.emplace_back(has_signs(part) || part.back() == ' ' ? first : part);
    group += group.empty() ? "(?:" : "|";
    for (char c : part) group += c == '*' ? std::string("[^ ]*") : std::string(1, c);
  }
  pattern.replace(open, close - open + 1, group + ")");
  return keys;
}

// Where the group that begins at `open` ends, behind its bracket.
std::size_t end_of_group(std::string_view pattern, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < pattern.size(); ++i) {
    if (pattern[i] == '\\')
      ++i;
    else if (pattern[i] == '(')
      ++depth;
    else if (pattern[i] == ')' && --depth == 0)
      return i + 1;
  }
  return pattern.size();
}

// The alternatives of a group of plain words, none where one of them is no word or so short that it
// stands in most sentences.
std::vector<std::string> plain_alternatives(std::string_view inside) {
  std::vector<std::string> out;
  for (std::string_view part : split(inside, '|')) {
    if (part.size() > kShortWord + 1 && part.back() == '?' && part[part.size() - 2] >= 'a') {
      part.remove_suffix(1);  // "calls?" is "call" or "calls"
      if (!has_signs(part)) out.emplace_back(part.substr(0, part.size() - 1));
    }
    if (part.size() <= kShortWord || has_signs(part) || part.find('*') != std::string_view::npos ||
        part.front() == ' ' || part.back() == ' ')
      return {};
    out.emplace_back(part);
  }
  return out;
}

// Words of which one must stand in every sentence that `pattern` matches, beside its key: those of
// a group that must be there, "(?:refund|reply)". Empty where it has none.
std::vector<std::string> words_beside(std::string_view pattern) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < pattern.size();) {
    if (pattern[i] == '|') return {};  // either side would do
    if (pattern[i] == '\\' || pattern[i] == '[') {
      i = pattern[i] == '[' ? pattern.find(']', i) + 1 : i + 2;
      if (i == 0) return {};
      continue;
    }
    if (pattern[i] != '(') {
      ++i;
      continue;
    }
    const std::size_t end = end_of_group(pattern, i);
    const bool apart = i == 0 || pattern[i - 1] == ' ' || pattern[i - 1] == '<';
    const std::string_view rest = pattern.substr(end);
    const bool closed = rest.empty() || rest.front() == ' ' || rest.substr(0, 2) == "\\b";
    const bool free = rest.substr(0, 2) == " ?" || rest.substr(0, 2) == " *";
    if (apart && (closed || free) && pattern.substr(i, 3) == "(?:") {
      std::vector<std::string> words = plain_alternatives(pattern.substr(i + 3, end - i - 4));
      if (!words.empty() && (out.empty() || words.size() < out.size())) out = std::move(words);
    }
    i = end;
  }
  return out;
}

// Whether `pattern` begins with what may be a letter of any script: ".", "[^ ]", "\S".
bool begins_open(std::string_view pattern) {
  while (pattern.starts_with('(')) pattern.remove_prefix(pattern.starts_with("(?:") ? 3 : 1);
  return pattern.starts_with('.') || pattern.starts_with("[^") || pattern.starts_with("\\S") ||
         pattern.starts_with("\\W") || pattern.starts_with("\\D");
}

// A pattern in plain letters matches whole words. RE2's \b parts letters of ASCII from all else, so
// it stands between scripts ("acme|に"), but not between two letters beyond ASCII, nor between one
// and the edge of the line: there, what may match such a letter begins and ends as it likes.
std::unique_ptr<re2::RE2> compile(const std::string& pattern) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(1 << 20);
  if (!is_spaced(pattern)) return std::make_unique<re2::RE2>(pattern, options);
  const bool anchored = std::string_view(pattern).substr(0, 10).find('^') != std::string_view::npos;
  const std::string_view begin = anchored               ? ""
                                 : begins_open(pattern) ? "(?:\\b|^|[^\\x00-\\x7F])"
                                                        : "\\b";
  return std::make_unique<re2::RE2>(
      std::string(begin) + "(?:" + pattern + ")(?:\\b| |$|[^\\x00-\\x7F])", options);
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
    if (what == "joins") return read_words(line.fields[1], out.joins);
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
                                          "joins, skip, not, over, author, other, past, present "
                                          "or future");
    }
    return add(std::move(cue), text);
  }

  Status add(CuePattern cue, std::string_view text) {
    std::string pattern = PLUMBLINE_TRY(open_keys(plain(text), macros_));
    part_hyphens(pattern);
    const std::vector<std::string> beside = keyed_words_beside(pattern);
    const bool leads = pattern.front() == '<';
    std::vector<std::string> keys = PLUMBLINE_TRY(take_keys(pattern));
    pattern = PLUMBLINE_TRY(expand(pattern, macros_));
    cue.pattern = compile(pattern);
    if (!cue.pattern->ok()) return fail(ErrorCode::invalid, cue.pattern->error());
    auto id = static_cast<std::uint32_t>(out.patterns.size());
    for (const std::string& key : keys) PLUMBLINE_CHECK(out.keys.add(key, id));
    if (keys.empty()) keyless_for(cue).push_back(id);
    cue.beside = !beside.empty();
    cue.leads = leads && !keys.empty();
    for (const std::string& word : beside) PLUMBLINE_CHECK(out.beside.add(word, id));
    out.patterns.push_back(std::move(cue));
    return {};
  }

  // `pattern` with its key still marked; the words of the key are no words beside it.
  static std::vector<std::string> keyed_words_beside(const std::string& pattern) {
    const std::size_t open = pattern.find('<'), close = pattern.find('>');
    if (open == std::string::npos || close == std::string::npos || !is_spaced(pattern)) return {};
    const std::string before = pattern.substr(0, open);
    int depth = 0;  // a key inside a group: other alternatives may do without what stands there
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (before[i] == '\\')
        ++i;
      else if (before[i] == '(')
        ++depth;
      else if (before[i] == ')')
        --depth;
    }
    if (depth != 0) return {};
    return words_beside(before + "key" + pattern.substr(close + 1));
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
  PLUMBLINE_CHECK(reader.out.beside.seal());
  return std::move(reader.out);
}

bool pattern_at(const re2::RE2& pattern, std::string_view text, std::size_t from, Span& out) {
  const re2::StringPiece whole(text.data(), text.size());
  re2::StringPiece hit;
  if (!pattern.Match(whole, from, text.size(), re2::RE2::ANCHOR_START, &hit, 1)) return false;
  out.begin = static_cast<std::uint32_t>(from);
  out.end = out.begin + static_cast<std::uint32_t>(hit.size());
  return true;
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
