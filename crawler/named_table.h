// A table whose header is found by its column names, wherever it stands: exports put reports and
// notes before it, and write the names in any case and order.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "crawler/charset.h"
#include "crawler/csv_reader.h"
#include "crawler/text_lines.h"

namespace plumbline {

// The line of `head` (decoded, from 0) that holds all of `names`: folded as fold_column does it,
// blank between them; "a|b" where either will do. -1 where none of the first lines does.
int header_line(std::string_view head, std::string_view names);

class NamedTable {
 public:
  explicit NamedTable(ByteSource& bytes);
  ~NamedTable();
  NamedTable(const NamedTable&) = delete;
  NamedTable& operator=(const NamedTable&) = delete;

  // Goes behind the header that holds all of `names`; false where there is none.
  Result<bool> find_header(std::string_view names);
  Result<bool> next();  // the next row; false at the end

  // The trimmed cell of the first of the folded names, blank between them, that holds something.
  std::string cell(std::string_view names) const;
  bool has(std::string_view folded) const { return columns_.count(std::string(folded)) > 0; }
  const std::vector<std::string>& columns() const { return header_; }  // as written
  std::size_t filled() const;  // cells of the row that hold something
  std::int64_t line() const { return row_.line + passed_; }
  std::string problem() const;  // why this row cannot be used; empty where it can

 private:
  class Decoded;

  PeekedBytes peeked_;
  std::unique_ptr<Decoded> decoded_;
  std::unique_ptr<TextReader> text_;
  std::unique_ptr<CsvReader> reader_;
  CsvRow row_;
  std::vector<std::string> header_;
  std::unordered_map<std::string, std::size_t> columns_;
  std::int64_t passed_ = 0;
};

}  // namespace plumbline
