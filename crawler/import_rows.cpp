#include "crawler/import_rows.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace plumbline {
namespace {

constexpr std::size_t kHeldRows = 2000;
constexpr std::size_t kHeldBytes = std::size_t{4} << 20;

std::size_t digits_at(std::string_view text, std::size_t from) {
  std::size_t end = from;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - from;
}

int number_at(std::string_view text, std::size_t from, std::size_t count) {
  int value = 0;
  std::from_chars(text.data() + from, text.data() + from + count, value);
  return value;
}

// "3/4/2026 …" or "03-04-26 …": two short numbers before the year, whose order is not plain.
struct ShortDate {
  int first = 0;
  int second = 0;
  std::string_view year;
  std::string_view rest;
};

bool short_date(std::string_view text, ShortDate& date) {
  const std::size_t a = digits_at(text, 0);
  if (a < 1 || a > 2 || a >= text.size() || (text[a] != '/' && text[a] != '-')) return false;
  const std::size_t b = digits_at(text, a + 1);
  const std::size_t second_end = a + 1 + b;
  if (b < 1 || b > 2 || second_end >= text.size() || text[second_end] != text[a]) return false;
  const std::size_t c = digits_at(text, second_end + 1);
  if (c != 4 && c != 2) return false;
  date.first = number_at(text, 0, a);
  date.second = number_at(text, a + 1, b);
  date.year = text.substr(second_end + 1, c);
  date.rest = text.substr(second_end + 1 + c);
  return true;
}

// The number that begins at `from`: grouping signs dropped, a decimal comma made a point.
std::optional<double> number_in(std::string_view text, std::size_t from, bool groups,
                                std::size_t* end = nullptr) {
  std::size_t to = from;
  while (to < text.size() && (is_digit(text[to]) || text[to] == '.' || text[to] == ',')) ++to;
  while (to > from && !is_digit(text[to - 1])) --to;
  if (to == from) return std::nullopt;
  std::string clean;
  for (std::size_t i = from; i < to; ++i) {
    if (is_digit(text[i])) {
      clean += text[i];
      continue;
    }
    const std::size_t run = digits_at(text, i + 1);
    const bool later = text.find_first_of(".,", i + 1) < to;
    const bool grouping = (groups && run == 3) || (later && run == 3);
    if (!grouping) clean += '.';
  }
  double value = 0;
  if (std::count(clean.begin(), clean.end(), '.') > 1) return std::nullopt;
  const auto read = std::from_chars(clean.data(), clean.data() + clean.size(), value);
  if (read.ec != std::errc()) return std::nullopt;
  if (end != nullptr) *end = to;
  return value;
}

std::size_t count_of(std::string_view text, std::string_view sign) {
  std::size_t count = 0;
  for (std::size_t at = text.find(sign); at != std::string_view::npos;
       at = text.find(sign, at + sign.size()))
    ++count;
  return count;
}

// Source names are one lower-case word; "Twitter / X" gives "twitterx".
std::string source_word(std::string_view text) {
  std::string out;
  for (const char c : ascii_lower(text))
    if ((c >= 'a' && c <= 'z') || is_digit(c)) out += c;
  return out;
}

std::string trimmed(const std::string& cell) { return std::string(trim(cell)); }

}  // namespace

std::optional<std::int64_t> parse_count(std::string_view text) {
  text = trim(text);
  const bool minus = !text.empty() && text[0] == '-';
  if (minus || (!text.empty() && text[0] == '+')) text.remove_prefix(1);
  std::size_t end = 0;
  const auto number = number_in(text, 0, true, &end);
  if (!number) return std::nullopt;
  const std::string_view unit = trim(text.substr(end));
  double scale = 1;
  if (!unit.empty()) {
    const char letter = static_cast<char>(unit[0] | 0x20);
    if (letter == 'k') scale = 1e3;
    if (letter == 'm') scale = 1e6;
  }
  double value = *number * scale;
  if (scale > 1 && text.find_first_of(".,") < end)  // "1.234K" is a decimal, not a group
    value = number_in(text, 0, false).value_or(*number) * scale;
  if (value > 9e15) return std::nullopt;
  const auto whole = static_cast<std::int64_t>(value + 0.5);
  return minus ? -whole : whole;
}

std::optional<double> parse_rating(std::string_view text) {
  text = trim(text);
  const std::size_t stars = count_of(text, "★") + count_of(text, "⭐");
  if (stars > 0)
    return static_cast<double>(stars) + (text.find("½") != std::string_view::npos ? 0.5 : 0.0);
  if (text.find("☆") != std::string_view::npos) return 0.0;
  const bool minus = text.size() > 1 && text[0] == '-' && is_digit(text[1]);
  for (std::size_t i = 0; i < text.size() && i < 40; ++i)
    if (is_digit(text[i])) {
      const auto value = number_in(text, i, false);
      return value && minus ? -*value : value;
    }
  return std::nullopt;
}

void DateReader::look_at(std::string_view text) {
  ShortDate date;
  if (!short_date(trim(text), date)) return;
  ++dates_;
  day_first_ = day_first_ || (date.first > 12 && date.second <= 12);
  month_first_ = month_first_ || (date.second > 12 && date.first <= 12);
}

Result<Seconds> DateReader::read(std::string_view text) const {
  text = trim(text);
  ShortDate date;
  if (!short_date(text, date) || (date.year.size() == 2 && text.find('-') < 3))
    return parse_time(text);
  const bool told = day_first_ != month_first_;
  const bool swap = (told ? day_first_ : expected_day_first_) ? date.second <= 12 : date.first > 12;
  const int month = swap ? date.second : date.first;
  const int day = swap ? date.first : date.second;
  return parse_time(fmt::format("{:02}/{:02}/{}{}", month, day, date.year, date.rest));
}

RowImport::RowImport(std::string_view file_name, std::string_view fallback_source,
                     const ImportOptions& options, const DocumentSink& sink)
    : file_name_(file_name), options_(options), sink_(sink) {
  source_ = source_word(options.source);
  if (source_.empty()) source_ = source_name_of(file_name);
  if (source_.empty()) source_ = fallback_source;
}

void RowImport::note(std::int64_t line, const std::string& problem) {
  if (outcome.problems.size() < kMostProblems)
    outcome.problems.push_back(fmt::format("{}:{}: {}", file_name_, line, problem));
}

void RowImport::skip(std::int64_t line, const std::string& reason, const std::string& detail) {
  ++outcome.rows;
  ++outcome.skipped;
  // One frequent reason must not hide the others.
  if (++outcome.skipped_by_reason[reason] <= kProblemsPerReason)
    note(line, detail.empty() ? reason : reason + ": " + detail);
}

Status RowImport::add(RowValues& values) {
  if (draining_) return emit(values);
  dates_.look_at(values[ImportField::published_at]);
  for (const std::string& cell : values.cells) held_bytes_ += cell.size();
  held_.push_back(std::move(values));
  values.cells = {};
  if (held_.size() < kHeldRows && held_bytes_ < kHeldBytes) return {};
  return drain();
}

Status RowImport::drain() {
  draining_ = true;
  if (dates_.ambiguous() && has_dates) {
    const auto doubtful = std::ranges::find_if(held_, [](const RowValues& values) {
      DateReader alone;
      alone.look_at(values[ImportField::published_at]);
      return alone.ambiguous();
    });
    if (doubtful != held_.end())
      note(doubtful->line, "dates such as \"" +
                               shorten((*doubtful)[ImportField::published_at], 30) +
                               "\" could be read day first or month first; read month first");
  }
  for (RowValues& values : held_) PLUMBLINE_CHECK(emit(values));
  held_ = {};
  return {};
}

Status RowImport::finish() { return draining_ ? Status{} : drain(); }

bool RowImport::date_of(const RowValues& values, Seconds& when) {
  if (!has_dates) {
    when = options_.file_time;
    return true;
  }
  const std::string& date = values[ImportField::published_at];
  const std::string& time = values[ImportField::time];
  const bool joins = !time.empty() && date.find(':') == std::string::npos;
  const auto read = dates_.read(joins ? date + " " + time : date);
  if (read) {
    when = *read;
    return true;
  }
  if (trim(date).empty())
    skip(values.line, "no date");
  else
    skip(values.line, "unreadable date", shorten(joins ? date + " " + time : date, 60));
  return false;
}

// Rows without an id get one from what they say, so that importing again adds nothing; rows that
// say the same are told apart by counting.
std::string RowImport::id_of(const RowValues& values, const Document& document) {
  if (!values[ImportField::id].empty()) return trimmed(values[ImportField::id]);
  const std::string when = has_dates ? format_utc(document.published_at) : std::string();
  const std::uint64_t hash =
      hash64(fmt::format("{}\n{}\n{}\n{}\n{}", document.source, document.author.id, when,
                         document.title, document.text));
  const std::int32_t times = ++seen_[hash];
  return times == 1 ? hex64(hash) : fmt::format("{}-{}", hex64(hash), times);
}

Status RowImport::emit(RowValues& values) {
  // A rating alone is an opinion too; whoever counts reviews misses it if it is left out.
  const std::optional<double> rating = parse_rating(values[ImportField::rating]);
  if (trim(values[ImportField::text]).empty() && trim(values[ImportField::title]).empty() &&
      !rating) {
    skip(values.line, "neither text, title nor rating");
    return {};
  }
  Document document;
  if (!date_of(values, document.published_at)) return {};
  document.source = source_word(values[ImportField::source]);
  if (document.source.empty()) document.source = source_;
  Author& author = document.author;
  author.handle = trimmed(values[ImportField::author]);
  if (author.handle.size() > 1 && author.handle[0] == '@') author.handle.erase(0, 1);
  author.name = trimmed(values[ImportField::name]);
  author.id = trimmed(values[ImportField::author_id]);
  if (author.handle.empty()) author.handle = author.name.empty() ? author.id : author.name;
  if (author.id.empty()) author.id = author.handle;
  if (author.name.empty()) author.name = author.handle;
  document.text = std::move(values[ImportField::text]);
  document.title = std::move(values[ImportField::title]);
  document.url = trimmed(values[ImportField::url]);
  document.lang = trimmed(values[ImportField::lang]);
  document.parent = trimmed(values[ImportField::parent]);
  document.place = trimmed(values[ImportField::place]);
  document.brand = trimmed(values[ImportField::brand]);
  if (document.brand.empty()) document.brand = options_.brand;
  document.rating = rating;
  document.likes = parse_count(values[ImportField::likes]);
  document.shares = parse_count(values[ImportField::shares]);
  document.id = id_of(values, document);
  ++outcome.rows;
  return sink_(std::move(document));
}

}  // namespace plumbline
