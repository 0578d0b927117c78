#include "app/own_tiers.h"

#include "app/workers.h"
#include "model/audit.h"
#include "nlp/deeper.h"
#include "nlp/sayings.h"

namespace plumbline {

void read_full(const FullModels& models, const Analyzer& analyzer, std::vector<TieredText>& texts) {
  in_stretches(texts.size(), worker_count(0), [&](std::size_t begin, std::size_t end) {
    std::vector<Analysis> found;
    for (std::size_t i = begin; i < end; ++i) found.push_back(texts[i].fast);
    std::vector<FastRead> reads;
    for (std::size_t i = begin; i < end; ++i)
      reads.push_back({texts[i].document, &found[i - begin]});
    read_deeper(models, analyzer, {Tier::full}, reads);
    for (std::size_t i = begin; i < end; ++i)
      if (found[i - begin].tier == "full") texts[i].full = std::move(found[i - begin]);
  });
}

Polarity shifted_fast(const TieredText& text, const std::array<float, 3>& shift) {
  return shifted(text.fast.sentiment, shift).label;
}

std::optional<Polarity> shifted_full(const TieredText& text, const std::array<float, 3>& shift) {
  if (!text.full) return std::nullopt;
  // The shift is in the fast tier's part of the mean, and whole on top of that.
  const TierBlend blend = blend_of(*text.full);
  std::array<float, 3> all = shift;
  for (float& each : all) each *= 1 + blend.fast / blend.heat;
  return shifted(text.full->sentiment, all).label;
}

FullComparison compare_full(std::span<const TieredText> texts,
                            std::span<const std::array<float, 3>> shifts) {
  FullComparison out;
  SideCounts right{}, own_right{};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto own = shifted_full(texts[i], shifts[i]);
    if (!own) continue;
    const std::size_t side = side_of(texts[i].label);
    ++out.texts;
    ++out.labels[side];
    right[side] += texts[i].full->sentiment.label == texts[i].label ? 1 : 0;
    own_right[side] += *own == texts[i].label ? 1 : 0;
  }
  int sides = 0;
  for (std::size_t c = 0; c < 3; ++c) {
    if (out.labels[c] == 0) continue;
    const auto n = static_cast<double>(out.labels[c]), all = static_cast<double>(out.texts);
    ++sides;
    out.recall[c] = static_cast<double>(right[c]) / n;
    out.own_recall[c] = static_cast<double>(own_right[c]) / n;
    out.macro_recall += out.recall[c];
    out.own_macro_recall += out.own_recall[c];
    out.accuracy += static_cast<double>(right[c]) / all;
    out.own_accuracy += static_cast<double>(own_right[c]) / all;
  }
  if (sides == 0) return out;
  out.macro_recall /= sides;
  out.own_macro_recall /= sides;
  return out;
}

}  // namespace plumbline
