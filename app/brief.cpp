#include "app/brief.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "base/text.h"
#include "base/words.h"
#include "nlp/deeper.h"
#include "sales/brief.h"
#include "sales/render/render.h"

namespace plumbline {
namespace {

constexpr int kMostDocuments = 500;  // the newest of each account: more than a page can carry
constexpr int kMostListed = 12;

std::string plain(std::string_view text) { return fold_word_plain(fold_space(clean_utf8(text))); }

std::string as_words(const AccountRow& row) {
  const std::string handle = row.author.handle.empty() ? row.author.name : row.author.handle;
  return fmt::format(
      "{}:{}{}", row.source, handle,
      row.author.name.empty() || row.author.name == handle ? "" : " (" + row.author.name + ")");
}

Account account_of(const AccountRow& row, std::string reason) {
  return {row.source, row.author.handle.empty() ? row.author.name : row.author.handle,
          row.author.name, 1, std::move(reason)};
}

Person person_of(const AccountRow& row, std::string reason) {
  Person person;
  person.name = row.author.name.empty() ? row.author.handle : row.author.name;
  person.accounts.push_back(account_of(row, std::move(reason)));
  return person;
}

// A person of the configuration by name or by one of the accounts.
const Person* configured(const Config& config, std::string_view words) {
  const std::string wanted = plain(words);
  for (const Person& person : config.people) {
    if (plain(person.name) == wanted) return &person;
    for (const Account& account : person.accounts)
      if (plain(account.source + ":" + account.handle) == wanted) return &person;
  }
  return nullptr;
}

// An account joined by hand brings its person with it.
const Person* owner_of(const Config& config, const AccountRow& row) {
  return configured(config, row.source + ":" + row.author.handle);
}

// One handle on several sites of one kind is several people; their ids hold the site.
tl::unexpected<Error> several_sites(const std::vector<AccountRow>& rows, std::string_view words) {
  std::string list;
  for (std::size_t i = 0; i < rows.size() && i < kMostListed; ++i)
    list += fmt::format("\n  {}:{}", rows[i].source, escape_terminal(rows[i].author.id));
  return fail(ErrorCode::ambiguous, fmt::format("'{}' is several accounts; name one of them:{}",
                                                escape_terminal(words), list));
}

Result<Person> by_account(const Workspace& workspace, std::string_view source,
                          std::string_view handle, std::string_view words) {
  const auto named = PLUMBLINE_TRY(workspace.store->accounts_of(source, handle));
  if (named.size() > 1) return several_sites(named, words);
  if (named.size() == 1) {
    Person person = person_of(named.front(), "named by the user");
    if (named.front().author.id == handle) person.accounts.front().handle = handle;
    return person;
  }
  const auto rows = PLUMBLINE_TRY(workspace.store->accounts(handle, 200));
  std::vector<AccountRow> exact;
  for (const AccountRow& row : rows)
    if (plain(row.author.handle) == plain(handle)) exact.push_back(row);
  if (exact.size() == 1)
    return person_of(exact.front(), fmt::format("the only account with this handle; it is on {}",
                                                exact.front().source));
  std::string hint;
  for (const AccountRow& row : rows) hint += "\n  " + as_words(row);
  return fail(ErrorCode::not_found,
              fmt::format("no account {} is kept here{}", escape_terminal(words),
                          hint.empty() ? "; see: plumbline people" : "; close are:" + hint));
}

Result<Person> by_name(const Workspace& workspace, std::string_view words) {
  auto rows = PLUMBLINE_TRY(workspace.store->accounts_named(words, 200));
  if (rows.empty()) rows = PLUMBLINE_TRY(workspace.store->accounts(words, 200));
  std::vector<AccountRow> exact, rest;
  for (const AccountRow& row : rows) {
    const bool same =
        plain(row.author.handle) == plain(words) || plain(row.author.name) == plain(words);
    (same ? exact : rest).push_back(row);
  }
  const std::vector<AccountRow>& fitting = exact.empty() ? rest : exact;
  if (fitting.size() == 1) {
    if (const Person* owner = owner_of(workspace.config, fitting.front())) return *owner;
    return person_of(fitting.front(), exact.empty()
                                          ? "the only account whose name holds these words"
                                          : "the only account of this name");
  }
  if (fitting.empty())
    return fail(
        ErrorCode::not_found,
        fmt::format("nobody here is called '{}'; see: plumbline people", escape_terminal(words)));
  std::string list;
  for (std::size_t i = 0; i < fitting.size() && i < kMostListed; ++i)
    list += "\n  " + as_words(fitting[i]);
  if (fitting.size() > kMostListed)
    list += fmt::format("\n  and {} more", fitting.size() - kMostListed);
  return fail(ErrorCode::ambiguous, fmt::format("'{}' fits several people; name one of them:{}",
                                                escape_terminal(words), list));
}

// Of near-identical texts of one person the oldest counts, whoever wrote such a text first.
void mark_own_copies(std::vector<OwnDocument>& documents, const std::vector<std::int64_t>& texts) {
  std::vector<std::size_t> order(documents.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return documents[a].document.published_at < documents[b].document.published_at;
  });
  std::unordered_set<std::int64_t> seen;
  for (const std::size_t i : order) documents[i].copy = !seen.insert(texts[i]).second;
}

// A person's own words are few: all of them are read by the full tier, where one is there.
Status read_all_deeper(const Workspace& workspace, std::vector<OwnDocument>& own) {
  const auto full = load_full_models(workspace.config.workspace);
  if (!full && full.error().code == ErrorCode::invalid) return {};  // none is installed
  if (!full) return tl::unexpected(full.error());
  std::vector<FastRead> reads;
  for (OwnDocument& each : own) reads.push_back({&each.document, &each.analysis});
  read_deeper(**full, *workspace.analyzer, {Tier::full}, reads);
  return {};
}

}  // namespace

Result<Person> find_person(const Workspace& workspace, std::string_view words) {
  const std::string_view bare = trim(words);
  if (bare.empty())
    return fail(ErrorCode::invalid, "who? write source:handle, an e-mail address or a name");
  if (const Person* person = configured(workspace.config, bare)) return *person;
  if (const auto colon = bare.find(':');
      colon != std::string_view::npos && colon > 0 && colon + 1 < bare.size())
    return by_account(workspace, bare.substr(0, colon), bare.substr(colon + 1), bare);
  return by_name(workspace, bare);
}

Result<Brief> make_brief(const Workspace& workspace, const Person& person, Seconds at) {
  BriefInput input;
  input.person = person;
  std::vector<std::int64_t> texts;  // per document: the row of the first of these texts
  for (const Account& account : person.accounts) {
    for (StoredDocument& stored : PLUMBLINE_TRY(
             workspace.store->documents_of(account.source, account.handle, kMostDocuments))) {
      if (stored.document.published_at != kNoTime && stored.document.published_at > at) continue;
      texts.push_back(stored.copy_of != 0 ? stored.copy_of : stored.row);
      input.documents.push_back({std::move(stored.document), std::move(stored.analysis), false});
    }
  }
  mark_own_copies(input.documents, texts);
  PLUMBLINE_CHECK(read_all_deeper(workspace, input.documents));
  std::stable_sort(input.documents.begin(), input.documents.end(),
                   [](const OwnDocument& a, const OwnDocument& b) {
                     return a.document.published_at > b.document.published_at;
                   });
  input.brand = workspace.config.brand.name;
  input.products = workspace.config.brand.products;
  for (const BrandConfig& brand : workspace.config.competitors)
    input.competitors.push_back(brand.name);
  input.claims = workspace.config.claims;
  input.now = at;
  input.zone = workspace.config.zone;
  input.note = workspace.config.note;
  input.cost_pressure = workspace.config.cost_pressure;
  return build_brief(input);
}

Result<std::string> render_brief(const Brief& brief, std::string_view form) {
  if (form == "text") return brief_text(brief);
  if (form == "html") return brief_html(brief);
  if (form == "md" || form == "markdown") return brief_markdown(brief);
  if (form == "json") return brief_json(brief);
  return fail(ErrorCode::invalid,
              fmt::format("a brief is made as text, html, md or json, not '{}'", form));
}

}  // namespace plumbline
