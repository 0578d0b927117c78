#include "nlp/learn/term_sets.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "nlp/learn/labels.h"

namespace plumbline {
namespace {

bool read_line(const std::vector<std::string_view>& fields, TermSentence& out) {
  if (fields.size() != 3) return false;
  out.text = fields[2];
  const int mood = sentiment_label(fields[0]);
  const std::size_t at = out.text.find("$T$");
  if (mood < 0 || at == std::string::npos) return false;
  out.text.replace(at, 3, fields[1]);
  out.terms.push_back(
      {{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + fields[1].size())},
       static_cast<std::uint8_t>(mood)});
  return true;
}

// The sentence of several terms stands there once for each; blanks around "$T$" differ, so letters
// alone are compared.
void join_terms(std::vector<TermSentence>& sentences) {
  std::map<std::string, std::size_t> first;
  std::vector<TermSentence> out;
  for (TermSentence& sentence : sentences) {
    const auto [at, fresh] =
        first.emplace(letters_of(sentence.text, sentence.text.size()), out.size());
    if (fresh) {
      out.push_back(std::move(sentence));
      continue;
    }
    TermSentence& whole = out[at->second];
    const auto& [span, mood] = sentence.terms[0];
    // As many letters before it as it had in its own copy.
    const std::size_t before = letters_of(sentence.text, span.begin).size();
    const std::size_t inside = letters_of(sentence.text, span.end).size() - before;
    Span mine;
    std::size_t seen = 0;
    for (std::size_t i = 0; i < whole.text.size(); ++i) {
      if (whole.text[i] == ' ') continue;
      if (seen == before) mine.begin = static_cast<std::uint32_t>(i);
      if (++seen == before + inside) mine.end = static_cast<std::uint32_t>(i + 1);
    }
    const bool there =
        std::ranges::any_of(whole.terms, [&](const auto& term) { return term.first == mine; });
    if (mine.end > mine.begin && !there) whole.terms.push_back({mine, mood});
  }
  for (TermSentence& sentence : out)
    std::ranges::sort(sentence.terms, {}, [](const auto& term) { return term.first.begin; });
  sentences = std::move(out);
}

}  // namespace

std::string letters_of(std::string_view text, std::size_t end) {
  std::string out;
  for (const char each : text.substr(0, end))
    if (each != ' ') out += each;
  return out;
}

bool read_term_set(const std::string& file, std::vector<TermSentence>& out, std::int64_t& skipped) {
  out.clear();
  const auto take = [&](const std::vector<std::string_view>& fields) {
    TermSentence sentence;
    if (!read_line(fields, sentence)) return false;
    out.push_back(std::move(sentence));
    return true;
  };
  if (!read_set(file, take, skipped)) return false;
  join_terms(out);
  return true;
}

}  // namespace plumbline
