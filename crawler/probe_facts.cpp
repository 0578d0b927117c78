#include "crawler/probe_facts.h"

#include <algorithm>

#include "base/text.h"
#include "crawler/html_entities.h"
#include "crawler/html_scan.h"
#include "crawler/html_text.h"
#include "crawler/json_pointer.h"
#include "crawler/url.h"

namespace plumbline {
namespace {

constexpr std::size_t kMostValues = 1000;
constexpr std::size_t kMostProbed = 100;
constexpr std::size_t kMostCharacters = 1000;

void collect(Json value, std::string_view pointer, std::vector<Json>& out) {
  if (out.size() >= kMostValues || !value.exists()) return;
  if (pointer.empty()) {
    out.push_back(value);
    return;
  }
  const auto star = pointer.find("/*");
  if (star == std::string_view::npos) {
    const Json found = at_pointer(value, pointer);
    if (found.exists()) out.push_back(found);
    return;
  }
  if (star > 0) value = at_pointer(value, pointer.substr(0, star));
  for (const Json child : value) collect(child, pointer.substr(star + 2), out);
}

std::string href_in(std::string_view html) {
  HtmlTag tag;
  for (std::size_t at = 0; next_tag(html, at, tag); at = tag.end)
    if (tag.name == "a" && !tag.closing && !tag.href.empty()) return decode_references(tag.href);
  return {};
}

std::string as_link(std::string_view text) {
  if (is_web_url(text)) return std::string(text);
  const std::string_view host = text.substr(0, text.find('/'));
  if (host.find('.') == std::string_view::npos || !is_host_name(host)) return {};
  return "https://" + std::string(text);
}

void add(std::vector<ProfileFact>& facts, ProfileFact fact) {
  if (fact.value.empty() || facts.size() >= kMostProbed) return;
  const auto same = [&](const ProfileFact& other) {
    return other.kind == fact.kind && other.value == fact.value && other.label == fact.label;
  };
  if (std::none_of(facts.begin(), facts.end(), same)) facts.push_back(std::move(fact));
}

}  // namespace

std::string fact_value(std::string_view kind, std::string_view raw) {
  raw = raw.substr(0, 64 << 10);
  if (kind == "link") {
    std::string address = href_in(raw);
    if (address.empty()) address = fold_space(clean_utf8(raw));
    address = as_link(clean_utf8(address));
    return address.size() > 2000 || address.find(' ') != std::string::npos ? "" : address;
  }
  return shorten(fold_space(html_to_text(raw)), kMostCharacters);
}

std::string fill_in(std::string_view text, const ProbeName& name, bool for_address) {
  std::string out;
  while (!text.empty()) {
    const auto open = text.find('{');
    out += text.substr(0, open);
    if (open == std::string_view::npos) break;
    text.remove_prefix(open);
    const auto put = [&](std::string_view mark, const std::string& value, bool encode) {
      if (text.substr(0, mark.size()) != mark) return false;
      out += encode ? percent_encode(value) : value;
      text.remove_prefix(mark.size());
      return true;
    };
    if (put("{name}", name.whole, for_address) || put("{local}", name.local, for_address) ||
        put("{host}", name.host, false))
      continue;
    out += '{';
    text.remove_prefix(1);
  }
  return out;
}

std::vector<Json> values_at(Json root, std::string_view pointer) {
  std::vector<Json> out;
  collect(root, pointer == "." ? std::string_view() : pointer, out);
  return out;
}

std::vector<ProfileFact> json_facts(const std::vector<ProbeFactRule>& rules, Json root) {
  std::vector<ProfileFact> facts;
  for (const ProbeFactRule& rule : rules) {
    for (const Json& value : values_at(root, rule.at)) {
      const std::string raw =
          rule.value.empty() ? value.text() : at_pointer(value, rule.value).text();
      ProfileFact fact;
      fact.kind = rule.kind;
      fact.where = rule.at;
      fact.value = fact_value(rule.kind, raw);
      if (!rule.label.empty())
        fact.label = fact_value(
            "name", rule.label[0] == '=' ? rule.label.substr(1) : value[rule.label].text());
      fact.verified = rule.checked;
      if (!rule.verified.empty()) {
        const Json mark = value[rule.verified];
        fact.verified = mark.exists() && !mark.is_null() && mark.flag().value_or(true);
      }
      add(facts, std::move(fact));
    }
  }
  return facts;
}

std::vector<ProfileFact> page_facts(const std::vector<ProbeFactRule>& rules,
                                    std::string_view body) {
  std::vector<ProfileFact> facts;
  for (const ProbeFactRule& rule : rules) {
    const auto begin = body.find(rule.at);
    if (begin == std::string_view::npos) continue;
    const std::string_view rest = body.substr(begin + rule.at.size());
    const auto end = rest.find(rule.until);
    if (end == std::string_view::npos) continue;
    std::string_view raw = rest.substr(0, end);
    if (raw.substr(0, 9) == "<![CDATA[" && raw.size() >= 12) raw = raw.substr(9, raw.size() - 12);
    ProfileFact fact;
    fact.kind = rule.kind;
    fact.where = rule.at;
    fact.value = fact_value(rule.kind, raw);
    add(facts, std::move(fact));
  }
  return facts;
}

std::string actor_address(const std::vector<Json>& links) {
  for (const Json& link : links) {
    const std::string type = link["type"].text(), href = link["href"].text();
    if (link["rel"].text() == "self" && is_web_url(href) &&
        (type.find("application/activity+json") == 0 || type.find("application/ld+json") == 0))
      return href;
  }
  return {};
}

}  // namespace plumbline
