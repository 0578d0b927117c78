#include "store/copies.h"

#include <algorithm>

#include "base/text.h"
#include "model/fingerprint.h"
#include "store/findings.h"
#include "store/sqlite.h"

namespace plumbline {
namespace {

constexpr std::size_t kKeysPerText = 7;    // the folded text and six bands
constexpr std::size_t kMostSameKey = 8;    // boilerplate must not make long chains
constexpr std::size_t kMostCompared = 24;  // candidates per text

std::uint32_t mix(std::uint64_t value) {
  value *= 0x9E3779B97F4A7C15u;
  return static_cast<std::uint32_t>(value >> 32);
}

std::uint32_t short_key(std::uint64_t folded, std::int64_t author) {
  return mix(folded ^ (static_cast<std::uint64_t>(author) * 0xC2B2AE3D27D4EB4Fu));
}

// Bands are the smallest of many hashes, so they crowd near zero: unmixed, they would all probe
// through the same few slots.
std::size_t place_of(std::uint32_t key, std::size_t slots) {
  return static_cast<std::size_t>(static_cast<std::uint64_t>(mix(key)) * slots >> 32);
}

std::uint32_t long_key(std::uint64_t folded) { return mix(folded ^ 0x5bd1e995u); }

}  // namespace

void CopyIndex::drop_cached() {
  std::vector<Slot>().swap(slots_);  // gives the memory back before a larger table is made
  std::vector<std::int64_t>().swap(texts_);
  unwritten_.clear();
  known_.clear();
  room_ = 0;
}

Status CopyIndex::prepare(std::size_t more) {
  if (room_ > 0 && texts_.size() + more <= room_) return {};
  std::size_t want = std::max<std::size_t>(texts_.size() + more, 4096) * 2;
  if (room_ == 0) {
    const std::int64_t kept = PLUMBLINE_TRY(db_->number("SELECT count(*) FROM fingerprint"));
    want = std::max(want, static_cast<std::size_t>(kept) * 5 / 4 + more);
  }
  return load(std::max(std::min(want, kWindow), more * 2));
}

// Only a share of the window is filled, so that the next load is far away.
Status CopyIndex::load(std::size_t texts) {
  drop_cached();
  room_ = texts;
  slots_.assign(room_ * kKeysPerText * 5 / 4, Slot{});
  texts_.reserve(room_);
  SqlStatement query = PLUMBLINE_TRY(
      db_->prepare("SELECT f.row, f.first, f.folded, f.bands, CASE WHEN length(f.bands) = 0 THEN "
                   "(SELECT author FROM mention m WHERE m.row = f.row) ELSE 0 END "
                   "FROM fingerprint f ORDER BY f.row DESC LIMIT ?"));
  query.bind(1, static_cast<std::int64_t>(room_ * 4 / 5));
  Print print;
  while (PLUMBLINE_TRY(query.step())) {
    print.first = query.integer(1);
    print.folded = static_cast<std::uint64_t>(query.integer(2));
    print.bands = query.blob(3);
    add(query.integer(0), query.integer(4), print);
  }
  return {};
}

void CopyIndex::add_key(std::uint32_t key, std::uint32_t text) {
  std::size_t at = place_of(key, slots_.size());
  std::size_t same = 0;
  while (slots_[at].text != 0) {
    if (slots_[at].key == key && ++same >= kMostSameKey) return;
    at = at + 1 == slots_.size() ? 0 : at + 1;
  }
  slots_[at] = Slot{key, text + 1};
}

// A copy is only entered under its own folded text: comparing with the first of a family is enough,
// and keeps families from drifting.
void CopyIndex::add(std::int64_t row, std::int64_t author, const Print& print) {
  if (texts_.size() >= room_) return;
  const auto text = static_cast<std::uint32_t>(texts_.size());
  texts_.push_back(row);
  if (print.bands.empty()) {
    if (author != 0) add_key(short_key(print.folded, author), text);
    return;
  }
  add_key(long_key(print.folded), text);
  if (print.first != 0) return;
  std::string_view bands = print.bands;
  std::uint32_t band = 0;
  for (std::size_t n = 1; n < kKeysPerText && take_number(bands, band); ++n) add_key(band, text);
}

void CopyIndex::candidates(std::uint32_t key, std::vector<std::int64_t>& rows) const {
  std::size_t at = place_of(key, slots_.size());
  for (; slots_[at].text != 0; at = at + 1 == slots_.size() ? 0 : at + 1) {
    if (slots_[at].key != key || rows.size() >= kMostCompared) continue;
    const std::int64_t row = texts_[slots_[at].text - 1];
    if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(row);
  }
}

CopyIndex::Face CopyIndex::face_of(std::int64_t row, const Print& print) {
  Face out{row, print.first, print.author, print.folded, print.bands.empty(), {}};
  std::copy_n(print.sketch.begin(), std::min(print.sketch.size(), out.sketch.size()),
              out.sketch.begin());
  return out;
}

Result<std::int64_t> CopyIndex::author_of(std::int64_t row) {
  SqlStatement query = PLUMBLINE_TRY(db_->prepare("SELECT author FROM mention WHERE row = ?"));
  query.bind(1, row);
  return PLUMBLINE_TRY(query.step()) ? query.integer(0) : 0;
}

Result<const CopyIndex::Face*> CopyIndex::face(std::int64_t row) {
  if (known_.empty()) known_.resize(kKnown);
  Face& known = known_[mix(static_cast<std::uint64_t>(row)) % kKnown];
  if (known.row == row) return &known;
  if (auto fresh = unwritten_.find(row); fresh != unwritten_.end()) {
    known = face_of(row, fresh->second);
    return &known;
  }
  SqlStatement query = PLUMBLINE_TRY(
      db_->prepare("SELECT first, folded, bands, sketch FROM fingerprint WHERE row = ?"));
  query.bind(1, row);
  if (!PLUMBLINE_TRY(query.step())) return nullptr;
  Print print{query.integer(0), 0, static_cast<std::uint64_t>(query.integer(1)),
              std::string(query.blob(2)), std::string(query.blob(3))};
  if (print.bands.empty()) print.author = PLUMBLINE_TRY(author_of(row));
  known = face_of(row, print);
  return &known;
}

Result<std::int64_t> CopyIndex::place(std::int64_t row, std::int64_t author,
                                      const Fingerprint& print) {
  if (print.folded == 0 && print.bands.empty()) return 0;
  Print own{0, author, print.folded, {}, print.sketch};
  for (std::uint32_t band : print.bands) append_number(own.bands, band);
  const bool is_short = print.bands.empty();
  std::vector<std::int64_t> rows;
  if (!is_short) {
    candidates(long_key(print.folded), rows);
    for (std::uint32_t band : print.bands) candidates(band, rows);
  } else if (author != 0) {
    candidates(short_key(print.folded, author), rows);
  }
  bool same_folded = false;
  for (std::int64_t candidate : rows) {
    const Face* other = PLUMBLINE_TRY(face(candidate));
    if (other == nullptr || candidate == row || other->is_short != is_short) continue;
    same_folded = other->folded == own.folded && (!is_short || other->author == author);
    const std::string_view sketch(other->sketch.data(), other->sketch.size());
    if (!same_folded && (is_short || sketch_similarity(sketch, own.sketch) < kCopySimilarity))
      continue;
    own.first = other->first != 0 ? other->first : candidate;
    break;
  }
  if (own.first == 0 || !same_folded) add(row, author, own);
  const std::int64_t first = own.first;
  unwritten_.insert_or_assign(row, std::move(own));
  return first;
}

Status CopyIndex::write() {
  std::vector<std::int64_t> rows;
  rows.reserve(unwritten_.size());
  for (const auto& [row, print] : unwritten_) rows.push_back(row);
  std::sort(rows.begin(), rows.end());
  SqlStatement insert =
      PLUMBLINE_TRY(db_->prepare("INSERT INTO fingerprint VALUES(?1, ?2, ?3, ?4, ?5)"));
  for (std::int64_t row : rows) {
    const Print& print = unwritten_[row];
    insert.bind(1, row);
    insert.bind(2, print.first);
    insert.bind(3, static_cast<std::int64_t>(print.folded));
    insert.bind_blob(4, print.bands);
    insert.bind_blob(5, print.sketch);
    PLUMBLINE_CHECK(insert.run());
  }
  unwritten_.clear();
  return {};
}

Result<std::int64_t> CopyIndex::erase(std::int64_t row) {
  known_.clear();
  SqlStatement remove = PLUMBLINE_TRY(db_->prepare("DELETE FROM fingerprint WHERE row = ?"));
  remove.bind(1, row);
  PLUMBLINE_CHECK(remove.run());
  SqlStatement next =
      PLUMBLINE_TRY(db_->prepare("SELECT min(row) FROM mention WHERE copy_of = ? AND copy_of > 0"));
  next.bind(1, row);
  PLUMBLINE_TRY(next.step());
  const std::int64_t heir = next.integer(0);
  next.reset();
  if (heir == 0) return 0;
  for (std::string_view sql :
       {"UPDATE fingerprint SET first = CASE WHEN row = ?1 THEN 0 ELSE ?1 END WHERE row IN "
        "(SELECT row FROM mention WHERE copy_of = ?2 AND copy_of > 0)",
        "UPDATE mention SET copy_of = CASE WHEN row = ?1 THEN 0 ELSE ?1 END "
        "WHERE copy_of = ?2 AND copy_of > 0"}) {
    SqlStatement update = PLUMBLINE_TRY(db_->prepare(sql));
    update.bind(1, heir);
    update.bind(2, row);
    PLUMBLINE_CHECK(update.run());
  }
  if (room_ == 0) return heir;
  SqlStatement query =
      PLUMBLINE_TRY(db_->prepare("SELECT first, folded, bands FROM fingerprint WHERE row = ?"));
  query.bind(1, heir);
  if (!PLUMBLINE_TRY(query.step())) return heir;
  const Print print{query.integer(0),
                    0,
                    static_cast<std::uint64_t>(query.integer(1)),
                    std::string(query.blob(2)),
                    {}};
  query.reset();
  add(heir, PLUMBLINE_TRY(author_of(heir)), print);
  return heir;
}

}  // namespace plumbline
