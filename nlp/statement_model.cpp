#include "nlp/statement_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/text.h"
#include "nlp/model_bytes.h"

namespace plumbline {
namespace {

constexpr std::string_view kStatementMagic = "PLBSTAT1";
constexpr std::size_t kMostLanguageBytes = 4096;

float root_of(std::size_t units) {
  return std::sqrt(static_cast<float>(std::max<std::size_t>(units, 1)));
}

}  // namespace

float real_share(const StatementScores& shares, std::size_t kind) {
  constexpr float kUnreal = 0.3F;  // chosen on the open half of tests/data/statements
  return shares[kind] - kUnreal * shares[unreal_column];
}

std::string pack_statement_model(const StatementWeights& weights) {
  std::string out(kStatementMagic);
  for (const std::size_t size :
       {std::size_t{kStatementRows}, kStatementColumns, weights.languages.size()})
    put_u32(out, static_cast<std::uint32_t>(size));
  out += weights.languages;
  put_u64(out, weights.data_digest);
  float most = 0;
  for (const float weight : weights.rows) most = std::max(most, std::fabs(weight));
  const float step = most > 0 ? most / 127 : 1.0F;
  put_float(out, step);
  for (const float value : weights.bias) put_float(out, value);
  for (const float value : weights.borders) put_float(out, value);
  for (std::size_t row = 0; row < kStatementRows; ++row)
    for (std::size_t c = 0; c < kStatementColumns; ++c)
      out += static_cast<char>(
          std::clamp(std::lround(weights.rows[row * kStatementRow + c] / step), -127L, 127L));
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
  if (std::string fault = frame_fault(bytes, kStatementMagic, body); !fault.empty())
    return broken(std::move(fault));
  ModelBytes in(body);
  for (const std::size_t size : {std::size_t{kStatementRows}, kStatementColumns})
    if (const std::uint32_t found = in.u32(); found != size)
      return broken(fmt::format("it counts {} where this version counts {}", found, size));
  const std::size_t languages = in.u32();
  if (languages > kMostLanguageBytes) return broken("its list of languages is too long");
  StatementModel out;
  out.languages_ = in.take(languages);
  in.take(8);  // the digest of what it learned from, for people
  out.step_ = in.number();
  for (float& value : out.bias_) value = in.number();
  for (float& value : out.borders_) value = in.number();
  if (!in.good()) return broken("a number of its head is missing or not finite");
  if (in.left() != std::size_t{kStatementRows} * kStatementColumns)
    return broken("the table has not the size its head says");
  out.rows_.resize(kStatementRows);
  for (auto& row : out.rows_)
    std::memcpy(row.data(), in.take(kStatementColumns).data(), kStatementColumns);
  out.name_ = "statements-" + hex64(hash64(bytes)).substr(0, 8);
  return out;
}

bool StatementModel::knows(std::string_view lang) const {
  const auto known = split(languages_, ' ');
  return !lang.empty() && std::ranges::find(known, lang) != known.end();
}

StatementScores StatementModel::shares(std::span<const StatementUnit> units) const {
  alignas(64) std::array<std::int32_t, kStatementRow> sums{};
  for (const StatementUnit& unit : units) {
    const auto& row = rows_[unit.row];
    for (std::size_t c = 0; c < kStatementRow; ++c) sums[c] += row[c];
  }
  const float scale = step_ / root_of(units.size());
  StatementScores out{};
  for (std::size_t c = 0; c < kStatementColumns; ++c)
    out[c] = 1 / (1 + std::exp(-(bias_[c] + static_cast<float>(sums[c]) * scale)));
  return out;
}

void StatementModel::place(std::span<const StatementUnit> units, std::size_t column,
                           std::vector<float>& tokens) const {
  const float scale = step_ / root_of(units.size());
  for (const StatementUnit& unit : units) {
    if (unit.last == unit.first) continue;
    const float part = static_cast<float>(rows_[unit.row][column]) * scale /
                       static_cast<float>(unit.last - unit.first);
    for (std::size_t t = unit.first; t < unit.last; ++t) tokens[t] += part;
  }
}

}  // namespace plumbline
