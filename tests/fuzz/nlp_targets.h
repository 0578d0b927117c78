// What the fuzz targets of the language part do with bytes; their corpus is replayed by
// tests/nlp/fast_fuzz_test.cpp.
#pragma once

#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "nlp/analyze.h"
#include "nlp/brands.h"
#include "nlp/comparisons.h"
#include "nlp/entities.h"
#include "nlp/fast_model.h"
#include "nlp/fast_reading.h"
#include "nlp/fast_words.h"

namespace plumbline::fuzz {

// Any bytes can be cut and read, mistyped words as meant; every slot is one of the table, every
// span lies in the text.
inline void try_fast_text(std::string_view bytes) {
  static const auto known = FastWords::of_model({}, false);
  if (!known || *known == nullptr) std::abort();
  Lexicon lexicon;
  if (bytes.size() % 2 == 0) lexicon.known = *known;
  FastScratch scratch;
  read_fast(bytes, lexicon, bytes.size() % 2 == 0 ? "en" : "de", scratch);
  std::uint32_t last = 0;
  for (const FastToken& token : scratch.tokens.tokens) {
    if (token.span.begin < last || token.span.end <= token.span.begin ||
        token.span.end > bytes.size())
      std::abort();
    last = token.span.end;
    if (token.at + token.length + 8 > scratch.tokens.arena.size()) std::abort();
    if (token.read_as && !(*known)->has(scratch.tokens.folded(token))) std::abort();
  }
  for (const std::uint32_t slot : scratch.slots)
    if (slot >= kFastSlots) std::abort();
}

inline void check_span(Span span, std::string_view text) {
  const auto border = [&text](std::uint32_t at) {
    return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80;
  };
  if (span.begin >= span.end || span.end > text.size() || !border(span.begin) || !border(span.end))
    std::abort();
}

// Any bytes are a text as it is written: cleaned, analysed whole by the hint of each language in
// turn, and explained. What is found lies in the text, on borders of characters.
inline void try_analyze_text(std::string_view bytes) {
  static const Result<Analyzer> analyzer = Analyzer::load();
  static const auto brands = BrandWords::load({{"Acme Pumps", {"acme"}, {"Pluvanto"}, {}}});
  if (!analyzer || !brands) std::abort();
  constexpr const char* kHints[] = {"",   "en", "de", "fr", "es", "it", "pt",
                                    "nl", "pl", "ar", "hi", "ja", "zh"};
  Document document;
  document.lang = kHints[bytes.size() % std::size(kHints)];
  document.text = clean_utf8(bytes);
  document.published_at = 1795334400;
  const std::string_view text = document.text;
  Named named;
  const Analysis analysis = analyzer->analyze(document, named);
  for (const AspectFinding& each : analysis.aspects) check_span(each.span, text);
  for (const StatementSpan& each : analysis.statements) {
    check_span(each.span, text);
    if (each.conditional()) check_span(each.condition, text);
  }
  for (const EntityFinding& each : named.entities) check_span(each.span, text);
  for (const OfferFinding& each : named.offers) check_span(each.span, text);
  for (const Compared& each : analyzer->compared(document, analysis)) check_span(each.name, text);
  Prepared prepared;
  prepare(text, prepared);
  std::vector<EntityFinding> sighted;
  brands->find(prepared, analysis.lang, sighted, nullptr);
  analyzer->colour(document, analysis, sighted);
  for (const Reason& each : analyzer->explain(document, analysis)) check_span(each.span, text);
  const Sentiment& mood = analysis.sentiment;
  const float sum = mood.negative + mood.neutral + mood.positive;
  if (!(sum > 0.99F && sum < 1.01F)) std::abort();
}

// Any text can be asked whom, what and when it names; every span lies on character borders.
inline void try_entities(std::string_view bytes) {
  static const auto finder = EntityFinder::load(built_in_languages());
  static const auto brands = BrandWords::load({{"Apple", {"apple inc"}, {"iPhone"}, {"mac"}},
                                               {"Acme Pumps", {}, {}, {}},
                                               {"Pluvanto", {}, {}, {}}});
  if (!finder || !brands) std::abort();
  const std::string text = clean_utf8(bytes);
  Prepared prepared;
  prepare(text, prepared);
  const PlainWords words(prepared);
  EntityFindings found;
  for (const char* lang : {"en", "de", "fr", "es", "und"}) {
    finder->find(words, lang, 1795334400, found);
    std::uint32_t last = 0;
    for (const EntityFinding& entity : found.entities) {
      check_span(entity.span, text);
      if (entity.span.begin < last) std::abort();  // they lie apart
      last = entity.span.end;
    }
    for (const OfferFinding& offer : found.offers) check_span(offer.span, text);
    for (const Percentage& percent : found.percents) check_span(percent.span, text);
  }
  std::vector<EntityFinding> sighted;
  std::vector<Reason> why;
  brands->find(prepared, {}, sighted, &why);
  for (const EntityFinding& entity : sighted) check_span(entity.span, text);
  for (const Reason& reason : why) check_span(reason.span, text);
}

// A model file is read or refused. The hash at its end is put right first, so that what lies before
// it is looked at.
inline void try_fast_model(std::string_view bytes) {
  std::string file = "PLBFAST1" + std::string(bytes);
  const std::uint64_t sum = hash64(file);
  for (int shift = 0; shift < 64; shift += 8) file += static_cast<char>(sum >> shift & 0xFF);
  const auto model = FastModel::read(file, "fuzz");
  if (!model && model.error().message.empty()) std::abort();
  if (FastModel::read(bytes, "fuzz")) std::abort();  // without the hash nothing is a model
}

}  // namespace plumbline::fuzz
