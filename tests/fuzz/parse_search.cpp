#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "query/parse.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  plumbline::Result<plumbline::SearchNode> node = plumbline::parse_search(text);
  if (!node) {
    if (node.error().message.empty()) std::abort();
    return 0;
  }
  // What is printed parses back to what prints the same.
  std::string printed = plumbline::print_search(*node);
  plumbline::Result<plumbline::SearchNode> again = plumbline::parse_search(printed);
  if (!again || plumbline::print_search(*again) != printed) std::abort();
  return 0;
}
