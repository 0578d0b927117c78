#include "crawler/feed.h"

#include <array>
#include <cctype>

#include "base/text.h"
#include "crawler/feed_parts.h"
#include "crawler/html_text.h"
#include "crawler/url.h"

namespace plumbline {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};

bool is_month(std::string_view word) {
  if (word.size() < 3) return false;
  std::string begin = ascii_lower(word.substr(0, 3));
  for (std::string_view month : kMonths) {
    if (begin == month) return true;
  }
  return false;
}

bool all_digits(std::string_view word) {
  for (char c : word) {
    if (c < '0' || c > '9') return false;
  }
  return !word.empty();
}

// "Thursday, 1 January 04 19:48 GMT" as RFC 822 has it: "1 Jan 2004 19:48 GMT". Empty if there is
// no month in it.
std::string as_rfc822(std::string_view text) {
  std::string day, month, year, rest;
  for (std::string_view word : split(text, ' ')) {
    while (!word.empty() && (word.back() == ',' || word.back() == '.')) word.remove_suffix(1);
    if (word.empty() || word.front() == '(') continue;
    if (month.empty() && is_month(word)) {
      month = word.substr(0, 3);
    } else if (day.empty() && all_digits(word) && word.size() <= 2) {
      day = word;
    } else if (year.empty() && all_digits(word) && (word.size() == 2 || word.size() == 4)) {
      year = word.size() == 4 ? std::string(word) : (word < "70" ? "20" : "19") + std::string(word);
    } else if (!month.empty() || word.find(':') != std::string_view::npos) {
      rest += ' ';
      rest += word;
    }
  }
  if (month.empty() || day.empty() || year.empty()) return {};
  if (rest.empty()) rest = " 00:00:00 GMT";
  return day + " " + month + " " + year + rest;
}

bool is_address(std::string_view word) {
  std::size_t at = word.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < word.size() &&
         word.find_first_of(" \t\r\n()<>") == std::string_view::npos;
}

std::string_view without_mailto(std::string_view word) {
  return iequals_ascii(word.substr(0, 7), "mailto:") ? word.substr(7) : word;
}

}  // namespace

Seconds parse_feed_time(std::string_view text) {
  text = trim(text);
  if (text.empty() || text.size() > 100) return kNoTime;
  if (Result<Seconds> time = parse_time(text)) return *time;
  if (std::string rewritten = as_rfc822(fold_space(text)); !rewritten.empty()) {
    if (Result<Seconds> time = parse_time(rewritten)) return *time;
  }
  bool partial = text.size() == 4 || (text.size() == 7 && text[4] == '-');  // a year, a month of it
  if (!partial) return kNoTime;
  Result<Day> day = parse_day(text);
  return day ? Seconds{*day} * kSecondsPerDay : kNoTime;
}

FeedPerson parse_person(std::string_view text) {
  std::string folded = fold_space(text);
  FeedPerson person;
  std::size_t at = folded.find('@');
  constexpr std::string_view kBorder = " ()<>,;\"";
  if (at == std::string::npos) {
    person.name = folded;
    return person;
  }
  std::size_t before = folded.find_last_of(kBorder, at);
  std::size_t begin = before == std::string::npos ? 0 : before + 1;
  std::size_t end = std::min(folded.find_first_of(kBorder, at), folded.size());
  std::string_view email = without_mailto(std::string_view(folded).substr(begin, end - begin));
  if (!is_address(email)) {
    person.name = folded;
    return person;
  }
  person.email = std::string(email);
  std::string rest = folded.substr(0, begin) + " " + folded.substr(end);
  std::string_view name = rest;
  while (!name.empty() && kBorder.find(name.front()) != std::string_view::npos)
    name.remove_prefix(1);
  while (!name.empty() && kBorder.find(name.back()) != std::string_view::npos)
    name.remove_suffix(1);
  person.name = fold_space(name);
  return person;
}

FeedText plain_feed_text(std::string_view text) {
  FeedText out;
  out.text = fold_space(text);
  out.html = escape_html(trim(text));
  return out;
}

FeedText html_feed_text(std::string_view html) {
  FeedText out;
  out.text = html_to_text(html);
  out.html = std::string(trim(html));
  return out;
}

FeedText guessed_feed_text(std::string_view text) {
  return looks_like_html(text) ? html_feed_text(text) : plain_feed_text(text);
}

std::string feed_link(std::string_view base, std::string_view reference) {
  if (trim(reference).empty()) return {};
  std::string link = resolve_url(base, reference);
  std::string begin = ascii_lower(std::string_view(link).substr(0, 11));
  for (std::string_view scheme : {"javascript:", "data:", "vbscript:", "file:"}) {
    if (std::string_view(begin).substr(0, scheme.size()) == scheme) return {};
  }
  return link;
}

Result<Feed> parse_feed(std::string_view body, const FeedContext& context) {
  std::size_t first = body.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (first == std::string_view::npos) return fail(ErrorCode::parse, "the feed is empty");
  if (body[first] == '{') return parse_json_feed(body.substr(first), context);
  return parse_xml_feed(body, context);
}

}  // namespace plumbline
