#include <cstdlib>
#include <string_view>

#include "base/time.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(plumbline::parse_day(text));
  plumbline::Result<plumbline::Seconds> time = plumbline::parse_time(text);
  if (!time) return 0;
  // What is printed reads back as the same moment, in the years that have four digits.
  std::string printed = plumbline::format_utc(*time);
  if (printed.size() != 20) return 0;
  if (plumbline::parse_time(printed) != *time) std::abort();
  return 0;
}
