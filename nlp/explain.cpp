// Why an analysis says what it says: the fast tier taken apart, and what rules and cues found.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "nlp/analyzer_parts.h"
#include "nlp/own_words.h"

namespace plumbline {
namespace {

// Doubt of irony below this is what nearly every text has.
constexpr float kTellingIrony = 0.2F;

constexpr float kFeltReason = 4;  // logarithm of what a named feeling multiplies its odds by

// What was said without the words of one tier: aspects, comparisons, signs of irony.
void explain_findings(const Analysis& analysis, const PlainWords& words, const LanguagePart& part,
                      AnalyzerScratch& own, std::vector<Reason>& out) {
  for (const AspectFinding& each : analysis.aspects)
    out.push_back(
        {each.span, fmt::format("aspect {}: {}", each.aspect, name_of(each.label)), each.score});
  const float moved = std::fabs(2 * sayings_shift(part, words, own)[2]);
  for (const Saying& each : own.sayings) out.push_back({each.span, "saying", each.side * moved});
  own.told.clear();
  own.felt.clear();
  part.feelings.find(words, part.lexicon, own.felt);
  for (const Feeling& each : own.felt)
    out.push_back({each.span, fmt::format("{}: named", name_of(each.emotion)), kFeltReason});
  part.irony.find(words, own.told);
  for (const Span& each : own.told) out.push_back({each, "irony: may not be meant", kToldIrony});
  own.compared.clear();
  part.comparisons.find(own.text, part.lexicon, analysis.aspects, own.compared);
  for (const Compared& each : own.compared) {
    const bool above = each.label == Polarity::positive;
    out.push_back(
        {each.name, above ? "comparison: above" : "comparison: below", above ? 1.0F : -1.0F});
  }
}

}  // namespace

std::vector<Reason> Analyzer::explain(const Document& given, const Analysis& analysis,
                                      float weight) const {
  AnalyzerScratch& own = analyzer_scratch();
  const Document& document = own_of(given, own);
  prepare(document.text, own.text);
  const LanguagePart* const part = parts_->part_said(analysis.lang, own);
  std::vector<Reason> out;
  if (part == nullptr) return out;
  prepare(document.title, own.title);
  const std::string_view lang = analysis.lang == "und" ? "en" : std::string_view(analysis.lang);
  const bool wordless = own.text.words.empty() && own.title.words.empty();
  const FastModel* const learned =
      parts_->is_learned(*part, lang) && !wordless ? &parts_->model : nullptr;
  if (analysis.scored && learned != nullptr) {
    FastQuestions questions;
    if (analysis.emotion.judged()) questions.emotion = analysis.emotion.label;
    questions.irony = analysis.irony >= kTellingIrony;
    questions.weight = weight;
    explain_fast({document.text, part->lexicon, lang}, *learned, questions, own.fast, out);
  } else if (analysis.scored) {
    explain_sentiment(own.text, part->lexicon, out);
  }
  const PlainWords words(own.text);
  parts_->entities.find(words, lang, document.published_at, own.entities);
  const bool states = analysis.tier == "fast";  // else the full tier says why
  CueFindings findings;
  if (learned != nullptr && !part->has_cues) {
    std::vector<StatementSpan> stated;
    if (states) {
      Analysis judged;
      judge_by_model({learned, part->lexicon, lang, part->opinions}, document, own, judged);
      read_statements({own.text, own.fast, lang, judged.sentiment}, *parts_->statements,
                      own.statements, stated, &out);
      part->sure.find_statements(words, findings, &out);
    }
    part->cues.find_around(words, {own.entities.offers, {}}, std::move(stated), findings, &out);
  } else {
    part->cues.find(words, own.entities.offers, findings, &out);
  }
  explain_findings(analysis, words, *part, own, out);
  std::ranges::stable_sort(out, {}, [](const Reason& each) { return each.span.begin; });
  return out;
}

}  // namespace plumbline
