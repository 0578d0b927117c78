#include "nlp/analyze.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "nlp/analyzer_parts.h"
#include "nlp/deeper.h"
#include "nlp/own_words.h"
#include "nlp/ratings.h"
#include "nlp/statement_bounds.h"
#include "nlp/symbols.h"

namespace plumbline {

AnalyzerScratch& analyzer_scratch() {
  thread_local AnalyzerScratch own;
  return own;
}

namespace {

// Pictures and emoticons mean the same in every language; signs ("<exclaim>") are none.
bool holds_emoji(std::string_view text) {
  Symbol symbol;
  const auto end = static_cast<std::uint32_t>(text.size());
  for (std::uint32_t at = 0; next_symbol(text, at, end, symbol);)
    if (!symbol.name.starts_with('<') || !symbol.name.ends_with('>')) return true;
  return false;
}

// A text in no known language that might be English: too short or too mixed to tell, as many posts
// are, or of emoji alone.
bool may_be_english(std::string_view lang, const Prepared& text) {
  if (lang != "und") return false;
  return text.words.empty() ? holds_emoji(text.text) : is_ascii(text.text);
}

// What a document without a text says stands in its title.
const Prepared& spoken(const AnalyzerScratch& own) {
  return own.text.words.empty() && !own.title.words.empty() ? own.title : own.text;
}

// The model learned from posts of a sentence or two; what a review of ten says is the sum of what
// they say, not the judgement of a heap of words. So the mean of the sentences' shares, where
// neutral ones, which tell little, weigh less the more there are. False: the text is short.
bool judge_by_sentences(const FastModel& model, const Lexicon& lexicon, std::string_view lang,
                        AnalyzerScratch& own, Sentiment& out) {
  constexpr std::size_t kFewestSentences = 4, kFewestWords = 40;
  const Prepared& text = own.text;
  if (text.sentences.size() < kFewestSentences || text.words.size() < kFewestWords) return false;
  float sums[3] = {};
  std::size_t count = 0;
  own.sentence.rows = model.rows();
  for (const Piece& piece : text.sentences) {
    own.sentence.slots.clear();
    read_fast(text.text.substr(piece.begin, piece.end - piece.begin), lexicon, lang, own.sentence);
    if (own.sentence.tokens.tokens.empty()) continue;
    const Sentiment mood = model.sentiment(own.sentence.slots, lang);
    sums[0] += mood.negative;
    sums[1] += mood.neutral;
    sums[2] += mood.positive;
    ++count;
  }
  if (count < kFewestSentences) return false;
  sums[1] /= std::sqrt(static_cast<float>(count));
  const float all = sums[0] + sums[1] + sums[2];
  out = sentiment_from(sums[0] / all, sums[1] / all, sums[2] / all);
  return true;
}

}  // namespace

void judge_by_model(const Judge& by, const Document& document, AnalyzerScratch& own,
                    Analysis& out) {
  const auto& [judging, lexicon, lang, opinions] = by;
  const FastModel& model = *judging;
  FastScratch& fast = own.fast;
  fast.rows = model.rows();
  fast.slots.clear();
  if (!own.title.words.empty()) read_fast(document.title, lexicon, lang, fast);
  read_fast(document.text, lexicon, lang, fast);  // last: find_terms goes on with its tokens
  FastAnswer answer = model.answer(fast.slots, lang, fast.notes, fast.up_to);
  if (!judge_by_sentences(model, lexicon, lang, own, out.sentiment))
    out.sentiment = answer.sentiment;
  out.emotion = answer.emotion;
  // Learned from English alone.
  if (lang == "en") out.irony = irony_at_large(answer.irony);
  out.model = model.name();
}

namespace {

void judge_by_list(const Lexicon& lexicon, const AnalyzerScratch& own, Analysis& out) {
  Weighing evidence;
  add_evidence(own.text, whole(own.text), lexicon, evidence);
  if (!own.title.words.empty()) add_evidence(own.title, whole(own.title), lexicon, evidence);
  out.sentiment = judge(evidence, lexicon);
  out.model = "lexicon";
}

}  // namespace

TextPart words_within(const Prepared& text, Span bytes) {
  const auto begin = [](const Word& word) { return word.span.begin; };
  const auto first = std::ranges::lower_bound(text.words, bytes.begin, {}, begin);
  const auto last = std::ranges::lower_bound(first, text.words.end(), bytes.end, {}, begin);
  return {static_cast<std::size_t>(first - text.words.begin()),
          static_cast<std::size_t>(last - text.words.begin()), bytes};
}

Sentiment part_mood(const Judge& by, const TextPart& part, AnalyzerScratch& own) {
  if (by.model == nullptr) {
    Weighing evidence;
    add_evidence(own.text, part, by.lexicon, evidence);
    return judge(evidence, by.lexicon);
  }
  own.fast.slots.clear();
  read_fast(own.text.text.substr(part.bytes.begin, part.bytes.end - part.bytes.begin), by.lexicon,
            by.lang, own.fast);
  return by.model->sentiment(own.fast.slots, by.lang);
}

namespace {

// A mood, and what the words that praise or blame things add to it, as logarithms. The model knows
// whole texts, of which most say nothing; of a thing that somebody names, most say something
// (bench/runs/2026-11-30-aspects-many-languages).
Sentiment moved_by(const Sentiment& mood, float side) {
  constexpr float kSide = 2, kLessNeutral = 1;
  return shifted(mood, {-kSide * side, -kLessNeutral, kSide * side});
}

}  // namespace

Sentiment thing_mood(const Judge& by, const PlainWords& words, Span span, AnalyzerScratch& own) {
  const TextPart clause = clause_around(own.text, span, by.lexicon);
  const Span stretch = stretch_around(words, clause.bytes, span, own.terms_at);
  const TextPart part = stretch == clause.bytes ? clause : words_within(own.text, stretch);
  const Sentiment mood = part_mood(by, part, own);
  return by.opinions.empty() ? mood : moved_by(mood, side_within(own.opinions, stretch));
}

namespace {

bool overlaps_any(Span span, const std::vector<FoundTerm>& terms) {
  return std::ranges::any_of(terms,
                             [&](const FoundTerm& term) { return overlap(term.span, span); });
}

// What the words of the language name, beside the aspects of fixed names; of what the shape alone
// found, that of which something is said.
void colour_things(const Judge& by, const PlainWords& words, AnalyzerScratch& own,
                   const std::vector<AspectFinding>& aspects) {
  for (const FoundThing& thing : own.things) {
    const bool has_name = std::ranges::any_of(
        aspects, [&](const AspectFinding& aspect) { return overlap(aspect.span, thing.span); });
    if (has_name) continue;
    const Sentiment mood = thing_mood(by, words, thing.span, own);
    if (thing.named || mood.label != Polarity::neutral) own.found.push_back({thing.span, mood});
  }
}

// Colours the aspects that the cues found by their clauses and joins the terms to them.
void settle_aspects(const Judge& by, const PlainWords& words, AnalyzerScratch& own,
                    std::vector<AspectFinding>& aspects) {
  if (own.things.empty() && aspects.empty() && own.found.empty()) return;
  by.opinions.find(words, by.lexicon, own.opinions);
  for (const AspectFinding& aspect : aspects) own.terms_at.push_back(aspect.span);
  std::ranges::sort(own.terms_at, {}, &Span::begin);
  colour_things(by, words, own, aspects);
  for (AspectFinding& aspect : aspects) {
    if (overlaps_any(aspect.span, own.found)) continue;  // the term colours it
    const Sentiment mood = thing_mood(by, words, aspect.span, own);
    aspect.label = mood.label;
    aspect.score = mood.score;
  }
  if (!own.found.empty()) add_terms(own.text.text, own.found, aspects);
}

}  // namespace

const Document& own_of(const Document& document, AnalyzerScratch& own) {
  if (!holds_others_words(document.text)) return document;
  own.set_aside.title = document.title;
  own.set_aside.lang = document.lang;
  own.set_aside.published_at = document.published_at;
  own.set_aside.text = with_own_words(document.text);
  return own.set_aside;
}

namespace {

// Gives both sides of each comparison their polarity among the aspects.
void settle_comparisons(const LanguagePart& part, AnalyzerScratch& own,
                        std::vector<AspectFinding>& aspects) {
  own.compared.clear();
  part.comparisons.find(own.text, part.lexicon, aspects, own.compared);
  add_compared(own.text.text, own.compared, aspects);
}

}  // namespace

namespace {

// Sentences, and what words like "but" part in them.
std::size_t parts_of(const Prepared& text, const Lexicon& lexicon) {
  const auto contrasts = std::ranges::count_if(text.words, [&](const Word& word) {
    const WordRule* const rule = lexicon.rule_of(word.folded);
    return rule != nullptr && rule->contrast;
  });
  return text.sentences.size() + static_cast<std::size_t>(contrasts);
}

}  // namespace

std::array<float, 3> sayings_shift(const LanguagePart& part, const PlainWords& words,
                                   AnalyzerScratch& own) {
  own.sayings.clear();
  part.sayings.find(words, own.sayings);
  find_ratings(own.text.text, own.sayings);
  std::vector<Saying> all = own.sayings;
  if (!own.title.words.empty()) part.sayings.find(PlainWords(own.title), all);
  if (all.empty()) return {};
  std::size_t bytes = 0;
  for (const Saying& each : own.sayings) bytes += each.span.end - each.span.begin;
  // That is all it says: its words by themselves mean nothing.
  if (2 * bytes > own.text.text.size() && own.title.words.empty()) {
    auto shift = shift_of(all, 1);
    for (float& each : shift) each *= 3;
    return shift;
  }
  return shift_of(all, parts_of(own.text, part.lexicon) + parts_of(own.title, part.lexicon));
}

Analysis Analyzer::analyze(const Document& document) const {
  AnalyzerScratch& own = analyzer_scratch();
  return parts_->analyze(own_of(document, own), own);
}

Analysis Analyzer::analyze(const Document& document, Named& named) const {
  AnalyzerScratch& own = analyzer_scratch();
  Analysis out = parts_->analyze(own_of(document, own), own);
  named = own.entities;
  return out;
}

Named Analyzer::name(const Document& given, std::string_view lang) const {
  AnalyzerScratch& own = analyzer_scratch();
  const Document& document = own_of(given, own);
  prepare(document.text, own.text);
  if (parts_->part_of(lang) == nullptr && may_be_english(lang, own.text)) lang = "en";
  parts_->entities.find(PlainWords(own.text), lang, document.published_at, own.entities);
  return own.entities;
}

const LanguagePart* Analyzer::Parts::part_again(const Document& given, std::string_view lang,
                                                AnalyzerScratch& own) const {
  prepare(own_of(given, own).text, own.text);
  return part_said(lang, own);
}

const LanguagePart* Analyzer::Parts::part_said(std::string_view lang,
                                               const AnalyzerScratch& own) const {
  const LanguagePart* part = part_of(lang);
  return part == nullptr && may_be_english(lang, own.text) ? part_of("en") : part;
}

void Analyzer::complete_statements(const Document& document, const Analysis& analysis,
                                   std::vector<StatementSpan>& statements) const {
  AnalyzerScratch& own = analyzer_scratch();
  const LanguagePart* part = parts_->part_again(document, analysis.lang, own);
  if (part == nullptr) return;
  const PlainWords words(own.text);
  if (analysis.scored)
    settle_statements({parts_->judge_of(*part, analysis.lang), *part}, words, own, statements);
  hear_plain_words(*part, words, analysis.sentiment, statements);
  own.terms_at.clear();
  for (const AspectFinding& each : analysis.aspects)
    if (!has_fixed_name(each)) own.terms_at.push_back(each.span);
  part->cues.name_topics(words, own.terms_at, statements);
  part->conditions.find(words, part->lexicon, statements);
}

std::array<float, 3> Analyzer::own_shift(const Document& given, std::string_view lang) const {
  if (!parts_->model.is_own()) return {};
  AnalyzerScratch& own = analyzer_scratch();
  const LanguagePart* part = parts_->part_again(given, lang, own);
  if (part == nullptr) return {};
  if (lang == "und") lang = "en";
  own.fast.rows = parts_->model.rows();
  own.fast.slots.clear();
  if (!given.title.empty()) read_fast(given.title, part->lexicon, lang, own.fast);
  read_fast(own.text.text, part->lexicon, lang, own.fast);
  return parts_->model.own_shift(own.fast.slots, lang);
}

std::array<float, 3> Analyzer::said_shift(const Document& given, std::string_view lang) const {
  AnalyzerScratch& own = analyzer_scratch();
  const LanguagePart* const part = parts_->part_again(given, lang, own);
  if (part == nullptr) return {};
  prepare(given.title, own.title);
  return sayings_shift(*part, PlainWords(own.text), own);
}

std::vector<Compared> Analyzer::compared(const Document& document, const Analysis& analysis) const {
  AnalyzerScratch& own = analyzer_scratch();
  std::vector<Compared> out;
  if (const LanguagePart* part = parts_->part_again(document, analysis.lang, own))
    part->comparisons.find(own.text, part->lexicon, analysis.aspects, out);
  return out;
}

void Analyzer::colour(const Document& document, const Analysis& analysis,
                      std::vector<EntityFinding>& entities) const {
  constexpr float kMeant = 0.5F;
  const auto is_brand = [](const EntityFinding& each) {
    return (each.kind == EntityKind::brand || each.kind == EntityKind::product) &&
           each.probability >= kMeant;
  };
  if (!analysis.scored || std::ranges::none_of(entities, is_brand)) return;
  AnalyzerScratch& own = analyzer_scratch();
  const LanguagePart* const part = parts_->part_again(document, analysis.lang, own);
  if (part == nullptr) return;
  const Judge by = parts_->judge_of(*part, analysis.lang);
  const PlainWords words(own.text);
  own.opinions.clear();
  by.opinions.find(words, by.lexicon, own.opinions);
  own.terms_at.clear();
  for (const AspectFinding& each : analysis.aspects) own.terms_at.push_back(each.span);
  for (const EntityFinding& each : entities)
    if (is_brand(each)) own.terms_at.push_back(each.span);
  std::ranges::sort(own.terms_at, {}, &Span::begin);
  for (EntityFinding& each : entities) {
    if (!is_brand(each)) continue;
    const auto known = std::ranges::find_if(analysis.aspects, [&](const AspectFinding& aspect) {
      return overlap(aspect.span, each.span);
    });
    each.label = known != analysis.aspects.end() ? known->label
                                                 : thing_mood(by, words, each.span, own).label;
    each.coloured = true;
  }
}

void Analyzer::compare(const Document& document, Analysis& analysis) const {
  AnalyzerScratch& own = analyzer_scratch();
  if (const LanguagePart* part = parts_->part_again(document, analysis.lang, own))
    settle_comparisons(*part, own, analysis.aspects);
}

Analysis Analyzer::Parts::analyze(const Document& document, AnalyzerScratch& own) const {
  prepare(document.text, own.text);
  prepare(document.title, own.title);
  Analysis out;
  out.version = version;
  out.tier = "fast";
  out.lang = finder.find(spoken(own), document.lang);
  const LanguagePart* part = part_of(out.lang);
  std::string_view lang = out.lang;
  if (part == nullptr && may_be_english(lang, spoken(own))) {
    part = part_of("en");
    lang = "en";
  }
  out.scored = false;
  const PlainWords words(own.text);
  entities.find(words, lang, document.published_at, own.entities);
  if (part == nullptr) return out;
  // The model knows emoji beside words; alone, the lists do.
  const bool wordless = spoken(own).words.empty();
  const FastModel* learned = is_learned(*part, lang) && !wordless ? &model : nullptr;
  out.scored = part->lexicon.scores();
  const Judge judge{learned, part->lexicon, lang, part->opinions};
  if (out.scored && learned != nullptr) judge_by_model(judge, document, own, out);
  if (out.scored && learned == nullptr) judge_by_list(part->lexicon, own, out);
  own.felt.clear();
  part->feelings.find(words, part->lexicon, own.felt);
  feel(own.felt, out.emotion);
  own.told.clear();
  part->irony.find(words, own.told);
  if (!own.told.empty()) out.irony = kToldIrony;
  own.found.clear();
  own.things.clear();
  own.opinions.clear();
  if (out.scored && learned != nullptr && terms && lang == "en")
    read_terms(document.text, own.fast, {*learned, *terms, part->lexicon}, own.terms, own.found);
  else
    part->things.find(words, own.things);
  own.terms_at.clear();
  for (const FoundTerm& each : own.found) own.terms_at.push_back(each.span);
  for (const FoundThing& each : own.things)
    if (each.named) own.terms_at.push_back(each.span);
  CueFindings findings;
  if (learned != nullptr && !part->has_cues) {
    std::vector<StatementSpan> stated;
    read_statements({own.text, own.fast, lang, out.sentiment}, *statements, own.statements, stated);
    settle_statements({judge, *part, Against::turns}, words, own, stated);
    hear_plain_words(*part, words, out.sentiment, stated);
    part->cues.find_around(words, {own.entities.offers, own.terms_at}, std::move(stated), findings);
  } else {
    part->cues.find(words, own.entities.offers, findings);
    if (out.scored)
      settle_statements({judge, *part, Against::turns}, words, own, findings.statements);
  }
  if (out.scored) settle_aspects(judge, words, own, findings.aspects);
  out.aspects = std::move(findings.aspects);
  settle_comparisons(*part, own, out.aspects);
  out.statements = std::move(findings.statements);
  part->conditions.find(words, part->lexicon, out.statements);
  out.price_talk = findings.price_talk;
  out.value_talk = findings.value_talk;
  if (out.scored) out.sentiment = shifted(out.sentiment, sayings_shift(*part, words, own));
  return out;
}

}  // namespace plumbline
