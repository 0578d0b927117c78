#include "nlp/meant_text.h"

#include <algorithm>

#include "base/text.h"
#include "nlp/addresses.h"
#include "nlp/fast_tokens.h"

namespace plumbline {
namespace {

// ASCII but for apostrophes as keyboards make them.
bool is_typed_ascii(std::string_view written) {
  constexpr std::string_view kApostrophe = "\xE2\x80\x99";
  for (std::size_t at = 0; at < written.size(); ++at) {
    if (written.substr(at).starts_with(kApostrophe))
      at += kApostrophe.size() - 1;
    else if (is_high(written[at]))
      return false;
  }
  return true;
}

// A letter was meant where another character, or none that is seen, was written.
bool is_disguised(std::string_view written, const FastToken& token, std::string_view meant) {
  if (token.kind != FastKind::word || token.wide || token.length == 0) return false;
  if (!is_ascii(written)) return !is_typed_ascii(written);
  const auto odd = [](char c) { return is_digit(c) || c == '*' || c == '$'; };
  return std::ranges::count_if(written, odd) > std::ranges::count_if(meant, odd);
}

}  // namespace

MeantText::MeantText(std::string_view text) {
  std::vector<Piece> addresses;
  FastTokens tokens;
  find_addresses(text, addresses);
  split_fast(text, addresses, tokens);
  std::size_t copied = 0;
  for (const FastToken& token : tokens.tokens) {
    has_words_ = has_words_ || token.kind == FastKind::word || token.kind == FastKind::number ||
                 token.kind == FastKind::ideograph;
    const Span at = token.span;
    const std::string_view meant = tokens.folded(token);
    if (!is_disguised(text.substr(at.begin, at.end - at.begin), token, meant)) continue;
    text_.append(text.substr(copied, at.begin - copied));
    const auto begin = static_cast<std::uint32_t>(text_.size());
    text_.append(meant);
    changes_.push_back({{begin, static_cast<std::uint32_t>(text_.size())}, at});
    copied = at.end;
  }
  text_.append(text.substr(copied));
}

Span MeantText::original(Span span) const {
  const auto back = [&](std::uint32_t at, bool is_end) {
    // The first change that does not end before `at`.
    const auto next = std::ranges::partition_point(changes_, [&](const Change& change) {
      return is_end ? change.here.end < at : change.here.end <= at;
    });
    if (next != changes_.end() && next->here.begin < at + (is_end ? 0 : 1))
      return is_end ? next->original.end : next->original.begin;
    if (next == changes_.begin()) return at;
    const Change& before = *std::prev(next);
    return before.original.end + (at - before.here.end);
  };
  return {back(span.begin, false), back(span.end, true)};
}

}  // namespace plumbline
