// One transaction's worth of changes to the mentions and all that hangs on them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "store/copies.h"
#include "store/known_authors.h"
#include "store/names.h"
#include "store/rollup.h"
#include "store/store.h"

namespace plumbline {

class Database;

// What every part of the writer works on; lives as long as the store.
struct WriterGround {
  Database& db;
  Names& names;
  CopyIndex& copies;
  KnownAuthors& known_authors;
  const Zone& zone;
};

// Use inside a write transaction; finish() writes what was gathered and must be the last call.
class Writing {
 public:
  explicit Writing(const WriterGround& ground);

  Status put(const Batch& batch, PutOutcome& outcome);
  Status put_analysis(std::int64_t row, const Analysis& analysis);  // a row that is gone is skipped
  // Takes a row out of every table. Copies of it get a new first.
  Status erase(std::int64_t row);
  Status drop_if_silent(std::int64_t author);  // an account without documents is not kept
  Status finish();

 private:
  // What an edited text keeps where it does not say it anew: a post that is asked for alone often
  // names neither its title nor what it answers.
  struct Kept {
    std::string title, url, parent, place;
    std::string brand;  // only with the title, where it may have been found; stands above the new
    std::optional<std::int64_t> likes, shares;
  };
  struct Fresh {  // an entry that will be inserted
    const Entry* entry = nullptr;
    std::int64_t row = 0, author = 0, copy_of = 0;
    std::int64_t replaces = 0;  // the row of the text it replaces
    bool unindexed = false;     // its words wait for its analysis
    Kept kept;                  // of that row
  };
  struct Account {
    const Document* document = nullptr;  // the first that names it
    KnownAuthors::Key key;
    std::int64_t number = 0;
  };
  struct AnalysisColumns {
    std::int64_t lang = 0, version = 0, mark = 0;
  };
  Result<AnalysisColumns> columns_of(const Document& document, const Analysis* analysis);
  Status recall(Fresh& fresh);
  Status sort_out(const Batch& batch, PutOutcome& outcome, std::vector<Fresh>& fresh);
  Result<bool> is_replacement(const Entry& entry, std::int64_t row, bool update_known,
                              bool& differs);
  Status assign_row(Fresh& fresh);
  Status number_authors(std::vector<Fresh>& fresh);
  Status enter_accounts(std::vector<Account>& accounts);
  Status enter(Account& account);
  Status rename_author(std::int64_t number, const Author& author);
  Status insert(const Fresh& fresh);
  Status insert_mention(const Fresh& fresh, std::int64_t source);
  Status insert_document(const Fresh& fresh, std::int64_t source);
  Status index_text(std::int64_t row, std::string_view title, std::string_view text);
  Status insert_statements(std::int64_t row, const Analysis& analysis);
  Status erase_text(std::int64_t row, bool indexed);
  Status promote(std::int64_t heir);
  Status write_notes(const Batch& batch);
  Status write_coverage(const CoverageDay& day);
  Status catch_up(const CoverageDay& day);
  Status erase_deleted(const Batch& batch, PutOutcome& outcome);

  WriterGround ground_;
  CellChanges cells_;
  std::int64_t firsts_ = 0;     // change of the number of distinct texts
  std::int64_t unindexed_ = 0;  // and of those outside the full-text index
  std::unordered_map<std::int64_t, std::int64_t> next_in_day_;
  std::set<std::int64_t> perhaps_silent_;
  std::string bytes_;
};

// Adds to a number kept in table meta.
Status add_to_meta(Database& db, std::string_view key, std::int64_t change);
Result<std::int64_t> meta_number(Database& db, std::string_view key);

}  // namespace plumbline
