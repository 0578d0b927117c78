// Rows of tables and objects of JSON lists, harvested one by one: what cannot be read is a problem
// with its line, and the rest goes on.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "crawler/harvest.h"
#include "crawler/json_lists.h"
#include "crawler/json_reader.h"
#include "crawler/named_table.h"

namespace plumbline {

// `names` as in NamedTable::find_header. Rows that hold nothing are passed over in silence.
Status harvest_table(ByteSource& bytes, std::string_view names, Harvest& harvest,
                     const std::function<Status(const NamedTable& row)>& take);

struct JsonItem {
  Json value;
  std::int64_t line = 0;
  const JsonLists* lists = nullptr;  // which list it is of, and what stood before it
};

Status harvest_json(ByteSource& bytes, const std::function<bool(std::string_view list)>& wanted,
                    Harvest& harvest, const std::function<Status(const JsonItem& item)>& take);

// Any spelling of parse_time and what exports add to it: a comma between date and time, a narrow
// blank before PM. kNoTime where it cannot be read.
Seconds time_in(std::string_view text);

}  // namespace plumbline
