#include "nlp/spelling.h"

#include <algorithm>
#include <cstdint>

#include "base/embedded.h"
#include "base/text.h"
#include "nlp/tensor_file.h"

namespace plumbline {
namespace {

constexpr std::size_t kShortest = 4;  // letters of a name
constexpr std::size_t kLong = 10;     // two edits from here on

// False, soon, for most words that are not near.
bool may_be_near(std::string_view a, std::string_view b, std::size_t edits) {
  const std::size_t longer = std::max(a.size(), b.size());
  if (longer - std::min(a.size(), b.size()) > edits) return false;
  std::uint64_t in_a = 0, in_b = 0;
  for (const char c : a) in_a |= std::uint64_t{1} << (static_cast<unsigned char>(c) & 63U);
  for (const char c : b) in_b |= std::uint64_t{1} << (static_cast<unsigned char>(c) & 63U);
  return static_cast<std::size_t>(__builtin_popcountll(in_a ^ in_b)) <= 2 * edits;
}

// Two neighbours swapped or one letter doubled, not the first.
bool is_slip(std::string_view word, std::string_view name) {
  if (word.front() != name.front()) return false;
  std::size_t at = 0;
  while (at < name.size() && at < word.size() && word[at] == name[at]) ++at;
  if (word.size() == name.size() + 1)
    return word[at] == name[at - 1] && word.substr(at + 1) == name.substr(at);
  return word.size() == name.size() && at + 1 < name.size() && word[at] == name[at + 1] &&
         word[at + 1] == name[at] && word.substr(at + 2) == name.substr(at + 2);
}

}  // namespace

std::string_view known_vocabulary() {
  const auto file = TensorFile::read(embedded("models/full.safetensors"));
  if (!file) return {};
  const Tensor* words = file->find("vocabulary");
  return words != nullptr && words->type == TensorType::u8 ? words->bytes : std::string_view();
}

std::size_t edits_allowed(std::size_t letters) {
  if (letters < kShortest) return 0;
  return letters < kLong ? 1 : 2;
}

bool is_misspelled(std::string_view word, std::string_view name, bool one_of_several) {
  const std::size_t edits = edits_allowed(name.size());
  if (edits == 0 || word.empty() || word == name || !may_be_near(word, name, edits)) return false;
  if (name.size() <= kShortName && !one_of_several) return is_slip(word, name);
  if (name.size() <= kShortName && word.front() != name.front()) return false;
  const std::size_t distance = edit_distance(word, name);
  return distance <= edits && (distance < 2 || word.front() == name.front());
}

KnownWords::KnownWords(const std::vector<std::string>& names) {
  for (std::string_view word : split(known_vocabulary(), '\n')) {
    if (word.size() < 3 || word.front() == '#' || word.front() == '[') continue;
    for (const std::string& name : names)
      if (is_misspelled(word, name, true)) near_.emplace(word);
  }
}

}  // namespace plumbline
