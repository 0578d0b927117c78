#include "tests/fuzz/crawler_targets.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  plumbline::fuzz::try_personal_page({reinterpret_cast<const char*>(data), size});
  return 0;
}
