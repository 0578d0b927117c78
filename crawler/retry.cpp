#include "crawler/retry.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/text.h"

namespace plumbline {
namespace {

constexpr double kEpochFrom = 1e9;         // smaller numbers are seconds to go: 1e9 is year 2001
constexpr double kEpochMillisFrom = 1e11;  // of larger ones, the unit is milliseconds
constexpr double kLongest = 1e10;

std::optional<double> seconds_of(std::string_view text) {
  text = trim(text);
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return {};
  return std::clamp(value, 0.0, 1e15);
}

std::int64_t whole_seconds(double seconds) {
  return static_cast<std::int64_t>(std::ceil(std::clamp(seconds, 0.0, kLongest)));
}

std::int64_t until(std::string_view time, Seconds here) {
  Result<Seconds> when = parse_time(time);
  return when ? whole_seconds(static_cast<double>(*when) - static_cast<double>(here)) : 0;
}

std::int64_t by_retry_after(std::string_view text, Seconds here) {
  if (std::optional<double> seconds = seconds_of(text)) return whole_seconds(*seconds);
  return until(text, here);
}

std::int64_t by_reset(std::string_view text, Seconds here) {
  std::optional<double> value = seconds_of(text);
  if (!value) return until(text, here);
  if (*value >= kEpochMillisFrom) *value /= 1000;
  return whole_seconds(*value < kEpochFrom ? *value : *value - static_cast<double>(here));
}

// The value of one of two spellings of a key in `a=1, b=2` or `"name";a=1;b=2`; empty if neither
// is there.
std::string_view field(std::string_view text, std::string_view key, std::string_view other) {
  while (!text.empty()) {
    std::size_t end = std::min(text.find_first_of(",;"), text.size());
    std::string_view pair = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    std::string_view name = trim(pair.substr(0, equals));
    if (iequals_ascii(name, key) || iequals_ascii(name, other))
      return trim(pair.substr(equals + 1));
  }
  return {};
}

std::string_view remaining_of(const WaitHeaders& headers) {
  return headers.remaining.empty() ? field(headers.rate_limit, "remaining", "r")
                                   : std::string_view(headers.remaining);
}

bool nothing_remains(const WaitHeaders& headers) {
  std::optional<double> left = seconds_of(remaining_of(headers));
  return left && *left < 1;
}

}  // namespace

std::int64_t seconds_to_wait(const WaitHeaders& headers, bool limited, Seconds now) {
  Result<Seconds> date = parse_time(headers.date);
  const Seconds here = date ? *date : now;
  const std::int64_t asked =
      headers.retry_after.empty() ? 0 : by_retry_after(headers.retry_after, here);
  const bool none_left = remaining_of(headers).empty() ? limited : nothing_remains(headers);
  if (!none_left) return asked;
  std::string_view reset =
      headers.reset.empty() ? field(headers.rate_limit, "reset", "t") : headers.reset;
  return std::max(asked, reset.empty() ? 0 : by_reset(reset, here));
}

bool is_told_to_wait(int status, const WaitHeaders& headers) {
  if (status == 403) return nothing_remains(headers) || !headers.retry_after.empty();
  return status == 429 || status == 503;
}

bool is_passing(int status) {
  return status == 408 || status == 425 || status == 429 ||
         (status >= 500 && status != 501 && status != 505);
}

std::int64_t backoff_millis(int attempt, double first_seconds, double chance) {
  const double doubled = first_seconds * std::pow(2.0, std::max(0, attempt - 1));
  return static_cast<std::int64_t>(std::min(doubled, 30.0) * 1000 * (0.5 + chance));
}

}  // namespace plumbline
