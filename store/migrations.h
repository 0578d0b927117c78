// The shape of the file and how an older shape becomes the present one.
#pragma once

#include <span>
#include <string_view>

#include "base/result.h"

namespace plumbline {

class Database;

struct Migration {
  int version;  // PRAGMA user_version after it
  std::string_view sql;
};

std::span<const Migration> migrations();  // from an empty file, in order
int schema_version();                     // of the last one

// Runs the steps above the file's version, each in its own transaction, so that a step cut short is
// run again as a whole. A file of a later version is refused.
Status migrate(Database& db, std::span<const Migration> steps);

// Whether the file is a store that this program may open: invalid for any other database and for a
// later schema, conflict for a reader of an older one.
Status check_kind(Database& db, bool read_only);

// "PLMB" in the header of the file.
inline constexpr int kApplicationId = 0x504c4d42;

}  // namespace plumbline
