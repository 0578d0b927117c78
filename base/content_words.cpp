#include "base/content_words.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/embedded.h"
#include "base/text.h"
#include "base/words.h"

namespace plumbline {
namespace {

// Left over from retweets, links and markup.
constexpr std::array<std::string_view, 12> kNoise = {"rt",  "amp",  "via", "http", "https", "www",
                                                     "com", "quot", "lt",  "gt",   "nbsp",  "href"};

bool ends_with(std::string_view word, std::string_view tail) {
  return word.size() > tail.size() && word.substr(word.size() - tail.size()) == tail;
}

bool is_ascii_word(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

using StopWords = std::map<std::string, std::unordered_set<std::string>, std::less<>>;

StopWords read_all_stop_words() {
  constexpr std::string_view kFolder = "lang/", kFile = "/stop.txt";
  StopWords out;
  for (const EmbeddedFile& file : embedded_below(kFolder)) {
    if (!file.path.ends_with(kFile)) continue;
    std::string_view code = file.path.substr(kFolder.size());
    code.remove_suffix(kFile.size());
    std::unordered_set<std::string>& words = out[std::string(code)];
    for (const std::string_view line : split(file.bytes, '\n'))
      if (!line.empty() && line[0] != '#')
        for (const std::string_view word : split(line, ' '))
          if (!trim(word).empty()) words.insert(stop_form(trim(word)));
  }
  return out;
}

}  // namespace

const std::unordered_set<std::string>& stop_words(std::string_view lang) {
  static const StopWords all = read_all_stop_words();
  static const std::unordered_set<std::string> none;
  const auto found = all.find(lang.empty() || lang == "und" ? std::string_view("en") : lang);
  return found == all.end() ? none : found->second;
}

std::string stop_form(std::string_view word) {
  const std::string plain = fold_word_plain(word);
  if (plain.find("\u2019") == std::string::npos) return plain;
  std::string out;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const bool curly = std::string_view(plain).substr(i, 3) == "\u2019";
    out += curly ? '\'' : plain[i];
    if (curly) i += 2;
  }
  return out;
}

bool is_content_word(std::string_view folded) {
  if (folded.size() < 2 || (folded[0] >= '0' && folded[0] <= '9')) return false;
  if (std::find(kNoise.begin(), kNoise.end(), folded) != kNoise.end()) return false;
  const bool one_kana = folded.size() == 3 && static_cast<unsigned char>(folded[0]) == 0xE3 &&
                        static_cast<unsigned char>(folded[1]) >= 0x81 &&
                        static_cast<unsigned char>(folded[1]) <= 0x83;
  const bool one_letter = folded.size() == 2 && (folded[0] & 0x80) != 0;
  return !one_kana && !one_letter;
}

std::string_view without_possessive(std::string_view folded) {
  for (const std::string_view tail : {"'s", "\u2019s"})
    if (ends_with(folded, tail)) return folded.substr(0, folded.size() - tail.size());
  return folded;
}

std::string english_singular(std::string_view folded) {
  if (folded.size() < 4 || !ends_with(folded, "s") || !is_ascii_word(folded))
    return std::string(folded);
  for (const std::string_view keep : {"ss", "us", "is", "ous"})
    if (ends_with(folded, keep)) return std::string(folded);
  if (ends_with(folded, "ies") && folded.size() > 4)
    return std::string(folded.substr(0, folded.size() - 3)) + "y";
  for (const std::string_view tail : {"xes", "ches", "shes", "sses"})
    if (ends_with(folded, tail)) return std::string(folded.substr(0, folded.size() - 2));
  return std::string(folded.substr(0, folded.size() - 1));
}

void content_words(std::string_view text, std::string_view lang, std::vector<std::string>& out) {
  out.clear();
  const std::unordered_set<std::string>& stops = stop_words(lang);
  std::vector<Piece> pieces;
  split_words(text, pieces);
  for (const Piece& piece : pieces) {
    const std::string folded = fold_word(text.substr(piece.begin, piece.end - piece.begin));
    const std::string_view word = without_possessive(folded);
    if (!is_content_word(word) || stops.count(stop_form(folded)) > 0) continue;
    if (word.size() < folded.size() && stops.count(stop_form(word)) > 0) continue;
    out.emplace_back(word);
  }
}

}  // namespace plumbline
