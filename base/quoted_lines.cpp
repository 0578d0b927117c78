#include "base/quoted_lines.h"

#include <algorithm>
#include <string>

#include "base/text.h"

namespace plumbline {
namespace {

constexpr std::size_t kLongestIntroduction = 400;
constexpr std::size_t kLongestDeviceLine = 80;

constexpr std::string_view kWideColon = "\xEF\xBC\x9A";

// How an introduction begins, and what it holds.
struct Shape {
  std::string_view begin, verb;
};
constexpr Shape kShapes[] = {
    {"on ", "wrote:"},    {"am ", "schrieb"},   {"le ", "crit"},    {"el ", "escribi"},
    {"il ", "scritto:"},  {"em ", "escreveu:"}, {"op ", "schreef"}, {"den ", "skrev"},
    {"w dniu", "pisze:"}, {"dnia ", "napisa"},  {"на ", "написа"},
};
// Parts of the verbs that are enough right above a quote.
constexpr std::string_view kVerbs[] = {"wrote",   "writes",  "said",     "schrieb", "crit",
                                       "escribi", "scritto", "escreveu", "schreef", "napisa",
                                       "skrev",   "pisze",   "написа"};
constexpr std::string_view kDeviceBegins[] = {
    "sent from my ",         "sent from outlook", "sent from mail for ",
    "get outlook for ",      "von meinem ",       "gesendet von mein",
    "envoy\xC3\xA9 de mon ", "enviado desde mi ", "inviato da "};

// The line in small letters, empty where it cannot be an introduction.
std::string introduction(std::string_view line) {
  line = trim(line);
  const bool closed = line.ends_with(':') || contains(line, kWideColon);
  return closed && line.size() <= kLongestIntroduction ? ascii_lower(line) : std::string();
}

}  // namespace

bool is_quoted_line(std::string_view line) { return trim(line).starts_with('>'); }

bool introduces_quote(std::string_view line) {
  const std::string lower = introduction(line);
  return std::ranges::any_of(kShapes, [&](const Shape& shape) {
    return lower.starts_with(shape.begin) && contains(lower, shape.verb);
  });
}

bool names_a_writer(std::string_view line) {
  const std::string lower = introduction(line);
  return std::ranges::any_of(kVerbs, [&](std::string_view verb) { return contains(lower, verb); });
}

bool is_device_line(std::string_view line) {
  const std::string lower = ascii_lower(trim(line));
  return lower.size() < kLongestDeviceLine &&
         std::ranges::any_of(kDeviceBegins,
                             [&](std::string_view begin) { return lower.starts_with(begin); });
}

}  // namespace plumbline
