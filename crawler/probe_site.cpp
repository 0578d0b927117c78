#include "crawler/probe_site.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "base/embedded.h"
#include "base/text.h"
#include "crawler/json_reader.h"

namespace plumbline {
namespace {

std::vector<std::string> texts_of(Json value) {
  std::vector<std::string> out;
  for (const Json one : value) out.push_back(one.text());
  return out;
}

// One object of the file: every key must be known, every value of the kind meant.
class Entry {
 public:
  Entry(Json object, std::string where, std::string& problem)
      : object_(object), where_(std::move(where)), problem_(problem) {
    if (!object_.is_object()) refuse("is not an object");
  }
  ~Entry() {
    for (auto it = object_.begin(); it != object_.end(); ++it)
      if (std::find(known_.begin(), known_.end(), it.key()) == known_.end())
        refuse(fmt::format("has an unknown key '{}'", it.key()));
  }
  Entry(const Entry&) = delete;
  Entry& operator=(const Entry&) = delete;

  std::string text(std::string_view key, bool needed = false) {
    const Json value = find(key);
    if (value.exists() ? !value.is_text() : needed) refuse(fmt::format("needs text as '{}'", key));
    return value.text();
  }
  bool flag(std::string_view key, bool otherwise = false) {
    const Json value = find(key);
    if (value.exists() && !value.flag()) refuse(fmt::format("'{}' must be true or false", key));
    return value.flag().value_or(otherwise);
  }
  double number(std::string_view key, double otherwise) {
    const Json value = find(key);
    if (value.exists() && !value.is_number()) refuse(fmt::format("'{}' must be a number", key));
    return value.number().value_or(otherwise);
  }
  std::vector<std::string> texts(std::string_view key) {
    const Json value = find(key);
    if (value.exists() && !value.is_array()) refuse(fmt::format("'{}' must be a list", key));
    return texts_of(value);
  }
  Json list(std::string_view key, bool needed = false) {
    const Json value = find(key);
    if (value.exists() ? !value.is_array() : needed)
      refuse(fmt::format("needs a list as '{}'", key));
    return value;
  }
  Json find(std::string_view key) {
    known_.push_back(key);
    return object_[key];
  }
  bool has(std::string_view key) const { return object_[key].exists(); }
  void refuse(const std::string& what) {
    if (problem_.empty()) problem_ = where_ + " " + what;
  }
  const std::string& where() const { return where_; }
  std::string& problem() { return problem_; }

 private:
  Json object_;
  std::string where_;
  std::string& problem_;
  std::vector<std::string_view> known_;
};

ProbeCheck read_check(Json value, const std::string& where, std::string& problem) {
  Entry entry(value, where + ": a check", problem);
  ProbeCheck check;
  check.at = entry.text("at");
  check.exact = entry.flag("exact");
  using Kind = ProbeCheck::Kind;
  int kinds = 0;
  const auto take = [&](std::string_view key, Kind kind, auto read) {
    if (!entry.has(key)) return;
    check.kind = kind;
    ++kinds;
    read(key);
  };
  const auto expected = [&](std::string_view key) { check.expected = entry.text(key); };
  const auto yes = [&](std::string_view key) {
    if (!entry.flag(key)) entry.refuse(fmt::format("'{}' can only be true", key));
  };
  const auto texts = [&](std::string_view key) { check.texts = entry.texts(key); };
  take("is", Kind::is, expected);
  take("holds", Kind::holds, expected);
  take("filled", Kind::filled, yes);
  take("empty", Kind::empty, yes);
  take("number", Kind::number, yes);
  take("text", Kind::text, texts);
  take("no_text", Kind::no_text, texts);
  if (kinds != 1) entry.refuse("must say exactly one thing");
  const bool of_text = check.kind == Kind::text || check.kind == Kind::no_text;
  if (of_text ? check.texts.empty() : check.at.empty())
    entry.refuse(of_text ? "names no text" : "does not say where ('at')");
  return check;
}

ProbeRule read_rule(Json value, const std::string& where, std::string& problem) {
  Entry entry(value, where, problem);
  ProbeRule rule;
  for (const Json status : entry.list("status", true))
    rule.statuses.push_back(static_cast<int>(status.integer().value_or(0)));
  for (const Json check : entry.list("all"))
    rule.checks.push_back(read_check(check, where, problem));
  rule.redirect = entry.text("redirect");
  if (rule.statuses.empty()) entry.refuse("names no status");
  if (rule.checks.empty() && rule.redirect.empty()) entry.refuse("goes by the status alone");
  return rule;
}

ProbeFactRule read_fact(Json value, const std::string& where, std::string& problem) {
  Entry entry(value, where + ": a fact", problem);
  ProbeFactRule fact;
  fact.kind = entry.text("kind", true);
  fact.at = entry.text("at", true);
  fact.until = entry.text("until");
  fact.label = entry.text("label");
  fact.value = entry.text("value");
  fact.verified = entry.text("verified");
  fact.checked = entry.flag("checked");
  return fact;
}

void read_words(Entry& entry, ProbeSite& site) {
  site.title = entry.text("title", true);
  site.category = entry.text("category", true);
  site.documentation = entry.text("documentation", true);
  site.note = entry.text("note");
  site.names = entry.text("names", true);
  site.claimed = entry.text("claimed");
  site.url = entry.text("url");
  site.path = entry.text("path", true);
  site.profile = entry.text("profile");
  site.key_header = entry.text("key_header");
  site.completed = entry.text("completed");
  site.check_digit = entry.text("check_digit");
  site.never = entry.texts("never");
  site.several = entry.text("several");
  site.actor = entry.text("actor");
  const Json headers = entry.find("headers");
  for (auto it = headers.begin(); it != headers.end(); ++it)
    site.headers.emplace_back(it.key(), (*it).text());
}

void read_patterns(Entry& entry, ProbeSite& site) {
  const std::string decoys = entry.text("decoys");
  for (const auto& [text, into] : {std::pair{site.names, &site.pattern},
                                   std::pair{decoys.empty() ? site.names : decoys, &site.decoys}}) {
    auto pattern = NamePattern::parse(text);
    if (pattern)
      *into = std::move(*pattern);
    else
      entry.refuse(": " + pattern.error().message);
  }
}

ProbeSite read_site(Json value, std::string& problem) {
  ProbeSite site;
  site.name = value["site"].text();
  const std::string where = fmt::format("the site '{}'", site.name);
  Entry entry(value, where, problem);
  entry.text("site", true);
  read_words(entry, site);
  read_patterns(entry, site);
  site.hosts = entry.flag("hosts");
  site.needs_host = entry.flag("needs_host");
  site.email = entry.flag("email");
  site.registry = entry.flag("registry");
  site.page = entry.flag("page");
  site.json = entry.flag("json", true);
  site.per_second = entry.number("per_second", site.per_second);
  site.exists = read_rule(entry.find("exists"), where + ": exists", problem);
  for (const Json rule : entry.list("missing", true))
    site.missing.push_back(read_rule(rule, where + ": missing", problem));
  for (const Json fact : entry.list("facts")) site.facts.push_back(read_fact(fact, where, problem));
  for (const Json fact : entry.list("actor_facts"))
    site.actor_facts.push_back(read_fact(fact, where, problem));
  if (site.missing.empty()) entry.refuse("cannot say that a name is missing");
  if (site.url.empty() && !site.registry && !site.needs_host) entry.refuse("has no address");
  return site;
}

ChallengeSign read_sign(Json value, std::string& problem) {
  Entry entry(value, "a challenge", problem);
  ChallengeSign sign;
  sign.says = entry.text("says", true);
  sign.status = static_cast<int>(entry.number("status", 0));
  sign.header = entry.text("header");
  sign.value = entry.text("value");
  sign.texts = entry.texts("text");
  sign.html_only = entry.flag("html_only");
  if (sign.status == 0 && sign.header.empty() && sign.texts.empty())
    entry.refuse("says nothing to look for");
  return sign;
}

}  // namespace

const ProbeSite* ProbeSites::find(std::string_view name) const {
  const auto found = std::find_if(sites.begin(), sites.end(),
                                  [&](const ProbeSite& site) { return site.name == name; });
  return found == sites.end() ? nullptr : &*found;
}

Result<ProbeSites> read_probe_sites(std::string_view json) {
  const JsonDocument document = PLUMBLINE_TRY(JsonDocument::parse(json));
  ProbeSites out;
  std::string problem;
  {
    Entry entry(document.root(), "the file", problem);
    entry.find("$schema");
    for (const Json site : entry.list("sites", true)) {
      out.sites.push_back(read_site(site, problem));
      if (out.find(out.sites.back().name) != &out.sites.back())
        entry.refuse("has the site '" + out.sites.back().name + "' twice");
    }
    for (const Json sign : entry.list("challenges", true))
      out.challenges.push_back(read_sign(sign, problem));
    out.first_names = entry.texts("first_names");
    out.last_names = entry.texts("last_names");
    if (out.first_names.empty() || out.last_names.empty()) entry.refuse("has no names for decoys");
  }
  if (!problem.empty()) return fail(ErrorCode::invalid, problem, "sites.json");
  return out;
}

Result<ProbeSites> built_in_probe_sites() { return read_probe_sites(embedded("sites/sites.json")); }

}  // namespace plumbline
