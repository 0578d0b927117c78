#include <random>

#include "app/files.h"
#include "app/footprint_words.h"
#include "app/open_http.h"
#include "base/text.h"
#include "cli/shared.h"

namespace plumbline {
namespace {

constexpr int kMostNames = 10;  // of one person; this is no search for many

// The configuration is for addresses and keys of one's own: without one the sites are asked as
// their file says.
Result<Config> config_of(const Arguments& arguments) {
  if (arguments.has("--workspace"))
    return read_config(arguments.get("--workspace") + "/plumbline.toml");
  Config none;
  const auto found = find_config(".");
  return found ? read_config(*found) : Result<Config>(std::move(none));
}

Result<FootprintWish> footprint_wish(const Arguments& arguments) {
  FootprintWish wish;
  wish.names = arguments.words;
  wish.sites = arguments.all("--site");
  wish.all = arguments.has("--all");
  wish.pages = arguments.all("--url");
  wish.email = arguments.get("--email");
  for (const std::string& registry : arguments.all("--registry")) {
    const auto equals = registry.find('=');
    wish.registries[registry.substr(0, equals)] =
        equals == std::string::npos ? "" : registry.substr(equals + 1);
  }
  std::random_device random;
  wish.seed = std::uint64_t{random()} << 32 | random();
  return wish;
}

Result<int> run_footprint(const Arguments& arguments) {
  const ProbeSites sites = PLUMBLINE_TRY(built_in_probe_sites());
  if (arguments.has("--sites")) {
    print(arguments.has("--json") ? sites_json(sites) : table(site_rows(sites), 9));
    return 0;
  }
  const Config config = PLUMBLINE_TRY(config_of(arguments));
  for (const std::string& warning : config.warnings)
    if (warning.find("token of site") != std::string::npos) say("note: " + warning);
  const FootprintWish wish = PLUMBLINE_TRY(footprint_wish(arguments));
  const auto progress = make_progress();
  const auto http = open_probe_http(config, *progress);
  const Footprint found = PLUMBLINE_TRY(find_footprint(config, *http, sites, wish, *progress));
  const bool json = arguments.has("--json");
  const std::string text =
      json ? footprint_json(found, wish, now()) : footprint_text(found, wish, config.zone);
  if (const std::string file = arguments.get("--out"); !file.empty()) {
    PLUMBLINE_CHECK(write_file(file, text, 0600));
    say("written to " + escape_terminal(file));
  } else {
    print(text);
  }
  return found.not_sure > 0 || progress->cancelled() ? 3 : 0;
}

}  // namespace

extern const Command footprint_command;
const Command footprint_command = {
    "footprint",
    "[NAME...] [--site S]... [--all] [--url PAGE]... [--email ADDRESS] [--registry KIND=HOST]...",
    "where a person's names exist in public, and what their own pages say",
    "Asks official, documented endpoints only, each tested in the same run with a name that exists "
    "and two that nobody has; a site that answers one of those wrongly is set aside and said so. "
    "States: found, missing, blocked, unknown, illegal name (then nothing is asked). NAME is a "
    "handle, name@host, an ORCID iD or a Wikidata item; several are taken to be one person's. "
    "Nothing is kept and nothing is merged. Works without a workspace. Exit code 3: some answers "
    "are blocked or unknown; 4: a site asked for by name lacks its key.",
    "  plumbline footprint ada_example --site github --site mastodon\n"
    "  plumbline footprint ada@social.example --url https://ada.example/ --json\n"
    "  plumbline footprint --sites\n",
    {{"--site", "S", "only this site; see --sites", true},
     {"--all", "", "also name the sites that were not asked, and why"},
     {"--url", "PAGE", "a page of the person's own: rel=me, JSON-LD, h-card, vCard", true},
     {"--email", "ADDRESS", "that the person gave; Gravatar is asked for its hash"},
     {"--registry", "KIND=HOST", "a package registry to ask: npm=HOST, crates=HOST", true},
     {"--out", "FILE", "write it there, for you alone to read"},
     {"--sites", "", "list the sites that can be asked"},
     {"--json", "", "as JSON"}},
    0,
    kMostNames,
    run_footprint};

}  // namespace plumbline
