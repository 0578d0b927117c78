#include "nlp/matrix.h"

#include <oneapi/dnnl/dnnl.hpp>

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

// oneDNN keeps what it made for a size, so asking again costs little.
dnnl::matmul::primitive_desc product_of(const dnnl::engine& engine,
                                        const dnnl::memory::desc (&parts)[3], bool add) {
  dnnl::primitive_attr attributes;
  if (add) {
    dnnl::post_ops after;
    after.append_sum(1.0F);
    attributes.set_post_ops(after);
  }
#if DNNL_VERSION_MAJOR >= 3
  return {engine, parts[0], parts[1], parts[2], attributes};
#else
  return {dnnl::matmul::desc(parts[0], parts[1], parts[2]), attributes, engine};
#endif
}

}  // namespace

void multiply_bytes(const std::uint8_t* a, const std::int8_t* b, std::int32_t* out,
                    ProductSize size) {
  stay_on_this_thread();
  const std::int32_t nothing = 0;
  dnnl_gemm_u8s8s32('N', 'T', 'F', dim(size.rows), dim(size.columns), dim(size.inner), 1.0F, a,
                    dim(size.inner), 0, b, dim(size.inner), 0, 0.0F, out, dim(size.columns),
                    &nothing);
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
  static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  thread_local dnnl::stream stream(engine);
  const dnnl::memory::desc parts[3] = {rows_of(size.rows, size.inner, Type::bf16, turn_a),
                                       rows_of(size.inner, size.columns, Type::bf16, turn_b),
                                       rows_of(size.rows, size.columns, Type::f32, Turned::no)};
  const dnnl::matmul product(product_of(engine, parts, add));
  // oneDNN takes what it only reads without const.
  product.execute(stream, {{DNNL_ARG_SRC, {parts[0], engine, const_cast<Half*>(a)}},
                           {DNNL_ARG_WEIGHTS, {parts[1], engine, const_cast<Half*>(b)}},
                           {DNNL_ARG_DST, {parts[2], engine, out}}});
  stream.wait();
}

}  // namespace plumbline
