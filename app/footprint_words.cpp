#include "app/footprint_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace plumbline {
namespace {

using OrderedJson = nlohmann::ordered_json;

std::string printed(const OrderedJson& json) {
  return json.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

OrderedJson facts_json(const std::vector<ProfileFact>& facts) {
  OrderedJson out = OrderedJson::array();
  for (const ProfileFact& fact : facts) {
    OrderedJson one = {{"kind", fact.kind}, {"value", fact.value}, {"where", fact.where}};
    if (!fact.label.empty()) one["label"] = fact.label;
    if (fact.verified) one["verified"] = true;
    out.push_back(std::move(one));
  }
  return out;
}

// The parts that answers of sites and of pages share.
void add_verdict(OrderedJson& json, const ProbeVerdict& verdict, Seconds fetched_at,
                 const std::string& hash) {
  json["state"] = state_word(verdict.state);
  json["reason"] = verdict.reason;
  if (verdict.status != 0) json["status"] = verdict.status;
  if (fetched_at != kNoTime) json["fetched_at"] = format_utc(fetched_at);
  if (!verdict.where.empty())
    json["evidence"] = {{"where", verdict.where}, {"quote", verdict.quote}};
  if (!hash.empty()) json["hash"] = hash;
  if (!verdict.facts.empty()) json["facts"] = facts_json(verdict.facts);
}

OrderedJson answer_json(const SiteAnswer& answer) {
  OrderedJson json = {{"site", answer.site}, {"name", answer.name}};
  if (!answer.address.empty()) json["url"] = answer.address;
  if (!answer.profile.empty()) json["profile"] = answer.profile;
  add_verdict(json, answer.verdict, answer.fetched_at, answer.hash);
  if (answer.set_aside) json["set_aside"] = true;
  for (const DecoyAnswer& decoy : answer.decoys) {
    OrderedJson one = {{"kind", decoy.kind}};
    if (!decoy.name.empty()) {
      one["name"] = decoy.name;
      one["state"] = state_word(decoy.state);
    }
    one["reason"] = decoy.reason;
    json["decoys"].push_back(std::move(one));
  }
  return json;
}

std::string fact_line(const ProfileFact& fact) {
  return fmt::format("      {:<8}{}{}{}\n", fact.kind,
                     fact.label.empty() ? "" : escape_terminal(fact.label) + ": ",
                     escape_terminal(shorten(fact.value, 300)),
                     fact.verified ? " (checked by the site)" : "");
}

std::string decoys_line(const SiteAnswer& answer) {
  std::vector<std::string> parts;
  for (const DecoyAnswer& decoy : answer.decoys)
    parts.push_back(decoy.name.empty()
                        ? fmt::format("{}: {}", decoy.kind, decoy.reason)
                        : fmt::format("{} '{}' {}", decoy.kind, escape_terminal(decoy.name),
                                      state_word(decoy.state)));
  return parts.empty() ? "" : fmt::format("      decoys  {}\n", fmt::join(parts, ", "));
}

std::string read_line(const std::string& address, Seconds at, const ProbeVerdict& verdict,
                      const Zone& zone) {
  std::string line =
      fmt::format("      read    {} at {}", escape_terminal(address), zone.format(at));
  if (!verdict.where.empty())
    line += fmt::format(", {} \"{}\"", escape_terminal(verdict.where),
                        escape_terminal(shorten(verdict.quote, 80)));
  return line + "\n";
}

std::string found_text(const SiteAnswer& answer, const Zone& zone) {
  std::string out = fmt::format("  {}: {}  {}\n", answer.site, escape_terminal(answer.name),
                                escape_terminal(answer.profile));
  for (const ProfileFact& fact : answer.verdict.facts) out += fact_line(fact);
  if (answer.verdict.reason.find("describes an account of this name") == std::string::npos ||
      answer.verdict.reason.find(';') != std::string::npos)
    out += fmt::format("      note    {}\n", escape_terminal(answer.verdict.reason));
  return out + read_line(answer.address, answer.fetched_at, answer.verdict, zone) +
         decoys_line(answer);
}

std::string page_text(const PageAnswer& page, const Zone& zone) {
  std::string out =
      fmt::format("  {}: {}, {}\n", escape_terminal(page.url), state_word(page.verdict.state),
                  escape_terminal(page.verdict.reason));
  for (const ProfileFact& fact : page.verdict.facts) {
    ProfileFact line = fact;
    line.label = fact.label.empty() ? fact.where : fact.where + ", " + fact.label;
    out += fact_line(line);
  }
  if (!page.address.empty()) out += read_line(page.address, page.fetched_at, page.verdict, zone);
  return out;
}

std::string of_state(const Footprint& found, ProbeState state, std::string_view heading) {
  std::string out;
  for (const SiteAnswer& answer : found.answers) {
    if (answer.verdict.state != state) continue;
    out += fmt::format("  {}: {}{}\n", answer.site,
                       answer.name.empty() ? "" : escape_terminal(answer.name) + ", ",
                       escape_terminal(answer.verdict.reason));
  }
  return out.empty() ? out : fmt::format("\n{}\n{}", heading, out);
}

// Names with the sites, so that twenty equal answers are one line.
std::string missing_text(const Footprint& found) {
  std::map<std::string, std::vector<std::string>> by_name;
  for (const SiteAnswer& answer : found.answers)
    if (answer.verdict.state == ProbeState::missing) by_name[answer.name].push_back(answer.site);
  std::string out;
  for (const auto& [name, sites] : by_name)
    out += fmt::format("  {}: {}\n", escape_terminal(name), fmt::join(sites, ", "));
  return out.empty() ? out : "\nMissing: the site says that nobody has the name\n" + out;
}

OrderedJson site_json(const ProbeSite& site) {
  OrderedJson json = {{"site", site.name},
                      {"title", site.title},
                      {"category", site.category},
                      {"names", site.names},
                      {"documentation", site.documentation}};
  if (!site.url.empty()) json["url"] = site.url;
  if (!site.note.empty()) json["note"] = site.note;
  return json;
}

std::string asked_for(const ProbeSite& site) {
  if (site.email) return "with --email";
  if (site.registry) return "with --registry";
  if (!site.key_header.empty()) return "with a key";
  if (site.needs_host) return "name@host";
  return site.hosts ? "name, name@host" : "name";
}

}  // namespace

std::string footprint_text(const Footprint& found, const FootprintWish& wish, const Zone& zone) {
  std::string accounts, pages, ties;
  for (const SiteAnswer& answer : found.answers)
    if (answer.verdict.state == ProbeState::found) accounts += found_text(answer, zone);
  for (const PageAnswer& page : found.pages) pages += page_text(page, zone);
  for (const AddressTie& tie : found.ties)
    ties += fmt::format("  {} {} {}\n", escape_terminal(tie.from),
                        tie.both_ways ? "and, each naming the other," : "names",
                        escape_terminal(tie.to));
  std::string out;
  if (!wish.names.empty() || !wish.email.empty())
    out += fmt::format("Found: the site describes an account of this name\n{}",
                       accounts.empty() ? "  none\n" : accounts);
  if (!pages.empty()) out += fmt::format("{}Pages\n{}", out.empty() ? "" : "\n", pages);
  if (!ties.empty()) out += "\nTies\n" + ties;
  out += missing_text(found);
  out +=
      of_state(found, ProbeState::blocked, "Blocked: something stood between, so nothing is known");
  out += of_state(found, ProbeState::unknown, "Unknown: the answer is neither, or none came");
  out += of_state(found, ProbeState::illegal_name,
                  "Illegal name: the site allows no such name and was not asked");
  return out + fmt::format("\n{}\n", kNotYetAPerson);
}

std::string footprint_json(const Footprint& found, const FootprintWish& wish, Seconds now) {
  OrderedJson json = {{"made_at", format_utc(now)},    {"names", wish.names},
                      {"note", kNotYetAPerson},        {"sites", OrderedJson::array()},
                      {"pages", OrderedJson::array()}, {"ties", OrderedJson::array()}};
  std::map<std::string, int> counts;
  for (const SiteAnswer& answer : found.answers) {
    json["sites"].push_back(answer_json(answer));
    ++counts[std::string(state_word(answer.verdict.state))];
  }
  for (const PageAnswer& page : found.pages) {
    OrderedJson one = {{"url", page.url}};
    if (!page.address.empty() && page.address != page.url) one["address"] = page.address;
    add_verdict(one, page.verdict, page.fetched_at, page.hash);
    json["pages"].push_back(std::move(one));
  }
  for (const AddressTie& tie : found.ties)
    json["ties"].push_back({{"from", tie.from}, {"to", tie.to}, {"both_ways", tie.both_ways}});
  for (const ProbeState state : {ProbeState::found, ProbeState::missing, ProbeState::blocked,
                                 ProbeState::unknown, ProbeState::illegal_name})
    json["counts"][std::string(state_word(state))] = counts[std::string(state_word(state))];
  json["counts"]["set_aside"] = found.set_aside;
  return printed(json);
}

std::vector<std::vector<std::string>> site_rows(const ProbeSites& sites) {
  std::vector<std::vector<std::string>> rows{{"site", "what", "asked for", "documentation"}};
  for (const ProbeSite& site : sites.sites)
    rows.push_back({site.name, site.title, asked_for(site), site.documentation});
  return rows;
}

std::string sites_json(const ProbeSites& sites) {
  OrderedJson json = OrderedJson::array();
  for (const ProbeSite& site : sites.sites) json.push_back(site_json(site));
  return printed(json);
}

}  // namespace plumbline
