#include "nlp/statement_features.h"

#include <algorithm>

namespace plumbline {
namespace {

// What a row is of, so that the same bytes in another part are another row.
enum class Part : std::uint64_t { word, head, stem, tail };

constexpr std::size_t kShortStem = 4, kLongStem = 6, kTail = 3;  // bytes

void add(Part part, std::uint64_t hash, std::uint64_t seed, StatementToken& out) {
  const std::uint64_t mixed =
      fast_mix(hash + seed + static_cast<std::uint64_t>(part) * 0x9E3779B97F4A7C15ULL);
  out.rows[out.count++] = static_cast<std::uint32_t>(mixed >> 40U) & (kStatementRows - 1);
}

}  // namespace

void statement_rows(const FastTokens& tokens, TokenRange sentence, std::string_view lang,
                    std::vector<StatementToken>& out) {
  std::uint64_t seed = 1;
  for (const char each : lang) seed = fast_mix(seed + static_cast<unsigned char>(each));
  const std::size_t count = std::min(sentence.last - sentence.first, kMostStatementTokens);
  out.assign(count, {});
  for (std::size_t i = 0; i < count; ++i) {
    const FastToken& token = tokens.tokens[sentence.first + i];
    if (token.kind == FastKind::mark) {
      add(Part::word, fast_mix(static_cast<unsigned char>(token.mark) + 256U), seed, out[i]);
      continue;
    }
    add(Part::word, token.hash, seed, out[i]);
    if (token.kind != FastKind::word) continue;
    const char* const bytes = tokens.arena.data() + token.at;
    if (token.length > kShortStem) add(Part::head, fast_hash(bytes, kShortStem), seed, out[i]);
    if (token.length > kLongStem) add(Part::stem, fast_hash(bytes, kLongStem), seed, out[i]);
    if (token.length > kTail)
      add(Part::tail, fast_hash(bytes + token.length - kTail, kTail), seed, out[i]);
  }
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
