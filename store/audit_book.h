// The labels that people give to mentions drawn at random, kept in the same file as the mentions.
// A label goes with its text: an edit, a deletion and `forget` take it out.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/audit.h"
#include "store/lock.h"
#include "store/names.h"
#include "store/store.h"

namespace plumbline {

class Database;

// What became of one label that was handed in.
enum class Labelled : std::uint8_t {
  kept,
  again,    // it had this label already
  changed,  // it had another, which is replaced
  unknown   // no mention is kept under this id
};

class AuditBook {
 public:
  struct Label {
    std::string id;  // as audit_id
    Polarity label = Polarity::neutral;
  };
  struct LabelledDocument {
    StoredDocument document;
    Polarity label = Polarity::neutral;
  };

  // What a tier said of a text, by the shift of an own model that had not learned from it; nothing
  // of a tier that does not read it.
  struct Unseen {
    std::int64_t row = 0;
    Polarity fast = Polarity::neutral;
    std::optional<Polarity> full;
  };
  struct Sampled {
    AuditedText text;                // as the stored analyses say
    std::string version, tier;       // of the analysis of the text itself
    bool learned = false;            // the noted own model learned from it
    std::optional<Polarity> unseen;  // what this tier said before; nothing where not learned from
  };
  struct Sample {
    std::string own_model;  // the last one that learned from labels here; empty: none
    std::vector<Sampled> texts;
  };

  // The store must exist. A writer takes its lock (conflict where another process holds it) and
  // brings an older schema up to date; a reader of an older schema gets conflict with the fix.
  static Result<AuditBook> open(const std::string& store_path, bool write);
  ~AuditBook();
  AuditBook(AuditBook&&) noexcept;
  AuditBook& operator=(AuditBook&&) = delete;

  // Texts to label: first those drawn before and not labelled yet, in the order of drawing, then
  // new ones drawn at random from all texts never drawn, up to `limit` in all. Empty brand: from
  // all brands. What is drawn is kept, so the same call gives the same texts until labels come.
  Result<std::vector<StoredDocument>> next(int limit, std::string_view brand, std::uint64_t seed);
  // In one transaction; the answers stand in the order of the labels. A label for a copy goes to
  // the first of its texts. One for a text that was not drawn is learned from, but is no part of
  // the random sample.
  Result<std::vector<Labelled>> put(std::span<const Label> labels, Seconds now);
  // Remembers which texts the own model `model` learned from, and what it said of them when it had
  // not; what was remembered of an earlier one is gone.
  Status put_unseen(std::string_view model, std::span<const Unseen> said);

  Result<Sample> sample() const;                   // drawn and labelled, in the order of drawing
  Result<std::vector<AuditFrame>> frames() const;  // by brand, most texts first
  Result<std::vector<LabelledDocument>> labelled(int limit) const;  // the newest labels first
  Result<std::int64_t> waiting() const;                             // drawn and not labelled

 private:
  AuditBook(WriterLock lock, std::unique_ptr<Database> db);
  Result<std::int64_t> row_of(std::string_view id) const;
  Result<std::vector<StoredDocument>> documents(std::span<const std::int64_t> rows) const;

  WriterLock lock_;
  std::unique_ptr<Database> db_;
  std::unique_ptr<Names> names_;
};

// How a mention is called in files that go out to be labelled: "source:id".
std::string audit_id(const Document& document);

}  // namespace plumbline
