#include "nlp/learn/parameters.h"

#include <algorithm>

namespace plumbline {

std::size_t Parameters::add(std::string name, std::vector<std::size_t> shape) {
  constexpr std::size_t kBorder = 16;
  Parameter one;
  one.count = 1;
  for (const std::size_t each : shape) one.count *= each;
  one.decays = shape.size() > 1;
  one.name = std::move(name);
  one.shape = std::move(shape);
  one.begin = values.size();
  values.resize((one.begin + one.count + kBorder - 1) / kBorder * kBorder);
  all.push_back(std::move(one));
  return all.size() - 1;
}

Status Parameters::take(std::size_t number, const TensorFile& file) {
  const Parameter& one = all[number];
  float* const to = of(number);
  const Tensor* found = file.find(one.name);
  if (found == nullptr || found->type != TensorType::i8) {
    std::ranges::copy(PLUMBLINE_TRY(file.floats(one.name, one.shape)), to);
    return {};
  }
  const std::span<const std::int8_t> bytes = PLUMBLINE_TRY(file.bytes(one.name, one.shape));
  const std::span<const float> scales =
      PLUMBLINE_TRY(file.floats(one.name + ".scale", {one.shape[0]}));
  const std::size_t row = one.count / one.shape[0];
  for (std::size_t i = 0; i < one.count; ++i)
    to[i] = static_cast<float>(bytes[i]) * scales[i / row];
  return {};
}

}  // namespace plumbline
