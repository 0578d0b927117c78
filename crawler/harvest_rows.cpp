#include "crawler/harvest_rows.h"

#include "base/text.h"

namespace plumbline {

Status harvest_table(ByteSource& bytes, std::string_view names, Harvest& harvest,
                     const std::function<Status(const NamedTable& row)>& take) {
  NamedTable table(bytes);
  if (!PLUMBLINE_TRY(table.find_header(names)))
    return fail(ErrorCode::parse, "no line of column names that could be its header");
  while (PLUMBLINE_TRY(table.next())) {
    if (const std::string problem = table.problem(); !problem.empty())
      harvest.skip(table.line(), problem);
    else if (table.filled() > 0)
      PLUMBLINE_CHECK(take(table));
  }
  return {};
}

Status harvest_json(ByteSource& bytes, const std::function<bool(std::string_view list)>& wanted,
                    Harvest& harvest, const std::function<Status(const JsonItem& item)>& take) {
  TextReader text(bytes);
  JsonLists lists(text, wanted);
  JsonPiece piece;
  while (PLUMBLINE_TRY(lists.next(piece))) {
    if (!piece.problem.empty()) {
      harvest.skip(piece.line, "unreadable JSON", piece.problem);
      continue;
    }
    const auto document = JsonDocument::parse(piece.bytes);
    if (!document)
      harvest.skip(piece.line, "unreadable JSON", document.error().message);
    else
      PLUMBLINE_CHECK(take({document->root(), piece.line, &lists}));
  }
  return {};
}

Seconds time_in(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 3) == "\u202f") {
      plain += ' ';
      i += 2;
    } else if (text.substr(i, 2) == "\u00a0") {
      plain += ' ';
      i += 1;
    } else {
      plain += text[i];
    }
  }
  if (const auto time = parse_time(trim(plain))) return *time;
  if (const auto comma = plain.find(", "); comma != std::string::npos && comma > 4)
    plain.erase(comma, 1);
  return parse_time(trim(plain)).value_or(kNoTime);
}

}  // namespace plumbline
