// What the user decided: plumbline.toml, read, checked and explained.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "crawler/source.h"
#include "model/claim.h"
#include "model/person.h"

namespace plumbline {

struct BrandConfig {
  std::string name;
  std::vector<std::string> aliases;   // other spellings that mean it; the name itself is always one
  std::vector<std::string> products;  // what it sells; naming one names the brand
  // Words that speak for the brand where its name is a common word too ("apple").
  std::vector<std::string> context;
};

struct SourceConfig {
  std::string kind;   // as in `plumbline source list`
  std::string label;  // how reports call it: kind, or kind and host or query where a kind stands
                      // more than once
  SourceQuery query;  // token already read from the environment or file
  std::string token_from;  // "env NAME" or "file PATH", for messages
  bool enabled = true;
  int per_second = 0;  // requests to its host, for a site of one's own; 0: what the kind states
  int line = 0;        // in the file
};

// How `footprint` asks one of its sites, where that differs from data/sites/sites.json.
struct SiteConfig {
  std::string name;  // as there, or "page": people's own pages
  std::string url;   // base address; may hold {name} and {host}
  std::string token;
  std::string token_from;  // as in SourceConfig
  int per_second = 0;      // 0: what the file states
};

struct Config {
  std::string file;       // path of plumbline.toml
  std::string workspace;  // its folder
  BrandConfig brand;
  std::vector<BrandConfig> competitors;
  std::vector<Claim> claims;
  std::string store_path;     // absolute
  std::string report_folder;  // absolute
  Zone zone;
  std::string contact;  // goes into the User-Agent so that a site can reach the user
  std::string note;     // shown on every report and brief
  bool cost_pressure = false;
  int threads = 0;   // 0: as many as the machine has
  int timeout = 60;  // seconds for one reply, all attempts together
  int closer = 10;   // minutes that the full tier gets in a nightly run; 0: none
  std::vector<SourceConfig> sources;
  std::vector<SiteConfig> sites;
  std::vector<Person> people;  // joined by hand
  std::vector<std::string> warnings;
};

// Reads and checks the file. Unknown keys are errors that name the line and the closest known key;
// so are wrong types, unknown kinds, zones and malformed addresses. A token whose variable is not
// set is kept empty and becomes a warning.
Result<Config> read_config(const std::string& path);
Result<Config> parse_config(std::string_view toml, const std::string& path);

// The nearest plumbline.toml upward from `folder`; an error of code invalid says how to make one.
Result<std::string> find_config(const std::string& folder);

// The configuration as understood, secrets left out, every key with its value or default; parses
// back to the same.
std::string dump_config(const Config& config);
// The file that `init` writes.
std::string example_config(const Config& config);

}  // namespace plumbline
