#include "nlp/learn/term_data.h"

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
    fast_scratch_.slots.clear();
    read_fast(sentence.text, lexicon_, "en", fast_scratch_);
    const FastTokens& tokens = fast_scratch_.tokens;
    const std::vector<FastNote>& words = fast_scratch_.notes;
    TermExample out;
    term_units(sentence.text, tokens, words, out.units);
    fast_.answer(fast_scratch_.slots, "en", words, opinions_);
    out.parts.assign(tokens.tokens.size(), kOutside);
    for (const auto& [span, mood] : sentence.terms) {
      const TokenRange range = tokens_in(tokens, span);
      if (range.first == range.last) continue;
      for (std::size_t t = range.first; t < range.last; ++t)
        out.parts[t] = t == range.first ? kTermBegin : kTermInside;
      TermExample::Marked& marked = out.terms.emplace_back();
      marked.mood = mood;
      mood_rows(tokens, words, range, marked.rows);
      marked.sums = mood_sums(tokens, words, opinions_, range);
    }
    return out;
  }

 private:
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
                                const Lexicon& lexicon) {
  TermData data;
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
  return data;
}

}  // namespace plumbline
