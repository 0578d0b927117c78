#include "nlp/matrix.h"

#include <algorithm>
#include <array>
#include <compare>
#include <map>
#include <mutex>
#include <oneapi/dnnl/dnnl.hpp>
#include <vector>

// oneDNN shares its work by OpenMP. Weak: a oneDNN built without it has one thread anyway.
extern "C" __attribute__((weak)) void omp_set_num_threads(int threads);

namespace plumbline {
namespace {

dnnl_dim_t dim(std::size_t value) { return static_cast<dnnl_dim_t>(value); }
char letter(Turned turned) { return turned == Turned::yes ? 'T' : 'N'; }

// A thread tells OpenMP before its first product; the number is kept per thread.
void stay_on_this_thread() {
  thread_local const bool told = [] {
    if (omp_set_num_threads != nullptr) omp_set_num_threads(1);
    return true;
  }();
  static_cast<void>(told);
}

dnnl::memory::desc rows_of(std::size_t rows, std::size_t columns, dnnl::memory::data_type type,
                           Turned turned) {
  using Order = dnnl::memory::format_tag;
  return {{dim(rows), dim(columns)}, type, turned == Turned::yes ? Order::ba : Order::ab};
}

const dnnl::engine& engine() {
  static const dnnl::engine one(dnnl::engine::kind::cpu, 0);
  return one;
}

using Factors = std::array<dnnl::memory::desc, 3>;  // both factors and what comes out

dnnl::matmul::primitive_desc product_of(const Factors& parts, bool add) {
  dnnl::primitive_attr attributes;
  if (add) {
    dnnl::post_ops after;
    after.append_sum(1.0F);
    attributes.set_post_ops(after);
  }
#if DNNL_VERSION_MAJOR >= 3
  return {engine(), parts[0], parts[1], parts[2], attributes};
#else
  return {dnnl::matmul::desc(parts[0], parts[1], parts[2]), attributes, engine()};
#endif
}

// One thread at a time makes products: oneDNN's own store of them was seen comparing what another
// thread had just given back.
std::mutex& one_maker() {
  static std::mutex one;
  return one;
}

// What a product that was made is known by.
struct Made {
  ProductSize size;
  bool bytes, turn_a, turn_b, add;
  auto operator<=>(const Made&) const = default;
};

constexpr std::size_t kMostKept = 1000;  // products, by a thread

// Made once a thread: oneDNN wants a product used by the thread that made it.
dnnl::matmul& made_product(const Made& what, const Factors& parts) {
  thread_local std::map<Made, dnnl::matmul> kept;
  const auto found = kept.find(what);
  if (found != kept.end()) return found->second;
  if (kept.size() >= kMostKept) kept.clear();
  const std::scoped_lock lock(one_maker());
  return kept.emplace(what, product_of(parts, what.add)).first->second;
}

// oneDNN takes what it only reads without const.
void run_product(dnnl::matmul& product, const Factors& parts, const void* a, const void* b,
                 void* out) {
  thread_local dnnl::stream stream(engine());
  product.execute(stream, {{DNNL_ARG_SRC, {parts[0], engine(), const_cast<void*>(a)}},
                           {DNNL_ARG_WEIGHTS, {parts[1], engine(), const_cast<void*>(b)}},
                           {DNNL_ARG_DST, {parts[2], engine(), out}}});
  stream.wait();
}

// The factors and sums of a product of bytes; the second factor as it lies, or as oneDNN wants it.
Factors bytes_of(ProductSize size, bool packed) {
  using Type = dnnl::memory::data_type;
  Factors out = {rows_of(size.rows, size.inner, Type::u8, Turned::no),
                 rows_of(size.inner, size.columns, Type::s8, Turned::yes),
                 rows_of(size.rows, size.columns, Type::s32, Turned::no)};
  if (packed)
    out[1] = {{dim(size.inner), dim(size.columns)}, Type::s8, dnnl::memory::format_tag::any};
  return out;
}

// Processors without instructions for it (VNNI) add two products of bytes in 16 bits, where oneDNN
// lets large ones saturate; none does as long as the first factor is below 128.
constexpr std::uint8_t kSafe = 127;

constexpr std::size_t kUsualRows = 256;  // of a product, for choosing how factors are laid out

}  // namespace

struct PackedBytes::Parts {
  ProductSize size;  // but for the rows
  dnnl::memory packed;
};

PackedBytes::PackedBytes(const std::int8_t* b, std::size_t columns, std::size_t inner)
    : parts_(std::make_unique<Parts>()) {
  stay_on_this_thread();
  const std::scoped_lock lock(one_maker());
  parts_->size = {kUsualRows, columns, inner};
  dnnl::memory plain(bytes_of(parts_->size, false)[1], engine(), const_cast<std::int8_t*>(b));
  parts_->packed =
      dnnl::memory(product_of(bytes_of(parts_->size, true), false).weights_desc(), engine());
  dnnl::stream stream(engine());
  dnnl::reorder(plain, parts_->packed).execute(stream, plain, parts_->packed);
  stream.wait();
}

PackedBytes::PackedBytes() = default;
PackedBytes::~PackedBytes() = default;
PackedBytes::PackedBytes(PackedBytes&&) noexcept = default;
PackedBytes& PackedBytes::operator=(PackedBytes&&) noexcept = default;

namespace {

// Whether large bytes come out wrong on this machine.
bool saturates() {
  static const bool does = [] {
    constexpr std::size_t kRows = 16, kInner = 64;
    constexpr int kLargest = 127, kByte = 255;
    const std::vector<std::uint8_t> a(kRows * kInner, kByte);
    const std::vector<std::int8_t> b(kRows * kInner, kLargest);
    std::vector<std::int32_t> out(kRows * kRows);
    PackedBytes(b.data(), kRows, kInner).multiply_as_is(a.data(), kRows, out.data());
    return out.front() != kByte * kLargest * static_cast<int>(kInner);
  }();
  return does;
}

}  // namespace

void PackedBytes::multiply(const std::uint8_t* a, std::size_t rows, std::int32_t* out) const {
  const std::size_t count = rows * parts_->size.inner, sums = rows * parts_->size.columns;
  const bool is_safe =
      !saturates() || std::all_of(a, a + count, [](std::uint8_t value) { return value <= kSafe; });
  if (is_safe) return multiply_as_is(a, rows, out);
  // Twice the half and the rest.
  thread_local std::vector<std::uint8_t> halves;
  thread_local std::vector<std::int32_t> both;
  halves.resize(2 * count);
  both.resize(2 * sums);
  for (std::size_t i = 0; i < count; ++i) {
    halves[i] = a[i] / 2;
    halves[count + i] = a[i] % 2;
  }
  multiply_as_is(halves.data(), 2 * rows, both.data());
  for (std::size_t i = 0; i < sums; ++i) out[i] = 2 * both[i] + both[sums + i];
}

void PackedBytes::multiply_as_is(const std::uint8_t* a, std::size_t rows, std::int32_t* out) const {
  stay_on_this_thread();
  const ProductSize size = {rows, parts_->size.columns, parts_->size.inner};
  Factors parts = bytes_of(size, false);
  parts[1] = parts_->packed.get_desc();
  run_product(made_product({size, true, false, true, false}, parts), parts, a,
              parts_->packed.get_data_handle(), out);
}

void multiply(const float* a, Turned turn_a, const float* b, Turned turn_b, float* out,
              ProductSize size, bool add) {
  stay_on_this_thread();
  const std::size_t a_row = turn_a == Turned::yes ? size.rows : size.inner;
  const std::size_t b_row = turn_b == Turned::yes ? size.inner : size.columns;
  dnnl_sgemm(letter(turn_a), letter(turn_b), dim(size.rows), dim(size.columns), dim(size.inner),
             1.0F, a, dim(a_row), b, dim(b_row), add ? 1.0F : 0.0F, out, dim(size.columns));
}

bool has_fast_halves() {
  static const bool has = [] {
    const dnnl::cpu_isa isa = dnnl::get_effective_cpu_isa();
    return isa == dnnl::cpu_isa::avx512_core_bf16 || isa == dnnl::cpu_isa::avx512_core_amx;
  }();
  return has;
}

void multiply_halves(const Half* a, Turned turn_a, const Half* b, Turned turn_b, float* out,
                     ProductSize size, bool add) {
  using Type = dnnl::memory::data_type;
  stay_on_this_thread();
  const Factors parts = {rows_of(size.rows, size.inner, Type::bf16, turn_a),
                         rows_of(size.inner, size.columns, Type::bf16, turn_b),
                         rows_of(size.rows, size.columns, Type::f32, Turned::no)};
  const Made what = {size, false, turn_a == Turned::yes, turn_b == Turned::yes, add};
  run_product(made_product(what, parts), parts, a, b, out);
}

}  // namespace plumbline
