#include "crawler/vendor_table.h"

#include "base/text.h"
#include "crawler/charset.h"
#include "crawler/import_rows.h"
#include "crawler/named_table.h"

namespace plumbline {
namespace {

// Which of the columns that could hold the field the file has.
std::string column_of(const NamedTable& table, std::string_view names) {
  for (const std::string_view name : split(names, ' '))
    if (table.has(name))
      for (const std::string& column : table.columns())
        if (fold_column(column) == name) return column;
  return {};
}

}  // namespace

int sniff_vendor(const VendorTable& vendor, std::string_view head) {
  return header_line(decode_head(head), vendor.header) >= 0 ? 97 : 0;
}

Result<ImportOutcome> read_vendor(const VendorTable& vendor, ByteSource& bytes,
                                  std::string_view file_name, const ImportOptions& options,
                                  const DocumentSink& sink) {
  NamedTable table(bytes);
  if (!PLUMBLINE_TRY(table.find_header(vendor.header)))
    return fail(ErrorCode::parse,
                "no line of column names as " + std::string(vendor.name) + " writes it",
                std::string(file_name));
  RowImport rows(file_name, vendor.name, options, sink);
  for (const VendorColumn& column : vendor.columns)
    if (std::string found = column_of(table, column.names); !found.empty())
      rows.outcome.mapped.emplace_back(name_of(column.field), std::move(found));
  RowValues values;
  while (PLUMBLINE_TRY(table.next())) {
    if (const std::string problem = table.problem(); !problem.empty()) {
      rows.skip(table.line(), problem);
      continue;
    }
    if (table.filled() == 0) continue;
    values.line = table.line();
    for (std::string& cell : values.cells) cell.clear();
    for (const VendorColumn& column : vendor.columns)
      values[column.field] = table.cell(column.names);
    PLUMBLINE_CHECK(rows.add(values));
  }
  PLUMBLINE_CHECK(rows.finish());
  return std::move(rows.outcome);
}

}  // namespace plumbline
