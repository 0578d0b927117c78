#include "nlp/spelling.h"

#include <algorithm>
#include <cstdint>

#include "base/embedded.h"
#include "base/text.h"
#include "nlp/tensor_file.h"

namespace plumbline {
namespace {

constexpr std::size_t kShortest = 5;  // letters of a name by itself
constexpr std::size_t kShortestOfSeveral = 4;
constexpr std::size_t kLong = 10;  // two edits from here on

// False, soon, for most words that are not near.
bool may_be_near(std::string_view a, std::string_view b, std::size_t edits) {
  const std::size_t longer = std::max(a.size(), b.size());
  if (longer - std::min(a.size(), b.size()) > edits) return false;
  std::uint64_t in_a = 0, in_b = 0;
  for (const char c : a) in_a |= std::uint64_t{1} << (static_cast<unsigned char>(c) & 63U);
  for (const char c : b) in_b |= std::uint64_t{1} << (static_cast<unsigned char>(c) & 63U);
  return static_cast<std::size_t>(__builtin_popcountll(in_a ^ in_b)) <= 2 * edits;
}

std::string_view vocabulary() {
  const auto file = TensorFile::read(embedded("models/full.safetensors"));
  if (!file) return {};
  const Tensor* words = file->find("vocabulary");
  return words != nullptr && words->type == TensorType::u8 ? words->bytes : std::string_view();
}

}  // namespace

std::size_t edits_allowed(std::size_t letters, bool one_of_several) {
  if (letters < (one_of_several ? kShortestOfSeveral : kShortest)) return 0;
  return letters < kLong ? 1 : 2;
}

bool is_misspelled(std::string_view word, std::string_view name, bool one_of_several) {
  const std::size_t edits = edits_allowed(name.size(), one_of_several);
  if (edits == 0 || word.empty() || word == name || !may_be_near(word, name, edits)) return false;
  if (name.size() <= kShortest && word.front() != name.front()) return false;
  const std::size_t distance = edit_distance(word, name);
  return distance <= edits && (distance < 2 || word.front() == name.front());
}

KnownWords::KnownWords(const std::vector<std::string>& names) {
  for (std::string_view word : split(vocabulary(), '\n')) {
    if (word.size() < 3 || word.front() == '#' || word.front() == '[') continue;
    for (const std::string& name : names)
      if (is_misspelled(word, name, true)) near_.emplace(word);
  }
}

}  // namespace plumbline
