#include "app/files.h"
#include "app/lines.h"
#include "cli/shared.h"

namespace plumbline {
namespace {

Result<int> run_cluster(const Arguments& arguments) {
  ClusterLinesOptions options;
  if (arguments.get("--k", "auto") != "auto")
    options.clusters = static_cast<int>(PLUMBLINE_TRY(arguments.number("--k", 0, 1, 1000)));
  options.seed =
      static_cast<std::uint64_t>(PLUMBLINE_TRY(arguments.number("--seed", 1, 0, INT64_MAX)));
  options.topics_file = arguments.get("--topics");
  const auto bytes = PLUMBLINE_TRY(open_bytes("-"));
  PLUMBLINE_CHECK(cluster_lines(*bytes, options, [](std::string_view line) { print(line); }));
  return 0;
}

}  // namespace

extern const Command cluster_command;
const Command cluster_command = {
    "cluster",
    "[--k N|auto] [--seed N] [--topics FILE] < texts",
    "group texts, one a line, by what they are about",
    "Needs no workspace. The same texts and seed give the same clusters; -1 is a line without a "
    "content word.",
    "  plumbline cluster --k 8 < titles.txt\n  plumbline cluster --topics topics.jsonl < "
    "titles.txt > clusters.jsonl\n",
    {{"--k", "N|auto", "how many clusters; default auto"},
     {"--seed", "N", "default 1"},
     {"--topics", "FILE", "write the words and label of each cluster there, as JSON lines"}},
    0,
    0,
    run_cluster};

}  // namespace plumbline
