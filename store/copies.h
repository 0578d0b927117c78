// Finds the earlier text that a new one is a near-identical copy of.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "model/analysis.h"

namespace plumbline {

class Database;

// Keys of the newest texts (by day of publication) in an open-addressing table in memory, loaded
// from table fingerprint when first needed: a B-tree of six random keys per text would cost more to
// write than everything else together. The window bounds the memory: 600,000 texts, 47 MB.
// A hit is only a candidate; the kept fingerprint decides.
class CopyIndex {
 public:
  explicit CopyIndex(Database& db) : db_(&db) {}

  // Makes room for `more` texts; to be called at the start of a batch, inside its transaction.
  Status prepare(std::size_t more);
  // The first of the texts that this one is a copy of, or 0. `author` 0: unknown. The text itself
  // is remembered under `row` and written by write().
  Result<std::int64_t> place(std::int64_t row, std::int64_t author, const Fingerprint& print);
  // Writes the fingerprints placed since the last call, in row order.
  Status write();
  // The row goes. Copies of it get the oldest among them as their first, which is returned (0 if
  // there were none).
  Result<std::int64_t> erase(std::int64_t row);
  void drop_cached();  // after a rollback

  static constexpr double kCopySimilarity = 0.6;
  static constexpr std::size_t kWindow = 600000;

 private:
  struct Slot {
    std::uint32_t key = 0;
    std::uint32_t text = 0;  // place in texts_ + 1; 0: free
  };
  struct Print {
    std::int64_t first = 0;
    std::int64_t author = 0;
    std::uint64_t folded = 0;
    std::string bands, sketch;
  };
  // What of a Print decides whether another text is its copy.
  struct Face {
    std::int64_t row = 0, first = 0;
    std::int64_t author = 0;  // of a short text
    std::uint64_t folded = 0;
    bool is_short = false;
    std::array<char, 64> sketch{};
  };
  static Face face_of(std::int64_t row, const Print& print);
  Status load(std::size_t texts);
  void add(std::int64_t row, std::int64_t author, const Print& print);
  void add_key(std::uint32_t key, std::uint32_t text);
  void candidates(std::uint32_t key, std::vector<std::int64_t>& rows) const;
  // nullptr where the row was erased since.
  Result<const Face*> face(std::int64_t row);
  Result<std::int64_t> author_of(std::int64_t row);

  Database* db_;
  std::vector<Slot> slots_;
  std::vector<std::int64_t> texts_;
  std::size_t room_ = 0;  // texts the table is sized for
  std::unordered_map<std::int64_t, Print> unwritten_;
  // Of the rows asked for last (7 MB), each in its own place; emptied when any row goes.
  static constexpr std::size_t kKnown = std::size_t{1} << 16;
  std::vector<Face> known_;
};

}  // namespace plumbline
