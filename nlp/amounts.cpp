#include "nlp/amounts.h"

#include <algorithm>
#include <chrono>
#include <string>

#include "base/text.h"
#include "base/words.h"
#include "nlp/pattern_file.h"

namespace plumbline {
namespace {

constexpr double kMostMoney = 1e15;
constexpr std::size_t kLongestUnit = 24;                      // bytes of a currency's word
constexpr std::uint32_t kUnlessBefore = 3, kUnlessAfter = 2;  // words

bool in_word(char c) { return is_letter(c) || static_cast<unsigned char>(c) >= 0x80; }

// Bytes of the blank that `text` begins with, 0 without one: space, no-break space, narrow ones.
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

struct Number {
  std::size_t begin = 0, end = 0;
  double value = 0;
};

double value_of(std::string_view whole, std::string_view fraction) {
  double value = 0, unit = 1;
  for (const char c : whole)
    if (is_digit(c)) value = value * 10 + (c - '0');
  for (const char c : fraction) value += (c - '0') * (unit /= 10);
  return value;
}

// Groups of three behind `separator`; where they end.
std::size_t groups_end(std::string_view text, std::size_t end, std::string_view separator) {
  while (text.substr(end, separator.size()) == separator &&
         digits_at(text, end + separator.size()) == 3)
    end += separator.size() + 3;
  return end;
}

// The number that begins at `begin`; `blanks`: thousands may be parted by blanks.
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

// Reads the digits of one text from left to right.
class AmountReader {
 public:
  AmountReader(const Prepared& prepared, const EntityLanguage& language,
               std::vector<EntityFinding>& out, std::vector<Percentage>& percents)
      : prepared_(prepared),
        text_(prepared.text),
        language_(language),
        out_(out),
        percents_(percents) {}

  void read() {
    std::size_t link = 0;
    for (std::size_t at = 0; at < text_.size();) {
      if (!is_digit(text_[at])) {
        ++at;
        continue;
      }
      const auto& links = prepared_.left_out;
      while (link < links.size() && links[link].end <= at) ++link;
      if (link < links.size() && links[link].begin <= at) {
        at = links[link].end;
        continue;
      }
      const std::size_t end = std::max(read_at(at), at + 1);
      at = end;
      while (at < text_.size() && is_digit(text_[at])) ++at;
    }
  }

 private:
  std::string_view rest(std::size_t at) const { return text_.substr(std::min(at, text_.size())); }

  // Where to go on.
  std::size_t read_at(std::size_t at) {
    if (const std::size_t end = read_date(at); end > at) return end;
    Number number = number_at(text_, at, false);
    if (const std::size_t end = read_percent(number); end > at) return end;
    if (const std::size_t end = read_money(number); end > at) return end;
    const Number longer = number_at(text_, at, true);
    if (longer.end > number.end)
      if (const std::size_t end = read_money(longer); end > at) return end;
    if (const std::size_t end = read_year(number); end > at) return end;
    // What follows a dot or colon belongs to it: a version, a time of day.
    std::size_t end = number.end;
    while (end + 1 < text_.size() && (text_[end] == '.' || text_[end] == ':') &&
           is_digit(text_[end + 1]))
      end += 1 + digits_at(text_, end + 1);
    return end;
  }

  bool begins_free(std::size_t begin) const {
    return begin == 0 ||
           (!is_letter(text_[begin - 1]) && !is_digit(text_[begin - 1]) && text_[begin - 1] != '_');
  }

  bool stands_alone(std::size_t begin, std::size_t end) const {
    return begins_free(begin) &&
           (end >= text_.size() || (!is_letter(text_[end]) && !is_digit(text_[end])));
  }

  // 2026-03-04, 4.3.2026, 4/3/26. Days that there are not are no dates.
  std::size_t read_date(std::size_t at) {
    int parts[3] = {0, 0, 0};
    std::size_t sizes[3] = {0, 0, 0}, end = at;
    char mark = 0;
    for (int i = 0; i < 3; ++i) {
      if (i > 0) {
        if (end >= text_.size() || (mark != 0 && text_[end] != mark)) return 0;
        mark = text_[end++];
        if (mark != '-' && mark != '/' && mark != '.') return 0;
      }
      sizes[i] = digits_at(text_, end);
      if (sizes[i] == 0 || sizes[i] > 4) return 0;
      for (std::size_t k = 0; k < sizes[i]; ++k) parts[i] = parts[i] * 10 + (text_[end + k] - '0');
      end += sizes[i];
    }
    if (!stands_alone(at, end) || (at > 0 && text_[at - 1] == mark)) return 0;
    if (end + 1 < text_.size() && text_[end] == mark && is_digit(text_[end + 1])) return 0;
    Day day = kNoDay;
    if (sizes[0] == 4 && sizes[1] <= 2 && sizes[2] <= 2 && mark != '.') {
      day = day_of(parts[0], parts[1], parts[2]);
      if (day == kNoDay) return 0;
    } else if (sizes[0] > 2 || sizes[1] > 2 || sizes[2] == 3 || sizes[2] == 1 ||
               !day_by_order(parts, sizes[2], mark, day)) {
      return 0;
    }
    add_date({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}, day, day);
    return end;
  }

  // False: no date. True with kNoDay: a date, but day and month cannot be told apart.
  bool day_by_order(const int (&parts)[3], std::size_t year_size, char mark, Day& day) const {
    const int year = year_size == 4 ? parts[2] : parts[2] + (parts[2] < 70 ? 2000 : 1900);
    const Day day_first = day_of(year, parts[1], parts[0]);
    const Day month_first = day_of(year, parts[0], parts[1]);
    const bool dots = mark == '.';
    if (dots && year_size == 2) return false;  // a version more often than a day
    if (dots || month_first == kNoDay || month_first == day_first) {
      day = day_first;
      return day != kNoDay;
    }
    if (day_first == kNoDay) {
      day = month_first;
      return mark == '/' || year_size == 4;
    }
    const EntityWords* own = language_.own;
    if (own != nullptr && own->day_first) day = day_first;
    if (own != nullptr && own->month_first) day = month_first;
    return true;
  }

  std::size_t read_percent(const Number& number) {
    std::size_t end = number.end;
    std::string_view after = rest(end);
    const std::size_t blank = blank_at(after);
    after.remove_prefix(blank);
    if (after.starts_with('%')) {
      end += blank + 1;
    } else {
      const std::size_t length = word_length(after);
      if (length == 0 || !language_.is(folded(after.substr(0, length)), SideWord::percent)) {
        // "pour cent", "por ciento"
        const std::size_t second = length == 0 ? 0 : two_words(after, length);
        if (second == 0 || !language_.is(folded(after.substr(0, second)), SideWord::percent))
          return 0;
        end += blank + second;
      } else {
        end += blank + length;
      }
    }
    Percentage found;
    std::size_t begin = number.begin;
    const std::string_view before = text_.substr(0, begin);
    for (std::string_view minus : {"-", "−", "–"}) {
      if (!before.ends_with(minus)) continue;
      const std::size_t at = begin - minus.size();
      found.minus = at == 0 || text_[at - 1] == ' ' || text_[at - 1] == '(';
      if (found.minus) begin = at;
    }
    found.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    found.value = number.value;
    percents_.push_back(found);
    return end;
  }

  static std::size_t word_length(std::string_view text) {
    std::size_t length = 0;
    while (length < text.size() && length <= kLongestUnit && in_word(text[length]) &&
           blank_at(text.substr(length)) == 0 && !text.substr(length).starts_with("’"))
      ++length;
    return length <= kLongestUnit ? length : 0;
  }

  static std::size_t two_words(std::string_view text, std::size_t first) {
    const std::size_t second =
        text.substr(first, 1) == " " ? word_length(text.substr(first + 1)) : 0;
    return second == 0 ? 0 : first + 1 + second;
  }

  static std::string folded(std::string_view word) { return plain(fold_word(word)); }

  // The sign or code that ends before `begin`; how many bytes it and a blank take, 0 without.
  std::size_t unit_before(std::size_t begin, std::string& code) const {
    const std::string_view before = text_.substr(0, begin);
    const std::size_t blank = blank_before(before);
    const std::string_view unit = before.substr(0, before.size() - blank);
    if (unit.empty()) return 0;
    for (const auto& [sign, of] : language_.shared->signs) {
      if (!unit.ends_with(sign)) continue;
      code = of;
      return blank + sign.size();
    }
    std::size_t length = 0;
    const std::size_t dot = unit.back() == '.' ? 1 : 0;
    while (length + dot < unit.size() && length < 4 &&
           is_letter(unit[unit.size() - dot - length - 1]))
      ++length;
    if (length < 2) return 0;
    if (length + dot < unit.size() && in_word(unit[unit.size() - dot - length - 1])) return 0;
    const std::string_view word = unit.substr(unit.size() - dot - length, length);
    if (const auto found = language_.shared->codes.find(word);
        found != language_.shared->codes.end() && dot == 0) {
      code = found->second;
      return blank + length;
    }
    if (word != "Rs" && word != "rs" && word != "RS") return 0;
    code = "INR";
    return blank + dot + length;
  }

  // What follows the number: thousands, then a sign, code or word.
  struct Unit {
    std::size_t end = 0;
    double factor = 1;
    std::string code;
    bool found = false, is_word = false;
  };

  Unit unit_after(std::size_t begin, bool signed_before) const {
    Unit unit;
    unit.end = begin;
    std::string_view after = rest(begin);
    const std::size_t blank = blank_at(after);
    std::size_t length = word_length(after.substr(blank));
    if (length > 0) {
      const std::string word = folded(after.substr(blank, length));
      const double* times = language_.times(word);
      // "5k", "$5m"; one letter only right behind the number, and more than a thousand only behind
      // a sign.
      if (times != nullptr && (length > 1 || (blank == 0 && (signed_before || *times == 1000)))) {
        unit.factor = *times;
        unit.end = begin + blank + length;
        if (rest(unit.end).starts_with('.') && length > 1 && blank_at(rest(unit.end + 1)) > 0)
          ++unit.end;  // "Mio. "
      }
    }
    read_currency(unit);
    return unit;
  }

  void read_currency(Unit& unit) const {
    const std::string_view after = rest(unit.end);
    const std::size_t blank = blank_at(after);
    const std::string_view word = after.substr(blank);
    for (const auto& [sign, of] : language_.shared->signs) {
      if (!word.starts_with(sign)) continue;
      // "20 $5": the sign belongs to the next number.
      if (blank > 0 && is_digit(word.substr(sign.size(), 1).empty() ? ' ' : word[sign.size()]))
        return;
      if (is_letter(sign.front())) return;
      unit.found = true;
      unit.code = of;
      unit.end += blank + sign.size();
      return;
    }
    std::size_t length = 0;
    while (length < word.size() && length <= kLongestUnit && in_word(word[length]) &&
           !word.substr(length).starts_with("\u00A0"))
      ++length;
    if (length == 0 || length > kLongestUnit) return;
    if (length < word.size() && is_digit(word[length])) return;
    const std::string_view written = word.substr(0, length);
    if (const auto code = language_.shared->codes.find(written);
        code != language_.shared->codes.end()) {
      unit.code = code->second;
    } else if (const auto* currency = language_.currency(folded(written));
               currency != nullptr && (length > 1 || blank == 0)) {
      unit.code = currency->first;
      unit.factor *= currency->second;
      unit.is_word = true;
    } else {
      return;
    }
    unit.found = true;
    unit.end += blank + length;
  }

  std::size_t read_money(const Number& number) {
    std::string before_code;
    std::size_t before = unit_before(number.begin, before_code);
    if (number.begin - before < taken_) before = 0;  // "9€ 5€": the sign is the first number's
    if (before == 0 && !begins_free(number.begin)) return 0;
    Unit unit = unit_after(number.end, before > 0);
    if (before == 0 && !unit.found) return 0;
    if (before > 0 && unit.is_word) unit = Unit{number.end, 1, {}, false, false};
    const std::size_t end = unit.end;
    if (!unit.found && end < text_.size() && (text_[end] == ':' || text_[end] == '.') &&
        end + 1 < text_.size() && is_digit(text_[end + 1]))
      return 0;
    if (end < text_.size() && is_letter(text_[end])) {
      if (before == 0 || end == number.end) return 0;
    }
    EntityFinding money;
    money.kind = EntityKind::money;
    money.amount = number.value * unit.factor;
    money.currency = unit.found && (before == 0 || before_code == "USD") ? unit.code : before_code;
    money.span = {static_cast<std::uint32_t>(number.begin - before),
                  static_cast<std::uint32_t>(end)};
    if (money.amount > kMostMoney || (unit.is_word && is_undone(money.span))) return 0;
    money.name = text_.substr(money.span.begin, end - money.span.begin);
    out_.push_back(std::move(money));
    taken_ = end;
    return end;
  }

  // "lost 20 pounds"
  bool is_undone(Span span) const {
    const std::uint32_t first = word_from(prepared_, span.begin);
    const std::uint32_t next = word_from(prepared_, span.end);
    std::string scratch;
    for (std::uint32_t i = first > kUnlessBefore ? first - kUnlessBefore : 0;
         i < prepared_.words.size() && i < next + kUnlessAfter; ++i)
      if ((i < first || i >= next) &&
          language_.is(plain(prepared_.words[i].folded, scratch), SideWord::unless))
        return true;
    return false;
  }

  // "in 2019"
  std::size_t read_year(const Number& number) {
    if (number.end - number.begin != 4 || number.value < 1900 || number.value > 2100 ||
        !stands_alone(number.begin, number.end))
      return 0;
    const std::uint32_t word = word_from(prepared_, static_cast<std::uint32_t>(number.begin));
    std::string scratch;
    if (word == 0 || word >= prepared_.words.size() ||
        !language_.is(plain(prepared_.words[word - 1].folded, scratch), SideWord::within))
      return 0;
    const int year = static_cast<int>(number.value);
    add_date({static_cast<std::uint32_t>(number.begin), static_cast<std::uint32_t>(number.end)},
             day_of(year, 1, 1), day_of(year, 12, 31));
    return number.end;
  }

  void add_date(Span span, Day from, Day to) {
    EntityFinding date;
    date.kind = EntityKind::date;
    date.name = text_.substr(span.begin, span.end - span.begin);
    date.span = span;
    date.from = from;
    date.to = to;
    out_.push_back(std::move(date));
  }

  const Prepared& prepared_;
  const std::string_view text_;
  const EntityLanguage& language_;
  std::vector<EntityFinding>& out_;
  std::vector<Percentage>& percents_;
  std::size_t taken_ = 0;  // where the last money ends
};

}  // namespace

std::uint32_t word_from(const Prepared& text, std::uint32_t at) {
  const auto found = std::lower_bound(
      text.words.begin(), text.words.end(), at,
      [](const Word& word, std::uint32_t begin) { return word.span.begin < begin; });
  return static_cast<std::uint32_t>(found - text.words.begin());
}

Day day_of(int year, int month, int day) {
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (year < 1000 || year > 9999 || month < 1 || day < 1 || !date.ok()) return kNoDay;
  return static_cast<Day>(std::chrono::sys_days(date).time_since_epoch().count());
}

void find_amounts(const Prepared& text, const EntityLanguage& language,
                  std::vector<EntityFinding>& out, std::vector<Percentage>& percents) {
  if (std::none_of(text.text.begin(), text.text.end(), is_digit)) return;
  AmountReader(text, language, out, percents).read();
}

}  // namespace plumbline
