#include "model/report.h"

namespace plumbline {

Weight weight_of(std::int64_t authors) {
  if (authors < 30) return Weight::quotes_only;
  return authors < 100 ? Weight::grey : Weight::full;
}

}  // namespace plumbline
