#include "nlp/talk_words.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/text.h"
#include "base/words.h"
#include "nlp/phrase_file.h"

namespace plumbline {
namespace {

constexpr float kHeaviestWord = 5;

Result<float> read_weight(std::string_view text) {
  float weight = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), weight);
  if (error != std::errc() || end != text.data() + text.size() || !(weight > 0) ||
      weight > kHeaviestWord) {
    return fail(ErrorCode::invalid, "the weight is a number above 0, at most 5");
  }
  return weight;
}

Status read_theme_line(const PatternLine& line, ThemeWords& out) {
  if (line.fields.size() != 2) return fail(ErrorCode::invalid, "a line is: theme TAB phrase");
  const std::vector<std::string>& names = theme_names();
  auto found = std::find(names.begin(), names.end(), line.fields[0]);
  if (found == names.end() && line.fields[0] != "-") {
    return fail(ErrorCode::invalid, "\"" + std::string(line.fields[0]) + "\" is no theme");
  }
  auto tag = found == names.end() ? ThemeWords::kNoTheme
                                  : static_cast<std::uint32_t>(found - names.begin());
  return out.phrases.add(line.fields[1], tag);
}

Status read_talk_line(const PatternLine& line, TalkWords& out) {
  if (line.fields.size() < 2 || line.fields.size() > 3) {
    return fail(ErrorCode::invalid, "a line is: price, value or - TAB phrase, then TAB weight");
  }
  std::string_view side = line.fields[0];
  if (side != "price" && side != "value" && side != "-") {
    return fail(ErrorCode::invalid, "\"" + std::string(side) + "\" is neither price nor value");
  }
  float weight = line.fields.size() == 3 ? PLUMBLINE_TRY(read_weight(line.fields[2])) : 1.0F;
  PLUMBLINE_CHECK(out.phrases.add(line.fields[1], side == "price" ? 0 : side == "value" ? 1 : 2));
  out.weights.push_back(weight);
  return {};
}

}  // namespace

const std::vector<std::string>& theme_names() {
  static const std::vector<std::string> names = {"price",    "delivery",    "warranty", "support",
                                                 "training", "setup",       "running",  "leaving",
                                                 "quality",  "reliability", "ease",     "people"};
  return names;
}

Result<ThemeWords> read_themes(const std::string& name, std::string_view content) {
  return read_phrases<ThemeWords>(name, content, read_theme_line);
}

Result<TalkWords> read_talk(const std::string& name, std::string_view content) {
  return read_phrases<TalkWords>(name, content, read_talk_line);
}

Result<std::unordered_set<std::string>> read_stop_words(const std::string& name,
                                                        std::string_view content) {
  std::unordered_set<std::string> out;
  std::vector<PatternLine> lines = PLUMBLINE_TRY(read_lines(name, content));
  for (const PatternLine& line : lines) {
    if (line.fields.size() > 1) {
      return tl::unexpected(line_error(name, line.number, "words are parted by blanks, not TABs"));
    }
    for (std::string_view word : split(line.fields.front(), ' ')) {
      if (!word.empty()) out.insert(plain(fold_word(word)));
    }
  }
  return out;
}

}  // namespace plumbline
