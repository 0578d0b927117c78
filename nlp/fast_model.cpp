#include "nlp/fast_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/text.h"
#include "nlp/model_bytes.h"

namespace plumbline {
namespace {

constexpr std::string_view kMagic = "PLBFAST1";
constexpr std::string_view kOwnMagic = "PLBOWN01";  // with a shift in the columns of the aspect
constexpr std::size_t kDigestAt = 16, kHeadsAt = 24, kBiasAt = 56, kLanguagesAt = 116;
constexpr std::size_t kCodeBytes = 8;  // of a language code, zeros behind it
constexpr std::size_t kMostLanguages = 64;
constexpr std::size_t kFlush = 256;  // rows that 16 bits hold the sum of

std::size_t head_of(std::size_t column) {
  for (std::size_t head = 0; head < kFastHeads.size(); ++head)
    if (column < kFastHeads[head].first + kFastHeads[head].count) return head;
  return 0;
}

// The largest weight of a head becomes 127.
float step_of(const FastWeights& weights, const FastHead& head) {
  float most = 0;
  for (std::size_t row = 0; row < kFastSlots; ++row)
    for (std::size_t c = head.first; c < head.first + head.count; ++c)
      most = std::max(most, std::fabs(weights.table[row * kFastRow + c]));
  return most > 0 ? most / 127 : 1.0F;
}

// exp(x) / sum over a head; false for one column.
void softmax(std::span<float> values) {
  float most = values[0];
  for (const float value : values) most = std::max(most, value);
  float sum = 0;
  for (float& value : values) sum += value = std::exp(value - most);
  for (float& value : values) value /= sum;
}

float root_of_slots(std::size_t count) {
  return std::sqrt(static_cast<float>(std::max<std::size_t>(count, 1)));
}

Sentiment sentiment_of_logits(std::array<float, 3> p) {
  softmax(p);
  return sentiment_from(p[0], p[1], p[2]);
}

}  // namespace

std::string pack_fast_model(const FastWeights& weights) {
  std::string out(kMagic);
  put_u32(out, kFastBits);
  put_u32(out, kFastColumns);
  put_u64(out, weights.data_digest);
  std::array<float, kFastHeads.size()> step{};
  for (std::size_t head = 0; head < kFastHeads.size(); ++head) {
    step[head] = step_of(weights, kFastHeads[head]);
    put_float(out, step[head]);
    put_float(out, weights.temperature[head]);
  }
  for (const float bias : weights.bias) put_float(out, bias);
  put_u32(out, static_cast<std::uint32_t>(weights.languages.size()));
  for (const auto& [code, bias] : weights.languages) {
    std::string padded = code.substr(0, kCodeBytes);
    padded.resize(kCodeBytes);
    out += padded;
    for (const float value : bias) put_float(out, value);
  }
  for (std::size_t row = 0; row < kFastSlots; ++row)
    for (std::size_t c = 0; c < kFastColumns; ++c) {
      const float units = weights.table[row * kFastRow + c] / step[head_of(c)];
      out += static_cast<char>(std::clamp(std::lround(units), -127L, 127L));
    }
  put_u64(out, hash64(out));
  return out;
}

namespace {

float float_at(std::string_view bytes, std::size_t at) {
  return ModelBytes(bytes.substr(at, 4)).number();
}

void set_float(std::string& bytes, std::size_t at, float value) {
  std::string four;
  put_float(four, value);
  bytes.replace(at, four.size(), four);
}

// What the shift adds where the scores are `z`, their biases or the weights of one feature.
std::array<float, 3> mixed(const FastShift& shift, const std::array<float, 3>& z) {
  const float mean = (z[0] + z[1] + z[2]) / 3;
  std::array<float, 3> out{};
  for (std::size_t c = 0; c < 3; ++c)
    for (std::size_t d = 0; d < 3; ++d) out[c] += shift.mix[c][d] * (z[d] - mean);
  return out;
}

// Puts the shift of 15 biases in their place of the file.
void shift_bias(std::string& bytes, std::size_t at, const FastShift& shift, float temperature,
                const std::array<float, 3>& more) {
  std::array<float, 3> z{};
  for (std::size_t c = 0; c < 3; ++c) z[c] = float_at(bytes, at + 4 * c) / temperature;
  const std::array<float, 3> add = mixed(shift, z);
  const std::size_t first = kFastHeads[kAspectHead].first;
  for (std::size_t c = 0; c < 3; ++c) set_float(bytes, at + 4 * (first + c), add[c] + more[c]);
}

// What the shift adds for each feature of the table that begins at `at`.
std::vector<std::array<float, 3>> shifted_rows(std::string_view bytes, std::size_t at,
                                               const FastShift& shift, float scale) {
  std::vector<std::array<float, 3>> rows(kFastSlots);
  for (std::size_t slot = 0; slot < kFastSlots; ++slot) {
    std::array<float, 3> z{};
    for (std::size_t c = 0; c < 3; ++c)
      z[c] =
          scale * static_cast<float>(static_cast<std::int8_t>(bytes[at + slot * kFastColumns + c]));
    rows[slot] = mixed(shift, z);
  }
  for (const FastShift::Feature& feature : shift.features)
    for (std::size_t c = 0; c < 3; ++c) rows[feature.slot % kFastSlots][c] += feature.add[c];
  return rows;
}

}  // namespace

Result<std::string> shift_fast_model(std::string_view bytes, const FastShift& shift) {
  const FastModel model = PLUMBLINE_TRY(FastModel::read(bytes, {}));
  if (model.is_own())
    return fail(ErrorCode::invalid, "the model holds a shift by own labels already");
  const float step = float_at(bytes, kHeadsAt), temperature = float_at(bytes, kHeadsAt + 4);
  std::string out(bytes.substr(0, bytes.size() - 8));
  out.replace(0, kOwnMagic.size(), kOwnMagic);
  std::string digest;
  put_u64(digest, shift.data_digest);
  out.replace(kDigestAt, digest.size(), digest);
  shift_bias(out, kBiasAt, shift, temperature, shift.bias);
  const std::uint32_t languages = ModelBytes(bytes.substr(kLanguagesAt)).u32();
  std::size_t at = kLanguagesAt + 4;
  for (std::uint32_t i = 0; i < languages; ++i, at += kCodeBytes + 4 * kFastColumns)
    shift_bias(out, at + kCodeBytes, shift, temperature, {});
  const auto rows = shifted_rows(out, at, shift, step / temperature);
  float most = 0;
  for (const auto& row : rows)
    for (const float value : row) most = std::max(most, std::fabs(value));
  const float own_step = most > 0 ? most / 127 : 1.0F;
  set_float(out, kHeadsAt + 8 * kAspectHead, own_step);
  set_float(out, kHeadsAt + 8 * kAspectHead + 4, 1);
  for (std::size_t slot = 0; slot < kFastSlots; ++slot)
    for (std::size_t c = 0; c < 3; ++c)
      out[at + slot * kFastColumns + kFastHeads[kAspectHead].first + c] =
          static_cast<char>(std::clamp(std::lround(rows[slot][c] / own_step), -127L, 127L));
  put_u64(out, hash64(out));
  return out;
}

Result<FastModel> FastModel::read(std::string_view bytes, const std::string& where) {
  const auto broken = [&](std::string why) {
    return fail(ErrorCode::parse,
                "no fast model: " + std::move(why) +
                    "; make one with: plumbline train fast --data DIR --out FILE",
                where);
  };
  const bool own = bytes.starts_with(kOwnMagic);
  std::string_view body;
  if (std::string fault = frame_fault(bytes, own ? kOwnMagic : kMagic, body); !fault.empty())
    return broken(std::move(fault));
  ModelBytes in(body);
  const std::uint32_t bits = in.u32(), columns = in.u32();
  if (bits != kFastBits || columns != kFastColumns)
    return broken(fmt::format("it has 2^{} rows of {} where this version reads 2^{} of {}", bits,
                              columns, kFastBits, kFastColumns));
  in.take(8);  // the digest of what it learned from, for people
  FastModel out;
  std::array<float, kFastHeads.size()> step{}, inverse{};
  for (std::size_t head = 0; head < step.size(); ++head) {
    step[head] = in.number();
    const float temperature = in.number();
    if (!(temperature > 0)) return broken("a temperature is not above zero");
    inverse[head] = 1 / temperature;
  }
  for (std::size_t c = 0; c < kFastColumns; ++c) {
    out.scale_[c] = step[head_of(c)] * inverse[head_of(c)];
    out.bias_[c] = in.number() * inverse[head_of(c)];
  }
  const std::uint32_t languages = in.u32();
  if (languages > kMostLanguages) return broken("it names too many languages");
  for (std::uint32_t i = 0; i < languages && in.good(); ++i) {
    std::string code(in.take(kCodeBytes));
    code.resize(std::strlen(code.c_str()));
    Columns bias{};
    for (std::size_t c = 0; c < kFastColumns; ++c) bias[c] = in.number() * inverse[head_of(c)];
    out.languages_.emplace_back(std::move(code), bias);
  }
  if (!in.good()) return broken("a number of its head is missing or not finite");
  if (in.left() != std::size_t{kFastSlots} * kFastColumns)
    return broken("the table has not the size its head says");
  const std::string_view table = in.take(in.left());
  out.rows_.resize(kFastSlots);
  for (std::size_t row = 0; row < kFastSlots; ++row)
    std::memcpy(out.rows_[row].data(), table.data() + row * kFastColumns, kFastColumns);
  out.own_ = own;
  out.name_ = (own ? "own-" : "fast-") + hex64(hash64(bytes)).substr(0, 8);
  return out;
}

bool FastModel::knows(std::string_view lang) const {
  return std::any_of(languages_.begin(), languages_.end(),
                     [&](const auto& language) { return language.first == lang; });
}

void FastModel::add(std::span<const std::uint32_t> slots, Totals& sum) const {
  for (std::size_t at = 0; at < slots.size(); at += kFlush) {
    alignas(32) std::array<std::int16_t, kFastRow> part{};
    for (const std::uint32_t slot : slots.subspan(at, std::min(kFlush, slots.size() - at))) {
      const auto& row = rows_[slot];
      for (std::size_t c = 0; c < kFastRow; ++c)
        part[c] = static_cast<std::int16_t>(part[c] + row[c]);
    }
    for (std::size_t c = 0; c < kFastRow; ++c) sum[c] += part[c];
  }
}

FastModel::Columns FastModel::logits(const Totals& sum, std::size_t count,
                                     std::string_view lang) const {
  const float root = 1 / root_of_slots(count);
  Columns out{};
  for (std::size_t c = 0; c < kFastRow; ++c)
    out[c] = static_cast<float>(sum[c]) * scale_[c] * root + bias_[c];
  for (const auto& [code, bias] : languages_)
    if (code == lang)
      for (std::size_t c = 0; c < kFastRow; ++c) out[c] += bias[c];
  if (own_)
    for (std::size_t c = 0; c < kFastHeads[kAspectHead].count; ++c)
      out[c] += out[kFastHeads[kAspectHead].first + c];
  return out;
}

FastModel::Columns FastModel::logits(std::span<const std::uint32_t> slots,
                                     std::string_view lang) const {
  Totals sum{};
  add(slots, sum);
  return logits(sum, slots.size(), lang);
}

FastAnswer FastModel::answer(std::span<const std::uint32_t> slots, std::string_view lang) const {
  return answer_of(logits(slots, lang));
}

FastAnswer FastModel::answer(std::span<const std::uint32_t> slots, std::string_view lang,
                             std::span<const FastNote> notes,
                             std::vector<std::array<float, 4>>& up_to) const {
  Totals sum{};
  std::size_t done = 0;
  const auto go_to = [&](std::size_t end) {
    add(slots.subspan(done, end - done), sum);
    done = end;
  };
  up_to.resize(notes.size() + 1);
  const auto put = [&](std::array<float, 4>& out) {
    for (std::size_t c = 0; c < 3; ++c) out[c] = static_cast<float>(sum[c]) * scale_[c];
    out[3] = static_cast<float>(done);
  };
  for (std::size_t t = 0; t < notes.size(); ++t) {
    go_to(notes[t].begin);
    put(up_to[t]);
  }
  if (!notes.empty()) go_to(notes.back().end);
  put(up_to.back());
  go_to(slots.size());
  return answer_of(logits(sum, slots.size(), lang));
}

FastAnswer FastModel::answer_of(Columns z) const {
  FastAnswer out;
  out.sentiment = sentiment_of_logits({z[0], z[1], z[2]});
  const FastHead emotion = kFastHeads[kEmotionHead];
  const std::span<float> scores(z.data() + emotion.first, emotion.count);
  softmax(scores);
  std::copy(scores.begin(), scores.end(), out.emotion.scores.begin());
  out.emotion.label =
      static_cast<Emotion>(std::max_element(scores.begin(), scores.end()) - scores.begin());
  out.irony = 1 / (1 + std::exp(-z[kFastHeads[kIronyHead].first]));
  return out;
}

Sentiment FastModel::sentiment(std::span<const std::uint32_t> slots, std::string_view lang) const {
  const Columns z = logits(slots, lang);
  return sentiment_of_logits({z[0], z[1], z[2]});
}

std::array<float, 3> FastModel::scores(std::span<const std::uint32_t> slots,
                                       std::string_view lang) const {
  const Columns z = logits(slots, lang);
  return {z[0], z[1], z[2]};
}

std::array<float, 3> FastModel::own_shift(std::span<const std::uint32_t> slots,
                                          std::string_view lang) const {
  if (!own_) return {};
  const Columns z = logits(slots, lang);
  const std::size_t first = kFastHeads[kAspectHead].first;
  return {z[first], z[first + 1], z[first + 2]};
}

float FastModel::pull(std::uint32_t slot, std::size_t count) const {
  const auto& row = rows_[slot & (kFastSlots - 1)];
  float sum = static_cast<float>(row[2] - row[0]) * scale_[0];
  if (own_) sum += static_cast<float>(row[14] - row[12]) * scale_[12];
  return sum / root_of_slots(count);
}

float FastModel::emotion_pull(std::uint32_t slot, std::size_t count, Emotion emotion) const {
  const auto& row = rows_[slot & (kFastSlots - 1)];
  const FastHead head = kFastHeads[kEmotionHead];
  int sum = 0;
  for (std::size_t c = head.first; c < head.first + head.count; ++c) sum += row[c];
  const float mean = static_cast<float>(sum) / static_cast<float>(head.count);
  const auto own = static_cast<float>(row[head.first + static_cast<std::size_t>(emotion)]);
  return (own - mean) * scale_[head.first] / root_of_slots(count);
}

float FastModel::irony_pull(std::uint32_t slot, std::size_t count) const {
  const std::size_t column = kFastHeads[kIronyHead].first;
  return static_cast<float>(rows_[slot & (kFastSlots - 1)][column]) * scale_[column] /
         root_of_slots(count);
}

}  // namespace plumbline
