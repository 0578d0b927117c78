#include "app/config.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <optional>

#include "app/files.h"
#include "base/text.h"
#include "crawler/probe_site.h"

namespace plumbline {
namespace {

namespace fs = std::filesystem;

// Reads one table of the file; the first mistake is kept and every later question is answered with
// nothing.
class ConfigSection {
 public:
  ConfigSection(const toml::table* table, std::string name, const std::string& file,
                std::optional<Error>& error)
      : table_(table), name_(std::move(name)), file_(file), error_(error) {}

  void only(const std::vector<std::string_view>& known) {
    if (!table_) return;
    for (const auto& [key, value] : *table_) {
      const std::string_view word = key.str();
      if (std::find(known.begin(), known.end(), word) != known.end()) continue;
      const std::string_view near = closest(word, {known.begin(), known.end()});
      refuse(value,
             fmt::format("unknown key '{}' in {}{}", shorten(clean_utf8(word), 60), name_,
                         near.empty() ? fmt::format("; known are: {}", fmt::join(known, ", "))
                                      : fmt::format("; did you mean '{}'?", near)));
    }
  }

  std::string text(std::string_view key, std::string otherwise = {}) {
    const toml::node* node = find(key);
    if (!node) return otherwise;
    if (const auto value = node->value_exact<std::string>()) return *value;
    refuse(*node, fmt::format("'{}' in {} must be text in quotes", key, name_));
    return otherwise;
  }

  bool flag(std::string_view key, bool otherwise) {
    const toml::node* node = find(key);
    if (!node) return otherwise;
    if (const auto value = node->value_exact<bool>()) return *value;
    refuse(*node, fmt::format("'{}' in {} must be true or false", key, name_));
    return otherwise;
  }

  std::int64_t number(std::string_view key, std::int64_t otherwise, std::int64_t least,
                      std::int64_t most) {
    const toml::node* node = find(key);
    if (!node) return otherwise;
    const auto value = node->value_exact<std::int64_t>();
    if (value && *value >= least && *value <= most) return *value;
    refuse(*node,
           fmt::format("'{}' in {} must be a whole number from {} to {}", key, name_, least, most));
    return otherwise;
  }

  // A list of texts, or one text.
  std::vector<std::string> texts(std::string_view key) {
    const toml::node* node = find(key);
    if (!node) return {};
    if (const auto one = node->value_exact<std::string>()) return {*one};
    std::vector<std::string> out;
    if (const toml::array* array = node->as_array()) {
      for (const toml::node& item : *array) {
        const auto value = item.value_exact<std::string>();
        if (!value) break;
        out.push_back(*value);
      }
      if (out.size() == array->size()) return out;
    }
    refuse(*node,
           fmt::format("'{}' in {} must be a list of texts: [\"one\", \"two\"]", key, name_));
    return {};
  }

  const toml::node* find(std::string_view key) const { return table_ ? table_->get(key) : nullptr; }
  int line() const { return table_ ? static_cast<int>(table_->source().begin.line) : 0; }
  void refuse(const toml::node& node, std::string message) {
    refuse_at(static_cast<int>(node.source().begin.line), std::move(message));
  }
  void refuse_at(int line, std::string message) {
    if (!error_)
      error_ = Error{ErrorCode::invalid, std::move(message), fmt::format("{}:{}", file_, line)};
  }
  const std::string& name() const { return name_; }

 private:
  const toml::table* table_;
  std::string name_;
  const std::string& file_;
  std::optional<Error>& error_;
};

class ConfigReader {
 public:
  ConfigReader(const toml::table& root, const std::string& path) : root_(root), path_(path) {
    config_.file = path;
    config_.workspace = fs::path(path).parent_path().string();
    if (config_.workspace.empty()) config_.workspace = ".";
  }

  Result<Config> read() {
    ConfigSection top(&root_, "the file", path_, error_);
    top.only(
        {"brand", "competitor", "claim", "store", "report", "run", "source", "person", "site"});
    brand();
    each("competitor", [this](ConfigSection& s) { config_.competitors.push_back(brand_of(s)); });
    each("claim", [this](ConfigSection& s) { claim(s); });
    store_and_report();
    each("source", [this](ConfigSection& s) { source(s); });
    each("site", [this](ConfigSection& s) { site(s); });
    each("person", [this](ConfigSection& s) { person(s); });
    label_sources();
    if (error_) return tl::unexpected(*error_);
    return std::move(config_);
  }

 private:
  template <class Visit>
  void each(std::string_view key, Visit visit) {
    const toml::node* node = root_.get(key);
    if (!node) return;
    const toml::array* array = node->as_array();
    ConfigSection whole(&root_, "the file", path_, error_);
    if (!array)
      return whole.refuse(*node,
                          fmt::format("write [[{}]] with two brackets: there may be several", key));
    for (const toml::node& item : *array) {
      if (!item.is_table())
        return whole.refuse(
            item, fmt::format("write [[{}]] with two brackets: there may be several", key));
      ConfigSection section(item.as_table(), fmt::format("[[{}]]", key), path_, error_);
      visit(section);
    }
  }

  const toml::table* table(std::string_view key) {
    const toml::node* node = root_.get(key);
    if (!node) return nullptr;
    if (!node->is_table())
      ConfigSection(&root_, "the file", path_, error_)
          .refuse(*node, fmt::format("write [{}] with its keys below", key));
    return node->as_table();
  }

  BrandConfig brand_of(ConfigSection& s) {
    s.only({"name", "aliases", "products", "context"});
    BrandConfig brand{fold_space(clean_utf8(s.text("name"))), s.texts("aliases"),
                      s.texts("products"), s.texts("context")};
    if (brand.name.empty()) s.refuse_at(s.line(), fmt::format("{} needs a name", s.name()));
    return brand;
  }

  void brand() {
    ConfigSection s(table("brand"), "[brand]", path_, error_);
    s.only({"name", "aliases", "products", "context", "plumb_line"});
    config_.brand.name = fold_space(clean_utf8(s.text("name")));
    config_.brand.aliases = s.texts("aliases");
    config_.brand.products = s.texts("products");
    config_.brand.context = s.texts("context");
    for (const std::string& text : s.texts("plumb_line"))
      if (!trim(text).empty()) config_.claims.push_back({text, {}, {}, {}});
    if (config_.brand.name.empty())
      s.refuse_at(std::max(1, s.line()), "[brand] needs a name: name = \"Acme Pumps\"");
  }

  void claim(ConfigSection& s) {
    s.only({"text", "proof", "words", "answers"});
    Claim claim{s.text("text"), s.text("proof"), s.texts("words"), s.texts("answers")};
    if (trim(claim.text).empty()) s.refuse_at(s.line(), "[[claim]] needs a text");
    config_.claims.push_back(std::move(claim));
  }

  void store_and_report() {
    ConfigSection store(table("store"), "[store]", path_, error_);
    store.only({"path"});
    config_.store_path = absolute(store.text("path", "plumbline.db"));
    ConfigSection report(table("report"), "[report]", path_, error_);
    report.only({"folder", "timezone", "note", "cost_pressure"});
    config_.report_folder = absolute(report.text("folder", "reports"));
    config_.note = report.text("note");
    config_.cost_pressure = report.flag("cost_pressure", false);
    if (auto zone = Zone::find(report.text("timezone", "UTC"))) {
      config_.zone = *zone;
    } else if (const toml::node* node = report.find("timezone")) {
      report.refuse(*node, zone.error().message);
    }
    ConfigSection run(table("run"), "[run]", path_, error_);
    run.only({"threads", "contact", "timeout", "closer"});
    config_.threads = static_cast<int>(run.number("threads", 0, 0, 64));
    config_.contact = run.text("contact");
    config_.timeout = static_cast<int>(run.number("timeout", 60, 1, 3600));
    config_.closer = static_cast<int>(run.number("closer", 10, 0, 1440));
  }

  std::string absolute(const std::string& path) const {
    const fs::path given(path);
    return (given.is_absolute() ? given : fs::absolute(fs::path(config_.workspace)) / given)
        .lexically_normal()
        .string();
  }

  void source(ConfigSection& s) {
    SourceConfig source;
    source.line = s.line();
    source.kind = s.text("kind");
    source.label = s.text("label");
    source.enabled = s.flag("enabled", true);
    source.per_second = static_cast<int>(s.number("per_second", 0, 0, 1000));
    source.query.url = s.text("url");
    source.query.words = s.text("query");
    source.query.brand = s.text("brand");
    if (const std::string since = s.text("since"); !since.empty()) {
      const auto day = parse_day(since);
      if (!day) return s.refuse_at(s.line(), "'since' in [[source]]: " + day.error().message);
      source.query.since = config_.zone.start_of(*day);
    }
    check_source(s, source);
    options(s, source);
    if (s.find("token")) token(s, "source " + source.kind, source.query.token, source.token_from);
    config_.sources.push_back(std::move(source));
  }

  void check_source(ConfigSection& s, const SourceConfig& source) {
    const Source* kind = find_source(source.kind);
    if (!kind) {
      std::vector<std::string_view> names;
      for (const Source* known : all_sources()) names.push_back(known->name);
      const std::string_view near = closest(source.kind, names);
      return s.refuse_at(
          s.line(),
          fmt::format("[[source]] kind '{}' is not known{}", shorten(clean_utf8(source.kind), 40),
                      near.empty() ? fmt::format("; there are: {}", fmt::join(names, ", "))
                                   : fmt::format("; did you mean '{}'?", near)));
    }
    if (kind->needs_url && source.query.url.empty())
      s.refuse_at(s.line(), fmt::format("[[source]] of kind {} needs a url", source.kind));
    const bool asks = std::any_of(
        kind->options.begin(), kind->options.end(),
        [&s](const SourceOption& option) { return option.instead_of_query && s.find(option.key); });
    if (kind->needs_query && source.query.words.empty() && !asks)
      s.refuse_at(s.line(), fmt::format("[[source]] of kind {} needs a query", source.kind));
    const std::string& url = source.query.url;
    if (!url.empty() && (safe_link(url).empty() || url.rfind("mailto:", 0) == 0))
      s.refuse_at(s.line(), fmt::format("[[source]] url '{}' must begin with http:// or https://",
                                        shorten(clean_utf8(url), 60)));
  }

  // The keys that only this kind of source has; a key with a dot stands in a table of the entry.
  void options(ConfigSection& s, SourceConfig& source) {
    std::vector<std::string_view> known = {"kind",  "url",     "query", "token",     "brand",
                                           "since", "enabled", "label", "per_second"};
    const Source* kind = find_source(source.kind);
    std::map<std::string, std::vector<std::string_view>, std::less<>> tables;
    for (const SourceOption& option : kind ? kind->options : std::span<const SourceOption>()) {
      const std::string_view key = option.key;
      const auto dot = key.find('.');
      if (dot != std::string_view::npos) {
        tables[std::string(key.substr(0, dot))].push_back(key.substr(dot + 1));
        continue;
      }
      known.push_back(key);
      option_value(s, key, std::string(key), source);
    }
    for (const auto& [table, keys] : tables) {
      known.push_back(table);
      const toml::node* node = s.find(table);
      if (!node) continue;
      if (!node->as_table())
        return s.refuse(*node, fmt::format("'{}' in [[source]] must be a table", table));
      ConfigSection inner(node->as_table(), table, path_, error_);
      inner.only(keys);
      for (std::string_view key : keys)
        option_value(inner, key, fmt::format("{}.{}", table, key), source);
    }
    s.only(known);
    for (const SourceOption& option : kind ? kind->options : std::span<const SourceOption>())
      if (option.needed && source.query.options.count(option.key) == 0)
        s.refuse_at(s.line(), fmt::format("[[source]] of kind {} needs {}: {}", source.kind,
                                          option.key, option.help));
  }

  static void option_value(ConfigSection& s, std::string_view key, const std::string& name,
                           SourceConfig& source) {
    const toml::node* node = s.find(key);
    if (!node) return;
    std::string value;
    if (const auto number = node->value_exact<std::int64_t>())
      value = std::to_string(*number);
    else if (const auto flag = node->value_exact<bool>())
      value = *flag ? "true" : "false";
    else
      value = s.text(key);
    if (!value.empty()) source.query.options[name] = value;
  }

  void site(ConfigSection& s) {
    s.only({"name", "url", "token", "per_second"});
    SiteConfig site;
    site.name = s.text("name");
    site.url = s.text("url");
    site.per_second = static_cast<int>(s.number("per_second", 0, 0, 1000));
    const ProbeSites known = built_in_probe_sites().value_or(ProbeSites());
    std::vector<std::string_view> names = {"page"};
    for (const ProbeSite& one : known.sites) names.push_back(one.name);
    if (std::find(names.begin(), names.end(), site.name) == names.end()) {
      const std::string_view near = closest(site.name, names);
      return s.refuse_at(
          s.line(),
          fmt::format("[[site]] name '{}' is not known{}", shorten(clean_utf8(site.name), 40),
                      near.empty() ? fmt::format("; there are: {}", fmt::join(names, ", "))
                                   : fmt::format("; did you mean '{}'?", near)));
    }
    if (!site.url.empty() && (safe_link(site.url).empty() || site.url.rfind("mailto:", 0) == 0))
      return s.refuse_at(s.line(),
                         fmt::format("[[site]] url '{}' must begin with http:// or https://",
                                     shorten(clean_utf8(site.url), 60)));
    if (s.find("token")) token(s, "site " + site.name, site.token, site.token_from);
    config_.sites.push_back(std::move(site));
  }

  void token(ConfigSection& s, const std::string& whose, std::string& into, std::string& from) {
    const toml::table* reference = s.find("token")->as_table();
    if (!reference)
      return s.refuse(*s.find("token"),
                      "a token is never written here: token = { env = \"NAME\" } or token = { file "
                      "= \"PATH\" }");
    ConfigSection t(reference, "token", path_, error_);
    t.only({"env", "file"});
    if (const std::string name = t.text("env"); !name.empty()) {
      from = "env " + name;
      const char* value = std::getenv(name.c_str());
      into = value ? std::string(trim(value)) : "";
    } else if (const std::string file = t.text("file"); !file.empty()) {
      from = "file " + file;
      into = std::string(trim(read_file(absolute(file), 64 << 10).value_or("")));
    }
    if (into.empty())
      config_.warnings.push_back(fmt::format("{}:{}: the token of {} is not there ({})", path_,
                                             s.line(), whose,
                                             from.empty() ? "no env or file named" : from));
  }

  void person(ConfigSection& s) {
    s.only({"name", "role", "firm", "call_at", "accounts"});
    Person person;
    person.name = fold_space(clean_utf8(s.text("name")));
    person.role = s.text("role");
    person.firm = s.text("firm");
    person.call_at = s.text("call_at");
    for (const std::string& account : s.texts("accounts")) {
      const auto colon = account.find(':');
      if (colon == std::string::npos || colon == 0 || colon + 1 == account.size())
        return s.refuse_at(s.line(), fmt::format("[[person]] account '{}' must be source:handle",
                                                 shorten(clean_utf8(account), 60)));
      person.accounts.push_back({account.substr(0, colon),
                                 account.substr(colon + 1),
                                 {},
                                 1,
                                 "joined by hand in plumbline.toml"});
    }
    if (person.name.empty() || person.accounts.empty())
      s.refuse_at(s.line(), "[[person]] needs a name and accounts = [\"source:handle\"]");
    config_.people.push_back(std::move(person));
  }

  void label_sources() {
    for (SourceConfig& source : config_.sources) {
      if (!source.label.empty()) continue;
      const auto same =
          std::count_if(config_.sources.begin(), config_.sources.end(),
                        [&](const SourceConfig& other) { return other.kind == source.kind; });
      source.label = source.kind;
      if (same > 1)
        source.label += " " + (source.query.words.empty() ? source.query.url : source.query.words);
    }
  }

  const toml::table& root_;
  const std::string& path_;
  std::optional<Error> error_;
  Config config_;
};

std::string toml_list(const std::vector<std::string>& items) {
  std::vector<std::string> quoted;
  for (const std::string& item : items) quoted.push_back(json_quote(item));
  return fmt::format("[{}]", fmt::join(quoted, ", "));
}

std::string dump_brand(std::string_view head, const BrandConfig& brand) {
  return fmt::format("{}\nname = {}\naliases = {}\nproducts = {}\ncontext = {}\n\n", head,
                     json_quote(brand.name), toml_list(brand.aliases), toml_list(brand.products),
                     toml_list(brand.context));
}

std::string dump_token(const std::string& from) {
  const auto blank = from.find(' ');
  if (blank == std::string::npos) return {};
  return fmt::format("token = {{ {} = {} }}\n", from.substr(0, blank),
                     json_quote(from.substr(blank + 1)));
}

std::string dump_source(const SourceConfig& source, const Zone& zone) {
  std::string out = fmt::format(
      "[[source]]\nkind = {}\nlabel = {}\nurl = {}\nquery = {}\nbrand = {}\nenabled = {}\n",
      json_quote(source.kind), json_quote(source.label), json_quote(source.query.url),
      json_quote(source.query.words), json_quote(source.query.brand), source.enabled);
  if (source.query.since != kNoTime)
    out += fmt::format("since = \"{}\"\n", format_day(zone.day_of(source.query.since)));
  if (source.per_second > 0) out += fmt::format("per_second = {}\n", source.per_second);
  for (const auto& [key, value] : source.query.options)
    out += fmt::format("{} = {}\n", key, json_quote(value));
  return out + dump_token(source.token_from) + "\n";
}

std::string dump_site(const SiteConfig& site) {
  std::string out = fmt::format("[[site]]\nname = {}\n", json_quote(site.name));
  if (!site.url.empty()) out += fmt::format("url = {}\n", json_quote(site.url));
  if (site.per_second > 0) out += fmt::format("per_second = {}\n", site.per_second);
  return out + dump_token(site.token_from) + "\n";
}

}  // namespace

Result<Config> parse_config(std::string_view text, const std::string& path) {
  if (!is_utf8(text))
    return fail(ErrorCode::invalid, "the file is not UTF-8; save it as UTF-8", path);
  try {
    const toml::table root = toml::parse(text, path);
    return ConfigReader(root, path).read();
  } catch (const toml::parse_error& error) {
    return fail(ErrorCode::invalid, std::string(error.description()),
                fmt::format("{}:{}", path, error.source().begin.line));
  }
}

Result<Config> read_config(const std::string& path) {
  return parse_config(PLUMBLINE_TRY(read_file(path, 4 << 20)), path);
}

Result<std::string> find_config(const std::string& folder) {
  std::error_code ec;
  for (fs::path at = fs::absolute(folder, ec);; at = at.parent_path()) {
    if (fs::exists(at / "plumbline.toml", ec)) return (at / "plumbline.toml").string();
    if (at == at.parent_path()) break;
  }
  return fail(
      ErrorCode::invalid,
      fmt::format("no plumbline.toml in {} or above; make one with: plumbline init --brand NAME",
                  folder.empty() ? "." : folder));
}

std::string dump_config(const Config& config) {
  std::string out = dump_brand("[brand]", config.brand);
  for (const BrandConfig& brand : config.competitors) out += dump_brand("[[competitor]]", brand);
  for (const Claim& claim : config.claims)
    out += fmt::format("[[claim]]\ntext = {}\nproof = {}\nwords = {}\nanswers = {}\n\n",
                       json_quote(claim.text), json_quote(claim.proof), toml_list(claim.words),
                       toml_list(claim.answers));
  out += fmt::format("[store]\npath = {}\n\n", json_quote(config.store_path));
  out += fmt::format("[report]\nfolder = {}\ntimezone = {}\nnote = {}\ncost_pressure = {}\n\n",
                     json_quote(config.report_folder), json_quote(config.zone.name()),
                     json_quote(config.note), config.cost_pressure);
  out += fmt::format("[run]\nthreads = {}\ntimeout = {}\ncloser = {}\ncontact = {}\n\n",
                     config.threads, config.timeout, config.closer, json_quote(config.contact));
  for (const SourceConfig& source : config.sources) out += dump_source(source, config.zone);
  for (const SiteConfig& site : config.sites) out += dump_site(site);
  for (const Person& person : config.people) {
    std::vector<std::string> accounts;
    for (const Account& account : person.accounts)
      accounts.push_back(account.source + ":" + account.handle);
    out +=
        fmt::format("[[person]]\nname = {}\nrole = {}\nfirm = {}\ncall_at = {}\naccounts = {}\n\n",
                    json_quote(person.name), json_quote(person.role), json_quote(person.firm),
                    json_quote(person.call_at), toml_list(accounts));
  }
  return out;
}

std::string example_config(const Config& config) {
  std::string out = "# What Plumbline listens for. Check it with: plumbline config check\n\n";
  out += fmt::format("[brand]\nname = {}\naliases = {}   # other spellings that mean it\n\n",
                     json_quote(config.brand.name), toml_list(config.brand.aliases));
  for (const BrandConfig& brand : config.competitors) out += dump_brand("[[competitor]]", brand);
  out +=
      "# The plumb line: three to five claims, the business of the business. `proof` is what backs "
      "a claim in a brief,\n"
      "# `words` are other ways people say it, `answers` the themes whose risks it answers "
      "(delivery, warranty, support …).\n";
  for (const Claim& claim : config.claims)
    out += fmt::format("[[claim]]\ntext = {}\nproof = \"\"\nwords = []\nanswers = []\n\n",
                       json_quote(claim.text));
  if (config.claims.empty())
    out +=
        "# [[claim]]\n# text = \"Pays for itself in a year.\"\n# proof = \"Field study 2025, 212 "
        "homes\"\n\n";
  out +=
      "[report]\ntimezone = \"UTC\"        # whose days the reports count, e.g. "
      "\"Europe/Berlin\"\n\n";
  out +=
      "# Where to listen. `plumbline source list` shows all kinds, `plumbline source show NAME` "
      "explains one.\n";
  out += fmt::format(
      "# [[source]]\n# kind = \"hackernews\"\n# query = {}\n#\n# [[source]]\n# kind = \"rss\"\n# "
      "url = \"https://forum.example.org/latest.rss\"\n#\n"
      "# [[source]]\n# kind = \"mastodon\"\n# url = \"https://mastodon.example\"\n# query = "
      "\"#acme\"\n# token = {{ env = \"MASTODON_TOKEN\" }}\n\n",
      json_quote(config.brand.name));
  out +=
      "# Accounts that are one person, joined by hand.\n# [[person]]\n# name = \"Ada Example\"\n# "
      "role = \"Head of facilities\"\n# firm = \"Example Ltd\"\n"
      "# accounts = [\"mastodon:ada@mastodon.example\", \"hackernews:ada\"]\n";
  return out;
}

}  // namespace plumbline
