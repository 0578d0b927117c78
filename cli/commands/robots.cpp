#include "app/files.h"
#include "app/lines.h"
#include "cli/shared.h"

namespace plumbline {
namespace {

Result<int> run_robots(const Arguments& arguments) {
  const std::string agent = arguments.get("--agent"), url = arguments.get("--url");
  if (agent.empty() || url.empty())
    return fail(ErrorCode::invalid, "--agent NAME and --url URL are needed");
  const std::string body = PLUMBLINE_TRY(read_file("-", 256u << 20));
  print(robots_allow(body, agent, url) ? "allowed\n" : "disallowed\n");
  return 0;
}

}  // namespace

extern const Command robots_command;
const Command robots_command = {
    "robots",
    "--agent A --url U < robots.txt",
    "whether a robots.txt lets an agent read an address (RFC 9309)",
    "Needs no workspace and no network. Prints allowed or disallowed.",
    "  plumbline robots --agent Plumbline --url https://example.org/a < robots.txt\n"
    "  printf 'User-agent: *\\nDisallow: /p\\n' | plumbline robots --agent x --url /private\n",
    {{"--agent", "NAME", "the reader's name"}, {"--url", "URL", "the address, or its path"}},
    0,
    0,
    run_robots};

}  // namespace plumbline
