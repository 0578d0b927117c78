#include "app/files.h"
#include "app/lines.h"
#include "app/sources.h"
#include "base/text.h"
#include "cli/shared.h"

namespace plumbline {
namespace {

Result<int> run_parse(const Arguments& arguments) {
  const Source* source = PLUMBLINE_TRY(source_named(arguments.words.front()));
  SourceQuery query;
  query.url = arguments.get("--url", source->base);
  query.words = arguments.get("--query");
  query.brand = arguments.get("--brand");
  for (const std::string& pair : arguments.all("--set")) {
    const auto equals = pair.find('=');
    if (equals == std::string::npos || equals == 0)
      return fail(ErrorCode::invalid, "--set wants KEY=VALUE, not '" + escape_terminal(pair) + "'");
    query.options[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  ReplyContext context{arguments.get("--cursor"), arguments.get("--link"), query.url,
                       arguments.get("--content-type")};
  const std::string body = PLUMBLINE_TRY(read_file("-", 256u << 20));
  PLUMBLINE_CHECK(
      parse_reply(*source, body, query, context, [](std::string_view line) { print(line); }));
  return 0;
}

}  // namespace

extern const Command parse_command;
const Command parse_command = {
    "parse",
    "SOURCE < body",
    "a source's reply as documents, one JSON line each, the next cursor last",
    "Needs no workspace and no network.",
    "  plumbline parse rss --url https://example.org/feed.xml < feed.xml\n  plumbline parse "
    "hackernews < reply.json\n",
    {{"--url", "URL", "where the body came from; links in it are resolved against it"},
     {"--query", "WORDS", "what was asked for"},
     {"--cursor", "TEXT", "the cursor it was asked with"},
     {"--link", "HEADER", "the reply's Link header"},
     {"--content-type", "TYPE", "the reply's Content-Type"},
     {"--set", "KEY=VALUE", "keys that only this source has; see: plumbline source show"},
     {"--brand", "NAME", "brand to give to every document"}},
    1,
    1,
    run_parse};

}  // namespace plumbline
