#include "nlp/statement_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/text.h"
#include "nlp/model_bytes.h"

namespace plumbline {
namespace {

constexpr std::string_view kMagic = "PLBSTAT2";
constexpr std::size_t kMostLanguageBytes = 4096;

// Calls `act` with every number of the layers, in the order of the file.
template <class Weights, class Act>
void each_number(Weights& weights, const Act& act) {
  for (auto* layer : {&weights.near, &weights.whole, &weights.deep, &weights.out}) {
    for (auto& value : layer->weights) act(value);
    for (auto& value : layer->bias) act(value);
  }
  for (auto& value : weights.borders) act(value);
}

// The table's step: one number in ten thousand is too large for a byte and is cut.
float step_of(const std::vector<float>& rows) {
  std::vector<float> sizes;
  for (const float value : rows) sizes.push_back(std::fabs(value));
  const auto most = sizes.end() - 1 - static_cast<std::ptrdiff_t>(sizes.size() / 10000);
  std::nth_element(sizes.begin(), most, sizes.end());
  return *most > 0 ? *most / 127 : 1.0F;
}

// Rows of `width` numbers with rows of zeros before and behind them.
float* padded(std::vector<float>& room, std::size_t count, std::size_t reach) {
  room.assign((count + 2 * reach) * kStatementWidth, 0.0F);
  return room.data() + reach * kStatementWidth;
}

}  // namespace

std::string pack_statement_model(const StatementWeights& weights) {
  std::string out(kMagic);
  for (const std::size_t size :
       {std::size_t{kStatementRows}, kStatementWidth, kStatementMarks, weights.languages.size()})
    put_u32(out, static_cast<std::uint32_t>(size));
  out += weights.languages;
  put_u64(out, weights.data_digest);
  const float step = step_of(weights.rows);
  put_float(out, step);
  each_number(weights, [&](float value) { put_float(out, value); });
  for (const float value : weights.rows)
    out += static_cast<char>(std::clamp(std::lround(value / step), -127L, 127L));
  put_u64(out, hash64(out));
  return out;
}

Result<StatementModel> StatementModel::read(std::string_view bytes, const std::string& where) {
  const auto broken = [&](std::string why) {
    return fail(ErrorCode::parse,
                "no model of statements: " + std::move(why) +
                    "; make one with: plumbline train statements --statements DIR --out FILE",
                where);
  };
  std::string_view body;
  if (std::string fault = frame_fault(bytes, kMagic, body); !fault.empty())
    return broken(std::move(fault));
  ModelBytes in(body);
  for (const std::size_t size : {std::size_t{kStatementRows}, kStatementWidth, kStatementMarks})
    if (const std::uint32_t found = in.u32(); found != size)
      return broken(fmt::format("it counts {} where this version counts {}", found, size));
  const std::size_t languages = in.u32();
  if (languages > kMostLanguageBytes) return broken("its list of languages is too long");
  StatementModel out;
  out.layers_.languages = in.take(languages);
  in.take(8);  // the digest of what it learned from, for people
  out.step_ = in.number();
  each_number(out.layers_, [&](float& value) { value = in.number(); });
  if (!in.good()) return broken("a number of its head is missing or not finite");
  if (in.left() != std::size_t{kStatementRows} * kStatementWidth)
    return broken("the table has not the size its head says");
  out.rows_.resize(in.left());
  std::memcpy(out.rows_.data(), in.take(in.left()).data(), out.rows_.size());
  out.name_ = "statements-" + hex64(hash64(bytes)).substr(0, 8);
  return out;
}

bool StatementModel::knows(std::string_view lang) const {
  const auto known = split(layers_.languages, ' ');
  return !lang.empty() && std::ranges::find(known, lang) != known.end();
}

void StatementModel::shares(std::span<const StatementToken> sentence, const Sentiment& mood,
                            StatementRoom& room) const {
  constexpr std::size_t width = kStatementWidth;
  const Kernels& run = kernels();
  const std::size_t count = sentence.size();
  room.shares.resize(count * kStatementMarks);
  if (count == 0) return;
  float* const words = padded(room.words, count, kNearReach);
  for (std::size_t t = 0; t < count; ++t) {
    const std::int8_t* rows[4] = {};
    for (std::size_t i = 0; i < sentence[t].count; ++i)
      rows[i] = rows_.data() + std::size_t{sentence[t].rows[i]} * width;
    run.add_bytes(rows, sentence[t].count, step_, words + t * width, width);
  }
  float* const near = padded(room.near, count, kDeepReach);
  run.dense({room.words.data(), width, count}, layers_.near.view(true), {near, width});
  room.whole.assign(kStatementWhole + width, 0.0F);
  float* const seen = room.whole.data();
  run.sum_up({near, width, count}, width, seen);
  seen[2 * width] = mood.negative;
  seen[2 * width + 1] = mood.positive;
  DenseLayer whole = layers_.whole.view(false), deep = layers_.deep.view(true);
  whole.bias = deep.bias;
  run.dense({seen, kStatementWhole, 1}, whole, {seen + kStatementWhole, width});
  deep.bias = seen + kStatementWhole;
  room.deep.resize(count * width);
  run.dense({room.near.data(), width, count}, deep, {room.deep.data(), width});
  run.add(room.deep.data(), near, count * width);
  run.dense({room.deep.data(), width, count}, layers_.out.view(false),
            {room.shares.data(), kStatementMarks});
  run.to_shares(room.shares.data(), room.shares.size());
}

}  // namespace plumbline
