#include "nlp/term_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "base/text.h"
#include "nlp/model_bytes.h"

namespace plumbline {
namespace {

constexpr std::string_view kTermMagic = "PLBTERM1";
constexpr float kForbidden = -1e6F;

// The largest weight becomes 127.
float step_of(const std::vector<float>& weights) {
  float most = 0;
  for (const float weight : weights) most = std::max(most, std::fabs(weight));
  return most > 0 ? most / 127 : 1.0F;
}

char byte_of(float weight, float step) {
  return static_cast<char>(std::clamp(std::lround(weight / step), -127L, 127L));
}

}  // namespace

std::string pack_term_model(const TermWeights& weights) {
  std::string out(kTermMagic);
  for (const std::size_t size :
       {std::size_t{kTermRows}, kTermColumns, std::size_t{kMoodRows}, kMoodColumns, kMoodSums})
    put_u32(out, static_cast<std::uint32_t>(size));
  put_u64(out, weights.data_digest);
  const float term_step = step_of(weights.terms), mood_step = step_of(weights.moods);
  for (const float value : {term_step, mood_step, weights.border}) put_float(out, value);
  for (const float value : weights.steps) put_float(out, value);
  for (const float value : weights.sums) put_float(out, value);
  for (const float value : weights.bias) put_float(out, value);
  for (std::size_t row = 0; row < kTermRows; ++row)
    for (std::size_t c = 0; c < kTermColumns; ++c)
      out += byte_of(weights.terms[row * kTermRow + c], term_step);
  for (const float weight : weights.moods) out += byte_of(weight, mood_step);
  put_u64(out, hash64(out));
  return out;
}

Result<TermModel> TermModel::read(std::string_view bytes, const std::string& where) {
  const auto broken = [&](std::string why) {
    return fail(ErrorCode::parse,
                "no model of aspects: " + std::move(why) +
                    "; make one with: plumbline train aspects --data DIR --out FILE",
                where);
  };
  std::string_view body;
  if (std::string fault = frame_fault(bytes, kTermMagic, body); !fault.empty())
    return broken(std::move(fault));
  ModelBytes in(body);
  for (const std::size_t size :
       {std::size_t{kTermRows}, kTermColumns, std::size_t{kMoodRows}, kMoodColumns, kMoodSums})
    if (const std::uint32_t found = in.u32(); found != size)
      return broken(fmt::format("it counts {} where this version counts {}", found, size));
  in.take(8);  // the digest of what it learned from, for people
  TermModel out;
  out.term_step_ = in.number();
  out.mood_step_ = in.number();
  out.border_ = in.number();
  for (float& value : out.steps_) value = in.number();
  for (float& value : out.sums_) value = in.number();
  for (float& value : out.bias_) value = in.number();
  if (!in.good()) return broken("a number of its head is missing or not finite");
  if (in.left() != kTermRows * kTermColumns + kMoodRows * kMoodColumns)
    return broken("the tables have not the size its head says");
  out.terms_.resize(kTermRows);
  for (auto& row : out.terms_) std::memcpy(row.data(), in.take(kTermColumns).data(), kTermColumns);
  out.moods_.resize(kMoodRows);
  for (auto& row : out.moods_) std::memcpy(row.data(), in.take(kMoodColumns).data(), kMoodColumns);
  out.name_ = "terms-" + hex64(hash64(bytes)).substr(0, 8);
  return out;
}

// A token has some eight units of at most 127, so 16 bits hold their sum. Summed up beside the
// path, because bytes may lie anywhere and would have it written row by row.
void TermModel::score(const TermUnits& units, const std::vector<char>& may_hold,
                      TermPath& path) const {
  const std::size_t count = units.ends.size();
  path.sums.resize(count + 2 * kTermReach);
  for (std::size_t i = 0; i < kTermReach; ++i)  // of nothing on each side
    path.sums[i] = path.sums[count + kTermReach + i] = {};
  for (std::size_t t = 0; t < count; ++t) {
    alignas(32) std::array<std::int16_t, kTermRow> sum{};
    for (const std::uint32_t unit : units.of(t)) {
      const auto& row = terms_[unit];
      for (std::size_t c = 0; c < kTermRow; ++c)
        sum[c] = static_cast<std::int16_t>(sum[c] + row[c]);
    }
    path.sums[t + kTermReach] = sum;
  }
  path.scores.resize(count);
  for (std::size_t t = 0; t < count; ++t) {
    // Role r of token s speaks of token s + r - kTermReach, so t hears from t + kTermReach - r.
    std::array<int, kTermParts> sum{};
    for (std::size_t role = 0; role < kTermRoles; ++role)
      for (std::size_t part = 0; part < kTermParts; ++part)
        sum[part] += path.sums[t + 2 * kTermReach - role][role * kTermParts + part];
    for (std::size_t part = 0; part < kTermParts; ++part)
      path.scores[t][part] = static_cast<float>(sum[part]) * term_step_;
    path.scores[t][kOutside] -= border_;
    if (may_hold[t] != 0) continue;
    path.scores[t][kTermBegin] += kForbidden;
    path.scores[t][kTermInside] += kForbidden;
  }
}

void TermModel::find(const TermUnits& units, const std::vector<char>& may_hold, TermPath& path,
                     std::vector<TokenRange>& out) const {
  const std::size_t count = units.ends.size();
  if (count == 0) return;
  score(units, may_hold, path);
  path.from.resize(count);
  TermScores best = path.scores[0];
  best[kTermInside] += kForbidden;
  for (std::size_t t = 1; t < count; ++t) {
    TermScores next{};
    for (std::size_t to = 0; to < kTermParts; ++to) {
      std::size_t chosen = 0;
      float most = to == kTermInside ? best[0] + kForbidden : best[0] + steps_[to];
      for (std::size_t from = 1; from < kTermParts; ++from) {
        const float value = best[from] + steps_[from * kTermParts + to];
        if (value <= most) continue;
        most = value;
        chosen = from;
      }
      path.from[t][to] = static_cast<std::uint8_t>(chosen);
      next[to] = most + path.scores[t][to];
    }
    best = next;
  }
  auto part = static_cast<std::size_t>(std::ranges::max_element(best) - best.begin());
  const std::size_t known = out.size();
  std::size_t end = 0;  // of the term that is being read backwards; 0: none
  for (std::size_t t = count; t-- > 0; part = path.from[t][part]) {
    if (part != kOutside && end == 0) end = t + 1;
    if (part == kTermBegin) {
      out.push_back({t, end});
      end = 0;
    }
    if (t == 0) break;
  }
  std::reverse(out.begin() + static_cast<std::ptrdiff_t>(known), out.end());
}

Sentiment TermModel::mood(std::span<const std::uint32_t> rows, const MoodSums& sums) const {
  std::array<int, kMoodColumns> sum{};
  for (const std::uint32_t row : rows)
    for (std::size_t c = 0; c < kMoodColumns; ++c) sum[c] += moods_[row][c];
  const float root = 1 / std::sqrt(static_cast<float>(std::max<std::size_t>(rows.size(), 1)));
  MoodScores z = bias_;
  for (std::size_t c = 0; c < kMoodColumns; ++c) {
    z[c] += static_cast<float>(sum[c]) * mood_step_ * root;
    for (std::size_t k = 0; k < kMoodSums; ++k) z[c] += sums_[k * kMoodColumns + c] * sums[k];
  }
  const float most = *std::ranges::max_element(z);
  float all = 0;
  for (float& each : z) all += each = std::exp(each - most);
  return sentiment_from(z[0] / all, z[1] / all, z[2] / all);
}

}  // namespace plumbline
