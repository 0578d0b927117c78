#include "sales/render/layout.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text.h"
#include "sales/concerns.h"
#include "sales/gaps.h"

namespace plumbline {
namespace {

constexpr std::size_t kMostAccounts = 3;

std::string upper(std::string_view word) {
  std::string out(word);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

Zone zone_of(const Brief& brief) { return Zone::find(brief.zone).value_or(Zone()); }

// Percent-encodes all but letters and digits: "-" and "," mean something inside a text fragment.
std::string encode_fragment(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
        (byte >= 'A' && byte <= 'Z'))
      out += c;
    else
      out += fmt::format("%{:02X}", byte);
  }
  return out;
}

}  // namespace

std::string person_name(const Brief& brief) {
  std::string name = shorten(fold_space(clean_utf8(brief.person.name)), 60);
  if (name.empty() && !brief.person.accounts.empty())
    name = shorten(fold_space(clean_utf8(brief.person.accounts.front().handle)), 60);
  return name.empty() ? "unknown person" : name;
}

std::string person_office(const Brief& brief) {
  std::string line = shorten(fold_space(clean_utf8(brief.person.role)), 60);
  if (!brief.person.firm.empty())
    line += (line.empty() ? "" : ", ") + shorten(fold_space(clean_utf8(brief.person.firm)), 60);
  if (!brief.person.call_at.empty())
    line += (line.empty() ? "call " : "; call ") +
            shorten(fold_space(clean_utf8(brief.person.call_at)), 40);
  return line;
}

std::string accounts_line(const Brief& brief) {
  const auto& accounts = brief.person.accounts;
  if (accounts.empty()) return "no account on file";
  std::string line =
      fmt::format("{} account{}: ", accounts.size(), accounts.size() == 1 ? "" : "s");
  double weakest = 1;
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    weakest = std::min(weakest, accounts[i].probability);
    if (i == kMostAccounts) line += fmt::format(" and {} more", accounts.size() - kMostAccounts);
    if (i >= kMostAccounts) continue;
    line += fmt::format("{}{}:@{}", i == 0 ? "" : ", ", shorten(clean_utf8(accounts[i].source), 20),
                        shorten(clean_utf8(accounts[i].handle), 30));
  }
  return line + fmt::format("; weakest p = {:.2f}", weakest);
}

std::string extent_line(const Brief& brief) {
  std::string line = fmt::format("{} text{}", brief.documents, brief.documents == 1 ? "" : "s");
  if (brief.oldest != kNoTime)
    line += fmt::format(", {} to {}", day_in_zone(brief, brief.oldest),
                        day_in_zone(brief, brief.newest));
  return line + fmt::format("; made {}", brief.made_at == kNoTime
                                             ? "at an unknown time"
                                             : zone_of(brief).format(brief.made_at));
}

std::string warmth_line(const Brief& brief) {
  const Temperature& temperature = brief.temperature;
  const std::string fit =
      temperature.fit < 0 ? "nothing on file" : fmt::format("{:.0f} of 100", temperature.fit);
  return fmt::format("{}, intent {:.0f} of 100, fit: {}", upper(name_of(temperature.band)),
                     temperature.intent, fit);
}

std::string cooling_line(const Brief& brief) {
  const Temperature& temperature = brief.temperature;
  if (temperature.cools_on == kNoTime || temperature.band == Band::cold) return {};
  return fmt::format("cools on {} if nothing more is said",
                     day_in_zone(brief, temperature.cools_on));
}

std::string label_of(const Statement& statement) {
  const std::string& kind = statement.kind();
  switch (statement.section()) {
    case Section::goal: return kind == "question" ? "ask: " : "goal: ";
    case Section::words:
    case Section::money:
    case Section::risks: return std::string(theme_in_words(kind)) + ": ";
    default: return {};  // the text says it all
  }
}

std::string day_in_zone(const Brief& brief, Seconds when) {
  return when == kNoTime ? "undated" : format_day(zone_of(brief).day_of(when));
}

std::string refs_of(const Statement& statement) {
  std::string refs;
  for (const std::string& id : statement.evidence()) refs += fmt::format("[{}]", id);
  return refs;
}

SortedGaps sort_gaps(const Brief& brief) {
  SortedGaps sorted;
  for (const std::string& gap : brief.gaps) {
    if (gap.starts_with(kMoneyGap))
      sorted.money = gap.substr(std::string_view("Money: ").size());
    else if (gap.ends_with(kWithheldGap))
      sorted.withheld = gap;
    else
      sorted.others.push_back(gap);
  }
  return sorted;
}

std::vector<const Statement*> statements_of(const Brief& brief, Section section) {
  std::vector<const Statement*> list;
  for (const Statement& statement : brief.statements) {
    if (statement.section() != section) continue;
    const auto partner = std::find_if(list.begin(), list.end(), [&](const Statement* other) {
      return !other->id.empty() && other->id == statement.opposes;
    });
    list.insert(partner == list.end() ? list.end() : partner + 1, &statement);
  }
  return list;
}

const Evidence* find_evidence(const Brief& brief, const std::string& id) {
  for (const Evidence& evidence : brief.evidence)
    if (evidence.id == id) return &evidence;
  return nullptr;
}

std::string evidence_link(const Evidence& evidence) {
  const std::string link = safe_link(evidence.url);
  if (link.empty() || evidence.quote.empty() || !link.starts_with("http")) return link;
  return link + (link.find('#') == std::string::npos ? "#" : "") +
         ":~:text=" + encode_fragment(evidence.quote);
}

}  // namespace plumbline
