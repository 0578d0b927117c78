// Exports of listening tools: one table of columns per tool, everything else shared.
#pragma once

#include <span>
#include <string_view>

#include "crawler/import.h"
#include "crawler/import_fields.h"

namespace plumbline {

struct VendorColumn {
  ImportField field;
  std::string_view names;  // folded, blank between them, the first that holds something counts
};

struct VendorTable {
  std::string_view name;
  std::string_view header;  // as NamedTable::find_header wants it; report lines may stand before it
  std::span<const VendorColumn> columns;
};

int sniff_vendor(const VendorTable& vendor, std::string_view head);
Result<ImportOutcome> read_vendor(const VendorTable& vendor, ByteSource& bytes,
                                  std::string_view file_name, const ImportOptions& options,
                                  const DocumentSink& sink);

}  // namespace plumbline
