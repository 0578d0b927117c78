#include "sales/gaps.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"

namespace plumbline {
namespace {

constexpr int kThin = 5;      // fewer texts than this are said to be few
constexpr Day kOldDays = 90;  // newest text older than this is said to be old

std::string counted(std::int64_t n, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", n, n == 1 ? one : many);
}

std::string account_name(const Account& account) {
  return fmt::format("{}:{}", shorten(account.source, 20), shorten(account.handle, 30));
}

std::string money_gap(const Concerns& concerns) {
  std::string missing;
  const auto add = [&](std::string_view theme) {
    missing += missing.empty() ? "" : ", ";
    missing += theme_in_words(theme);
  };
  const auto any = [&](auto&& fits) {
    return std::any_of(concerns.remarks.begin(), concerns.remarks.end(), fits);
  };
  if (!any([](const Remark& r) {
        return r.kind == "price" || r.kind == "cost" || r.theme == "price";
      }))
    add("price");
  if (!any([](const Remark& r) { return r.kind == "value"; })) add("value");
  for (const std::string_view theme : kCostThemes)
    if (!any([&](const Remark& r) { return r.theme == theme; })) add(theme);
  return missing.empty() ? missing
                         : std::string(kMoneyGap) + missing + "; ask what these cost today";
}

bool any_kind(const Concerns& concerns, std::string_view a, std::string_view b) {
  return std::any_of(concerns.remarks.begin(), concerns.remarks.end(),
                     [&](const Remark& r) { return r.kind == a || r.kind == b; });
}

void account_gaps(const BriefInput& input, std::vector<std::string>& gaps) {
  int silent = 0;
  for (const Account& account : input.person.accounts) {
    const bool seen =
        std::any_of(input.documents.begin(), input.documents.end(), [&](const OwnDocument& own) {
          return own.document.source == account.source &&
                 own.document.author.handle == account.handle;
        });
    if (!seen && ++silent <= 2)
      gaps.push_back(fmt::format("Nothing on file from {}", account_name(account)));
  }
  if (silent > 2) gaps.push_back(fmt::format("Nothing on file from {} more accounts", silent - 2));
  if (input.person.accounts.size() <= 1)
    gaps.push_back("One account only; others were not searched");
}

void extent_gaps(const BriefInput& input, const Material& material,
                 std::vector<std::string>& gaps) {
  const auto texts = std::ssize(material.items);
  if (texts < kThin)
    gaps.push_back(fmt::format("Thin: only {} on file", counted(texts, "text", "texts")));
  if (material.newest != kNoTime && input.now != kNoTime) {
    const Day age = input.zone.day_of(input.now) - input.zone.day_of(material.newest);
    if (age > kOldDays) gaps.push_back(fmt::format("Old: the newest text is {} days old", age));
  }
  if (material.not_analysed > 0)
    gaps.push_back(counted(material.not_analysed, "text", "texts") + " not analysed yet");
  if (material.unreadable > 0)
    gaps.push_back(counted(material.unreadable, "text", "texts") +
                   " empty or unreadable, left out");
  if (material.undated > 0)
    gaps.push_back(counted(material.undated, "text", "texts") + " without a date give no warmth");
}

}  // namespace

std::vector<std::string> find_gaps(const BriefInput& input, const Material& material,
                                   const Concerns& concerns) {
  std::vector<std::string> gaps;
  if (material.documents == 0) gaps.push_back("No documents on file for this person");
  if (std::string money = money_gap(concerns); !money.empty()) gaps.push_back(std::move(money));
  if (concerns.withheld > 0)
    gaps.push_back(counted(concerns.withheld, "statement", "statements") + " " +
                   std::string(kWithheldGap));
  if (input.person.role.empty()) gaps.push_back("No role on file: ask who decides");
  if (input.person.firm.empty()) gaps.push_back("No firm on file: ask where they work");
  if (!any_kind(concerns, "risk", "fear"))
    gaps.push_back("No risk stated: ask what could go wrong");
  if (!any_kind(concerns, "experience", "experience"))
    gaps.push_back("No wish for how to be served: ask channel and pace");
  const bool spoke_of_us = std::any_of(material.items.begin(), material.items.end(),
                                       [](const Item& i) { return i.side == Side::us; });
  if (!spoke_of_us && !input.brand.empty())
    gaps.push_back(fmt::format("Nothing said about {}", shorten(input.brand, 40)));
  if (material.documents > 0) extent_gaps(input, material, gaps);
  account_gaps(input, gaps);
  return gaps;
}

std::vector<std::string> find_doubts(const BriefInput& input, const Material& material,
                                     const PostingPattern& pattern) {
  std::vector<std::string> doubts = pattern.doubts;
  if (material.copies > 0)
    doubts.push_back(
        counted(material.copies, "repeated copy, used once", "repeated copies, each used once"));
  for (const Account& account : input.person.accounts)
    if (account.probability < 0.95)
      doubts.push_back(fmt::format("{} is theirs with p = {:.2f} only", account_name(account),
                                   account.probability));
  if (material.later > 0)
    doubts.push_back(counted(material.later, "text", "texts") +
                     " dated after this brief, left out");
  return doubts;
}

}  // namespace plumbline
