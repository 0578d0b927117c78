#include "crawler/named_table.h"

#include <algorithm>
#include <cstring>
#include <set>

#include "base/text.h"
#include "crawler/import_fields.h"

namespace plumbline {
namespace {

constexpr int kHeaderLines = 60;
constexpr std::size_t kHead = 64 << 10;

bool holds(const std::vector<std::string>& cells, std::string_view names) {
  std::set<std::string> folded;
  for (const std::string& cell : cells) folded.insert(fold_column(cell));
  for (const std::string_view name : split(names, ' ')) {
    const std::vector<std::string_view> either = split(name, '|');
    if (std::none_of(either.begin(), either.end(),
                     [&](std::string_view one) { return folded.count(std::string(one)) > 0; }))
      return false;
  }
  return true;
}

}  // namespace

int header_line(std::string_view head, std::string_view names) {
  int line = 0;
  while (!head.empty() && line < kHeaderLines) {
    std::size_t end = head.find('\n');
    const bool last = end == std::string_view::npos;
    const std::string_view text = head.substr(0, end);
    for (const char separator : {',', ';', '\t', '|'}) {
      const auto rows = first_rows(text, separator, 1);
      if (!rows.empty() && holds(rows[0], names)) return line;
    }
    if (last) break;
    head.remove_prefix(end + 1);
    ++line;
  }
  return -1;
}

// The file as UTF-8, from the header on.
class NamedTable::Decoded : public ByteSource {
 public:
  explicit Decoded(ByteSource& bytes) : text_(bytes) {}
  Status pass_lines(std::int64_t lines) {
    while (lines > 0) {
      if (rest_.empty()) rest_ = PLUMBLINE_TRY(text_.next());
      if (rest_.empty()) return {};
      const std::size_t end = rest_.find('\n');
      rest_ = end == std::string_view::npos ? std::string_view{} : rest_.substr(end + 1);
      lines -= end == std::string_view::npos ? 0 : 1;
    }
    return {};
  }
  Result<std::size_t> read(char* into, std::size_t most) override {
    if (rest_.empty()) rest_ = PLUMBLINE_TRY(text_.next());
    const std::size_t count = std::min(most, rest_.size());
    if (count > 0) std::memcpy(into, rest_.data(), count);
    rest_.remove_prefix(count);
    return count;
  }

 private:
  TextReader text_;
  std::string_view rest_;
};

NamedTable::NamedTable(ByteSource& bytes) : peeked_(bytes) {}
NamedTable::~NamedTable() = default;

Result<bool> NamedTable::find_header(std::string_view names) {
  const int line = header_line(decode_head(PLUMBLINE_TRY(peeked_.peek(kHead))), names);
  if (line < 0) return false;
  decoded_ = std::make_unique<Decoded>(peeked_);
  PLUMBLINE_CHECK(decoded_->pass_lines(line));
  text_ = std::make_unique<TextReader>(*decoded_, "UTF-8");
  reader_ = std::make_unique<CsvReader>(*text_);
  if (!PLUMBLINE_TRY(reader_->next(row_))) return false;
  passed_ = line;
  for (std::size_t i = 0; i < row_.cells.size(); ++i) {
    header_.emplace_back(trim(row_.cells[i]));
    columns_.emplace(fold_column(row_.cells[i]), i);  // of equal names the first
  }
  return true;
}

Result<bool> NamedTable::next() { return reader_ ? reader_->next(row_) : Result<bool>(false); }

std::string NamedTable::cell(std::string_view names) const {
  for (const std::string_view name : split(names, ' ')) {
    const auto found = columns_.find(std::string(name));
    if (found == columns_.end() || found->second >= row_.cells.size()) continue;
    const std::string_view text = trim(row_.cells[found->second]);
    if (!text.empty()) return std::string(text);
  }
  return {};
}

std::size_t NamedTable::filled() const {
  return static_cast<std::size_t>(
      std::count_if(row_.cells.begin(), row_.cells.end(),
                    [](std::string_view cell) { return !trim(cell).empty(); }));
}

std::string NamedTable::problem() const {
  return row_.too_large ? "a cell above 1 MiB or a row above 8 MiB" : "";
}

}  // namespace plumbline
