#include "nlp/numbers.h"

#include "base/text.h"

namespace plumbline {
namespace {

// Groups of three behind `separator`; where they end.
std::size_t groups_end(std::string_view text, std::size_t end, std::string_view separator) {
  while (text.substr(end, separator.size()) == separator &&
         digits_at(text, end + separator.size()) == 3)
    end += separator.size() + 3;
  return end;
}

}  // namespace

std::size_t blank_at(std::string_view text) {
  if (text.starts_with(' ')) return 1;
  if (text.starts_with("\u00A0")) return 2;
  return text.starts_with("\u202F") || text.starts_with("\u2009") ? 3 : 0;
}

std::size_t blank_before(std::string_view text) {
  if (text.ends_with(' ')) return 1;
  if (text.ends_with("\u00A0")) return 2;
  return text.ends_with("\u202F") || text.ends_with("\u2009") ? 3 : 0;
}

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

double value_of(std::string_view whole, std::string_view fraction) {
  double value = 0, unit = 1;
  for (const char c : whole)
    if (is_digit(c)) value = value * 10 + (c - '0');
  for (const char c : fraction) value += (c - '0') * (unit /= 10);
  return value;
}

Number number_at(std::string_view text, std::size_t begin, bool blanks) {
  Number number{begin, begin + digits_at(text, begin), 0};
  const std::size_t first = number.end;
  std::string_view grouping;
  if (first - begin <= 3 && text[begin] != '0') {
    for (std::string_view separator : {",", ".", "'", "’", " ", "\u00A0", "\u202F"}) {
      if (blank_at(separator) > 0 && !blanks) continue;
      number.end = groups_end(text, first, separator);
      if (number.end == first) continue;
      grouping = separator;
      break;
    }
  }
  // "1,20,000", as in India.
  std::size_t pairs = first;
  while (text.substr(pairs, 1) == "," && digits_at(text, pairs + 1) == 2) pairs += 3;
  if (pairs > first && groups_end(text, pairs, ",") == pairs + 4) {
    number.end = pairs + 4;
    grouping = ",";
  }
  const std::size_t whole = number.end;
  std::string_view fraction;
  if (whole < text.size() && (text[whole] == '.' || text[whole] == ',') &&
      text.substr(whole, 1) != grouping) {
    const std::size_t length = digits_at(text, whole + 1);
    if (length > 0 && length <= 9) {
      fraction = text.substr(whole + 1, length);
      number.end = whole + 1 + length;
    } else if (text.substr(whole + 1, 1) == "-" || text.substr(whole + 1, 3) == "–") {
      number.end = whole + (text[whole + 1] == '-' ? 2U : 4U);  // "10,-"
    }
  }
  number.value = value_of(text.substr(begin, whole - begin), fraction);
  return number;
}

}  // namespace plumbline
