// The numbers that teaching changes, all in one row of memory, each array with its name.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "nlp/matrix.h"
#include "nlp/tensor_file.h"

namespace plumbline {

struct Parameter {
  std::string name;
  std::vector<std::size_t> shape;
  std::size_t begin = 0, count = 0;  // in Parameters::values
  bool decays = false;               // weights are drawn to zero, gains and biases are not
};

struct Parameters {
  std::vector<Parameter> all;
  std::vector<float> values;
  // The same as halves, or empty: then products are of floats.
  std::vector<Half> halves;

  // Room for one more array of zeros; its number in `all`. Arrays begin at multiples of 16 numbers.
  std::size_t add(std::string name, std::vector<std::size_t> shape);

  float* of(std::size_t number) { return values.data() + all[number].begin; }
  const float* of(std::size_t number) const { return values.data() + all[number].begin; }
  const Half* half_of(std::size_t number) const { return halves.data() + all[number].begin; }

  // Takes the array of the same name from `file`: floats, or bytes with "NAME.scale" per row. An
  // error where it is missing or has another shape.
  Status take(std::size_t number, const TensorFile& file);
};

}  // namespace plumbline
