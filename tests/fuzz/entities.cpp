#include "tests/fuzz/nlp_targets.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  plumbline::fuzz::try_entities({reinterpret_cast<const char*>(data), size});
  return 0;
}
