#include "market/same_topic.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/content_words.h"
#include "base/embedded.h"
#include "base/text.h"
#include "base/words.h"

namespace plumbline {
namespace {

// "batterien" is "batterie": `plural` is taken off and `singular` put on where enough is left.
struct Ending {
  std::string_view plural, singular;
  std::size_t stem = 4;  // letters that must be left
};

using Endings = std::map<std::string_view, std::vector<Ending>>;  // by language
// By language: what the phrase is about, and its length.
using Fillers = std::map<std::string_view, std::multimap<std::string, std::size_t>>;

// Calls each(language, line) for the lines of a file of all languages.
template <class Each>
void walk_language_lines(std::string_view file_name, const Each& each) {
  constexpr std::string_view kFolder = "lang/";
  for (const EmbeddedFile& file : embedded_below(kFolder)) {
    const std::string_view below = file.path.substr(kFolder.size());
    const std::size_t slash = below.find('/');
    if (slash == std::string_view::npos || below.substr(slash + 1) != file_name) continue;
    for (const std::string_view line : split(file.bytes, '\n'))
      if (!trim(line).empty() && line[0] != '#') each(below.substr(0, slash), trim(line));
  }
}

Endings read_endings() {
  Endings out;
  walk_language_lines("plurals.txt", [&](std::string_view lang, std::string_view line) {
    const auto cells = split(line, '\t');
    Ending ending;
    ending.plural = trim(cells[0]);
    if (cells.size() > 1 && trim(cells[1]) != "-") ending.singular = trim(cells[1]);
    if (cells.size() > 2) {
      const std::string_view stem = trim(cells[2]);
      std::from_chars(stem.data(), stem.data() + stem.size(), ending.stem);
    }
    out[lang].push_back(ending);
  });
  return out;
}

std::string joined_words(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

Fillers read_fillers() {
  Fillers out;
  walk_language_lines("fillers.txt", [&](std::string_view lang, std::string_view line) {
    out[lang].emplace(topic_key(line, lang), line.size());
  });
  return out;
}

std::size_t letters_of(std::string_view word) {
  return static_cast<std::size_t>(std::count_if(word.begin(), word.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

// The words of a name without accents, stop words only where others are left.
std::vector<std::string> words_of_name(std::string_view name, std::string_view lang) {
  std::vector<std::string> words;
  content_words(name, lang, words);
  if (!words.empty()) return words;
  std::vector<Piece> pieces;
  split_words(name, pieces);
  for (const Piece& piece : pieces)
    words.push_back(fold_word(name.substr(piece.begin, piece.end - piece.begin)));
  return words;
}

}  // namespace

std::string topic_word(std::string_view folded, std::string_view lang) {
  static const Endings all = read_endings();
  std::string word = fold_word_plain(without_possessive(folded));
  if (lang.empty() || lang == "en" || lang == "und") return english_singular(word);
  const auto endings = all.find(lang);
  if (endings == all.end()) return word;
  // Twice, since "preise" and "preis" may both lose an ending and "preis" only one.
  for (int round = 0; round < 2; ++round) {
    const auto fits = [&](const Ending& ending) {
      return word.ends_with(ending.plural) &&
             letters_of(std::string_view(word).substr(0, word.size() - ending.plural.size())) >=
                 ending.stem;
    };
    const auto ending = std::find_if(endings->second.begin(), endings->second.end(), fits);
    if (ending == endings->second.end()) break;
    word.resize(word.size() - ending->plural.size());
    word += ending->singular;
  }
  return word;
}

std::string topic_key(std::string_view name, std::string_view lang) {
  std::vector<std::string> words = words_of_name(name, lang);
  for (std::string& word : words) word = topic_word(word, lang);
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return joined_words(words);
}

std::vector<std::size_t> filler_lengths(std::string_view topic, std::string_view lang) {
  static const Fillers all = read_fillers();
  const auto known = all.find(lang);
  if (known == all.end() || topic.empty()) return {};
  const auto [first, last] = known->second.equal_range(topic_key(topic, lang));
  std::vector<std::size_t> out;
  for (auto phrase = first; phrase != last; ++phrase) out.push_back(phrase->second);
  return out;
}

bool is_filler(const std::vector<std::size_t>& lengths, std::size_t length) {
  return std::any_of(lengths.begin(), lengths.end(), [length](std::size_t phrase) {
    return std::max(length, phrase) - std::min(length, phrase) <= 1;
  });
}

}  // namespace plumbline
