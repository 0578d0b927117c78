// What a shift by own labels makes of the word of both tiers, on texts that the shift had not
// learned from.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/analysis.h"
#include "model/document.h"
#include "nlp/analyze.h"
#include "nlp/full_models.h"

namespace plumbline {

// One labelled text as both tiers read it without the shift.
struct TieredText {
  const Document* document = nullptr;  // normalized
  Polarity label = Polarity::neutral;
  Analysis fast;
  std::optional<Analysis> full;  // nothing where the full tier does not read its language
};

// Reads each by the full tier too, on all cores. `analyzer` is the one that read them fast.
void read_full(const FullModels& models, const Analyzer& analyzer, std::vector<TieredText>& texts);

// What a tier says once `shift` is added to the fast model's scores (nlp/deeper.h).
Polarity shifted_fast(const TieredText& text, const std::array<float, 3>& shift);
std::optional<Polarity> shifted_full(const TieredText& text, const std::array<float, 3>& shift);

// The full tier before and after, over the texts that it reads.
struct FullComparison {
  std::int64_t texts = 0;
  std::array<std::int64_t, 3> labels{};
  std::array<double, 3> recall{}, own_recall{};   // of each side
  double macro_recall = 0, own_macro_recall = 0;  // over the sides that have labels
  double accuracy = 0, own_accuracy = 0;
};
// `shifts`: of each text one that had not learned from it.
FullComparison compare_full(std::span<const TieredText> texts,
                            std::span<const std::array<float, 3>> shifts);

}  // namespace plumbline
