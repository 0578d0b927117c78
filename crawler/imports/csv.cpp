// Tables: exports of listening tools, review sites and spreadsheets.
#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "crawler/charset.h"
#include "crawler/csv_reader.h"
#include "crawler/import.h"
#include "crawler/import_fields.h"
#include "crawler/import_rows.h"

namespace plumbline {
namespace {

bool has_table_name(std::string_view file_name) {
  const std::string lower = ascii_lower(file_name);
  for (const std::string_view ending : {".csv", ".tsv", ".tab", ".psv"})
    if (lower.size() >= ending.size() &&
        lower.compare(lower.size() - ending.size(), ending.size(), ending) == 0)
      return true;
  return false;
}

int sniff(std::string_view file_name, std::string_view head) {
  const std::string text = decode_head(head);
  const std::string_view begin = trim(text);
  const bool named = has_table_name(file_name);
  if (begin.empty()) return named ? 20 : 0;
  if (begin[0] == '{' || begin[0] == '<' || begin.substr(0, 6) == "WEBVTT") return 0;
  if (begin[0] == '[' && begin.find_first_of("{[\"", 1) < 8) return 0;
  const char separator = find_separator(text);
  const auto rows = first_rows(text, separator == 0 ? ',' : separator, 20);
  if (rows.empty()) return 0;
  bool has_text = false;
  int known = 0;
  for (const std::string& name : rows[0])
    for (std::size_t i = 0; i < kImportFields; ++i)
      if (const auto field = static_cast<ImportField>(i);
          spelling_rank(field, fold_column(name)) >= 0) {
        has_text = has_text || field == ImportField::text || field == ImportField::title;
        ++known;
        break;
      }
  const bool wide = rows[0].size() > 1;
  const auto even = std::count_if(rows.begin(), rows.end(),
                                  [&](const auto& row) { return row.size() == rows[0].size(); });
  if (has_text && wide && known > 1) return 95;
  if (has_text && (wide || rows.size() > 1)) return named ? 90 : 60;
  if (named) return 80;
  return wide && rows.size() > 1 && even * 10 >= static_cast<std::ptrdiff_t>(rows.size()) * 9 ? 40
                                                                                              : 0;
}

void take_cells(const CsvRow& row, const ColumnMap& map, RowValues& values) {
  values.line = row.line;
  for (std::size_t i = 0; i < kImportFields; ++i) {
    std::string& into = values.cells[i];
    into.clear();
    for (const int column : map.columns[i]) {
      const auto place = static_cast<std::size_t>(column);
      if (place >= row.cells.size()) continue;
      if (!into.empty()) into += ' ';
      into += row.cells[place];
    }
  }
}

bool says_something(const RowValues& values) {
  return std::any_of(std::begin(values.cells), std::end(values.cells),
                     [&](const std::string& cell) {
                       const auto field = static_cast<ImportField>(&cell - &values.cells[0]);
                       return (field == ImportField::text || field == ImportField::title ||
                               field == ImportField::rating) &&
                              !trim(cell).empty();
                     });
}

// The columns without which a row says nothing.
bool reaches_text(const CsvRow& row, const ColumnMap& map) {
  const auto inside = [&](const std::vector<int>& columns) {
    return std::any_of(columns.begin(), columns.end(), [&](int column) {
      return static_cast<std::size_t>(column) < row.cells.size();
    });
  };
  return inside(map.of(ImportField::text)) || inside(map.of(ImportField::title));
}

// Signs that no column name holds: what is in files of programs, pictures and spreadsheets.
bool is_no_text(const std::string& cell) {
  return std::any_of(cell.begin(), cell.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0x7F || (byte < 0x20 && c != '\t' && c != '\n' && c != '\r');
  });
}

class Table {
 public:
  Table(ByteSource& bytes, std::string_view file_name, const ImportOptions& options,
        const DocumentSink& sink)
      : text_(bytes), reader_(text_), rows_(file_name, "csv", options, sink), options_(options) {}

  Result<ImportOutcome> read() {
    CsvRow row;
    if (!PLUMBLINE_TRY(reader_.next(row)))
      return fail(ErrorCode::parse, "the file holds no rows, not even a line of column names");
    for (const std::string_view cell : row.cells) header_.emplace_back(trim(cell));
    const std::int64_t header_line = row.line;
    if (std::any_of(header_.begin(), header_.end(), is_no_text))
      return fail(ErrorCode::invalid, "this is no text, so no table either; save the table as CSV");
    bool has_row = PLUMBLINE_TRY(reader_.next(row));
    map_ = PLUMBLINE_TRY(map_columns(header_, {row.cells.begin(), row.cells.end()}, options_));
    const std::vector<int>& dates = map_.of(ImportField::published_at);
    rows_.has_dates = !dates.empty();
    if (rows_.has_dates && are_day_first(header_, header_[static_cast<std::size_t>(dates[0])]))
      rows_.expect_day_first();
    if (!rows_.has_dates)
      rows_.note(header_line, "no column of dates; the time of the file stands for all rows");
    for (; has_row; has_row = PLUMBLINE_TRY(reader_.next(row))) PLUMBLINE_CHECK(add(row));
    PLUMBLINE_CHECK(rows_.finish());
    if (text_.replaced() > 0)
      rows_.note(
          1, fmt::format("{} bad {} sequences became U+FFFD", text_.replaced(), text_.charset()));
    if (odd_rows_ > 0)
      rows_.note(odd_line_,
                 fmt::format("{} more or fewer cells than the header's {}, taken in "
                             "their order{}",
                             odd_rows_ == 1 ? "1 row has" : fmt::format("{} rows have", odd_rows_),
                             header_.size(), odd_rows_ == 1 ? "" : "; this is the first"));
    rows_.outcome.mapped = map_.mapped;
    rows_.outcome.unused = map_.unused;
    return std::move(rows_.outcome);
  }

 private:
  Status add(const CsvRow& row) {
    if (row.unclosed_quote > 0)
      rows_.note(row.unclosed_quote, "a quote is never closed; read as a character");
    if (row.too_large) {
      rows_.skip(row.line, "a cell above 1 MiB or a row above 8 MiB");
      return {};
    }
    if (!reaches_text(row, map_)) {
      rows_.skip(row.line, "too few cells",
                 fmt::format("{} where the header has {}", row.cells.size(), header_.size()));
      return {};
    }
    take_cells(row, map_, values_);
    // What says nothing is told of as skipped alone.
    const bool odd = row.cells.size() != header_.size() && says_something(values_);
    if (odd && odd_rows_++ == 0) odd_line_ = row.line;
    return rows_.add(values_);
  }

  TextReader text_;
  CsvReader reader_;
  RowImport rows_;
  const ImportOptions& options_;
  std::vector<std::string> header_;
  ColumnMap map_;
  RowValues values_;
  std::int64_t odd_rows_ = 0;
  std::int64_t odd_line_ = 0;
};

Result<ImportOutcome> read(ByteSource& bytes, std::string_view file_name,
                           const ImportOptions& options, const DocumentSink& sink) {
  auto outcome = Table(bytes, file_name, options, sink).read();
  if (!outcome && outcome.error().where.empty())
    return fail(outcome.error().code, outcome.error().message, std::string(file_name));
  return outcome;
}

}  // namespace

extern const Importer csv_importer;
const Importer csv_importer = {
    "csv", "Table (CSV, TSV)",
    "A header line and one mention a row. The separator (comma, semicolon, tab or |), the encoding "
    "and the columns are found by looking: id, text, title, author, published_at, brand, rating, "
    "likes, shares, url, lang, place, parent and source in their usual spellings. Other columns "
    "are named by --map FIELD=COLUMN; --map text=Pros+Cons joins two. Dates such as 03/04/2026 are "
    "read in the order that a day above 12 shows elsewhere in the column, else day first where the "
    "column names are German, French or the like, else month first.",
    sniff, read};

}  // namespace plumbline
