// Named arrays of numbers in one file, in the safetensors form: the weights of the full tier as
// they are shipped, trained and taken from published encoders.
//
// The form: 8 bytes length n (little endian), n bytes of JSON {"name":{"dtype","shape",
// "data_offsets":[begin,end]},…,"__metadata__":{"key":"text"}}, then the bytes themselves.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace plumbline {

enum class TensorType : std::uint8_t { u8, i8, f32 };

// One array, row by row. `bytes` are those of the file it was read from, or of whoever made it.
struct Tensor {
  std::string name;
  TensorType type = TensorType::f32;
  std::vector<std::size_t> shape;
  std::string_view bytes;

  std::size_t count() const;  // numbers in it
};

class TensorFile {
 public:
  // Reads what stands in `bytes`, which must outlive the result; nothing is copied. Checks every
  // length, offset and name, so that a broken or hostile file is an error with code `parse` that
  // names the array.
  static Result<TensorFile> read(std::string_view bytes);

  const Tensor* find(std::string_view name) const;        // nullptr: not in the file
  std::string_view metadata(std::string_view key) const;  // empty: not in the file
  const std::vector<Tensor>& tensors() const { return tensors_; }

  // The array of that name, type and shape, or an error that says what was expected. Numbers of
  // four bytes lie on addresses that are multiples of four, or the file is refused.
  Result<std::span<const float>> floats(std::string_view name,
                                        std::vector<std::size_t> shape) const;
  Result<std::span<const std::int8_t>> bytes(std::string_view name,
                                             std::vector<std::size_t> shape) const;

 private:
  std::vector<Tensor> tensors_;  // by name
  std::map<std::string, std::string, std::less<>> metadata_;
};

// The file's bytes. Names must differ; the same arrays give the same bytes.
std::string write_tensors(std::vector<Tensor> tensors,
                          const std::map<std::string, std::string, std::less<>>& metadata);

}  // namespace plumbline
