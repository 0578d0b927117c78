#include "crawler/probe.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/sha256.h"
#include "base/text.h"
#include "crawler/json_reader.h"
#include "crawler/probe_facts.h"
#include "crawler/source_parts.h"
#include "crawler/url.h"

namespace plumbline {
namespace {

// Everything that is asked of one reply, worked out once.
struct Reading {
  const ProbeName& name;
  const HttpReply& reply;
  std::string lower;  // the body
  std::optional<JsonDocument> json;
};

struct ProbeEvidence {
  std::string quote, where;
};

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Whether `text` stands in the body; a name at its ends must end there too, so that "ada" is not
// seen in "adam".
bool stands_in(const Reading& reading, std::string_view text) {
  const std::string wanted = ascii_lower(fill_in(text, reading.name, false));
  const bool begins = text.substr(0, 1) == "{", ends = text.size() > 0 && text.back() == '}';
  const std::string& body = reading.lower;
  for (auto at = body.find(wanted); at != std::string::npos; at = body.find(wanted, at + 1)) {
    const std::size_t end = at + wanted.size();
    if ((!begins || at == 0 || !is_name_character(body[at - 1])) &&
        (!ends || end == body.size() || !is_name_character(body[end])))
      return true;
  }
  return false;
}

bool is_filled(const Json& value) {
  if (!value.exists() || value.is_null()) return false;
  if (value.is_text()) return !trim(value.text()).empty();
  return !value.is_array() || value.size() > 0;
}

bool value_fits(const ProbeCheck& check, const std::string& expected, const Json& value) {
  const std::string text = value.text();
  switch (check.kind) {
    case ProbeCheck::Kind::is:
      return check.exact ? text == expected : iequals_ascii(text, expected);
    case ProbeCheck::Kind::holds:
      return ascii_lower(text).find(ascii_lower(expected)) != std::string::npos;
    case ProbeCheck::Kind::filled: return is_filled(value);
    case ProbeCheck::Kind::number: return value.is_number();
    default: return false;
  }
}

// Whether the reply passes. `seen` is what it was judged by, also where it does not.
bool passes(const ProbeCheck& check, const Reading& reading, ProbeEvidence& seen) {
  using Kind = ProbeCheck::Kind;
  if (check.kind == Kind::text || check.kind == Kind::no_text) {
    for (const std::string& text : check.texts) {
      if (!stands_in(reading, text)) continue;
      seen = {fill_in(text, reading.name, false), "body"};
      return check.kind == Kind::text;
    }
    return check.kind == Kind::no_text;
  }
  if (!reading.json) return false;
  const std::vector<Json> values = values_at(reading.json->root(), check.at);
  if (check.kind == Kind::empty)
    return std::none_of(values.begin(), values.end(), [](const Json& v) { return is_filled(v); });
  const std::string expected = fill_in(check.expected, reading.name, false);
  for (const Json& value : values) {
    seen = {shorten(clean_utf8(value.text()), 200), check.at};
    if (value_fits(check, expected, value)) return true;
  }
  return false;
}

bool holds(const ProbeRule& rule, const Reading& reading, ProbeEvidence& seen) {
  const int status = reading.reply.status;
  if (std::find(rule.statuses.begin(), rule.statuses.end(), status) == rule.statuses.end())
    return false;
  const std::string& leads = reading.reply.redirect;
  if (!rule.redirect.empty() &&
      (leads.size() < rule.redirect.size() ||
       leads.compare(leads.size() - rule.redirect.size(), std::string::npos, rule.redirect) != 0))
    return false;
  ProbeEvidence first;
  for (const ProbeCheck& check : rule.checks) {
    ProbeEvidence one;
    if (!passes(check, reading, one)) return false;
    if (first.quote.empty()) first = std::move(one);
  }
  seen = std::move(first);
  return true;
}

bool has_status(const ProbeSite& site, int status) {
  const auto in = [status](const ProbeRule& rule) {
    return std::find(rule.statuses.begin(), rule.statuses.end(), status) != rule.statuses.end();
  };
  return in(site.exists) || std::any_of(site.missing.begin(), site.missing.end(), in);
}

bool any_of_words(std::string_view text, std::initializer_list<std::string_view> words) {
  const std::string lower = ascii_lower(text);
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

ProbeVerdict say(ProbeState state, std::string reason) {
  ProbeVerdict verdict;
  verdict.state = state;
  verdict.reason = std::move(reason);
  return verdict;
}

ProbeVerdict led_away(const HttpReply& reply) {
  const std::string to = shorten(clean_utf8(reply.redirect), 120);
  if (any_of_words(to, {"login", "log-in", "signin", "sign-in", "sign_in", "/auth", "authwall"}))
    return say(ProbeState::blocked, fmt::format("the site leads to a log-in ({})", to));
  if (any_of_words(to, {"consent", "cookie", "gdpr"}))
    return say(ProbeState::blocked, fmt::format("the site leads to a page of consent ({})", to));
  return say(ProbeState::unknown,
             to.empty() ? "the site leads elsewhere, but does not say where"
                        : fmt::format("the site leads elsewhere ({}), which says nothing", to));
}

// Statuses that speak of the asking, not of what was asked for.
ProbeVerdict kept_out(int status) {
  switch (status) {
    case 401: return say(ProbeState::blocked, "the site wants a log-in or a key (401)");
    case 403: return say(ProbeState::blocked, "the site refuses the request (403)");
    case 429: return say(ProbeState::blocked, "the site was asked too often (429)");
    case 451: return say(ProbeState::blocked, "withheld for legal reasons (451)");
    case 503: return say(ProbeState::blocked, "the site asks to come back later (503)");
    default: return {};
  }
}

// Why a reply that is no proof of absence is no proof of an account either.
std::string what_is_wrong(const ProbeSite& site, const Reading& reading) {
  const HttpReply& reply = reading.reply;
  if (site.json && !reading.json)
    return fmt::format("the reply ({}) is not the JSON that the site documents", reply.status);
  for (const ProbeCheck& check : site.exists.checks) {
    ProbeEvidence seen;
    if (passes(check, reading, seen)) continue;
    const bool about_name = check.expected.find("{") != std::string::npos;
    if (about_name && !seen.quote.empty())
      return fmt::format("the reply is about '{}', which was not asked for", seen.quote);
    if (check.kind == ProbeCheck::Kind::no_text)
      return fmt::format("the reply holds '{}', which no account's page does", seen.quote);
    break;
  }
  return fmt::format("the reply ({}) is neither what an account nor what a missing one looks like",
                     reply.status);
}

ProbeVerdict by_rules(const ProbeSite& site, const Reading& reading) {
  ProbeEvidence for_it, against;
  const bool exists = holds(site.exists, reading, for_it);
  const bool missing =
      std::any_of(site.missing.begin(), site.missing.end(),
                  [&](const ProbeRule& rule) { return holds(rule, reading, against); });
  ProbeVerdict verdict;
  if (exists && missing) {
    verdict = say(ProbeState::unknown, "the reply says both that it exists and that it does not");
  } else if (exists) {
    verdict = say(ProbeState::found, "the site describes an account of this name");
    verdict.quote = for_it.quote;
    verdict.where = for_it.where;
  } else if (missing) {
    verdict = say(ProbeState::missing, "the site says that there is no account of this name");
    verdict.quote = against.quote;
    verdict.where = against.where;
  } else if (reading.reply.status >= 500) {
    verdict = say(ProbeState::unknown,
                  fmt::format("the site is out of order ({})", reading.reply.status));
  } else {
    verdict = say(ProbeState::unknown, what_is_wrong(site, reading));
  }
  return verdict;
}

void add_what_is_found(const ProbeSite& site, const Reading& reading, ProbeVerdict& verdict) {
  if (!site.json) {
    verdict.facts = page_facts(site.facts, reading.reply.body);
    return;
  }
  const Json root = reading.json->root();
  verdict.facts = json_facts(site.facts, root);
  if (!site.actor.empty()) verdict.actor = actor_address(values_at(root, site.actor + "/*"));
  if (site.several.empty()) return;
  const auto lists = values_at(root, site.several);
  if (!lists.empty() && lists.front().size() > 1)
    verdict.reason = fmt::format("{} accounts there carry this name", lists.front().size());
}

// ISO 7064 MOD 11-2 over the digits, as ORCID computes its last character.
bool check_digit_fits(std::string_view name) {
  int total = 0;
  std::string digits;
  for (const char c : name)
    if (c != '-') digits += c;
  for (std::size_t i = 0; i + 1 < digits.size(); ++i) total = (total + digits[i] - '0') * 2;
  const int last = (12 - total % 11) % 11;
  return !digits.empty() && digits.back() == (last == 10 ? 'X' : static_cast<char>('0' + last));
}

tl::unexpected<Error> illegal(const ProbeSite& site, const std::string& why) {
  return fail(ErrorCode::invalid, fmt::format("{} has no such names: {}", site.title, why));
}

}  // namespace

std::string_view state_word(ProbeState state) {
  switch (state) {
    case ProbeState::found: return "found";
    case ProbeState::missing: return "missing";
    case ProbeState::blocked: return "blocked";
    case ProbeState::unknown: return "unknown";
    case ProbeState::illegal_name: return "illegal name";
  }
  return "unknown";
}

bool is_host_name(std::string_view host) {
  const std::string_view name = host.substr(0, host.find(':'));
  const std::string_view port =
      name.size() < host.size() ? host.substr(name.size() + 1) : std::string_view("1");
  if (name.empty() || name.size() > 253 || !is_digits(port) || port.size() > 5) return false;
  for (const std::string_view label : split(name, '.')) {
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-')
      return false;
    for (const char c : ascii_lower(label))
      if (!is_name_character(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

Result<ProbeName> name_at(const ProbeSite& site, std::string_view given) {
  ProbeName name;
  if (site.email) {
    const std::string address = ascii_lower(trim(given));
    if (const auto at = address.find('@');
        at == std::string::npos || at == 0 || !is_host_name(address.substr(at + 1)))
      return illegal(site, "an e-mail address is needed");
    name.whole = name.local = sha256_hex(address);
    return name;
  }
  if (given.substr(0, 1) == "@") given.remove_prefix(1);
  name.local = std::string(given);
  if (const auto at = given.rfind('@'); at != std::string_view::npos && site.hosts) {
    name.local = std::string(given.substr(0, at));
    name.host = ascii_lower(given.substr(at + 1));
    if (!is_host_name(name.host)) return illegal(site, "no host stands behind the @");
  }
  if (site.needs_host && name.host.empty()) return illegal(site, "they are name@host");
  if (!site.completed.empty() && name.local.find('.') == std::string::npos)
    name.local += site.completed;
  for (const std::string& never : site.never)
    if (name.local.find(never) != std::string::npos)
      return illegal(site, fmt::format("they never hold '{}'", never));
  if (!site.pattern.fits(name.local)) return illegal(site, "they are " + site.names);
  if (!site.check_digit.empty() && !check_digit_fits(name.local))
    return illegal(site, "the last character is a check digit, and does not fit");
  name.whole = name.host.empty() ? name.local : name.local + "@" + name.host;
  return name;
}

Request plan_probe(const ProbeSite& site, const ProbeName& name, std::string_view base,
                   std::string_view key) {
  std::string at = base.empty() ? site.url : std::string(base);
  if (base.empty() && site.hosts && !name.host.empty()) at = "https://{host}";
  Request request;
  request.url = below(fill_in(at, name, true), fill_in(site.path, name, true));
  request.headers = site.headers;
  request.api = !site.page;
  if (!site.key_header.empty() && !key.empty())
    request.headers.emplace_back(site.key_header, std::string(key));
  return request;
}

std::string profile_address(const ProbeSite& site, const ProbeName& name) {
  if (site.hosts && !name.host.empty() && !site.url.empty() && !site.profile.empty()) {
    const std::string own = host_of(site.profile);  // the same page at the other host
    std::string address = site.profile;
    if (const auto at = address.find(own); !own.empty() && at != std::string::npos)
      address.replace(at, own.size(), name.host);
    return fill_in(address, name, true);
  }
  return fill_in(site.profile, name, true);
}

std::string challenge_in(const ProbeSites& sites, const HttpReply& reply) {
  const std::string lower = ascii_lower(std::string_view(reply.body).substr(0, 256 << 10));
  const bool html = ascii_lower(reply.content_type).find("html") != std::string::npos ||
                    std::string_view(lower).substr(0, 1) == "<";
  for (const ChallengeSign& sign : sites.challenges) {
    if (sign.status != 0 && sign.status != reply.status) continue;
    if (sign.html_only && !html) continue;
    if (!sign.header.empty()) {
      const ChallengeHeaders& sent = reply.challenge;
      const std::string& value = sign.header == "cf-mitigated"        ? sent.cloudflare
                                 : sign.header == "x-amzn-waf-action" ? sent.amazon
                                                                      : sent.server;
      if (value.empty() || ascii_lower(value).find(sign.value) == std::string::npos) continue;
    }
    if (!sign.texts.empty() &&
        std::none_of(sign.texts.begin(), sign.texts.end(), [&](const std::string& text) {
          return lower.find(ascii_lower(text)) != std::string::npos;
        }))
      continue;
    return sign.says;
  }
  return {};
}

ProbeVerdict judge(const ProbeSites& sites, const ProbeSite& site, const ProbeName& name,
                   const HttpReply& reply) {
  ProbeVerdict verdict;
  Reading reading{name, reply, ascii_lower(reply.body), {}};
  if (auto json = JsonDocument::parse(reply.body)) reading.json = std::move(*json);
  const std::string challenge = challenge_in(sites, reply);
  if (!challenge.empty()) {
    verdict = say(ProbeState::blocked, "something else answered: " + challenge);
  } else if (!has_status(site, reply.status) && !kept_out(reply.status).reason.empty()) {
    verdict = kept_out(reply.status);
  } else if (reply.status / 100 == 3 && !has_status(site, reply.status)) {
    verdict = led_away(reply);
  } else {
    verdict = by_rules(site, reading);
  }
  verdict.status = reply.status;
  if (verdict.state == ProbeState::found) add_what_is_found(site, reading, verdict);
  return verdict;
}

ProbeVerdict judge_failure(const Error& error) {
  switch (error.code) {
    case ErrorCode::refused:
    case ErrorCode::rate_limited:
    case ErrorCode::denied: return say(ProbeState::blocked, describe(error));
    default: return say(ProbeState::unknown, "no answer: " + describe(error));
  }
}

std::vector<ProfileFact> actor_facts(const ProbeSite& site, const ProbeName& name,
                                     std::string_view body) {
  const auto json = JsonDocument::parse(body);
  if (!json || !iequals_ascii(json->root()["preferredUsername"].text(), name.local)) return {};
  return json_facts(site.actor_facts, json->root());
}

}  // namespace plumbline
