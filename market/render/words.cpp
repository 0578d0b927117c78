#include "market/render/words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include <fmt/format.h>

namespace plumbline {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct Date {
  int year = 1970, month = 1, day = 1;
};

Date date_of(Day day) {
  const std::string text = format_day(day);  // 2026-11-22, or with more digits far off
  const std::size_t dash = text.find('-', 1);
  Date date;
  if (dash == std::string::npos || text.size() < dash + 6) return date;
  date.year = year_of(day);
  date.month = std::clamp((text[dash + 1] - '0') * 10 + (text[dash + 2] - '0'), 1, 12);
  date.day = (text[dash + 4] - '0') * 10 + (text[dash + 5] - '0');
  return date;
}

std::string_view month_name(const Date& date) {
  return kMonths[static_cast<std::size_t>(date.month - 1)];
}

}  // namespace

std::string whole(std::int64_t number) {
  std::string digits = std::to_string(number < 0 ? -number : number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return number < 0 ? "\u2212" + digits : digits;
}

std::string points(double value) {
  if (!std::isfinite(value)) value = 0;
  const long rounded = std::lround(value * 100);
  if (rounded == 0) return "0";
  return rounded < 0 ? fmt::format("\u2212{}", -rounded) : fmt::format("+{}", rounded);
}

std::string points_range(const Estimate& estimate) {
  return points(estimate.lo) + " to " + points(estimate.hi);
}

namespace {
std::string percent_number(double share) {
  if (!std::isfinite(share)) share = 0;
  const double scaled = share * 100;
  if (scaled > 0 && scaled < 9.95) return fmt::format("{:.1f}", scaled);
  return fmt::format("{:.0f}", scaled);
}
}  // namespace

std::string percent(double share) { return percent_number(share) + "\u00a0%"; }

std::string percent_range(const Estimate& estimate) {
  return percent_number(estimate.lo) + " to " + percent_number(estimate.hi) + "\u00a0%";
}

std::string counts_words(const Counts& counts) {
  return fmt::format("{} mention{} by {} author{}", whole(counts.n), counts.n == 1 ? "" : "s",
                     whole(counts.authors), counts.authors == 1 ? "" : "s");
}

std::string day_words(Day day) {
  const Date date = date_of(day);
  return fmt::format("{} {} {}", date.day, month_name(date), date.year);
}

std::string moment_words(Seconds when) {
  const std::string text = format_utc(when);
  if (text.size() < 17) return text;
  const Seconds day = (when - (when % kSecondsPerDay + kSecondsPerDay) % kSecondsPerDay);
  return fmt::format("{} {} UTC", day_words(static_cast<Day>(day / kSecondsPerDay)),
                     text.substr(text.size() - 9, 5));
}

std::string days_words(Day first, Day last) {
  const Date a = date_of(first);
  const Date b = date_of(last);
  if (first == last) return day_words(first);
  if (a.year != b.year) return day_words(first) + " to " + day_words(last);
  if (a.month != b.month) return fmt::format("{} {} to {}", a.day, month_name(a), day_words(last));
  return fmt::format("{} to {}", a.day, day_words(last));
}

std::string period_words(Day start, Unit unit) {
  const Date date = date_of(start);
  if (unit == Unit::month) return fmt::format("{} {}", month_name(date), date.year);
  return fmt::format("{}{} {}", unit == Unit::week ? "week of " : "", date.day, month_name(date));
}

std::string_view title_of(StatementKind kind) {
  switch (kind) {
    case StatementKind::want: return "Wants";
    case StatementKind::need: return "Needs";
    case StatementKind::pain: return "Pains";
    case StatementKind::fear: return "Fears";
    case StatementKind::risk: return "Risks they see";
    case StatementKind::cost: return "What it costs them";
    case StatementKind::experience: return "Experience they expect";
    case StatementKind::promise: return "Promises";
    case StatementKind::praise: return "Praise";
    case StatementKind::switching: return "Leaving and switching";
    case StatementKind::buying: return "Plans to buy";
    case StatementKind::question: break;
  }
  return "Questions";
}

std::string change_sentence(const Change& change) {
  const std::int64_t fewest = change.fewest_authors();
  const std::string periods =
      fmt::format("{}, against {}", days_words(change.middle, change.to - 1),
                  days_words(change.from, std::max(change.from, change.middle - 1)));
  if (weight_of(fewest) == Weight::quotes_only)
    return fmt::format("{}: {} authors then and {} now; 30 on both sides are needed to compare.",
                       periods, whole(change.before.authors), whole(change.after.authors));
  std::string out = fmt::format(
      "From {} to {} points ({}). With 95\u00a0% confidence the difference lies between {} and {}",
      points(change.before.value), points(change.after.value), periods,
      points(change.difference.lo), points(change.difference.hi));
  if (change.significant) return out + ".";
  if (weight_of(fewest) == Weight::grey)
    return out + "; with fewer than 100 authors on a side no direction is claimed.";
  return out + ", so it may be chance.";
}

std::string loudest_sentence(const Loudest& loudest) {
  if (loudest.counts.n == 0) return {};
  std::string out = fmt::format("{}: {} mentions by {} authors, usually {}",
                                period_words(loudest.start, loudest.unit), whole(loudest.counts.n),
                                whole(loudest.counts.authors), whole(loudest.usual));
  for (std::size_t i = 0; i < loudest.topics.size(); ++i)
    out += fmt::format("{}\u201c{}\u201d", i == 0 ? "; mostly about " : " and ", loudest.topics[i]);
  if (may_be_said(loudest.net_sentiment.authors))
    out += fmt::format("; net sentiment {} ({})", points(loudest.net_sentiment.value),
                       points_range(loudest.net_sentiment));
  out[0] = out[0] >= 'a' && out[0] <= 'z' ? static_cast<char>(out[0] - 'a' + 'A') : out[0];
  return out + ".";
}

std::string doubt_sentence(const Doubt& doubt) {
  if (doubt.positive.n == 0) return {};
  std::string out =
      fmt::format("{} of {} mention{} that read{} as praise may be meant ironically",
                  doubt.doubtful.n == 0 ? "None" : whole(doubt.doubtful.n), whole(doubt.positive.n),
                  doubt.positive.n == 1 ? "" : "s", doubt.positive.n == 1 ? "s" : "");
  if (doubt.doubtful.n > 0)
    out += fmt::format(" ({} author{})", whole(doubt.doubtful.authors),
                       doubt.doubtful.authors == 1 ? "" : "s");
  if (!may_be_said(doubt.share.authors)) return out + fmt::format("; the share: {}", kTooFew);
  return out + fmt::format("; {} ({})", percent(doubt.share.value), percent_range(doubt.share));
}

std::string split_sentence(const Change& change, std::string_view dimension) {
  if (!may_be_said(change.fewest_authors())) return {};  // no change, no reasons for it
  double rate = 0;
  double mix = 0;
  bool all_up = true;
  bool all_down = true;
  for (const ChangePart& part : change.parts) {
    if (part.dimension != dimension) continue;
    rate += part.rate;
    mix += part.mix;
    all_up = all_up && part.rate >= 0;
    all_down = all_down && part.rate <= 0;
  }
  const double total = rate + mix;
  if (std::fabs(rate) < 0.005 && std::fabs(mix) < 0.005) return {};
  std::string out = fmt::format(
      "By {0}: {1} points from how the same {0}s felt, {2} from which {0}s were talked in.",
      dimension, points(rate), points(mix));
  if (dimension == "topic")
    out = fmt::format(
        "By topic: {} points from how people felt about the same topics, {} from which topics they "
        "talked about.",
        points(rate), points(mix));
  else if (dimension == "source")
    out = fmt::format(
        "By source: {} points from how people felt in the same sources, {} from where they talked.",
        points(rate), points(mix));
  if (total * rate < 0 && std::fabs(rate) >= 0.005)
    out += fmt::format(" Mind the mix: {} {} the total {}.",
                       all_up     ? "no group fell, yet"
                       : all_down ? "no group rose, yet"
                                  : "the groups themselves moved the other way, yet",
                       "because the talk shifted between them,", total < 0 ? "fell" : "rose");
  return out;
}

std::string coverage_sentence(const Report& report) {
  if (report.coverage.empty())
    return "No record of which sources answered: this report counts what the archive holds.";
  std::set<std::string_view> sources;
  std::int64_t gaps = 0;
  std::int64_t skipped = 0;
  for (const CoverageDay& day : report.coverage) {
    sources.insert(day.source);
    if (day.state != CoverageState::complete) ++gaps;
    skipped += day.skipped;
  }
  std::string out =
      fmt::format("{} source{} asked, ", sources.size(), sources.size() == 1 ? "" : "s");
  out += gaps == 0 ? "every one answered on every day"
                   : fmt::format("{} day{} with a gap", whole(gaps), gaps == 1 ? "" : "s");
  if (skipped > 0) out += fmt::format(", {} documents read but not kept", whole(skipped));
  return out + ".";
}

}  // namespace plumbline
