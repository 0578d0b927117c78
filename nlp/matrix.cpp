#include "nlp/matrix.h"

#include <oneapi/dnnl/dnnl.h>

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

}  // namespace plumbline
