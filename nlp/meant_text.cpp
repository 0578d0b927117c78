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
  const auto odd = [](char c) {
    return is_digit(c) || c == '*' || c == '$' || c == '@' || c == '!';
  };
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

Span MeantText::moved(Span span, Span Change::*from, Span Change::*to) const {
  const auto move = [&](std::uint32_t at, bool is_end) {
    // The first change that does not end before `at`.
    const auto next = std::ranges::partition_point(changes_, [&](const Change& change) {
      return is_end ? (change.*from).end < at : (change.*from).end <= at;
    });
    if (next != changes_.end() && ((*next).*from).begin < at + (is_end ? 0 : 1))
      return is_end ? ((*next).*to).end : ((*next).*to).begin;
    if (next == changes_.begin()) return at;
    const Change& before = *std::prev(next);
    return (before.*to).end + (at - (before.*from).end);
  };
  return {move(span.begin, false), move(span.end, true)};
}

Span MeantText::original(Span span) const { return moved(span, &Change::here, &Change::original); }

Span MeantText::meant(Span span) const { return moved(span, &Change::original, &Change::here); }

}  // namespace plumbline
