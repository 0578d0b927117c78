#include "store/writing.h"

#include <algorithm>

#include <fmt/format.h>

#include "store/findings.h"
#include "store/rows.h"
#include "store/sqlite.h"
#include "store/tokenizer.h"

namespace plumbline {
namespace {

std::string_view language_of(const Document& document, const Analysis* analysis) {
  if (analysis == nullptr || analysis->lang.empty()) return document.lang;
  if (analysis->lang == "und" && !document.lang.empty()) return document.lang;
  return analysis->lang;
}

std::int64_t mark_of(bool session, const Analysis* analysis) {
  std::int64_t bits = session ? mark::kSession : 0;
  if (analysis == nullptr) return bits | 1;
  bits |= static_cast<int>(analysis->sentiment.label) + 1;
  if (analysis->scored) bits |= mark::kScored;
  if (analysis->price_talk >= 0.5F) bits |= mark::kPrice;
  if (analysis->value_talk >= 0.5F) bits |= mark::kValue;
  if (analysis->is_doubtful()) bits |= mark::kDoubtful;
  for (const StatementSpan& statement : analysis->statements)
    bits |= mark::kind_bit(statement.kind);
  return bits;
}

const Analysis* analysis_of(const Entry& entry) {
  return entry.analysis && !entry.analysis->version.empty() ? &*entry.analysis : nullptr;
}

const std::string& said_or(const std::string& said, const std::string& kept) {
  return said.empty() ? kept : said;
}

bool is_unknown(const Author& author) {
  return author.id.empty() && author.handle.empty() && author.name.empty();
}

const std::string& native_of(const Author& author) {
  if (!author.id.empty()) return author.id;
  return author.handle.empty() ? author.name : author.handle;
}

}  // namespace

Writing::Writing(const WriterGround& ground) : ground_(ground), cells_(ground.zone) {}

Status Writing::put(const Batch& batch, PutOutcome& outcome) {
  std::vector<Fresh> fresh;
  fresh.reserve(batch.entries.size());
  PLUMBLINE_CHECK(ground_.copies.prepare(batch.entries.size()));
  PLUMBLINE_CHECK(sort_out(batch, outcome, fresh));
  // Numbers are given before anything goes, so that none is given twice.
  for (Fresh& f : fresh) PLUMBLINE_CHECK(assign_row(f));
  for (Fresh& f : fresh) {
    if (f.replaces == 0) continue;
    PLUMBLINE_CHECK(recall(f));
    PLUMBLINE_CHECK(erase(f.replaces));
  }
  PLUMBLINE_CHECK(number_authors(fresh));
  for (Fresh& f : fresh) {
    f.unindexed = batch.index_with_analysis && analysis_of(*f.entry) == nullptr;
    f.copy_of = PLUMBLINE_TRY(ground_.copies.place(f.row, f.author, f.entry->fingerprint));
    if (f.copy_of != 0 && f.replaces == 0) ++outcome.copies;
  }
  std::sort(fresh.begin(), fresh.end(),
            [](const Fresh& a, const Fresh& b) { return a.row < b.row; });
  for (const Fresh& f : fresh) PLUMBLINE_CHECK(insert(f));
  PLUMBLINE_CHECK(ground_.copies.write());
  PLUMBLINE_CHECK(erase_deleted(batch, outcome));
  PLUMBLINE_CHECK(write_notes(batch));
  for (const CoverageDay& day : batch.coverage) PLUMBLINE_CHECK(write_coverage(day));
  return {};
}

// Which entries are new, which replace a text and which bring nothing.
Status Writing::sort_out(const Batch& batch, PutOutcome& outcome, std::vector<Fresh>& fresh) {
  std::unordered_map<KnownAuthors::Key, const Entry*, KnownAuthors::KeyHash> seen;
  seen.reserve(batch.entries.size());
  SqlStatement find =
      PLUMBLINE_TRY(ground_.db.prepare("SELECT row FROM document WHERE source = ? AND native = ?"));
  for (const Entry& entry : batch.entries) {
    const Document& document = entry.document;
    const std::string native = native_of(document);
    auto [twin, first] = seen.try_emplace(KnownAuthors::key_of(document.source, native), &entry);
    if (!first) {
      const Document& other = twin->second->document;
      const bool same = other.text == document.text && other.title == document.title;
      ++(same ? outcome.known : outcome.differing);
      continue;
    }
    find.bind(1, PLUMBLINE_TRY(ground_.names.number(NameKind::source, document.source)));
    find.bind(2, native);
    const std::int64_t row = PLUMBLINE_TRY(find.step()) ? find.integer(0) : 0;
    find.reset();
    bool differs = false;
    if (row == 0) {
      fresh.push_back({&entry, 0, 0, 0, 0, false, {}});
      ++outcome.added;
    } else if (PLUMBLINE_TRY(is_replacement(entry, row, batch.update_known, differs))) {
      fresh.push_back({&entry, 0, 0, 0, row, false, {}});
      ++outcome.updated;
    } else {
      ++(differs ? outcome.differing : outcome.known);
    }
  }
  return {};
}

// A brand decided at last is taken over even by an import: nothing is lost by it. Likes and shares
// of a live source move without the text being another.
Result<bool> Writing::is_replacement(const Entry& entry, std::int64_t row, bool update_known,
                                     bool& differs) {
  const Document& now = entry.document;
  SqlStatement query = PLUMBLINE_TRY(ground_.db.prepare(
      "SELECT d.title, d.text, m.brand, m.published_at IS NULL, d.likes, d.shares FROM document d "
      "JOIN mention m ON m.row = d.row WHERE d.row = ?"));
  query.bind(1, row);
  if (!PLUMBLINE_TRY(query.step())) return false;
  const bool renamed = !now.title.empty() && query.text(0) != now.title;
  differs = renamed || query.text(1) != now.text;
  const bool gets_date = query.integer(3) != 0 && now.published_at != kNoTime;
  const std::string brand = PLUMBLINE_TRY(ground_.names.text(query.integer(2)));
  const bool untitled = now.title.empty() && !query.text(0).empty();
  const bool gets_brand = !now.brand.empty() && brand != now.brand && !untitled;
  if (!differs && (gets_date || (gets_brand && (update_known || brand.empty())))) return true;
  if (!update_known) return false;
  if (differs) return true;
  const bool likes = now.likes && (query.is_null(4) || query.integer(4) != *now.likes);
  const bool shares = now.shares && (query.is_null(5) || query.integer(5) != *now.shares);
  if (!likes && !shares) return false;
  SqlStatement update =
      PLUMBLINE_TRY(ground_.db.prepare("UPDATE document SET likes = coalesce(?, likes), "
                                       "shares = coalesce(?, shares) WHERE row = ?"));
  now.likes ? update.bind(1, *now.likes) : update.bind_null(1);
  now.shares ? update.bind(2, *now.shares) : update.bind_null(2);
  update.bind(3, row);
  PLUMBLINE_CHECK(update.run());
  return false;
}

Status Writing::recall(Fresh& fresh) {
  SqlStatement query = PLUMBLINE_TRY(ground_.db.prepare(
      "SELECT d.parent, d.place, d.likes, d.shares, d.url, d.title, m.brand FROM "
      "document d JOIN mention m ON m.row = d.row WHERE d.row = ?"));
  query.bind(1, fresh.replaces);
  if (!PLUMBLINE_TRY(query.step())) return {};
  fresh.kept.parent = query.text(0);
  fresh.kept.place = query.text(1);
  if (!query.is_null(2)) fresh.kept.likes = query.integer(2);
  if (!query.is_null(3)) fresh.kept.shares = query.integer(3);
  fresh.kept.url = query.text(4);
  if (!fresh.entry->document.title.empty()) return {};
  fresh.kept.title = query.text(5);
  if (!fresh.kept.title.empty())
    fresh.kept.brand = PLUMBLINE_TRY(ground_.names.text(query.integer(6)));
  return {};
}

// A text that is edited keeps its row where its day allows it, so that links to it stay good.
Status Writing::assign_row(Fresh& fresh) {
  const std::int64_t day = day_part(fresh.entry->document.published_at);
  if (fresh.replaces != 0 && day_part_of_row(fresh.replaces) == day) {
    fresh.row = fresh.replaces;
    return {};
  }
  auto [next, unknown] = next_in_day_.try_emplace(day, kFirstRowNumber);
  if (unknown) {
    SqlStatement query =
        PLUMBLINE_TRY(ground_.db.prepare("SELECT max(row) FROM mention WHERE row BETWEEN ? AND ?"));
    query.bind(1, day << kSequenceBits);
    query.bind(2, (day << kSequenceBits) + kMostPerDay);
    PLUMBLINE_TRY(query.step());
    if (!query.is_null(0)) next->second = (query.integer(0) & kMostPerDay) + 1;
  }
  if (next->second > kMostPerDay)
    return fail(
        ErrorCode::store,
        fmt::format("more than {} documents are dated {}; split the store", kMostPerDay,
                    fresh.entry->document.published_at == kNoTime ? "not at all" : "on one day"),
        ground_.db.path());
  fresh.row = (day << kSequenceBits) + next->second++;
  return {};
}

// The authors of what is new get their numbers, each account once.
Status Writing::number_authors(std::vector<Fresh>& fresh) {
  std::unordered_map<KnownAuthors::Key, std::size_t, KnownAuthors::KeyHash> places;
  std::vector<Account> accounts;
  std::vector<std::size_t> place_of(fresh.size());
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    const Document& document = fresh[i].entry->document;
    if (is_unknown(document.author)) continue;
    const auto key = KnownAuthors::key_of(document.source, native_of(document.author));
    const auto [place, is_new] = places.try_emplace(key, accounts.size());
    if (is_new)
      accounts.push_back({&document, key, ground_.known_authors.find(key, document.author)});
    place_of[i] = place->second;
  }
  PLUMBLINE_CHECK(enter_accounts(accounts));
  for (std::size_t i = 0; i < fresh.size(); ++i)
    if (!is_unknown(fresh[i].entry->document.author))
      fresh[i].author = accounts[place_of[i]].number;
  return {};
}

// In the order of the index, so that neighbours fall on the same pages; new ones are numbered in
// the order given.
Status Writing::enter_accounts(std::vector<Account>& accounts) {
  std::vector<Account*> unmet;
  for (Account& account : accounts)
    if (account.number == 0) unmet.push_back(&account);
  if (unmet.empty()) return {};
  std::int64_t next = PLUMBLINE_TRY(ground_.db.number("SELECT max(id) FROM author"));
  for (Account* account : unmet) account->number = ++next;
  std::sort(unmet.begin(), unmet.end(), [](const Account* a, const Account* b) {
    const Document &x = *a->document, &y = *b->document;
    const int sources = x.source.compare(y.source);
    return sources != 0 ? sources < 0 : native_of(x.author) < native_of(y.author);
  });
  for (Account* account : unmet) {
    PLUMBLINE_CHECK(enter(*account));
    ground_.known_authors.keep(account->key, account->document->author, account->number);
  }
  return {};
}

// Most that were not met lately are new, so they are written before they are looked for.
Status Writing::enter(Account& account) {
  const Author& author = account.document->author;
  SqlStatement insert = PLUMBLINE_TRY(ground_.db.prepare(
      "INSERT INTO author(id, source, native, handle, name, handle_key, name_key) "
      "VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT(source, native) DO NOTHING"));
  const std::int64_t source =
      PLUMBLINE_TRY(ground_.names.number(NameKind::source, account.document->source));
  const std::string handle_key = fold_line(author.handle);
  const std::string name_key = author.name == author.handle ? handle_key : fold_line(author.name);
  insert.bind(1, account.number);
  insert.bind(2, source);
  insert.bind(3, native_of(author));
  insert.bind(4, author.handle);
  insert.bind(5, author.name);
  insert.bind(6, handle_key);
  insert.bind(7, name_key);
  PLUMBLINE_CHECK(insert.run());
  if (ground_.db.changed_rows() > 0) return {};
  SqlStatement find = PLUMBLINE_TRY(
      ground_.db.prepare("SELECT id, handle, name FROM author WHERE source = ? AND native = ?"));
  find.bind(1, source);
  find.bind(2, native_of(author));
  if (!PLUMBLINE_TRY(find.step()))
    return fail(ErrorCode::store, "an account is neither new nor known", ground_.db.path());
  account.number = find.integer(0);
  const bool renamed = (!author.handle.empty() && find.text(1) != author.handle) ||
                       (!author.name.empty() && find.text(2) != author.name);
  return renamed ? rename_author(account.number, author) : Status{};
}

Status Writing::rename_author(std::int64_t number, const Author& author) {
  SqlStatement update = PLUMBLINE_TRY(
      ground_.db.prepare("UPDATE author SET handle = CASE WHEN ?1 = '' THEN handle ELSE ?1 END,"
                         " handle_key = CASE WHEN ?1 = '' THEN handle_key ELSE ?2 END,"
                         " name = CASE WHEN ?3 = '' THEN name ELSE ?3 END,"
                         " name_key = CASE WHEN ?3 = '' THEN name_key ELSE ?4 END WHERE id = ?5"));
  const std::string handle_key = fold_line(author.handle), name_key = fold_line(author.name);
  update.bind(1, author.handle);
  update.bind(2, handle_key);
  update.bind(3, author.name);
  update.bind(4, name_key);
  update.bind(5, number);
  return update.run();
}

Status Writing::insert(const Fresh& fresh) {
  const std::int64_t source =
      PLUMBLINE_TRY(ground_.names.number(NameKind::source, fresh.entry->document.source));
  PLUMBLINE_CHECK(insert_mention(fresh, source));
  PLUMBLINE_CHECK(insert_document(fresh, source));
  if (const Analysis* analysis = analysis_of(*fresh.entry))
    PLUMBLINE_CHECK(insert_statements(fresh.row, *analysis));
  if (fresh.copy_of == 0) ++firsts_;
  return {};
}

Result<Writing::AnalysisColumns> Writing::columns_of(const Document& document,
                                                     const Analysis* analysis) {
  AnalysisColumns columns;
  columns.lang =
      PLUMBLINE_TRY(ground_.names.number(NameKind::lang, language_of(document, analysis)));
  columns.version = PLUMBLINE_TRY(ground_.names.number(
      NameKind::version, analysis == nullptr ? std::string_view() : analysis->version));
  columns.mark = mark_of(document.from_session, analysis);
  return columns;
}

Status Writing::insert_mention(const Fresh& fresh, std::int64_t source) {
  const Document& document = fresh.entry->document;
  const Analysis* analysis = analysis_of(*fresh.entry);
  Names& names = ground_.names;
  const std::int64_t brand =
      PLUMBLINE_TRY(names.number(NameKind::brand, said_or(fresh.kept.brand, document.brand)));
  AnalysisColumns columns = PLUMBLINE_TRY(columns_of(document, analysis));
  if (fresh.unindexed) {
    columns.mark |= mark::kUnindexed;
    ++unindexed_;
  }
  SqlStatement insert = PLUMBLINE_TRY(ground_.db.prepare(
      "INSERT INTO mention VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?)"));
  insert.bind(1, fresh.row);
  if (document.published_at == kNoTime)
    insert.bind_null(2);
  else
    insert.bind(2, document.published_at);
  int at = 2;
  for (std::int64_t number :
       {fresh.author, source, brand, columns.lang, columns.version, columns.mark, fresh.copy_of})
    insert.bind(++at, number);
  insert.bind(10, analysis == nullptr ? 0.0 : static_cast<double>(analysis->sentiment.score));
  insert.bind(11, analysis == nullptr ? 0.0 : static_cast<double>(analysis->price_talk));
  insert.bind(12, analysis == nullptr ? 0.0 : static_cast<double>(analysis->value_talk));
  if (document.rating)
    insert.bind(13, *document.rating);
  else
    insert.bind_null(13);
  PLUMBLINE_CHECK(insert.run());
  for (std::int64_t number : {source, brand, columns.lang, columns.version}) names.count(number, 1);
  cells_.add({document.published_at, brand, source, columns.mark, fresh.copy_of != 0});
  return {};
}

Status Writing::insert_document(const Fresh& fresh, std::int64_t source) {
  const Document& document = fresh.entry->document;
  SqlStatement insert = PLUMBLINE_TRY(
      ground_.db.prepare("INSERT INTO document VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  bytes_.clear();
  if (const Analysis* analysis = analysis_of(*fresh.entry)) pack_findings(*analysis, bytes_);
  const std::string native = native_of(document);
  insert.bind(1, fresh.row);
  insert.bind(2, source);
  const Kept& kept = fresh.kept;
  const std::string& title = said_or(document.title, kept.title);
  int at = 2;
  for (const std::string* text :
       {&native, &said_or(document.url, kept.url), &title, &document.text, &document.lang,
        &said_or(document.parent, kept.parent), &said_or(document.place, kept.place)})
    insert.bind(++at, *text);
  const auto likes = document.likes ? document.likes : fresh.kept.likes;
  const auto shares = document.shares ? document.shares : fresh.kept.shares;
  likes ? insert.bind(10, *likes) : insert.bind_null(10);
  shares ? insert.bind(11, *shares) : insert.bind_null(11);
  insert.bind_blob(12, bytes_);
  insert.bind(13, document.licence);
  insert.bind(14, document.site);
  PLUMBLINE_CHECK(insert.run());
  return fresh.unindexed ? Status{} : index_text(fresh.row, title, document.text);
}

Status Writing::index_text(std::int64_t row, std::string_view title, std::string_view text) {
  SqlStatement index =
      PLUMBLINE_TRY(ground_.db.prepare("INSERT INTO words(rowid, title, text) VALUES(?, ?, ?)"));
  index.bind(1, row);
  index.bind(2, title);
  index.bind(3, text);
  return index.run();
}

Status Writing::insert_statements(std::int64_t row, const Analysis& analysis) {
  if (analysis.statements.empty()) return {};
  SqlStatement insert =
      PLUMBLINE_TRY(ground_.db.prepare("INSERT INTO statement VALUES(?, ?, ?, ?, ?, ?)"));
  int place = 0;
  for (const StatementSpan& statement : analysis.statements) {
    insert.bind(1, row);
    insert.bind(2, place++);
    insert.bind(3, stated::code(statement));
    insert.bind(4, statement.topic);
    insert.bind(5, static_cast<std::int64_t>(statement.span.begin));
    insert.bind(6, static_cast<std::int64_t>(statement.span.end));
    PLUMBLINE_CHECK(insert.run());
  }
  return {};
}

}  // namespace plumbline
