#include "nlp/lexicon.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>

#include "base/words.h"

namespace plumbline {
namespace {

// One line of a data file, split at tabs. Lines that are empty or begin with "# " are skipped.
struct Line {
  std::vector<std::string_view> fields;
  int number = 0;
};

bool read_number(std::string_view text, float& out) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(out);
}

// Each reader returns what is wrong with the line, or an empty string.

std::string read_weight(const Line& line, Lexicon& lexicon) {
  if (line.fields.size() != 3) return "expected feature, polarity and opinion, parted by tabs";
  WordWeight weight;
  if (!read_number(line.fields[1], weight.polarity) || !read_number(line.fields[2], weight.opinion))
    return "polarity and opinion must be numbers";
  lexicon.weights[line.fields[0]] = weight;
  return {};
}

std::string read_word(const Line& line, Lexicon& lexicon) {
  float polarity = 0;
  if (line.fields.size() != 2 || !read_number(line.fields[1], polarity) ||
      std::fabs(polarity) > 1.0F)
    return "expected a word, a tab and its polarity from -1 to 1";
  std::string word = fold_word(line.fields[0]);
  if (word.back() != '*') {
    // Many people write without accents. The word as it should be wins where both are listed.
    const std::string plain = fold_word_plain(word);
    if (plain != word && !lexicon.rules.find(plain)) lexicon.rules[plain].seed = polarity;
    lexicon.rules[word].seed = polarity;
    return {};
  }
  word.pop_back();
  if (word.size() < 3) return "three bytes or more must stand before the *";
  lexicon.prefixes[word].seed = polarity;
  lexicon.longest_prefix = std::max(lexicon.longest_prefix, word.size());
  lexicon.shortest_prefix =
      lexicon.shortest_prefix == 0 ? word.size() : std::min(lexicon.shortest_prefix, word.size());
  return {};
}

std::string read_intensifier(const Line& line, Lexicon& lexicon) {
  float factor = 0;
  if (line.fields.size() != 2 || !read_number(line.fields[1], factor) || factor < 0.2F ||
      factor > 3.0F)
    return "expected a word, a tab and its factor from 0.2 to 3";
  lexicon.rules[fold_word(line.fields[0])].intensity = factor;
  return {};
}

std::string read_negator(const Line& line, Lexicon& lexicon) {
  const bool before = line.fields.size() == 2 && line.fields[1] == "before";
  if (line.fields.size() != 1 && !before) return "expected a word, or a word, a tab and \"before\"";
  WordRule& rule = lexicon.rules[fold_word(line.fields[0])];
  (before ? rule.negates_before : rule.negates) = true;
  return {};
}

std::string read_contrast(const Line& line, Lexicon& lexicon) {
  if (line.fields.size() != 1) return "expected one word";
  lexicon.rules[fold_word(line.fields[0])].contrast = true;
  return {};
}

std::string read_about(const Line& line, Lexicon& lexicon) {
  const std::size_t colon = line.fields[0].find(':');
  if (line.fields.size() != 1 || colon == std::string_view::npos) return "expected \"key: value\"";
  const std::string_view key = trim(line.fields[0].substr(0, colon));
  const std::string_view value = trim(line.fields[0].substr(colon + 1));
  if (key == "name") {
    lexicon.name = value;
  } else if (key == "level") {
    if (value != "learned" && value != "lexicon" && value != "none")
      return "level is learned, lexicon or none";
    lexicon.level = value == "none" ? std::string_view() : value;
  } else if (key != "measured" && key != "source" && key != "statements" && key != "aspects") {
    return fmt::format(
        "unknown key \"{}\"; known are name, level, measured, aspects, statements and source", key);
  }
  return {};
}

struct FileKind {
  std::string_view name;
  std::string (*read)(const Line& line, Lexicon& lexicon);
};

constexpr FileKind kKinds[] = {
    {"about.txt", read_about},      {"contrast.txt", read_contrast},
    {"emoji.tsv", read_weight},     {"intensifiers.tsv", read_intensifier},
    {"negators.txt", read_negator}, {"weights.tsv", read_weight},
    {"words.tsv", read_word}};

const FileKind* kind_of_file(std::string_view name) {
  const auto* found = std::find_if(std::begin(kKinds), std::end(kKinds),
                                   [&](const FileKind& kind) { return kind.name == name; });
  return found == std::end(kKinds) ? nullptr : found;
}

Status read_file(const FileKind& kind, std::string_view content, const std::string& where,
                 Lexicon& lexicon) {
  Line line;
  while (!content.empty()) {
    ++line.number;
    const std::size_t end = content.find('\n');
    std::string_view bytes = content.substr(0, end);
    content.remove_prefix(end == std::string_view::npos ? content.size() : end + 1);
    if (!bytes.empty() && bytes.back() == '\r') bytes.remove_suffix(1);
    if (bytes.empty() || bytes == "#" || bytes.substr(0, 2) == "# ") continue;
    const std::string place = fmt::format("{}/{}:{}", where, kind.name, line.number);
    if (!is_utf8(bytes)) return fail(ErrorCode::invalid, "not valid UTF-8", place);
    line.fields = split(bytes, '\t');
    if (line.fields[0].empty()) return fail(ErrorCode::invalid, "begins with a tab", place);
    if (std::string wrong = kind.read(line, lexicon); !wrong.empty())
      return fail(ErrorCode::invalid, std::move(wrong), place);
  }
  return {};
}

}  // namespace

const WordRule* Lexicon::rule_of(std::string_view folded) const {
  const WordRule* found = rules.find(folded);
  if (found || prefixes.size() == 0) return found;
  for (std::size_t length = std::min(longest_prefix, folded.size()); length >= shortest_prefix;
       --length)
    if (const WordRule* rule = prefixes.find(folded.substr(0, length))) return rule;
  return nullptr;
}

bool is_sentiment_file(std::string_view name) { return kind_of_file(name) != nullptr; }

Status read_lexicon(const std::vector<LanguageFile>& files, const std::string& where,
                    Lexicon& lexicon) {
  for (const LanguageFile& file : files)
    if (const FileKind* kind = kind_of_file(file.first))
      PLUMBLINE_CHECK(read_file(*kind, file.second, where, lexicon));
  return {};
}

}  // namespace plumbline
