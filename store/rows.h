// How rows are numbered and what is packed into small integers.
#pragma once

#include <cstdint>

#include "base/time.h"
#include "model/analysis.h"

namespace plumbline {

// A row number begins with the UTC day of publication, so that row order is time order by the day:
// the newest come first by counting down, a period is one range of rows, in the full-text index
// too. 17 bits of day (from 1900-01-01; 0: no date) over 25 bits of sequence: below 2^53, so exact
// in JSON.
inline constexpr int kSequenceBits = 25;
inline constexpr std::int64_t kMostPerDay = (std::int64_t{1} << kSequenceBits) - 1;
inline constexpr std::int64_t kFirstRowNumber = 1;  // within a day; row 0 means "none"

inline std::int64_t day_part(Seconds published_at) {
  if (published_at == kNoTime) return 0;
  constexpr std::int64_t kDaysFrom1900 = 25567;
  constexpr std::int64_t kMostDay = (std::int64_t{1} << 17) - 1;
  std::int64_t day = published_at / kSecondsPerDay;
  if (published_at % kSecondsPerDay < 0) --day;
  day += kDaysFrom1900;
  return day < 1 ? 1 : day > kMostDay ? kMostDay : day;
}

// No row published at or after this moment (and dated) has a smaller number.
inline std::int64_t first_row_of(Seconds moment) { return day_part(moment) << kSequenceBits; }
// No row published at or before this moment has a greater number.
inline std::int64_t last_row_of(Seconds moment) {
  return ((day_part(moment) + 1) << kSequenceBits) - 1;
}
inline std::int64_t day_part_of_row(std::int64_t row) { return row >> kSequenceBits; }

// What counting asks of a mention, in one integer: column mention.mark.
namespace mark {
inline constexpr std::int64_t kLabel = 3;  // 0 negative, 1 neutral, 2 positive
inline constexpr std::int64_t kScored = 4;
inline constexpr std::int64_t kSession = 8;
inline constexpr std::int64_t kPrice = 16;  // price_talk 0.5 and more
inline constexpr std::int64_t kValue = 32;
inline constexpr std::int64_t kUnindexed = 64;  // not in the full-text index yet; not analysed
// Analysis::is_doubtful. Rows from before it was marked lack it until they are analysed anew.
inline constexpr std::int64_t kDoubtful = 128;
inline constexpr int kKindShift = 8;  // then one bit for each StatementKind found

inline Polarity label(std::int64_t bits) {
  return static_cast<Polarity>(static_cast<int>(bits & kLabel) - 1);
}
inline std::int64_t kind_bit(StatementKind kind) {
  return std::int64_t{1} << (kKindShift + static_cast<int>(kind));
}
}  // namespace mark

// Column statement.kind: the kind in the lowest eight bits, above them holder and tense, from bit
// 16 on where its condition begins (24 bits) and how long it is (20 bits). Rows from before these
// were read are the author's, present and without condition.
namespace stated {
inline std::int64_t condition_bits(const Span& span) {
  const std::int64_t begin = span.begin, length = span.end - span.begin;
  const bool fits = begin < std::int64_t{1} << 24 && length < std::int64_t{1} << 20;
  return fits && length > 0 ? begin << 16 | length << 40 : 0;
}
inline Span condition(std::int64_t code) {
  const auto begin = static_cast<std::uint32_t>(code >> 16 & 0xFFFFFF);
  return {begin, begin + static_cast<std::uint32_t>(code >> 40 & 0xFFFFF)};
}
inline std::int64_t code(const StatementSpan& s) {
  return static_cast<std::int64_t>(s.kind) | static_cast<std::int64_t>(s.holder) << 8 |
         static_cast<std::int64_t>(s.tense) << 9 | condition_bits(s.condition);
}
inline StatementKind kind(std::int64_t code) { return static_cast<StatementKind>(code & 0xFF); }
inline Holder holder(std::int64_t code) { return static_cast<Holder>(code >> 8 & 1); }
inline Tense tense(std::int64_t code) {
  const std::int64_t bits = code >> 9 & 3;
  return bits > 2 ? Tense::present : static_cast<Tense>(bits);
}
}  // namespace stated

}  // namespace plumbline
