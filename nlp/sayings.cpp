#include "nlp/sayings.h"

#include <algorithm>
#include <cmath>

#include "nlp/phrase_file.h"

namespace plumbline {

Result<Sayings> Sayings::load(std::string_view content) {
  struct Words {
    PhraseTable phrases;
  };
  Words words = PLUMBLINE_TRY(read_phrases<Words>(
      "sayings.txt", content, [](const PatternLine& line, Words& out) -> Status {
        if (line.fields.size() != 2 || (line.fields[0] != "good" && line.fields[0] != "bad"))
          return fail(ErrorCode::invalid, "a line is: good or bad, TAB and a phrase");
        return out.phrases.add(line.fields[1], line.fields[0] == "good" ? 1 : 0);
      }));
  Sayings out;
  out.phrases_ = std::move(words.phrases);
  return out;
}

void Sayings::find(const PlainWords& words, std::vector<Saying>& out) const {
  if (phrases_.empty()) return;
  std::vector<PhraseHit> hits;
  phrases_.find(words, PhraseMode::longest, hits);
  for (const PhraseHit& hit : hits) out.push_back({hit.span, hit.tag == 1 ? 1.0F : -1.0F});
}

std::array<float, 3> shift_of(const std::vector<Saying>& sayings, std::size_t parts) {
  constexpr float kSaying = 2;  // what one alone adds
  float side = 0;
  for (const Saying& each : sayings) side += each.side;
  if (side == 0) return {};
  side = std::clamp(side, -1.0F, 1.0F) * kSaying /
         std::sqrt(static_cast<float>(std::max<std::size_t>(parts, 1)));
  return {-side, -std::abs(side) / 2, side};
}

Sentiment shifted(const Sentiment& mood, const std::array<float, 3>& add) {
  if (add == std::array<float, 3>{}) return mood;
  std::array shares = {mood.negative, mood.neutral, mood.positive};
  float sum = 0;
  for (std::size_t c = 0; c < 3; ++c) sum += shares[c] *= std::exp(add[c]);
  return sentiment_from(shares[0] / sum, shares[1] / sum, shares[2] / sum);
}

}  // namespace plumbline
