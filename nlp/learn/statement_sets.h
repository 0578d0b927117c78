// Sentences in which somebody marked what is stated, as tests/data/statements/README.md describes
// them: one JSON object a line with "text" and "statements".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/analysis.h"

namespace plumbline {

struct MarkedStatement {
  StatementSpan said;  // without a topic
  bool real = true;    // false: denied, or only under a condition
};

struct StatementSentence {
  std::string lang;  // ISO 639-1, the letters before the first "-" of its "id"
  std::string text;
  std::vector<MarkedStatement> statements;
  std::size_t folder = 0;  // which of those that were named it lies in
};

// The sentences of all files NAME.jsonl of the folders, in the order of names whatever folder they
// lie in; those named NAME.open.jsonl and NAME.kept.jsonl are for measuring and are not opened, and
// folders in a folder are not looked into. Lines that cannot be read, and marks that do not stand
// in their text, are counted in `skipped`. A folder that is not there is an error.
Result<std::vector<StatementSentence>> read_statement_sets(const std::vector<std::string>& folders,
                                                           std::int64_t& skipped);

// Appends those of one file of this form; "statements" may have "begin" and "end" in place of
// "span", as `plumbline analyze` says them.
Status read_statement_file(const std::string& file, std::vector<StatementSentence>& out,
                           std::int64_t& skipped);

}  // namespace plumbline
