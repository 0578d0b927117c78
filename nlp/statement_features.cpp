#include "nlp/statement_features.h"

#include <algorithm>

namespace plumbline {
namespace {

// What a row is of, so that the same words in another part are another row.
enum class Part : std::uint64_t { word, head, stem, tail, pair, triple, around, first, last, mood };

constexpr std::size_t kShortStem = 4, kLongStem = 6, kTail = 3;  // bytes

class Units {
 public:
  Units(std::string_view lang, std::vector<StatementUnit>& out, const ModelRow* rows)
      : out_(out), rows_(rows) {
    for (const char each : lang) seed_ = fast_mix(seed_ + static_cast<unsigned char>(each));
  }

  void add(Part part, std::uint64_t hash, std::size_t first, std::size_t last) {
    const std::uint64_t mixed =
        fast_mix(hash + seed_ + static_cast<std::uint64_t>(part) * 0x9E3779B97F4A7C15ULL);
    const auto row = static_cast<std::uint32_t>(mixed >> 40) & (kStatementRows - 1);
    ask_for_row(rows_, row);
    out_.push_back({row, static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(last)});
  }

 private:
  std::vector<StatementUnit>& out_;
  const ModelRow* rows_;
  std::uint64_t seed_ = 1;
};

std::uint64_t marked_hash(const FastToken& token) {
  if (token.kind != FastKind::mark) return token.hash;
  return fast_mix(static_cast<unsigned char>(token.mark) + 256U);
}

std::uint64_t joined(std::uint64_t one, std::uint64_t other) {
  return fast_mix(one + 0x51) * 31 + other;
}

}  // namespace

void statement_units(const FastTokens& tokens, const StatedSentence& sentence,
                     std::vector<StatementUnit>& out, const ModelRow* rows) {
  out.clear();
  Units units(sentence.lang, out, rows);
  const TokenRange range = sentence.tokens;
  const std::size_t count = std::min(range.last - range.first, kMostStatementTokens);
  const FastToken* const at = tokens.tokens.data() + range.first;
  for (std::size_t i = 0; i < count; ++i) {
    const FastToken& token = at[i];
    const std::uint64_t one = marked_hash(token);
    units.add(Part::word, one, i, i + 1);
    if (token.kind == FastKind::word) {
      const char* const bytes = tokens.arena.data() + token.at;
      if (token.length > kShortStem) units.add(Part::head, fast_hash(bytes, kShortStem), i, i + 1);
      if (token.length > kLongStem) units.add(Part::stem, fast_hash(bytes, kLongStem), i, i + 1);
      if (token.length > kTail)
        units.add(Part::tail, fast_hash(bytes + token.length - kTail, kTail), i, i + 1);
    }
    if (i + 1 < count) {
      const std::uint64_t two = joined(one, marked_hash(at[i + 1]));
      units.add(Part::pair, two, i, i + 2);
      if (i + 2 < count) {
        units.add(Part::triple, joined(two, marked_hash(at[i + 2])), i, i + 3);
        units.add(Part::around, joined(one, marked_hash(at[i + 2])), i, i + 3);
      }
    }
  }
  if (count == 0) return;
  units.add(Part::first, marked_hash(at[0]), 0, 1);
  if (count > 1) units.add(Part::first, joined(marked_hash(at[0]), marked_hash(at[1])), 0, 2);
  units.add(Part::last, marked_hash(at[count - 1]), count - 1, count);
  // In steps of a fifth, one row for each side.
  const auto step = [](float share) {
    return static_cast<std::uint64_t>(std::clamp(share, 0.0F, 0.99F) * 5);
  };
  units.add(Part::mood, 100 + step(sentence.mood.negative), 0, 0);
  units.add(Part::mood, 200 + step(sentence.mood.positive), 0, 0);
}

void statement_sentences(const std::vector<Piece>& sentences, const FastTokens& tokens,
                         std::vector<TokenRange>& out) {
  out.clear();
  const auto& all = tokens.tokens;
  std::size_t first = 0;
  for (const Piece& sentence : sentences) {
    std::size_t last = first;
    while (last < all.size() && all[last].span.begin < sentence.end) ++last;
    if (last > first) out.push_back({first, last});
    first = last;
  }
  if (first < all.size()) out.push_back({first, all.size()});
}

}  // namespace plumbline
