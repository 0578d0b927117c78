#include "nlp/amounts.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "base/words.h"
#include "nlp/calendar.h"
#include "nlp/digits.h"
#include "nlp/letters.h"
#include "nlp/numbers.h"
#include "nlp/pattern_file.h"
#include "nlp/unspaced_dates.h"

namespace plumbline {
namespace {

constexpr double kMostMoney = 1e15;
constexpr std::size_t kLongestUnit = 24;                      // bytes of a currency's word
constexpr std::uint32_t kUnlessBefore = 3, kUnlessAfter = 2;  // words

// Reads the digits of one text from left to right.
class AmountReader {
 public:
  AmountReader(const Prepared& prepared, const DigitText& digits, const EntityLanguage& language,
               std::vector<EntityFinding>& out, std::vector<Percentage>& percents)
      : prepared_(prepared),
        digits_(digits),
        text_(digits.text()),
        language_(language),
        out_(out),
        percents_(percents) {}

  void read(Day today) {
    today_ = today;
    std::size_t link = 0;
    for (std::size_t at = 0; at < text_.size();) {
      if (!is_digit(text_[at])) {
        ++at;
        continue;
      }
      const auto& links = prepared_.left_out;
      const std::uint32_t place = digits_.original(at);
      while (link < links.size() && links[link].end <= place) ++link;
      if (link < links.size() && links[link].begin <= place) {
        ++at;
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
    UnspacedDate date;
    if (read_unspaced_date(text_, at, language_, today_, date)) {
      add_date(date.begin, date.end, date.days);
      out_.back().relative = date.relative;
      return date.end;
    }
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
    add_date(at, end, {day, day});
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
    std::size_t unit_length = 0;
    const UnspacedUnit* unspaced = language_.unit_at(after, unit_length);
    if (after.starts_with('%')) {
      end += blank + 1;
    } else if (unspaced != nullptr) {
      if (unspaced->sort != NumberUnit::percent) return 0;
      end += blank + unit_length;
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
    found.span = digits_.original(begin, end);
    found.value = number.value;
    percents_.push_back(found);
    return end;
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
    for (const EntityWords* words : {language_.own, language_.shared}) {
      if (words == nullptr) continue;
      for (const auto& [sign, of] : words->signs) {
        if (!unit.ends_with(sign) || in_longer_word(unit, unit.size() - sign.size())) continue;
        code = of;
        return blank + sign.size();
      }
    }
    std::size_t length = 0;
    const std::size_t dot = unit.back() == '.' ? 1 : 0;
    while (length + dot < unit.size() && length < 4 &&
           is_letter(unit[unit.size() - dot - length - 1]))
      ++length;
    if (length < 2) return 0;
    if (letter_before(unit, unit.size() - dot - length)) return 0;
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

  // Whether the sign at `at`, with letters as "رس", is the end of a word.
  static bool in_longer_word(std::string_view text, std::size_t at) {
    const std::string_view sign = text.substr(at);
    return is_high(sign.front()) && !is_unspaced(sign) && letter_at(sign) &&
           letter_before(text, at);
  }

  // What follows the number: thousands, then a sign, code or word.
  struct Unit {
    std::size_t end = 0;
    double factor = 1;
    std::string code;
    bool found = false, is_word = false;
    bool unspaced = false;
    double more = 0;  // "1万5千円": what stands before the last number
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
    for (const EntityWords* words : {language_.own, language_.shared}) {
      if (words == nullptr) continue;
      for (const auto& [sign, of] : words->signs) {
        if (!word.starts_with(sign)) continue;
        // "20 $5": the sign belongs to the next number.
        if (blank > 0 && is_digit(word.substr(sign.size(), 1).empty() ? ' ' : word[sign.size()]))
          return;
        if (is_letter(sign.front())) return;
        if (letter_at(sign) && letter_at(word.substr(sign.size()))) continue;
        unit.found = true;
        unit.code = of;
        unit.end += blank + sign.size();
        return;
      }
    }
    std::size_t length = word_length(word);
    if (length == 0 || length > kLongestUnit) return;
    if (length < word.size() && is_digit(word[length])) return;
    const std::string_view written = word.substr(0, length);
    if (const auto code = language_.shared->codes.find(written);
        code != language_.shared->codes.end()) {
      unit.code = code->second;
    } else {
      const auto* currency = language_.currency(folded(written));
      if (const std::size_t both = two_words(word, length); both > 0)
        if (const auto* longer = language_.currency(folded(word.substr(0, both)))) {
          currency = longer;
          length = both;
        }
      if (currency == nullptr || (length == 1 && blank > 0)) return;
      unit.code = currency->first;
      unit.factor *= currency->second;
      unit.is_word = true;
    }
    unit.found = true;
    unit.end += blank + length;
  }

  // "980円", "1.5万元", "1万5千円": whatever follows. Nothing found: `unit` stays as it is.
  void read_unspaced(const Number& number, Unit& unit) const {
    std::size_t end = number.end + blank_at(rest(number.end)), length = 0;
    double part = number.value, before = 0, factor = 1;
    while (const UnspacedUnit* next = language_.unit_at(rest(end), length)) {
      end += length;
      if (next->sort == NumberUnit::times) {
        factor *= next->worth;
        if (digits_at(text_, end) == 0) continue;
        before += part * factor;
        const Number smaller = number_at(text_, end, false);
        part = smaller.value;
        factor = 1;
        end = smaller.end;
        continue;
      }
      if (next->sort != NumberUnit::money && next->sort != NumberUnit::maybe_money) return;
      if (next->sort == NumberUnit::maybe_money && !is_price(number, end)) return;
      unit.more = before * next->worth;
      unit.factor = part * factor * next->worth / (number.value == 0 ? 1 : number.value);
      unit.code = next->code;
      unit.end = end;
      unit.found = unit.is_word = unit.unspaced = true;
      return;
    }
  }

  // Of an amount in a measure word: "三块" may be three pieces, "三块电池" is; "30块" and "三百块"
  // are money.
  bool is_price(const Number& number, std::size_t end) const {
    if (letter_at(rest(end))) return language_.begins(rest(end), SideWord::money_goes_on);
    return number.value >= 10 || is_digit(prepared_.text[digits_.original(number.begin)]);
  }

  std::size_t read_money(const Number& number) {
    std::string before_code;
    std::size_t before = unit_before(number.begin, before_code);
    if (number.begin - before < taken_) before = 0;  // "9€ 5€": the sign is the first number's
    if (before == 0 && !begins_free(number.begin)) return 0;
    Unit unit = unit_after(number.end, before > 0);
    if (!unit.found) read_unspaced(number, unit);
    if (before == 0 && !unit.found) return 0;
    if (before > 0 && unit.is_word && !unit.unspaced) {
      unit = Unit{};
      unit.end = number.end;
    }
    const std::size_t end = unit.end;
    if (!unit.found && end < text_.size() && (text_[end] == ':' || text_[end] == '.') &&
        end + 1 < text_.size() && is_digit(text_[end + 1]))
      return 0;
    if (end < text_.size() && is_letter(text_[end]) && !unit.unspaced) {
      if (before == 0 || end == number.end) return 0;
    }
    EntityFinding money;
    money.kind = EntityKind::money;
    money.amount = unit.more + number.value * unit.factor;
    money.currency = unit.found && (before == 0 || before_code == "USD") ? unit.code : before_code;
    money.span = digits_.original(number.begin - before, end);
    if (money.amount > kMostMoney || (unit.is_word && is_undone(money.span))) return 0;
    money.name = written(money.span);
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
    const std::uint32_t word = word_from(prepared_, digits_.original(number.begin));
    std::string scratch;
    if (word == 0 || word >= prepared_.words.size() ||
        !language_.is(plain(prepared_.words[word - 1].folded, scratch), SideWord::within))
      return 0;
    add_date(number.begin, number.end, whole_year(static_cast<int>(number.value)));
    return number.end;
  }

  std::string_view written(Span span) const {
    return prepared_.text.substr(span.begin, span.end - span.begin);
  }

  void add_date(std::size_t begin, std::size_t end, Days days) {
    EntityFinding date;
    date.kind = EntityKind::date;
    date.span = digits_.original(begin, end);
    date.name = written(date.span);
    date.from = days.from;
    date.to = days.to;
    out_.push_back(std::move(date));
  }

  const Prepared& prepared_;
  const DigitText& digits_;
  const std::string_view text_;
  const EntityLanguage& language_;
  std::vector<EntityFinding>& out_;
  std::vector<Percentage>& percents_;
  Day today_ = kNoDay;
  std::size_t taken_ = 0;  // where the last money ends
};

}  // namespace

std::uint32_t word_from(const Prepared& text, std::uint32_t at) {
  const auto found = std::lower_bound(
      text.words.begin(), text.words.end(), at,
      [](const Word& word, std::uint32_t begin) { return word.span.begin < begin; });
  return static_cast<std::uint32_t>(found - text.words.begin());
}

void find_amounts(const Prepared& text, const EntityLanguage& language, Seconds published,
                  std::vector<EntityFinding>& out, std::vector<Percentage>& percents) {
  thread_local DigitText digits;
  if (!digits.read(text.text, language.own == nullptr ? nullptr : &language.own->numerals)) return;
  AmountReader(text, digits, language, out, percents).read(day_of_mention(published));
}

}  // namespace plumbline
