#include "nlp/learn/term_measure.h"

#include <algorithm>

#include "nlp/fast_reading.h"
#include "nlp/learn/score_table.h"

namespace plumbline {
namespace {

double share(double part, double whole) { return whole > 0 ? part / whole : 0; }

}  // namespace

std::vector<TermScore> measure_terms(const TermModels& models, const TermData& data) {
  std::vector<TermScore> out;
  FastScratch fast;
  TermScratch scratch;
  std::vector<FoundTerm> found;
  for (const TermSet& set : data.sets) {
    TermScore& score = out.emplace_back();
    score.name = set.name;
    ScoreTable moods(kMoodColumns);
    double said = 0, right = 0;
    for (const TermSentence& sentence : set.held) {
      fast.slots.clear();
      read_fast(sentence.text, models.lexicon, "en", fast);
      models.fast.answer(fast.slots, "en", fast.notes, fast.up_to);
      found.clear();
      read_terms(sentence.text, fast, models, scratch, found);
      ++score.sentences;
      said += static_cast<double>(found.size());
      for (const auto& [span, mood] : sentence.terms) {
        ++score.terms;
        right += std::ranges::find(found, span, &FoundTerm::span) != found.end() ? 1 : 0;
        const Polarity answer = mood_of_span(fast, models, span, scratch).label;
        moods.add(mood, static_cast<std::size_t>(static_cast<int>(answer) + 1), 1, false);
      }
    }
    score.precision = share(right, said);
    score.recall = share(right, static_cast<double>(score.terms));
    score.f1 = share(2 * right, said + static_cast<double>(score.terms));
    score.accuracy = moods.accuracy();
    score.macro_f1 = moods.macro_f1();
  }
  return out;
}

}  // namespace plumbline
