#include "nlp/model_bytes.h"

#include "base/text.h"

namespace plumbline {

std::string frame_fault(std::string_view bytes, std::string_view magic, std::string_view& body) {
  constexpr std::size_t kSum = 8;
  if (!bytes.starts_with(magic)) return "the file does not begin with " + std::string(magic);
  if (bytes.size() < magic.size() + kSum) return "the file is cut off";
  std::string sum;
  put_u64(sum, hash64(bytes.substr(0, bytes.size() - kSum)));
  if (bytes.substr(bytes.size() - kSum) != sum) return "the file is cut off or damaged";
  body = bytes.substr(magic.size(), bytes.size() - magic.size() - kSum);
  return {};
}

}  // namespace plumbline
