#include "crawler/csv_reader.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"

namespace plumbline {
namespace {

constexpr std::size_t kLeastReach = 16 * 1024;
constexpr std::string_view kSeparators = ",;\t|";

enum class Scan { row, more, unclosed };

// One row of `text` that begins at `from`. All rules of the format stand here; the reader only
// feeds it.
struct RowScanner {
  std::string_view text;
  char separator = ',';
  bool at_end = false;  // `text` ends where the file ends
  std::size_t plain_below = 0;
  std::size_t quote_reach = kMostRow;
  std::vector<CsvCell>* cells = nullptr;
  std::size_t end = 0;    // behind the row, when found
  std::size_t quote = 0;  // the one without an end

  bool ends_cell(char c) const { return c == separator || c == '\n' || c == '\r'; }
  std::size_t after_blanks(std::size_t at) const {
    while (at < text.size() && text[at] == ' ' && separator != ' ') ++at;
    return at;
  }
  Scan row(std::size_t from);
  Scan quoted(std::size_t open, std::size_t& at);
  Scan plain(std::size_t begin, std::size_t& at);
};

// Leaves `at` behind the closing quote and blanks, or at `open` where the quote is a character.
Scan RowScanner::quoted(std::size_t open, std::size_t& at) {
  const std::size_t limit = std::min(text.size(), open + 1 + quote_reach);
  bool doubled = false;
  for (std::size_t from = open + 1;;) {
    const void* hit = from < limit ? std::memchr(text.data() + from, '"', limit - from) : nullptr;
    if (hit == nullptr) {
      quote = open;
      return limit < text.size() || at_end ? Scan::unclosed : Scan::more;
    }
    const auto place = static_cast<std::size_t>(static_cast<const char*>(hit) - text.data());
    const std::size_t after = after_blanks(place + 1);
    if (after == text.size() && !at_end) return Scan::more;
    if (place + 1 < text.size() && text[place + 1] == '"') {
      doubled = true;
      from = place + 2;
    } else if (after == text.size() || ends_cell(text[after])) {
      cells->push_back({open + 1, place, doubled});
      at = after;
      return Scan::row;
    } else if (separator == '\t' && !doubled && from == open + 1) {
      at = open;  // tab-separated tables seldom quote: a quoted word begins this cell
      return Scan::row;
    } else {
      from = place + 1;
    }
  }
}

Scan RowScanner::plain(std::size_t begin, std::size_t& at) {
  at = begin;
  while (at < text.size() && !ends_cell(text[at])) ++at;
  if (at == text.size() && !at_end) return Scan::more;
  cells->push_back({begin, at, false});
  return Scan::row;
}

Scan RowScanner::row(std::size_t from) {
  cells->clear();
  for (std::size_t at = from;;) {
    const std::size_t begin = at;
    const std::size_t open = after_blanks(at);
    if (open == text.size() && !at_end) return Scan::more;
    bool is_plain = true;
    if (open < text.size() && text[open] == '"' && open >= plain_below) {
      at = open;
      if (const Scan scan = quoted(open, at); scan != Scan::row) return scan;
      is_plain = at == open;
    }
    if (is_plain && plain(begin, at) == Scan::more) return Scan::more;
    if (at == text.size()) {
      end = at;
      return Scan::row;
    }
    if (text[at] == separator) {
      ++at;
      continue;
    }
    if (text[at] == '\r' && at + 1 == text.size() && !at_end) return Scan::more;
    end = at + (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1);
    return Scan::row;
  }
}

std::int64_t count_lines(std::string_view text) {
  std::int64_t lines = std::count(text.begin(), text.end(), '\n');
  for (std::size_t at = text.find('\r'); at != std::string_view::npos; at = text.find('\r', at + 1))
    lines += at + 1 == text.size() || text[at + 1] != '\n' ? 1 : 0;
  return lines;
}

std::string unquote(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == '"' && i + 1 < text.size() && text[i + 1] == '"') ++i;
  }
  return out;
}

// "sep=;" as spreadsheets write it; 0 where the text begins otherwise.
char declared_separator(std::string_view text) {
  if (text.size() < 5 || !iequals_ascii(text.substr(0, 4), "sep=")) return 0;
  const bool ends = text.size() == 5 || text[5] == '\n' || text[5] == '\r';
  return ends && text[4] != '\n' && text[4] != '\r' && text[4] != '"' ? text[4] : '\0';
}

std::size_t declared_length(std::string_view text) {
  std::size_t length = 5;
  if (length < text.size() && text[length] == '\r') ++length;
  if (length < text.size() && text[length] == '\n') ++length;
  return length;
}

// How well a separator fits: rows as wide as the first one count, wide tables before narrow ones.
double fit(std::string_view head, char separator) {
  const auto rows = first_rows(head, separator, 20);
  if (rows.empty() || rows[0].size() < 2) return 0;
  const auto equal = std::count_if(rows.begin(), rows.end(),
                                   [&](const auto& row) { return row.size() == rows[0].size(); });
  const double share = static_cast<double>(equal) / static_cast<double>(rows.size());
  return share + 0.01 * static_cast<double>(std::min<std::size_t>(rows[0].size(), 40));
}

}  // namespace

std::vector<std::vector<std::string>> first_rows(std::string_view head, char separator, int most) {
  if (declared_separator(head) != 0) head.remove_prefix(declared_length(head));
  std::vector<std::vector<std::string>> rows;
  std::vector<CsvCell> cells;
  RowScanner scanner;
  scanner.text = head;
  scanner.separator = separator;
  scanner.at_end = head.size() < 60 * 1024;  // else the head is a part, and its last row cut off
  scanner.cells = &cells;
  for (std::size_t at = 0; at < head.size() && static_cast<int>(rows.size()) < most;) {
    const Scan scan = scanner.row(at);
    if (scan == Scan::more) break;
    if (scan == Scan::unclosed) {
      scanner.plain_below = scanner.quote + 1;
      scanner.quote_reach = std::max(kLeastReach, scanner.quote_reach / 8);
      continue;
    }
    at = scanner.end;
    std::vector<std::string> row;
    for (const CsvCell& cell : cells)
      row.push_back(unquote(head.substr(cell.begin, cell.end - cell.begin)));
    if (row.size() > 1 || !trim(row[0]).empty()) rows.push_back(std::move(row));
  }
  return rows;
}

char find_separator(std::string_view head) {
  if (const char declared = declared_separator(head)) return declared;
  char best = 0;
  double best_fit = 0;
  for (const char separator : kSeparators) {
    const double here = fit(head, separator);
    if (here > best_fit) {
      best_fit = here;
      best = separator;
    }
  }
  return best;
}

CsvReader::CsvReader(TextReader& text) : text_(text) {}

// Doubles what is at hand, so that scanning a long row again costs no more than reading it.
Result<bool> CsvReader::more() {
  if (ended_) return false;
  buffer_.erase(0, row_begin_);
  plain_below_ -= std::min(plain_below_, row_begin_);
  row_begin_ = 0;
  const std::size_t wanted = buffer_.size() * 2 + 1;
  while (!ended_ && buffer_.size() < wanted) {
    const std::string_view piece = PLUMBLINE_TRY(text_.next());
    ended_ = piece.empty();
    buffer_ += piece;
  }
  return true;
}

Status CsvReader::begin() {
  begun_ = true;
  PLUMBLINE_TRY(more());
  if (const char found = find_separator(std::string_view(buffer_).substr(0, 64 * 1024)))
    separator_ = found;
  if (declared_separator(buffer_) != 0) {
    row_begin_ = declared_length(buffer_);
    line_ = 2;
  }
  return {};
}

// Passes over a row too long to hold. False where the text ends first.
Result<bool> CsvReader::skip_line() {
  for (;;) {
    const std::size_t end = buffer_.find_first_of("\r\n", row_begin_);
    if (end != std::string::npos) {
      row_begin_ = end;  // the line end reads as a blank line and counts there
      return true;
    }
    row_begin_ = buffer_.size();
    if (!PLUMBLINE_TRY(more())) return false;
  }
}

// Folds doubled quotes where they stand and gives the cells out.
void CsvReader::hand_over(CsvRow& row, std::size_t end) {
  row.cells.clear();
  row.too_large = end - row_begin_ > kMostRow;
  for (const CsvCell& cell : cells_) {
    std::size_t length = cell.end - cell.begin;
    if (cell.doubled) {
      const std::string folded = unquote(std::string_view(buffer_).substr(cell.begin, length));
      length = folded.size();
      std::memcpy(buffer_.data() + cell.begin, folded.data(), length);
    }
    row.too_large = row.too_large || length > kMostCell;
    row.cells.emplace_back(buffer_.data() + cell.begin, length);
  }
  row_begin_ = end;
}

Result<bool> CsvReader::next(CsvRow& row) {
  if (!begun_) PLUMBLINE_CHECK(begin());
  for (;;) {
    row.line = line_;
    row.too_large = false;
    row.unclosed_quote = 0;
    row.cells.clear();
    RowScanner scanner;
    for (;;) {
      if (ended_ && row_begin_ == buffer_.size()) return false;
      scanner = {buffer_, separator_, ended_, plain_below_, quote_reach_, &cells_};
      const Scan scan = scanner.row(row_begin_);
      if (scan == Scan::row) break;
      if (scan == Scan::unclosed) {
        plain_below_ = scanner.quote + 1;
        quote_reach_ = std::max(kLeastReach, quote_reach_ / 8);
        if (row.unclosed_quote == 0)
          row.unclosed_quote = line_ + count_lines(std::string_view(buffer_).substr(
                                           row_begin_, scanner.quote - row_begin_));
      } else if (buffer_.size() - row_begin_ > 2 * kMostRow) {
        row.too_large = true;
        PLUMBLINE_TRY(skip_line());
        return true;
      } else {
        PLUMBLINE_TRY(more());
      }
    }
    line_ += count_lines(std::string_view(buffer_).substr(row_begin_, scanner.end - row_begin_));
    hand_over(row, scanner.end);
    for (const std::string_view cell : row.cells)
      if (!trim(cell).empty()) return true;
  }
}

}  // namespace plumbline
