#include "crawler/name_pattern.h"

#include <algorithm>

namespace plumbline {
namespace {

constexpr std::size_t kMostTimes = 255;

bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

Status bad(std::string_view text, std::size_t at) {
  return fail(ErrorCode::invalid, "a pattern of names cannot be read at character " +
                                      std::to_string(at + 1) + " of '" + std::string(text) + "'");
}

std::size_t read_number(std::string_view text, std::size_t& at) {
  std::size_t number = 0;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9' && number <= kMostTimes)
    number = number * 10 + static_cast<std::size_t>(text[at++] - '0');
  return number;
}

bool is_meta(char c) {
  return std::string_view("[]{}()?*+|^$\\").find(c) != std::string_view::npos;
}

}  // namespace

Status NamePattern::read_class(std::string_view text, std::size_t& at, Piece& piece) {
  const std::size_t close = text.find(']', at);
  if (close == std::string_view::npos || close == at + 1) return bad(text, at);
  const std::string_view inside = text.substr(at + 1, close - at - 1);
  for (std::size_t i = 0; i < inside.size(); ++i) {
    const char first = inside[i];
    const bool range = i + 2 < inside.size() && inside[i + 1] == '-';
    const char last = range ? inside[i + 2] : first;
    if (first < ' ' || last > '~' || last < first || first == '^' || first == '\\')
      return bad(text, at);
    for (int c = first; c <= last; ++c) piece.characters += static_cast<char>(c);
    if (range) i += 2;
  }
  at = close + 1;
  return {};
}

Status NamePattern::read_count(std::string_view text, std::size_t& at, Piece& piece) {
  if (at >= text.size()) return {};
  if (text[at] == '?') {
    piece.least = 0;
    ++at;
    return {};
  }
  if (text[at] != '{') return {};
  const std::size_t begin = at++;
  piece.least = piece.most = read_number(text, at);
  if (at < text.size() && text[at] == ',') piece.most = read_number(text, ++at);
  if (at >= text.size() || text[at] != '}' || piece.most < piece.least || piece.most == 0 ||
      piece.most > kMostTimes)
    return bad(text, begin);
  ++at;
  return {};
}

Result<NamePattern::Piece> NamePattern::read_piece(std::string_view text, std::size_t& at) {
  Piece piece;
  if (text[at] == '[') {
    PLUMBLINE_CHECK(read_class(text, at, piece));
  } else {
    if (is_meta(text[at]) || text[at] < ' ' || text[at] > '~')
      return tl::unexpected(bad(text, at).error());
    piece.characters = text[at++];
  }
  PLUMBLINE_CHECK(read_count(text, at, piece));
  std::string& all = piece.characters;
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  std::copy_if(all.begin(), all.end(), std::back_inserter(piece.plain), is_plain);
  if (piece.plain.empty()) piece.plain = all;
  return piece;
}

Result<NamePattern> NamePattern::parse(std::string_view text) {
  NamePattern pattern;
  pattern.alternatives_.emplace_back();
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '|') {
      if (pattern.alternatives_.back().empty() || at + 1 == text.size())
        return tl::unexpected(bad(text, at).error());
      pattern.alternatives_.emplace_back();
      ++at;
      continue;
    }
    pattern.alternatives_.back().push_back(PLUMBLINE_TRY(read_piece(text, at)));
  }
  if (pattern.alternatives_.back().empty()) return tl::unexpected(bad(text, 0).error());
  return pattern;
}

// All places in the name that the pieces so far can have reached: no backtracking, so no pattern
// can be slow.
bool NamePattern::fits(const Alternative& alternative, std::string_view name) {
  std::vector<char> here(name.size() + 1, 0), next;
  here[0] = 1;
  for (const Piece& piece : alternative) {
    next.assign(name.size() + 1, 0);
    for (std::size_t from = 0; from <= name.size(); ++from) {
      if (here[from] == 0) continue;
      for (std::size_t times = 0; times <= piece.most; ++times) {
        if (times >= piece.least) next[from + times] = 1;
        if (from + times >= name.size() ||
            !std::binary_search(piece.characters.begin(), piece.characters.end(),
                                name[from + times]))
          break;
      }
    }
    here.swap(next);
  }
  return here[name.size()] != 0;
}

bool NamePattern::fits(std::string_view name) const {
  if (name.size() > 512) return false;
  return std::any_of(alternatives_.begin(), alternatives_.end(),
                     [&](const Alternative& one) { return fits(one, name); });
}

std::size_t NamePattern::least(const Alternative& alternative) {
  std::size_t sum = 0;
  for (const Piece& piece : alternative) sum += piece.least;
  return sum;
}

const NamePattern::Alternative* NamePattern::longest() const {
  const auto most = [](const Alternative& alternative) {
    std::size_t sum = 0;
    for (const Piece& piece : alternative) sum += piece.most;
    return sum;
  };
  return &*std::max_element(
      alternatives_.begin(), alternatives_.end(),
      [&](const Alternative& a, const Alternative& b) { return most(a) < most(b); });
}

}  // namespace plumbline
