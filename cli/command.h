// One command of the program: a row of the table that gives parsing, help, completion and the
// reference page.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace plumbline {

struct Option {
  std::string_view name;   // "--limit"
  std::string_view value;  // what follows, for the help: "N"; empty: a flag
  std::string_view help;
  bool many = false;  // may be given several times
};

// The words of one call, already checked against the command's options.
class Arguments {
 public:
  std::vector<std::string> words;  // positional
  std::map<std::string, std::vector<std::string>, std::less<>> options;

  bool has(std::string_view name) const { return options.find(name) != options.end(); }
  std::string get(std::string_view name, std::string_view otherwise = {}) const;
  std::vector<std::string> all(std::string_view name) const;
  // Not given: `otherwise`. Not a whole number in range: an error of code invalid that names the
  // option.
  Result<std::int64_t> number(std::string_view name, std::int64_t otherwise, std::int64_t least,
                              std::int64_t most) const;
};

struct Command {
  std::string_view name;
  std::string_view usage;     // after the name: "FILE... [--map text=col,...]"
  std::string_view summary;   // one line
  std::string_view details;   // for --help; may be empty
  std::string_view examples;  // two runnable lines or more
  std::vector<Option> options;
  int least_words = 0, most_words = 0;  // positional; -1: any number
  // The exit code: 0 done, 3 done in part. An error becomes 1, 2, 4 or 6 by its code.
  Result<int> (*run)(const Arguments& arguments) = nullptr;
};

std::span<const Command* const> all_commands();  // generated from cli/commands/*.cpp

}  // namespace plumbline
