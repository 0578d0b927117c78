// Reads tables of RFC 4180 and their common variants row by row, forgiving what exports get wrong.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crawler/charset.h"

namespace plumbline {

inline constexpr std::size_t kMostCell = std::size_t{1} << 20;  // bytes; a larger cell is reported
inline constexpr std::size_t kMostRow = std::size_t{8} << 20;

struct CsvRow {
  std::int64_t line = 0;                // where it begins, from 1
  std::vector<std::string_view> cells;  // unquoted; valid until the next row is read
  bool too_large = false;               // a cell above kMostCell or a row above kMostRow
  std::int64_t unclosed_quote = 0;  // line of a quote without an end, which was read as a character
};

// A cell as it stands in the buffer, without its quotes.
struct CsvCell {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool doubled = false;  // holds doubled quotes
};

// Separator `,` `;` tab or `|`, found by looking at the first rows unless a "sep=;" line says it.
// A quote inside an unquoted cell is a character; a quote inside a quoted cell that no separator or
// line end follows is one too. A quote that is never closed (at the end of the file, or within
// kMostRow) is read as a character, so that the rows after it are not lost. Blank lines are left
// out. LF, CRLF and CR end a row.
class CsvReader {
 public:
  explicit CsvReader(TextReader& text);

  // False at the end.
  Result<bool> next(CsvRow& row);
  char separator() const { return separator_; }

 private:
  Status begin();
  Result<bool> more();  // false: the text ends here
  Result<bool> skip_line();
  void hand_over(CsvRow& row, std::size_t end);

  TextReader& text_;
  std::string buffer_;
  std::size_t row_begin_ = 0;  // in buffer_
  std::int64_t line_ = 1;
  bool begun_ = false;
  bool ended_ = false;
  char separator_ = ',';
  std::vector<CsvCell> cells_;
  std::size_t plain_below_ = 0;  // quotes before this place are characters, after an unclosed one
  std::size_t quote_reach_ = kMostRow;  // how far a quote may look for its end; shrinks with each
                                        // one found unclosed, so that hostile files stay cheap
};

// The separator that best fits the beginning of a table, 0 where none gives two columns.
char find_separator(std::string_view head);
// The rows at the beginning of a table, at most `most`, by the separator given.
std::vector<std::vector<std::string>> first_rows(std::string_view head, char separator, int most);

}  // namespace plumbline
