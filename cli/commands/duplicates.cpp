#include "app/files.h"
#include "app/lines.h"
#include "cli/shared.h"

namespace plumbline {
namespace {

Result<int> run_duplicates(const Arguments&) {
  const auto bytes = PLUMBLINE_TRY(open_bytes("-"));
  PLUMBLINE_CHECK(duplicate_lines(*bytes, [](std::string_view line) { print(line); }));
  return 0;
}

}  // namespace

extern const Command duplicates_command;
const Command duplicates_command = {"duplicates",
                                    "< texts",
                                    "which lines are near-identical to an earlier one",
                                    "Needs no workspace. Lines of one group say the same; a group "
                                    "has the number of its first line.",
                                    "  plumbline duplicates < posts.txt\n  printf 'a b c d e "
                                    "f\\nA, b c d e f!\\n' | plumbline duplicates\n",
                                    {},
                                    0,
                                    0,
                                    run_duplicates};

}  // namespace plumbline
