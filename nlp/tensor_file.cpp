#include "nlp/tensor_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <nlohmann/json.hpp>

namespace plumbline {
namespace {

using Json = nlohmann::json;
constexpr std::size_t kLargestHeader = 16U << 20U;
constexpr std::size_t kLargestDimension = std::size_t{1} << 32U;

struct TypeName {
  TensorType type;
  std::string_view name;
  std::size_t width;
};
constexpr TypeName kTypes[] = {
    {TensorType::u8, "U8", 1}, {TensorType::i8, "I8", 1}, {TensorType::f32, "F32", 4}};

const TypeName* type_named(std::string_view name) {
  for (const TypeName& each : kTypes)
    if (each.name == name) return &each;
  return nullptr;
}

const TypeName& name_of(TensorType type) { return kTypes[static_cast<std::size_t>(type)]; }

tl::unexpected<Error> broken(std::string_view what) {
  return fail(ErrorCode::parse, fmt::format("not a file of weights: {}", what));
}

std::string shape_text(const std::vector<std::size_t>& shape) {
  return fmt::format("[{}]", fmt::join(shape, ", "));
}

// Numbers in a shape, or 0 with `fits` false where no file could hold them.
std::size_t numbers_in(const std::vector<std::size_t>& shape, bool& fits) {
  std::size_t all = 1;
  fits = true;
  for (std::size_t each : shape) {
    if (each > kLargestDimension || (each != 0 && all > kLargestDimension / each)) {
      fits = false;
      return 0;
    }
    all *= each;
  }
  return all;
}

bool is_index(const Json& value) { return value.is_number_unsigned(); }

// One entry of the header. Arrays of a type we never use (half precision, whole numbers) are left
// out: published files carry such beside the weights.
Result<bool> read_entry(const std::string& name, const Json& entry, std::string_view data,
                        Tensor& out) {
  if (!entry.is_object() || !entry.contains("dtype") || !entry["dtype"].is_string() ||
      !entry.contains("shape") || !entry["shape"].is_array() || !entry.contains("data_offsets") ||
      !entry["data_offsets"].is_array() || entry["data_offsets"].size() != 2)
    return broken(fmt::format("the entry \"{}\" lacks its type, shape or place", name));
  const TypeName* type = type_named(entry["dtype"].get_ref<const std::string&>());
  if (type == nullptr) return false;
  out.name = name;
  out.type = type->type;
  for (const Json& each : entry["shape"]) {
    if (!is_index(each)) return broken(fmt::format("\"{}\" has no plain shape", name));
    out.shape.push_back(each.get<std::size_t>());
  }
  const Json& first = entry["data_offsets"][0];
  const Json& last = entry["data_offsets"][1];
  if (!is_index(first) || !is_index(last))
    return broken(fmt::format("\"{}\" has no plain place", name));
  const auto begin = first.get<std::size_t>();
  const auto end = last.get<std::size_t>();
  bool fits = false;
  const std::size_t numbers = numbers_in(out.shape, fits);
  if (!fits || begin > end || end > data.size() || end - begin != numbers * type->width)
    return broken(fmt::format("\"{}\" does not lie inside the file as it says", name));
  out.bytes = data.substr(begin, end - begin);
  return true;
}

}  // namespace

std::size_t Tensor::count() const {
  bool fits = false;
  return numbers_in(shape, fits);
}

Result<TensorFile> TensorFile::read(std::string_view bytes) {
  static_assert(std::endian::native == std::endian::little, "the form is little endian");
  std::uint64_t length = 0;
  if (bytes.size() < sizeof length) return broken("it is shorter than its head");
  std::memcpy(&length, bytes.data(), sizeof length);
  if (length > kLargestHeader || length > bytes.size() - sizeof length)
    return broken("its head is longer than the file");
  const std::string_view head = bytes.substr(sizeof length, length);
  const std::string_view data = bytes.substr(sizeof length + length);
  const Json json = Json::parse(head, nullptr, false);
  if (!json.is_object()) return broken("its head is not a JSON object");
  TensorFile file;
  for (const auto& [name, entry] : json.items()) {
    if (name == "__metadata__") {
      if (!entry.is_object()) return broken("its metadata is not an object");
      for (const auto& [key, value] : entry.items())
        if (value.is_string()) file.metadata_[key] = value.get<std::string>();
      continue;
    }
    Tensor tensor;
    if (PLUMBLINE_TRY(read_entry(name, entry, data, tensor)))
      file.tensors_.push_back(std::move(tensor));
  }
  std::ranges::sort(file.tensors_, {}, &Tensor::name);
  return file;
}

const Tensor* TensorFile::find(std::string_view name) const {
  const auto at = std::ranges::lower_bound(tensors_, name, {}, &Tensor::name);
  return at == tensors_.end() || at->name != name ? nullptr : &*at;
}

std::string_view TensorFile::metadata(std::string_view key) const {
  const auto at = metadata_.find(key);
  return at == metadata_.end() ? std::string_view{} : std::string_view{at->second};
}

namespace {

Result<const Tensor*> expect(const TensorFile& file, std::string_view name, TensorType type,
                             const std::vector<std::size_t>& shape) {
  const Tensor* found = file.find(name);
  if (found == nullptr) return broken(fmt::format("\"{}\" is missing", name));
  if (found->type != type || found->shape != shape)
    return broken(fmt::format("\"{}\" is {} {}, not {} {}", name, name_of(found->type).name,
                              shape_text(found->shape), name_of(type).name, shape_text(shape)));
  return found;
}

}  // namespace

Result<std::span<const float>> TensorFile::floats(std::string_view name,
                                                  std::vector<std::size_t> shape) const {
  const Tensor* found = PLUMBLINE_TRY(expect(*this, name, TensorType::f32, shape));
  if (reinterpret_cast<std::uintptr_t>(found->bytes.data()) % alignof(float) != 0)
    return broken(fmt::format("\"{}\" does not begin at a multiple of four bytes", name));
  return std::span<const float>{reinterpret_cast<const float*>(found->bytes.data()),
                                found->bytes.size() / sizeof(float)};
}

Result<std::span<const std::int8_t>> TensorFile::bytes(std::string_view name,
                                                       std::vector<std::size_t> shape) const {
  const Tensor* found = PLUMBLINE_TRY(expect(*this, name, TensorType::i8, shape));
  return std::span<const std::int8_t>{reinterpret_cast<const std::int8_t*>(found->bytes.data()),
                                      found->bytes.size()};
}

std::string write_tensors(std::vector<Tensor> tensors,
                          const std::map<std::string, std::string, std::less<>>& metadata) {
  // Wide numbers first, so that all of them lie on their borders.
  std::ranges::sort(tensors, [](const Tensor& a, const Tensor& b) {
    const std::size_t wide_a = name_of(a.type).width, wide_b = name_of(b.type).width;
    return wide_a != wide_b ? wide_a > wide_b : a.name < b.name;
  });
  Json json = Json::object();
  if (!metadata.empty()) json["__metadata__"] = metadata;
  std::size_t at = 0;
  for (const Tensor& each : tensors) {
    json[each.name] = {{"dtype", name_of(each.type).name},
                       {"shape", each.shape},
                       {"data_offsets", {at, at + each.bytes.size()}}};
    at += each.bytes.size();
  }
  std::string head = json.dump();
  constexpr std::size_t kBorder = 64;
  head.append((kBorder - (head.size() + sizeof(std::uint64_t)) % kBorder) % kBorder, ' ');
  const std::uint64_t length = head.size();
  std::string out(sizeof length, '\0');
  std::memcpy(out.data(), &length, sizeof length);
  out += head;
  out.reserve(out.size() + at);
  for (const Tensor& each : tensors) out += each.bytes;
  return out;
}

}  // namespace plumbline
