// Makes documents of the named cells of a row, whatever kind of file the row came from: dates,
// counts, ratings, authors, and ids for rows that bring none.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "crawler/import.h"
#include "crawler/import_fields.h"

namespace plumbline {

// "1,234", "1.234", "1.2K", "3 M"; nothing where no number begins the text.
std::optional<std::int64_t> parse_count(std::string_view text);
// "4.5", "4,5", "4/5", "5 stars", "★★★★☆".
std::optional<double> parse_rating(std::string_view text);

// Reads a column of dates whose numbers may stand day first or month first: any first number above
// 12 makes the whole column day first, as long as no second number is above 12. Where no number
// tells, month first, unless something else said day first.
class DateReader {
 public:
  void expect_day_first() { expected_day_first_ = true; }  // believed until numbers say otherwise
  void look_at(std::string_view text);                     // call for the first rows
  Result<Seconds> read(std::string_view text) const;
  bool ambiguous() const {
    return dates_ > 0 && !day_first_ && !month_first_ && !expected_day_first_;
  }

 private:
  int dates_ = 0;  // written with slashes or dashes and two short numbers in front
  bool day_first_ = false;
  bool month_first_ = false;
  bool expected_day_first_ = false;
};

struct RowValues {
  std::int64_t line = 0;
  std::array<std::string, kImportFields> cells;
  std::string& operator[](ImportField field) { return cells[static_cast<std::size_t>(field)]; }
  const std::string& operator[](ImportField field) const {
    return cells[static_cast<std::size_t>(field)];
  }
};

// Takes rows one by one; holds the first ones back until the dates' order is known.
class RowImport {
 public:
  RowImport(std::string_view file_name, std::string_view fallback_source,
            const ImportOptions& options, const DocumentSink& sink);

  void expect_day_first() { dates_.expect_day_first(); }  // before the first row
  Status add(RowValues& values);                          // may take the strings out of `values`
  Status finish();
  // A row that could not even be read.
  void skip(std::int64_t line, const std::string& reason, const std::string& detail = {});
  void note(std::int64_t line, const std::string& problem);  // said, but nothing was lost

  ImportOutcome outcome;  // rows, skipped and problems are counted here
  bool has_dates = true;  // false: no column of dates, so the file's own time stands for all

 private:
  Status drain();
  Status emit(RowValues& values);
  bool date_of(const RowValues& values, Seconds& when);
  std::string id_of(const RowValues& values, const Document& document);

  std::string file_name_;
  std::string source_;
  const ImportOptions& options_;
  const DocumentSink& sink_;
  DateReader dates_;
  std::vector<RowValues> held_;
  std::size_t held_bytes_ = 0;
  bool draining_ = false;
  std::unordered_map<std::uint64_t, std::int32_t> seen_;  // hashes of rows without an id
};

}  // namespace plumbline
