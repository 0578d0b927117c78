#include "store/audit_book.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>

#include "base/text.h"
#include "store/migrations.h"
#include "store/reading.h"
#include "store/rows.h"
#include "store/sqlite.h"

namespace plumbline {
namespace {

// Mentions that can be drawn: judged, and no part of a session.
constexpr std::int64_t kDrawable = mark::kScored, kDrawableOf = mark::kScored | mark::kSession;

// Where a row stands in the random order of a seed.
std::uint64_t order_of(std::int64_t row, std::uint64_t seed) {
  char bytes[8];
  for (int i = 0; i < 8; ++i) bytes[i] = static_cast<char>(row >> (8 * i) & 0xFF);
  return hash64({bytes, sizeof bytes}, seed);
}

struct Drawn {
  std::uint64_t order = 0;
  std::int64_t row = 0;
  bool labelled = false;  // without having been drawn
  bool operator<(const Drawn& other) const {
    return order != other.order ? order < other.order : row < other.row;
  }
};

// The `limit` rows that stand first in the random order, of those never drawn.
Result<std::vector<Drawn>> draw(Database& db, std::int64_t brand, std::size_t limit,
                                std::uint64_t seed) {
  std::vector<Drawn> first;  // a heap, the last of them on top
  if (limit == 0) return first;
  SqlStatement query = PLUMBLINE_TRY(db.prepare(
      "SELECT m.row, a.label IS NOT NULL FROM mention m LEFT JOIN audit a ON a.row = m.row "
      "WHERE m.copy_of = 0 AND m.mark & ?1 = ?2 AND (?3 = 0 OR m.brand = ?3) "
      "AND coalesce(a.place, 0) = 0"));
  query.bind(1, kDrawableOf);
  query.bind(2, kDrawable);
  query.bind(3, brand);
  while (PLUMBLINE_TRY(query.step())) {
    const std::int64_t row = query.integer(0);
    const Drawn one{order_of(row, seed), row, query.integer(1) != 0};
    if (first.size() == limit && first.front() < one) continue;
    first.push_back(one);
    std::push_heap(first.begin(), first.end());
    if (first.size() <= limit) continue;
    std::pop_heap(first.begin(), first.end());
    first.pop_back();
  }
  std::sort_heap(first.begin(), first.end());
  return first;
}

std::string_view note_of_model() { return "audit.unseen"; }

}  // namespace

AuditBook::AuditBook(WriterLock lock, std::unique_ptr<Database> db)
    : lock_(std::move(lock)), db_(std::move(db)), names_(std::make_unique<Names>(*db_)) {}
AuditBook::~AuditBook() = default;
AuditBook::AuditBook(AuditBook&&) noexcept = default;

Result<AuditBook> AuditBook::open(const std::string& store_path, bool write) {
  struct stat file {};
  if (stat(store_path.c_str(), &file) != 0)
    return fail(errno == ENOENT ? ErrorCode::not_found : ErrorCode::denied,
                errno == ENOENT ? "nothing is kept here yet; begin with: plumbline import FILE, or "
                                  "plumbline fetch"
                                : std::strerror(errno),
                store_path);
  WriterLock lock;
  if (write) lock = PLUMBLINE_TRY(WriterLock::take(store_path));
  auto db = PLUMBLINE_TRY(Database::open(store_path, !write));
  PLUMBLINE_CHECK(check_kind(*db, !write));
  if (write) {
    PLUMBLINE_CHECK(db->run("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON"));
    PLUMBLINE_CHECK(migrate(*db, migrations()));
  }
  return AuditBook(std::move(lock), std::move(db));
}

std::string audit_id(const Document& document) {
  return document.source + ":" + native_of(document);
}

Result<std::vector<StoredDocument>> AuditBook::documents(std::span<const std::int64_t> rows) const {
  static const Zone utc;
  return read_documents(ReaderGround{*db_, *names_, utc}, rows);
}

Result<std::vector<StoredDocument>> AuditBook::next(int limit, std::string_view brand,
                                                    std::uint64_t seed) {
  Transaction transaction = PLUMBLINE_TRY(Transaction::write(*db_));
  const auto most = static_cast<std::size_t>(std::max(limit, 0));
  std::int64_t number = 0;
  if (!brand.empty()) {
    number = PLUMBLINE_TRY(names_->find(NameKind::brand, brand));
    if (number == 0) return std::vector<StoredDocument>();
  }
  std::vector<std::int64_t> rows;
  {
    SqlStatement query = PLUMBLINE_TRY(
        db_->prepare("SELECT row FROM audit JOIN mention USING(row) WHERE label IS NULL AND "
                     "mark & ?1 = ?2 AND (?3 = 0 OR brand = ?3) ORDER BY place LIMIT ?4"));
    query.bind(1, kDrawableOf);
    query.bind(2, kDrawable);
    query.bind(3, number);
    query.bind(4, static_cast<std::int64_t>(most));
    while (PLUMBLINE_TRY(query.step())) rows.push_back(query.integer(0));
  }
  std::int64_t place = PLUMBLINE_TRY(db_->number("SELECT coalesce(max(place), 0) FROM audit"));
  SqlStatement insert =
      PLUMBLINE_TRY(db_->prepare("INSERT INTO audit(row, place) VALUES(?1, ?2) "
                                 "ON CONFLICT(row) DO UPDATE SET place = ?2"));
  // A text that was labelled without being drawn is part of the sample once its turn comes.
  for (bool more = true; more && rows.size() < most;) {
    const auto fresh = PLUMBLINE_TRY(draw(*db_, number, most - rows.size(), seed));
    more = !fresh.empty();
    for (const Drawn& one : fresh) {
      insert.bind(1, one.row);
      insert.bind(2, ++place);
      PLUMBLINE_CHECK(insert.run());
      if (!one.labelled) rows.push_back(one.row);
    }
  }
  auto out = PLUMBLINE_TRY(documents(rows));
  PLUMBLINE_CHECK(transaction.commit());
  return out;
}

Result<std::int64_t> AuditBook::row_of(std::string_view id) const {
  const std::size_t colon = id.find(':');
  if (colon == std::string_view::npos) return 0;
  SqlStatement query =
      PLUMBLINE_TRY(db_->prepare("SELECT row, copy_of FROM document JOIN mention USING(row) "
                                 "WHERE document.source = ? AND native = ?"));
  query.bind(1, PLUMBLINE_TRY(names_->find(NameKind::source, id.substr(0, colon))));
  query.bind(2, id.substr(colon + 1));
  if (!PLUMBLINE_TRY(query.step())) return 0;
  return query.integer(1) != 0 ? query.integer(1) : query.integer(0);
}

Result<std::vector<Labelled>> AuditBook::put(std::span<const Label> labels, Seconds now) {
  Transaction transaction = PLUMBLINE_TRY(Transaction::write(*db_));
  SqlStatement before = PLUMBLINE_TRY(db_->prepare("SELECT label FROM audit WHERE row = ?"));
  SqlStatement write =
      PLUMBLINE_TRY(db_->prepare("INSERT INTO audit(row, place, label, at) VALUES(?1, 0, ?2, ?3) "
                                 "ON CONFLICT(row) DO UPDATE SET label = ?2, at = ?3"));
  std::vector<Labelled> out;
  out.reserve(labels.size());
  for (const Label& one : labels) {
    const std::int64_t row = PLUMBLINE_TRY(row_of(one.id));
    if (row == 0) {
      out.push_back(Labelled::unknown);
      continue;
    }
    const auto label = static_cast<std::int64_t>(side_of(one.label));
    before.bind(1, row);
    const bool had = PLUMBLINE_TRY(before.step()) && !before.is_null(0);
    out.push_back(!had                         ? Labelled::kept
                  : before.integer(0) == label ? Labelled::again
                                               : Labelled::changed);
    before.reset();
    write.bind(1, row);
    write.bind(2, label);
    write.bind(3, now);
    PLUMBLINE_CHECK(write.run());
  }
  PLUMBLINE_CHECK(transaction.commit());
  return out;
}

Status AuditBook::put_unseen(std::string_view model, std::span<const Unseen> said) {
  Transaction transaction = PLUMBLINE_TRY(Transaction::write(*db_));
  PLUMBLINE_CHECK(db_->run("UPDATE audit SET unseen = NULL, unseen_full = NULL"));
  SqlStatement note = PLUMBLINE_TRY(db_->prepare("INSERT OR REPLACE INTO note VALUES(?, ?)"));
  note.bind(1, note_of_model());
  note.bind(2, model);
  PLUMBLINE_CHECK(note.run());
  SqlStatement write =
      PLUMBLINE_TRY(db_->prepare("UPDATE audit SET unseen = ?2, unseen_full = ?3 WHERE row = ?1"));
  for (const Unseen& one : said) {
    write.bind(1, one.row);
    write.bind(2, static_cast<std::int64_t>(side_of(one.fast)));
    if (one.full)
      write.bind(3, static_cast<std::int64_t>(side_of(*one.full)));
    else
      write.bind_null(3);
    PLUMBLINE_CHECK(write.run());
  }
  return transaction.commit();
}

Result<AuditBook::Sample> AuditBook::sample() const {
  Transaction transaction = PLUMBLINE_TRY(Transaction::read(*db_));
  Sample out;
  {
    SqlStatement note = PLUMBLINE_TRY(db_->prepare("SELECT value FROM note WHERE key = ?"));
    note.bind(1, note_of_model());
    if (PLUMBLINE_TRY(note.step())) out.own_model = note.text(0);
  }
  SqlStatement query = PLUMBLINE_TRY(db_->prepare(
      "SELECT row, label, unseen, unseen_full, mark, brand FROM audit JOIN mention USING(row) "
      "WHERE label IS NOT NULL AND place > 0 AND mark & ?1 = ?2 ORDER BY place"));
  query.bind(1, kDrawableOf);
  query.bind(2, kDrawable);
  SqlStatement copies =
      PLUMBLINE_TRY(db_->prepare("SELECT mark FROM mention WHERE copy_of = ?1 AND copy_of > 0 "
                                 "AND mark & ?2 = ?3"));
  while (PLUMBLINE_TRY(query.step())) {
    const std::int64_t row = query.integer(0), bits = query.integer(4);
    const auto documents = PLUMBLINE_TRY(this->documents({{row}}));
    if (documents.empty()) continue;
    Sampled& one = out.texts.emplace_back();
    AuditedText& text = one.text;
    one.version = documents[0].analysis.version;
    one.tier = documents[0].analysis.tier;
    text.brand = PLUMBLINE_TRY(names_->text(query.integer(5)));
    text.label = mark::label(query.integer(1));
    text.machine = mark::label(bits);
    ++text.counted[side_of(text.machine)];
    copies.bind(1, row);
    copies.bind(2, kDrawableOf);
    copies.bind(3, kDrawable);
    for (; PLUMBLINE_TRY(copies.step()); ++text.mentions)
      ++text.counted[side_of(mark::label(copies.integer(0)))];
    copies.reset();
    one.learned = !query.is_null(2);
    const int unseen = one.tier == "full" ? 3 : 2;
    if (!query.is_null(unseen)) one.unseen = mark::label(query.integer(unseen));
  }
  return out;
}

Result<std::vector<AuditFrame>> AuditBook::frames() const {
  Transaction transaction = PLUMBLINE_TRY(Transaction::read(*db_));
  SqlStatement query = PLUMBLINE_TRY(db_->prepare(
      "SELECT f.brand, m.mark & 3, count(*), sum(m.copy_of = 0) FROM mention m JOIN mention f ON "
      "f.row = CASE m.copy_of WHEN 0 THEN m.row ELSE m.copy_of END "
      "WHERE f.mark & ?1 = ?2 AND m.mark & ?1 = ?2 GROUP BY 1, 2"));
  query.bind(1, kDrawableOf);
  query.bind(2, kDrawable);
  std::map<std::int64_t, AuditFrame> by_brand;
  while (PLUMBLINE_TRY(query.step())) {
    AuditFrame& frame = by_brand[query.integer(0)];
    frame.counted[side_of(mark::label(query.integer(1)))] += query.integer(2);
    frame.mentions += query.integer(2);
    frame.texts += query.integer(3);
  }
  std::vector<AuditFrame> out;
  for (auto& [number, frame] : by_brand) {
    frame.brand = PLUMBLINE_TRY(names_->text(number));
    out.push_back(std::move(frame));
  }
  std::sort(out.begin(), out.end(), [](const AuditFrame& a, const AuditFrame& b) {
    return a.texts != b.texts ? a.texts > b.texts : a.brand < b.brand;
  });
  return out;
}

Result<std::vector<AuditBook::LabelledDocument>> AuditBook::labelled(int limit) const {
  Transaction transaction = PLUMBLINE_TRY(Transaction::read(*db_));
  std::map<std::int64_t, Polarity> labels;
  std::vector<std::int64_t> rows;
  SqlStatement query = PLUMBLINE_TRY(
      db_->prepare("SELECT row, label FROM audit WHERE label IS NOT NULL ORDER BY at DESC, row "
                   "LIMIT ?"));
  query.bind(1, limit);
  while (PLUMBLINE_TRY(query.step())) {
    rows.push_back(query.integer(0));
    labels[query.integer(0)] = mark::label(query.integer(1));
  }
  std::vector<LabelledDocument> out;
  for (StoredDocument& document : PLUMBLINE_TRY(documents(rows))) {
    const Polarity label = labels[document.row];
    out.push_back({std::move(document), label});
  }
  return out;
}

Result<std::int64_t> AuditBook::waiting() const {
  return db_->number("SELECT count(*) FROM audit WHERE label IS NULL");
}

}  // namespace plumbline
