#include "nlp/learn/term_data.h"

#include <string_view>
#include <unordered_set>

#include "base/text.h"
#include "nlp/fast_reading.h"
#include "nlp/term_model.h"
#include "nlp/term_reading.h"

namespace plumbline {
namespace {

struct Set {
  const char* file;
  const char* name;
};
constexpr Set kSets[] = {{"absa14_restaurants.train.tsv", "restaurants"},
                         {"absa14_laptops.train.tsv", "laptops"}};
constexpr std::size_t kHoldOut = 5;  // every n-th sentence, as nlp/learn/full_data.cpp holds out

class Preparation {
 public:
  Preparation(const FastModel& fast, const Lexicon& lexicon) : fast_(fast), lexicon_(lexicon) {}

  TermExample prepare(const TermSentence& sentence) {
    TermExample out = begin(sentence.text);
    for (const auto& [span, mood] : sentence.terms) {
      MoodScores moods{};
      moods[mood] = 1;
      mark(span, moods, out);
    }
    return out;
  }

  TermExample prepare(const TaughtTerms& sentence) {
    TermExample out = begin(sentence.text);
    for (const FullTerm& term : sentence.terms)
      mark(term.span, {term.mood.negative, term.mood.neutral, term.mood.positive}, out);
    return out;
  }

 private:
  TermExample begin(const std::string& text) {
    fast_scratch_.slots.clear();
    read_fast(text, lexicon_, "en", fast_scratch_);
    TermExample out;
    term_units(text, fast_scratch_.tokens, fast_scratch_.notes, out.units);
    fast_.answer(fast_scratch_.slots, "en", fast_scratch_.notes, opinions_);
    out.parts.assign(fast_scratch_.tokens.tokens.size(), kOutside);
    return out;
  }

  // In the text that was begun last.
  void mark(const Span& span, const MoodScores& moods, TermExample& out) const {
    const FastTokens& tokens = fast_scratch_.tokens;
    const TokenRange range = tokens_in(tokens, span);
    if (range.first == range.last) return;
    for (std::size_t t = range.first; t < range.last; ++t)
      out.parts[t] = t == range.first ? kTermBegin : kTermInside;
    TermExample::Marked& marked = out.terms.emplace_back();
    marked.moods = moods;
    mood_rows(tokens, fast_scratch_.notes, range, marked.rows);
    marked.sums = mood_sums(tokens, fast_scratch_.notes, opinions_, range);
  }

  const FastModel& fast_;
  const Lexicon& lexicon_;
  FastScratch fast_scratch_;
  OpinionSums opinions_;
};

std::uint64_t digest_of(const TermSentence& sentence, std::uint64_t before) {
  std::uint64_t out = hash64(sentence.text, before);
  for (const auto& [span, mood] : sentence.terms)
    out = hash64(
        std::to_string(span.begin) + "-" + std::to_string(span.end) + ":" + std::to_string(mood),
        out);
  return out;
}

}  // namespace

Result<TermData> read_term_data(const std::string& folder, const FastModel& fast,
                                const Lexicon& lexicon, std::span<const TaughtTerms> taught) {
  TermData data;
  std::unordered_set<std::string> held;
  Preparation preparation(fast, lexicon);
  for (const Set& set : kSets) {
    std::vector<TermSentence> sentences;
    if (!read_term_set(folder + "/" + set.file, sentences, data.skipped)) {
      data.missing.emplace_back(set.file);
      continue;
    }
    TermSet& mine = data.sets.emplace_back();
    mine.name = set.name;
    for (std::size_t row = 0; row < sentences.size(); ++row) {
      if (row % kHoldOut == 0) {
        held.insert(letters_of(sentences[row].text, sentences[row].text.size()));
        mine.held.push_back(std::move(sentences[row]));
        continue;
      }
      data.digest = digest_of(sentences[row], data.digest);
      data.learn.push_back(preparation.prepare(sentences[row]));
      data.learn.back().set = static_cast<std::uint16_t>(data.sets.size() - 1);
    }
  }
  if (data.learn.empty())
    return fail(ErrorCode::not_found,
                "no set with marked terms was found there; docs/train.md says which files are read",
                folder);
  for (const TaughtTerms& sentence : taught) {
    if (held.contains(letters_of(sentence.text, sentence.text.size()))) {
      ++data.known;
      continue;
    }
    data.digest = hash64(sentence.text, data.digest);
    data.learn.push_back(preparation.prepare(sentence));
    data.learn.back().set = static_cast<std::uint16_t>(data.sets.size());
  }
  return data;
}

}  // namespace plumbline
