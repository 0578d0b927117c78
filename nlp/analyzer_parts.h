// What stands behind an Analyzer: the parts of each language, the models, and what one thread works
// with. For nlp/analyze.cpp, nlp/analyzer_load.cpp and nlp/explain.cpp alone.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nlp/analyze.h"
#include "nlp/comparisons.h"
#include "nlp/conditions.h"
#include "nlp/cues.h"
#include "nlp/entities.h"
#include "nlp/fast_reading.h"
#include "nlp/fast_words.h"
#include "nlp/feelings.h"
#include "nlp/irony.h"
#include "nlp/language.h"
#include "nlp/lexicon.h"
#include "nlp/opinions.h"
#include "nlp/sayings.h"
#include "nlp/sentiment.h"
#include "nlp/statement_reading.h"
#include "nlp/term_reading.h"
#include "nlp/things.h"
#include "nlp/when_asked.h"

namespace plumbline {

struct LanguagePart {
  Lexicon lexicon;
  Cues cues;
  Cues sure, denied;  // what is found beside the model's statements, and what is none of them
  Comparisons comparisons;
  Conditions conditions;
  Feelings feelings;
  IronySigns irony;
  Things things;
  Opinions opinions;
  Sayings sayings;
  bool has_cues = true;  // false: a model finds the statements
};

// The scratch of one thread: what is prepared for one document and overwritten by the next.
struct AnalyzerScratch {
  Document set_aside;  // a document without the words of others, where it holds some
  Prepared text, title;
  EntityFindings entities;
  FastScratch fast, sentence;
  TermScratch terms;
  std::vector<FoundTerm> found;
  std::vector<FoundThing> things;
  std::vector<Opinion> opinions;
  std::vector<Saying> sayings;
  std::vector<Span> terms_at;  // where they are
  std::vector<Compared> compared;
  std::vector<Span> told;  // signs of irony
  std::vector<Feeling> felt;
  StatementScratch statements;
};

// By what a text is judged.
struct Judge {
  const FastModel* model = nullptr;  // null: by the word list
  const Lexicon& lexicon;
  std::string_view lang;
  const Opinions& opinions;  // of things
};

// The document itself, or a copy in the scratch with blanks in place of what others wrote.
const Document& own_of(const Document& document, AnalyzerScratch& own);

// Sentiment, emotion, irony and model of `out`; leaves in AnalyzerScratch::fast what was read of
// the text.
void judge_by_model(const Judge& by, const Document& document, AnalyzerScratch& own, Analysis& out);

// The words that lie in a stretch of bytes.
TextPart words_within(const Prepared& text, Span bytes);

// The mood of a part of AnalyzerScratch::text by itself. Overwrites AnalyzerScratch::fast.
Sentiment part_mood(const Judge& by, const TextPart& part, AnalyzerScratch& own);

// The mood of what the clause around a stretch says of this one thing of several
// (AnalyzerScratch::terms_at), by AnalyzerScratch::opinions and the judge. Overwrites
// AnalyzerScratch::fast.
Sentiment thing_mood(const Judge& by, const PlainWords& words, Span span, AnalyzerScratch& own);

// What the sayings of text and title add to the mood; those of the text are left in the scratch.
std::array<float, 3> sayings_shift(const LanguagePart& part, const PlainWords& words,
                                   AnalyzerScratch& own);

// Of this thread.
AnalyzerScratch& analyzer_scratch();

struct Analyzer::Parts {
  std::map<std::string, WhenAsked<LanguagePart>, std::less<>> languages;
  LanguageFinder finder;
  EntityFinder entities;
  FastModel model;
  std::optional<TermModel> terms;            // none: only aspects of fixed names are found
  std::optional<StatementModel> statements;  // none: cues alone find statements
  std::shared_ptr<const FastWords> known;    // none: mistyped words are read as they stand
  std::string version;

  // The learned model judges the languages it knows, unless their folder says otherwise; the word
  // list judges the others.
  bool is_learned(const LanguagePart& part, std::string_view code) const {
    return part.lexicon.level == "learned" && model.knows(code);
  }

  // By what an analysis in `lang`, which must outlive it, was made; "und" was read as English.
  Judge judge_of(const LanguagePart& part, std::string_view lang) const {
    if (lang == "und") lang = "en";
    return {is_learned(part, lang) ? &model : nullptr, part.lexicon, lang, part.opinions};
  }

  bool tells_statements(std::string_view code) const {
    return statements && statements->knows(code);
  }

  // What was named is left in the scratch.
  Analysis analyze(const Document& document, AnalyzerScratch& own) const;

  const LanguagePart* part_of(std::string_view code) const {
    const auto found = languages.find(code);
    return found == languages.end() ? nullptr : found->second.get();
  }

  // The part that an analysis in `lang` was made with, of the text prepared in the scratch.
  const LanguagePart* part_said(std::string_view lang, const AnalyzerScratch& own) const;
  // The same, its text prepared in the scratch again.
  const LanguagePart* part_again(const Document& given, std::string_view lang,
                                 AnalyzerScratch& own) const;
};

}  // namespace plumbline
