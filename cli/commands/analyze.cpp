#include "app/files.h"
#include "app/lines.h"
#include "cli/shared.h"

namespace plumbline {
namespace {

Result<int> run_analyze(const Arguments& arguments) {
  AnalyzeOptions options;
  options.json_lines = arguments.has("--jsonl");
  options.explain = arguments.has("--explain");
  if (options.json_lines && arguments.has("--text"))
    return fail(ErrorCode::invalid, "--text and --jsonl exclude each other");
  options.threads = static_cast<int>(PLUMBLINE_TRY(arguments.number("--threads", 0, 0, 64)));
  const std::string tier = arguments.get("--tier", "fast");
  if (!tier_named(tier, options.depth.tier))
    return fail(ErrorCode::invalid, "--tier is fast, full or cascade, not '" + tier + "'");
  const std::int64_t share = PLUMBLINE_TRY(arguments.number("--closer", 0, 1, 100));
  if (share > 0 && options.depth.tier != Tier::cascade)
    return fail(ErrorCode::invalid, "--closer goes with --tier cascade");
  options.depth.share = static_cast<float>(share) / 100;
  std::shared_ptr<const FullModels> full;
  if (options.depth.tier != Tier::fast)
    full = PLUMBLINE_TRY(load_full_models(arguments.get("--workspace")));
  options.full = full.get();
  const auto analyzer = PLUMBLINE_TRY(load_analyzer(arguments.get("--workspace")));
  const BrandWish wish = brand_wish_of(arguments);
  const BrandWords brands = PLUMBLINE_TRY(brands_for(wish, arguments.get("--workspace")));
  if (!brands.empty()) options.brands = &brands;
  const auto bytes = PLUMBLINE_TRY(open_bytes("-"));
  const AnalyzedLines done = PLUMBLINE_TRY(
      analyze_lines(*analyzer, *bytes, options, [](std::string_view line) { print(line); }));
  if (done.not_known > 0 && options.depth.tier == Tier::full)
    say(fmt_line(
        "plumbline: {} of {} lines are in a language that the full tier does not know; the "
        "fast tier read them",
        done.not_known, done.lines));
  if (done.broken > 0)
    say(fmt_line(
        "plumbline: {} lines were no JSON object with a text; each has its error in the output",
        done.broken));
  return done.broken > 0 ? 3 : 0;
}

}  // namespace

extern const Command analyze_command;
const Command analyze_command = {
    "analyze",
    "[--text | --jsonl] [--tier fast|full|cascade] [--closer N] [--explain] [--threads N] [--brand "
    "N]... "
    "[--alias N=WORD]... "
    "[--product N=WORD]... [--context N=WORD]... < lines",
    "one text a line in, one analysis a line out, as JSON",
    "Needs no workspace. --text (default): each line is a text, its id the line's number from 1. "
    "--jsonl: each line is a document\n"
    "(see docs/contract.md) with at least a text. begin and end are byte offsets into the text as "
    "given. With --brand, or --workspace DIR for its brands, entities name brands and products "
    "too.",
    "  echo 'Support never answered, but the pump is great' | plumbline analyze\n  plumbline "
    "analyze --jsonl --explain < mentions.jsonl\n",
    brand_options(
        {{"--text", "", "lines of plain text (default)"},
         {"--jsonl", "", "lines of JSON documents"},
         {"--tier", "NAME",
          "fast (default); full reads more closely; cascade where fast is unsure"},
         {"--closer", "N",
          "with cascade: about N texts in 100 are read by the full tier; default: some 20"},
         {"--explain", "", "adds which words and rules weighed how much"},
         {"--threads", "N", "default: one per core; the output is the same for any number"}}),
    0,
    0,
    run_analyze};

}  // namespace plumbline
