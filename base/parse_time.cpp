#include <array>
#include <chrono>
#include <optional>
#include <vector>

#include "base/text.h"
#include "base/time.h"

namespace plumbline {
namespace {

// The pieces of a written time: runs of digits, runs of letters, and the single signs between them.
struct Token {
  enum class Kind { number, word, sign } kind;
  std::string_view text;
  std::int64_t value = 0;  // of a number
  bool blank_before = false;
};

struct Written {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  int offset = 0;  // seconds east of UTC
  bool has_date = false;
};

// False if something stands there that no date holds.
bool tokenize(std::string_view text, std::vector<Token>& out) {
  bool blank = false;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == ' ' || c == '\t') {
      blank = true;
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    Token token{Token::Kind::sign, {}, 0, blank};
    if (is_digit(c)) {
      while (end < text.size() && is_digit(text[end])) ++end;
      if (end - i > 18) return false;
      token.kind = Token::Kind::number;
      for (std::size_t k = i; k < end; ++k) token.value = token.value * 10 + (text[k] - '0');
    } else if (is_letter(c)) {
      while (end < text.size() && is_letter(text[end])) ++end;
      token.kind = Token::Kind::word;
    } else if (std::string_view("-+:/.,()").find(c) == std::string_view::npos) {
      return false;
    }
    token.text = text.substr(i, end - i);
    out.push_back(token);
    if (out.size() > 24) return false;
    blank = false;
    i = end;
  }
  return !out.empty();
}

int month_of(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kMonths = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  const std::string lower = ascii_lower(word);
  if (lower.size() < 3) return 0;
  for (std::size_t i = 0; i < kMonths.size(); ++i)
    if (kMonths[i].substr(0, lower.size()) == lower || lower == "sept") {
      if (lower == "sept") return 9;
      return static_cast<int>(i) + 1;
    }
  return 0;
}

bool is_weekday(std::string_view word) {
  static constexpr std::array<std::string_view, 7> kDays = {
      "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
  const std::string lower = ascii_lower(word);
  for (const std::string_view day : kDays)
    if (lower.size() >= 3 && day.substr(0, lower.size()) == lower) return true;
  return lower == "thur" || lower == "thurs" || lower == "tues" || lower == "weds";
}

// Seconds east of UTC of a named zone; RFC 822's, and those met in feeds.
std::optional<int> named_zone(std::string_view word) {
  struct Named {
    std::string_view name;
    int hours;
  };
  static constexpr Named kZones[] = {
      {"z", 0},    {"utc", 0},  {"gmt", 0},  {"ut", 0},   {"est", -5}, {"edt", -4}, {"cst", -6},
      {"cdt", -5}, {"mst", -7}, {"mdt", -6}, {"pst", -8}, {"pdt", -7}, {"cet", 1},  {"cest", 2},
      {"met", 1},  {"mest", 2}, {"bst", 1},  {"wet", 0},  {"west", 1}, {"eet", 2},  {"eest", 3},
      {"msk", 3},  {"jst", 9},  {"et", -5},  {"ct", -6},  {"mt", -7},  {"pt", -8},  {"a", -1},
      {"m", -12},  {"n", 1},    {"y", 12}};
  const std::string lower = ascii_lower(word);
  for (const Named& zone : kZones)
    if (zone.name == lower) return zone.hours * 3600;
  return std::nullopt;
}

class Reader {
 public:
  explicit Reader(const std::vector<Token>& tokens) : tokens_(tokens) {}

  bool read(Written& out) {
    while (at_ < tokens_.size()) {
      const Token& token = tokens_[at_];
      const bool good = token.kind == Token::Kind::number ? number(out)
                        : token.kind == Token::Kind::word ? word(out)
                                                          : sign(out);
      if (!good) return false;
    }
    return finish(out);
  }

 private:
  bool is(std::size_t at, std::string_view sign) const {
    return at < tokens_.size() && tokens_[at].text == sign;
  }
  bool is_number(std::size_t at) const {
    return at < tokens_.size() && tokens_[at].kind == Token::Kind::number;
  }
  int value(std::size_t at) const {
    return static_cast<int>(std::min<std::int64_t>(tokens_[at].value, 99999999));
  }
  std::size_t digits(std::size_t at) const { return tokens_[at].text.size(); }

  bool number(Written& out) {
    if (is(at_ + 1, ":") && is_number(at_ + 2)) return clock(out);
    if (!out.has_date && is_number(at_ + 2) &&
        (is(at_ + 1, "-") || is(at_ + 1, "/") || is(at_ + 1, ".")))
      return date(out);
    if (!out.has_date && out.month == 0 && digits(at_) == 8) return compact_date(out);
    if (clock_seen_ && digits(at_) == 4 && out.year == 0) return take_year(out);
    if (out.has_date && !clock_seen_ && (digits(at_) == 6 || digits(at_) == 4) && after_t_)
      return compact_clock(out);
    if (out.day == 0 && digits(at_) <= 2) {
      out.day = value(at_++);
      return true;
    }
    if (out.year == 0 && out.month != 0) return take_year(out);
    if (out.has_date && !clock_seen_ && digits(at_) <= 2 && at_ + 1 < tokens_.size() &&
        tokens_[at_ + 1].kind == Token::Kind::word) {  // "4 PM"
      out.hour = value(at_++);
      clock_seen_ = true;
      return true;
    }
    if (out.has_date && !clock_seen_ && after_t_ && digits(at_) == 2) {  // 2003-12-31T10
      out.hour = value(at_++);
      clock_seen_ = true;
      return true;
    }
    return false;
  }

  bool take_year(Written& out) {
    out.year = value(at_);
    if (digits(at_) <= 2) out.year += out.year < 70 ? 2000 : 1900;
    ++at_;
    return true;
  }

  bool date(Written& out) {
    const bool slash = is(at_ + 1, "/"), dot = is(at_ + 1, ".");
    const std::string_view separator = tokens_[at_ + 1].text;
    const bool three = is(at_ + 3, separator) && is_number(at_ + 4);
    int a = value(at_), b = value(at_ + 2), c = three ? value(at_ + 4) : 1;
    const std::size_t digits_a = digits(at_), digits_c = three ? digits(at_ + 4) : 2;
    at_ += three ? 5 : 3;
    out.has_date = true;
    if (digits_a >= 4) {
      out.year = a, out.month = b, out.day = c;
      return true;
    }
    if (!three) return false;
    const int full = digits_c <= 2 ? c + (c < 70 ? 2000 : 1900) : c;
    if (digits_a == 2 && !slash && !dot &&
        digits_c == 2) {  // 03-12-31: two-digit year first, as ISO 8601:1988 allowed
      out.year = a + (a < 70 ? 2000 : 1900), out.month = b, out.day = c;
      return true;
    }
    out.year = full;
    const bool day_first = dot || a > 12 || (!slash && b <= 12 && !dot);
    out.month = day_first ? b : a;
    out.day = day_first ? a : b;
    return true;
  }

  bool compact_date(Written& out) {
    const int v = value(at_++);
    out.year = v / 10000, out.month = v / 100 % 100, out.day = v % 100;
    return out.has_date = true;
  }

  bool compact_clock(Written& out) {
    const int v = value(at_), scale = digits(at_) == 6 ? 1 : 100;
    const int full = v * scale;
    out.hour = full / 10000, out.minute = full / 100 % 100, out.second = full % 100;
    ++at_;
    return clock_seen_ = true;
  }

  bool clock(Written& out) {
    if (clock_seen_) return false;
    clock_seen_ = true;
    out.hour = value(at_);
    out.minute = value(at_ + 2);
    at_ += 3;
    if (is(at_, ":") && is_number(at_ + 1)) {
      out.second = value(at_ + 1);
      at_ += 2;
    }
    if ((is(at_, ".") || is(at_, ",")) && is_number(at_ + 1)) at_ += 2;  // fractions are dropped
    return true;
  }

  bool word(Written& out) {
    const std::string_view text = tokens_[at_].text;
    const std::string lower = ascii_lower(text);
    if (is_weekday(text) && !clock_seen_ && !out.has_date) return next();
    if (const int found = out.month == 0 ? month_of(text) : 0) {
      out.month = found;
      return next();
    }
    if (lower == "t" && out.has_date) return after_t_ = true, next();
    if (lower == "am" || lower == "pm") {
      if (!clock_seen_ || out.hour > 12 || out.hour < 1) return false;
      out.hour = out.hour % 12 + (lower == "pm" ? 12 : 0);
      return next();
    }
    if (lower == "at" || lower == "st" || lower == "nd" || lower == "rd" || lower == "th")
      return next();
    if (const auto zone = named_zone(text)) {
      if (zone_seen_) return next();
      out.offset = *zone;
      zone_seen_ = true;
      return next();
    }
    return clock_seen_ && text.size() <= 5 ? next()
                                           : false;  // an unknown zone's letters: UTC is meant
  }

  bool sign(Written& out) {
    const char c = tokens_[at_].text[0];
    if ((c == '+' || c == '-') && clock_seen_ && is_number(at_ + 1))
      return offset(out, c == '-' ? -1 : 1);
    return c == ':' || c == '+' ? false : next();
  }

  bool offset(Written& out, int direction) {
    const std::size_t width = digits(at_ + 1);
    int hours = value(at_ + 1), minutes = 0;
    at_ += 2;
    if (width == 4) minutes = hours % 100, hours /= 100;
    if (width > 4 || width == 3) return false;
    if (is(at_, ":") && is_number(at_ + 1)) {
      minutes = value(at_ + 1);
      at_ += 2;
    }
    if (hours > 15 || minutes > 59) return false;
    out.offset = direction * (hours * 3600 + minutes * 60);
    return zone_seen_ = true;
  }

  bool next() {
    ++at_;
    return true;
  }

  bool finish(Written& out) const {
    if (!out.has_date && (out.month == 0 || out.day == 0 || out.year == 0)) return false;
    return out.hour <= 24 && out.minute <= 59 && out.second <= 61 &&
           (out.hour < 24 || (out.minute == 0 && out.second == 0)) && out.year >= 1 &&
           out.year <= 9999;
  }

  const std::vector<Token>& tokens_;
  std::size_t at_ = 0;
  bool clock_seen_ = false, zone_seen_ = false, after_t_ = false;
};

// 10 digits are seconds since 1970, 13 milliseconds, 16 microseconds; a fraction is dropped.
std::optional<Seconds> epoch(std::string_view text) {
  bool negative = false;
  if (!text.empty() && text.front() == '-') negative = true, text.remove_prefix(1);
  if (const auto dot = text.find('.'); dot != std::string_view::npos && dot >= 9) {
    for (const char c : text.substr(dot + 1))
      if (!is_digit(c)) return std::nullopt;
    text = text.substr(0, dot);
  }
  if (text.size() < 9 || text.size() > 17) return std::nullopt;
  Seconds value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  if (text.size() >= 15)
    value /= 1000000;
  else if (text.size() >= 12)
    value /= 1000;
  return negative ? -value : value;
}

// "2026-W47-1" and "2026-322": weeks and ordinal days of ISO 8601.
std::optional<Day> ordinal(const std::vector<Token>& tokens) {
  if (tokens.size() != 3 || tokens[0].text.size() != 4 || tokens[1].text != "-" ||
      tokens[2].text.size() != 3)
    return std::nullopt;
  if (tokens[0].kind != Token::Kind::number || tokens[2].kind != Token::Kind::number)
    return std::nullopt;
  using namespace std::chrono;
  const sys_days first{year_month_day{year{static_cast<int>(tokens[0].value)}, month{1}, day{1}}};
  const auto number = static_cast<int>(tokens[2].value);
  if (number < 1 || number > 366) return std::nullopt;
  return static_cast<Day>((first + days{number - 1}).time_since_epoch().count());
}

}  // namespace

Result<Seconds> parse_time(std::string_view text) {
  const std::string_view bare = trim(text);
  const auto refuse = [&] {
    return fail(ErrorCode::parse,
                "'" + shorten(clean_utf8(bare.substr(0, 160)), 40) + "' is not a time");
  };
  if (bare.empty() || bare.size() > 80) return refuse();
  if (const auto seconds = epoch(bare)) return *seconds;
  std::vector<Token> tokens;
  if (!tokenize(bare, tokens)) return refuse();
  if (const auto found = ordinal(tokens)) return Seconds{*found} * kSecondsPerDay;
  if (tokens.size() == 1 && tokens[0].kind == Token::Kind::number &&
      tokens[0].text.size() == 4) {  // a year alone
    const auto start = parse_day(bare);
    return start ? Result<Seconds>(Seconds{*start} * kSecondsPerDay) : refuse();
  }
  Written written;
  if (!Reader(tokens).read(written)) return refuse();
  using namespace std::chrono;
  const year_month_day date{year{written.year}, month{static_cast<unsigned>(written.month)},
                            day{static_cast<unsigned>(written.day)}};
  if (!date.ok()) return refuse();
  const Seconds midnight = Seconds{sys_days{date}.time_since_epoch().count()} * kSecondsPerDay;
  return midnight + written.hour * 3600 + written.minute * 60 + written.second - written.offset;
}

}  // namespace plumbline
