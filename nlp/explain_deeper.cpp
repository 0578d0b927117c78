// Why the full tier says what it says: what it would say without each word, or of a part alone.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "nlp/deeper.h"
#include "nlp/meant_text.h"
#include "nlp/own_words.h"
#include "nlp/prepared.h"

namespace plumbline {
namespace {

constexpr std::size_t kMostWords = 64;        // left out one by one
constexpr std::size_t kMostStretches = 12;    // of sentences, in a longer text
constexpr std::size_t kMostExplained = 4096;  // the beginning of a longer text

float log_odds(float one, float other) {
  return std::log(std::max(one, 1e-6F)) - std::log(std::max(other, 1e-6F));
}

std::string beginning_of(std::string text) {
  if (std::size_t end = kMostExplained; text.size() > end) {
    while ((text[end] & 0xC0) == 0x80) --end;
    text.resize(end);
  }
  return text;
}

// What is left out in turn, each word; of a longer text stretches of sentences, each read alone:
// leaving them out would read all the rest as often.
std::vector<Span> pieces_of(const Prepared& text) {
  std::vector<Span> out;
  if (text.words.size() <= kMostWords) {
    for (const Word& word : text.words) out.push_back(word.span);
    return out;
  }
  const std::size_t each = (text.sentences.size() + kMostStretches - 1) / kMostStretches;
  for (std::size_t i = 0; i < text.sentences.size(); i += each) {
    const std::size_t last = std::min(i + each, text.sentences.size()) - 1;
    out.push_back({text.sentences[i].begin, text.sentences[last].end});
  }
  return out;
}

// Adds what the readings without each word say against the first, of the whole; or what each
// stretch says alone.
void compare_readings(const std::vector<FullReading>& readings, const std::vector<Span>& pieces,
                      const Analysis& analysis, bool by_word, std::vector<Reason>& out) {
  const TierBlend blend = blend_of(analysis);
  const float part = (1 - blend.fast) / blend.heat;
  const auto mood = [](const FullReading& read) {
    return log_odds(read.sentiment.positive, read.sentiment.negative);
  };
  const auto feeling = [&](const FullReading& read) {
    const float share = read.emotion[static_cast<std::size_t>(analysis.emotion.label)];
    return log_odds(share, 1 - share);
  };
  const std::string_view what = by_word ? "word left out" : "sentences alone";
  const bool feels = analysis.emotion.judged() && analysis.emotion.label != Emotion::none &&
                     (analysis.lang == "en" || analysis.lang == "und");
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    out.push_back(
        {pieces[i], std::string(what),
         part * (by_word ? mood(readings[0]) - mood(readings[i + 1]) : mood(readings[i + 1]))});
    if (!feels) continue;
    const float weight = part * (by_word ? feeling(readings[0]) - feeling(readings[i + 1])
                                         : feeling(readings[i + 1]));
    constexpr float kTelling = 0.1F;
    if (std::fabs(weight) >= kTelling)
      out.push_back(
          {pieces[i], fmt::format("{}: {}", name_of(analysis.emotion.label), what), weight});
  }
}

// The mean share of its words for what a statement is.
void explain_statements(const FullReading& reading, const MeantText& text, std::size_t before,
                        const Analysis& analysis, std::vector<Reason>& out) {
  for (const StatementSpan& said : analysis.statements) {
    float sum = 0;
    int count = 0;
    for (const MarkedWord& word : reading.words) {
      const Span at = text.original(word.span);
      if (at.begin < said.span.begin + before || at.end > said.span.end + before) continue;
      sum += word.shares[static_cast<std::size_t>(said.kind)];
      ++count;
    }
    if (count > 0)
      out.push_back({said.span, fmt::format("statement {}: its words", name_of(said.kind)),
                     sum / static_cast<float>(count)});
  }
}

}  // namespace

std::vector<Reason> explain_deeper(const FullModels& models, const Analyzer& analyzer,
                                   const Document& document, const Analysis& analysis) {
  const FullModel* const model = models.of(analysis.lang);
  if (model == nullptr || analysis.tier != "full") return analyzer.explain(document, analysis);
  const TierBlend blend = blend_of(analysis);
  std::vector<Reason> out = analyzer.explain(document, analysis, blend.fast / blend.heat);
  const std::string text = beginning_of(with_own_words(document.text));
  Prepared prepared;
  prepare(text, prepared);
  const std::vector<Span> pieces = pieces_of(prepared);
  const std::string title = titled(document);
  std::vector<MeantText> asked_texts;
  asked_texts.emplace_back(title + text);
  const bool by_word = prepared.words.size() <= kMostWords;
  for (const Span& piece : pieces) {
    std::string asked = text.substr(piece.begin, piece.end - piece.begin);
    if (by_word) {
      asked = title + text;
      asked.erase(title.size() + piece.begin, piece.end - piece.begin);
    }
    asked_texts.emplace_back(asked);
  }
  std::vector<std::string_view> texts;
  for (const MeantText& each : asked_texts) texts.emplace_back(each.text());
  const std::vector<FullReading> readings = model->read(texts);
  compare_readings(readings, pieces, analysis, by_word, out);
  if (model->states(analysis.lang))
    explain_statements(readings[0], asked_texts[0], title.size(), analysis, out);
  std::ranges::stable_sort(out, {}, [](const Reason& each) { return each.span.begin; });
  return out;
}

}  // namespace plumbline
