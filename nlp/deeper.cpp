#include "nlp/deeper.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "base/text.h"
#include "nlp/aspects.h"
#include "nlp/meant_text.h"
#include "nlp/own_words.h"
#include "nlp/prepared.h"
#include "nlp/sayings.h"

namespace plumbline {
namespace {

constexpr float kCascadeBorder = 0.16F;  // of a model that does not say its own

bool is_english(const Analysis& analysis) {
  return analysis.lang == "en" || analysis.lang == "und";
}

// How far the likeliest class is ahead of the next.
float sureness(const Sentiment& mood) {
  const float most = std::max({mood.negative, mood.neutral, mood.positive});
  const float least = std::min({mood.negative, mood.neutral, mood.positive});
  const float next = mood.negative + mood.neutral + mood.positive - most - least;
  return most - next;
}

// In other languages both know little. In English the fast one knows its words from more texts;
// averaging leaves less between the classes than is true, which the heat gives back
// (bench/runs/2026-11-29-taught-anew).
constexpr TierBlend kOther = {0.5F, 1}, kEnglish = {0.33F, 0.87F};

// The weighted geometric mean of two sets of shares, shared out anew.
template <std::size_t n>
std::array<float, n> blended(const std::array<float, n>& fast, const std::array<float, n>& full,
                             TierBlend blend) {
  const auto log = [](float share) { return std::log(std::max(share, 1e-6F)); };
  std::array<float, n> out{};
  float sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    out[i] = std::exp((blend.fast * log(fast[i]) + (1 - blend.fast) * log(full[i])) / blend.heat);
    sum += out[i];
  }
  for (float& share : out) share /= sum;
  return out;
}

Sentiment blended(const Sentiment& fast, const Sentiment& full, TierBlend blend) {
  const auto shares = [](const Sentiment& mood) {
    return std::array{mood.negative, mood.neutral, mood.positive};
  };
  const auto out = blended(shares(fast), shares(full), blend);
  return sentiment_from(out[0], out[1], out[2]);
}

// The moods of the aspects that were asked about, in their order: of those that no term colours
// after this, the model knows more than the fast tier's word on their clause. Agreement with
// reviewers' own ratings: .877 to .884 (bench/runs/2026-11-30-aspects-many-languages).
void colour_asked(const std::vector<Sentiment>& asked, std::vector<AspectFinding>& aspects) {
  for (std::size_t i = 0; i < asked.size() && i < aspects.size(); ++i) {
    aspects[i].label = asked[i].label;
    aspects[i].score = asked[i].score;
  }
}

void take(const FullReading& reading, std::size_t before, const Document& document, Analysis& out) {
  out.tier = "full";
  const TierBlend blend = blend_of(out);
  out.sentiment = blended(out.sentiment, reading.sentiment, blend);
  if (!is_english(out)) return;
  if (out.irony != kToldIrony) out.irony = irony_at_large(reading.irony);
  out.emotion.scores = blended(out.emotion.scores, reading.emotion, blend);
  out.emotion.label = static_cast<Emotion>(std::ranges::max_element(out.emotion.scores) -
                                           out.emotion.scores.begin());
  std::vector<FoundTerm> terms;
  for (const FullTerm& term : reading.terms) {
    if (term.span.begin < before) continue;  // of the title
    terms.push_back({{static_cast<std::uint32_t>(term.span.begin - before),
                      static_cast<std::uint32_t>(term.span.end - before)},
                     term.mood});
  }
  colour_asked(reading.asked, out.aspects);
  drop_terms(out.aspects);
  add_terms(document.text, terms, out.aspects);
}

// A document that the tier calls for, with its title before its text.
struct Chosen {
  FastRead read;
  std::size_t before = 0;  // bytes of the title
  MeantText text;
};

// Places in what was read as places in the title and the text as they were written.
void give_back(const MeantText& text, FullReading& reading) {
  for (FullTerm& term : reading.terms) term.span = text.original(term.span);
  for (MarkedWord& word : reading.words) word.span = text.original(word.span);
  reading.read_to = text.original({reading.read_to, reading.read_to}).end;
}

// Where the aspects of what was said so far stand in what is read, if the model is to colour them:
// it was taught to in English alone.
std::vector<Span> aspects_in(const Chosen& from) {
  std::vector<Span> out;
  if (!is_english(*from.read.analysis)) return out;
  const auto before = static_cast<std::uint32_t>(from.before);
  for (const AspectFinding& each : from.read.analysis->aspects)
    out.push_back(from.text.meant({each.span.begin + before, each.span.end + before}));
  return out;
}

// In place of those of the fast tier, as far as was read; what that one found too counts sooner.
void take_statements(const FullReading& reading, const StatementBorders& borders,
                     const Chosen& from, const Analyzer& analyzer) {
  Analysis& out = *from.read.analysis;
  const std::size_t before = from.before;
  const auto read_to =
      static_cast<std::uint32_t>(std::max<std::size_t>(reading.read_to, before) - before);
  std::vector<StatementSpan> heard, found;
  std::erase_if(out.statements, [&](const StatementSpan& each) {
    if (each.span.begin >= read_to) return false;
    heard.push_back(each);
    heard.back().span.begin += static_cast<std::uint32_t>(before);
    heard.back().span.end += static_cast<std::uint32_t>(before);
    return true;
  });
  for (const FoundStatement& each : find_statements(reading.words, borders, heard)) {
    if (each.said.span.begin < before) continue;  // of the title
    found.push_back(each.said);
    found.back().span = {static_cast<std::uint32_t>(each.said.span.begin - before),
                         static_cast<std::uint32_t>(each.said.span.end - before)};
  }
  analyzer.complete_statements(*from.read.document, out, found);
  out.statements.insert(out.statements.begin(), std::make_move_iterator(found.begin()),
                        std::make_move_iterator(found.end()));
}

// What is added to the mean of both: what a user's own labels taught, of which the fast tier's part
// in the mean holds some already: whole on top of that gained most
// (bench/runs/2026-11-30-own-labels-full); and of what sayings say, what that part does not hold.
std::array<float, 3> shift_beside(const Analyzer& analyzer, const FastRead& read) {
  const TierBlend blend = blend_of(*read.analysis);
  std::array<float, 3> out = analyzer.own_shift(*read.document, read.analysis->lang);
  const auto said = analyzer.said_shift(*read.document, read.analysis->lang);
  for (std::size_t c = 0; c < out.size(); ++c) out[c] += said[c] * (1 - blend.fast / blend.heat);
  return out;
}

// Those of `reads` that the tier calls for, read by one model.
void read_by(const FullModel& model, const Analyzer& analyzer, const Depth& depth,
             std::span<const FastRead> reads) {
  const float border = depth.tier == Tier::full ? 2.0F
                       : depth.share > 0        ? border_of_share(depth.share)
                                                : cascade_border(model);
  std::vector<Chosen> chosen;
  for (const FastRead& each : reads) {
    if (sureness(each.analysis->sentiment) >= border) continue;
    const std::string title = titled(*each.document);
    MeantText text(title + with_own_words(each.document->text));
    // Of emoji alone the fast tier, which learned each by itself, knows more.
    if (text.has_words()) chosen.push_back({each, title.size(), std::move(text)});
  }
  std::vector<std::string_view> texts;
  for (const Chosen& each : chosen) texts.emplace_back(each.text.text());
  std::vector<std::vector<Span>> asked;
  for (const Chosen& each : chosen) asked.push_back(aspects_in(each));
  std::vector<FullReading> readings = model.read(texts, asked);
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const Chosen& mine = chosen[i];
    const std::string_view lang = mine.read.analysis->lang;
    give_back(mine.text, readings[i]);
    const auto shift = shift_beside(analyzer, mine.read);
    take(readings[i], mine.before, *mine.read.document, *mine.read.analysis);
    mine.read.analysis->sentiment = shifted(mine.read.analysis->sentiment, shift);
    analyzer.compare(*mine.read.document, *mine.read.analysis);
    mine.read.analysis->model = model.version();
    if (model.states(lang)) take_statements(readings[i], model.borders(), mine, analyzer);
  }
}

}  // namespace

TierBlend blend_of(const Analysis& analysis) { return is_english(analysis) ? kEnglish : kOther; }

std::string titled(const Document& document) {
  return document.title.empty() ? std::string() : document.title + ". ";
}

float irony_at_large(float share) {
  constexpr float kAtLarge = 0.1F, kInLessons = 0.5F;
  const float odds = kAtLarge / (1 - kAtLarge) / (kInLessons / (1 - kInLessons));
  return share * odds / (share * odds + 1 - share);
}

bool tier_named(std::string_view name, Tier& tier) {
  if (name == "fast") return tier = Tier::fast, true;
  if (name == "full") return tier = Tier::full, true;
  if (name == "cascade") return tier = Tier::cascade, true;
  return false;
}

float cascade_border(const FullModel& model) {
  const std::string said(model.metadata("cascade.border"));
  const float border = said.empty() ? kCascadeBorder : std::strtof(said.c_str(), nullptr);
  return std::clamp(border, 0.0F, 1.0F);
}

float border_of_share(float share) {
  constexpr std::pair<float, float> kKnots[] = {
      {0.0F, 0.0F},    {0.05F, 0.042F}, {0.1F, 0.081F}, {0.15F, 0.123F}, {0.2F, 0.168F},
      {0.25F, 0.211F}, {0.3F, 0.259F},  {0.4F, 0.355F}, {0.5F, 0.46F},   {0.6F, 0.572F},
      {0.7F, 0.682F},  {0.8F, 0.806F},  {0.9F, 0.927F}, {1.0F, 2.0F}};  // share, border
  share = std::clamp(share, 0.0F, 1.0F);
  const auto* above =
      std::ranges::find_if(kKnots, [&](const auto& knot) { return knot.first >= share; });
  if (above == std::begin(kKnots)) return 0;
  if (share == 1) return above->second;
  const auto& below = *std::prev(above);
  const float part = (share - below.first) / (above->first - below.first);
  return below.second + part * (std::min(above->second, 1.0F) - below.second);
}

float fast_sureness(const FullModels& models, const Analysis& analysis) {
  const bool read = analysis.scored && models.reads(analysis.lang);
  return read && analysis.tier == "fast" ? sureness(analysis.sentiment) : 1;
}

void read_deeper(const FullModels& models, const Analyzer& analyzer, const Depth& depth,
                 std::span<const FastRead> reads) {
  if (depth.tier == Tier::fast) return;
  std::map<const FullModel*, std::vector<FastRead>> of_each;
  for (const FastRead& each : reads) {
    if (!each.analysis->scored) continue;
    const FullModel* const model = models.of(each.analysis->lang);
    if (model == nullptr) continue;
    if (each.analysis->tier == "full") {
      if (each.analysis->model == model->version()) continue;
      *each.analysis = analyzer.analyze(*each.document);  // the mean wants the fast tier's own word
    }
    of_each[model].push_back(each);
  }
  for (const auto& [model, mine] : of_each) read_by(*model, analyzer, depth, mine);
}

}  // namespace plumbline
