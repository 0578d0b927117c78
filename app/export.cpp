#include "app/export.h"

#include <fmt/format.h>

#include <functional>
#include <limits>
#include <optional>

#include "app/analysis_json.h"
#include "app/files.h"
#include "app/lines.h"
#include "base/text.h"

namespace plumbline {
namespace {

constexpr int kPiece = 2000;

enum class Form { csv, plain_csv, json_lines };

// One row as names and values; an empty value of JSON is left out. `raw` values are numbers or JSON
// already.
struct Value {
  std::string_view name;
  std::string value;
  bool raw = false;
};
using Row = std::vector<Value>;

class RowFile {
 public:
  RowFile(Form form, NewFile file) : form_(form), file_(std::move(file)) {}

  Status add(const Row& row) {
    const bool first = rows_++ == 0;
    if (form_ == Form::json_lines) return file_.write(json_of(row));
    if (first) PLUMBLINE_CHECK(file_.write(line_of(row, true)));
    return file_.write(line_of(row, false));
  }
  Status finish() { return file_.finish(); }
  std::int64_t rows() const { return rows_; }

 private:
  std::string quoted(const Value& cell) const {
    if (form_ == Form::csv) return cell.raw ? cell.value : escape_csv(cell.value);
    if (cell.value.find_first_of(",\"\r\n") == std::string::npos) return cell.value;
    std::string out = "\"";
    for (const char c : cell.value) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + '"';
  }
  std::string line_of(const Row& row, bool head) const {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i)
      line += (i ? "," : "") + (head ? std::string(row[i].name) : quoted(row[i]));
    return line + "\r\n";
  }
  static std::string json_of(const Row& row) {
    std::string line = "{";
    for (const Value& cell : row) {
      if (cell.value.empty()) continue;
      line += fmt::format("{}\"{}\":{}", line.size() > 1 ? "," : "", cell.name,
                          cell.raw ? cell.value : json_quote(cell.value));
    }
    return line + "}\n";
  }

  Form form_;
  NewFile file_;
  std::int64_t rows_ = 0;
};

template <class Number>
std::string number_of(const std::optional<Number>& value) {
  return value ? fmt::format("{}", *value) : std::string();
}

Row mention_row(const StoredDocument& stored) {
  const Document& d = stored.document;
  const Sentiment& s = stored.analysis.sentiment;
  return {{"source", d.source},
          {"id", d.id},
          {"site", d.site},
          {"url", d.url},
          {"author_id", d.author.id},
          {"author", d.author.handle},
          {"author_name", d.author.name},
          {"published_at", format_utc(d.published_at)},
          {"lang", stored.analysis.lang.empty() ? d.lang : stored.analysis.lang},
          {"brand", d.brand},
          {"title", d.title},
          {"text", d.text},
          {"parent", d.parent},
          {"rating", number_of(d.rating), true},
          {"likes", number_of(d.likes), true},
          {"shares", number_of(d.shares), true},
          {"place", d.place},
          {"licence", d.licence},
          {"sentiment", std::string(name_of(s.label))},
          {"score", fmt::format("{:.4f}", s.score), true},
          {"copy", stored.copy_of ? "true" : "false", true}};
}

Row analysis_row(const StoredDocument& stored, const std::string& json) {
  return {{"source", stored.document.source},
          {"id", stored.document.id},
          {"version", stored.analysis.version},
          {"analysis", json, true}};
}

Status each_document(const Workspace& workspace,
                     const std::function<Status(const StoredDocument&)>& visit) {
  std::int64_t after = 0;
  for (;;) {
    const auto piece = PLUMBLINE_TRY(workspace.store->after(after, kPiece));
    if (piece.empty()) return {};
    after = piece.back().row;
    for (const StoredDocument& stored : piece) PLUMBLINE_CHECK(visit(stored));
  }
}

Status rollups(const Workspace& workspace, RowFile& out) {
  CellQuery query;
  query.from = std::numeric_limits<Day>::min() / 4;
  query.to = std::numeric_limits<Day>::max() / 4;
  for (const Cell& c : PLUMBLINE_TRY(workspace.store->cells(query)))
    PLUMBLINE_CHECK(out.add({{"day", format_day(c.start)},
                             {"brand", c.brand},
                             {"n", fmt::format("{}", c.counts.n), true},
                             {"distinct", fmt::format("{}", c.counts.distinct), true},
                             {"authors", fmt::format("{}", c.counts.authors), true},
                             {"positive", fmt::format("{}", c.positive), true},
                             {"neutral", fmt::format("{}", c.neutral), true},
                             {"negative", fmt::format("{}", c.negative), true}}));
  return {};
}

Status people(const Workspace& workspace, RowFile& out) {
  for (const AccountRow& row :
       PLUMBLINE_TRY(workspace.store->busiest_accounts(std::numeric_limits<int>::max())))
    PLUMBLINE_CHECK(out.add({{"source", row.source},
                             {"id", row.author.id},
                             {"handle", row.author.handle},
                             {"name", row.author.name},
                             {"mentions", fmt::format("{}", row.documents), true},
                             {"newest", format_utc(row.newest)}}));
  return {};
}

}  // namespace

Result<std::int64_t> export_rows(const Workspace& workspace, std::string_view what,
                                 std::string_view form, const std::string& path) {
  Form chosen = Form::csv;
  if (form == "jsonl")
    chosen = Form::json_lines;
  else if (form == "parquet-ready-csv")
    chosen = Form::plain_csv;
  else if (form != "csv")
    return fail(ErrorCode::invalid,
                fmt::format("--format wants csv, jsonl or parquet-ready-csv, not '{}'",
                            escape_terminal(form)));
  RowFile out(chosen, PLUMBLINE_TRY(NewFile::make(path)));
  if (what == "mentions") {
    PLUMBLINE_CHECK(each_document(workspace, [&](const StoredDocument& stored) -> Status {
      return out.add(mention_row(stored));
    }));
  } else if (what == "analyses") {
    PLUMBLINE_CHECK(each_document(workspace, [&](const StoredDocument& stored) -> Status {
      Named named = workspace.analyzer->name(stored.document, stored.analysis.lang);
      add_brands(*workspace.brand_words, stored.document, named, nullptr);
      workspace.analyzer->colour(stored.document, stored.analysis, named.entities);
      return out.add(
          analysis_row(stored, analysis_json(stored.document.id, stored.analysis, named, nullptr)));
    }));
  } else if (what == "rollups") {
    PLUMBLINE_CHECK(rollups(workspace, out));
  } else if (what == "people") {
    PLUMBLINE_CHECK(people(workspace, out));
  } else {
    return fail(ErrorCode::invalid,
                fmt::format("--what wants mentions, analyses, people or rollups, not '{}'",
                            escape_terminal(what)));
  }
  PLUMBLINE_CHECK(out.finish());
  return out.rows();
}

}  // namespace plumbline
