// Accounts that belong together. In this version joined by hand in the configuration, so each link
// is certain.
#pragma once

#include <string>
#include <vector>

namespace plumbline {

struct Account {
  std::string source;
  std::string handle;
  std::string name;        // as displayed there
  double probability = 1;  // that it is this person's
  std::string reason;      // why we think so, for a person to read: "named on the command line",
                           // "joined in plumbline.toml"
};

struct Person {
  std::string name;  // as configured, else the name or handle of the only account
  std::string role;  // from the configuration; may be empty
  std::string firm;
  std::string call_at;  // free text from the configuration; may be empty
  std::vector<Account> accounts;
};

}  // namespace plumbline
