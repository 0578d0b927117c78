#include "app/entity_lines.h"
#include "app/files.h"
#include "app/lines.h"
#include "cli/shared.h"

namespace plumbline {
namespace {

constexpr std::size_t kMostLabels = 64 << 20;  // bytes

Result<int> run_entities(const Arguments& arguments) {
  const LineSink sink = [](std::string_view line) { print(line); };
  if (arguments.has("--labels")) {
    const std::string labels = PLUMBLINE_TRY(read_file(arguments.get("--labels"), kMostLabels));
    PLUMBLINE_CHECK(score_brands(labels, arguments.has("--json"), sink));
    return 0;
  }
  const BrandWish wish = brand_wish_of(arguments);
  const BrandWords brands = PLUMBLINE_TRY(brands_for(wish, arguments.get("--workspace")));
  if (brands.empty())
    return fail(ErrorCode::invalid, "name a brand: --brand Apple, or a workspace: --workspace DIR");
  std::string text;
  for (const std::string& word : arguments.words) text += text.empty() ? word : " " + word;
  if (!text.empty()) {
    explain_brands(brands, text, arguments.has("--json"), sink);
    return 0;
  }
  const auto bytes = PLUMBLINE_TRY(open_bytes("-"));
  LineReader reader(*bytes);
  std::string line;
  while (PLUMBLINE_TRY(reader.next(line)))
    explain_brands(brands, line, arguments.has("--json"), sink);
  return 0;
}

}  // namespace

extern const Command entities_command;
const Command entities_command = {
    "entities",
    "[--brand N]... [--alias N=WORD]... [--product N=WORD]... [--context N=WORD]... [TEXT...] | "
    "--labels FILE",
    "whether a brand word means the brand, and what speaks for and against it",
    "Needs no workspace; with --workspace DIR and no --brand its brands are looked for. A word "
    "that "
    "is also a common one (apple, target,\n"
    "orange …) is judged by its context; below 0.50 it is not the brand and a mention is not "
    "counted "
    "for it. Without TEXT each line of the\n"
    "input is one. --labels: precision, recall and what went wrong on lines of "
    "{\"text\",\"word\",\"brand\":true|false}.",
    "  plumbline entities --brand Apple 'apple support never called back'\n  plumbline entities "
    "--brand Apple --json 'my apple tree is ill'\n",
    brand_options({{"--labels", "FILE", "measure on labelled sentences"},
                   {"--json", "", "the same as JSON"}}),
    0,
    -1,
    run_entities};

}  // namespace plumbline
