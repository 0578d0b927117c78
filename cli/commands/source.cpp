#include <nlohmann/json.hpp>

#include "app/sources.h"
#include "base/text.h"
#include "cli/shared.h"

namespace plumbline {
namespace {

using Json = nlohmann::ordered_json;

Result<int> list(const Arguments& arguments) {
  Json json = Json::array();
  std::vector<std::vector<std::string>> rows{{"name", "what", "needs"}};
  for (const Source* source : all_sources()) {
    std::string needs = source->needs_url ? "url " : "";
    if (source->needs_query) needs += "query ";
    if (source->needs_token) needs += "token";
    rows.push_back({std::string(source->name), std::string(source->title), needs});
    json.push_back({{"name", source->name},
                    {"title", source->title},
                    {"terms", source->terms},
                    {"needs_url", source->needs_url},
                    {"needs_query", source->needs_query},
                    {"needs_token", source->needs_token}});
  }
  print(arguments.has("--json") ? json.dump(2) + "\n" : table(rows, 9));
  return 0;
}

Result<int> show(const std::string& name) {
  const Source* source = PLUMBLINE_TRY(source_named(name));
  print(describe_source(*source));
  return 0;
}

Result<int> try_source(const Arguments& arguments, const std::string& name) {
  const Config config = PLUMBLINE_TRY(
      read_config(arguments.has("--workspace") ? arguments.get("--workspace") + "/plumbline.toml"
                                               : PLUMBLINE_TRY(find_config("."))));
  const auto progress = make_progress();
  int tried = 0, failed = 0;
  for (const SourceConfig& source : config.sources) {
    if (source.kind != name && source.label != name) continue;
    ++tried;
    const auto seen = probe(config, source, *progress);
    print(seen ? *seen : fmt_line("{}: {}\n", source.label, describe(seen.error())));
    failed += !seen;
    if (!seen && seen.error().code == ErrorCode::denied) return 4;
  }
  if (tried == 0)
    return fail(
        ErrorCode::invalid,
        "no [[source]] of kind or label '" + escape_terminal(name) + "' in the configuration",
        config.file);
  return failed > 0 ? 1 : 0;
}

Result<int> run_source(const Arguments& arguments) {
  const std::string& verb = arguments.words.front();
  if (verb == "list") return list(arguments);
  if (arguments.words.size() < 2)
    return fail(ErrorCode::invalid, "which source? see: plumbline source list");
  if (verb == "show") return show(arguments.words[1]);
  if (verb == "probe") return try_source(arguments, arguments.words[1]);
  return fail(ErrorCode::invalid,
              "source knows list, show and probe, not '" + escape_terminal(verb) + "'");
}

}  // namespace

extern const Command source_command;
const Command source_command = {
    "source",
    "list | show NAME | probe NAME",
    "which kinds of source there are; try a configured one",
    "probe asks a configured source once, says what it saw, and keeps nothing.",
    "  plumbline source list\n  plumbline source show mastodon\n",
    {{"--json", "", "list as JSON"}},
    1,
    2,
    run_source};

}  // namespace plumbline
