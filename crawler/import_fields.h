// Which column of a table, or which member of a JSON object, holds which field of a document: the
// spellings met in exports, in one table for all importers.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "crawler/import.h"

namespace plumbline {

// `time` is a time of day in a column of its own, `name` the author's displayed name, `author_id`
// the source's own id of the author.
enum class ImportField : std::uint8_t {
  id,
  text,
  title,
  author,
  name,
  author_id,
  published_at,
  time,
  brand,
  rating,
  likes,
  shares,
  url,
  lang,
  place,
  parent,
  source
};
inline constexpr std::size_t kImportFields = 17;

std::string_view name_of(ImportField field);
// False for a word that --map does not know.
bool import_field_of(std::string_view name, ImportField& field);

// Case, accents, blanks and punctuation folded away: "Full_Text" and "full text" give "fulltext".
// Dots stay, since they are paths in JSON and in tables made from it.
std::string fold_column(std::string_view header);
// How well a folded column fits a field: 0 the best spelling, then 1, 2 …; -1 not one of its
// spellings.
int spelling_rank(ImportField field, std::string_view folded);

// Whether column names are in a language that writes the day of a date before its month: the name
// of the column of `dates` says so ("Datum", "Fecha"), else more names do than are of another
// language ("Date" beside "Auteur" and "Commentaire").
bool are_day_first(const std::vector<std::string>& header, std::string_view dates);

// Columns by index; several only for text, joined by a blank.
struct ColumnMap {
  std::array<std::vector<int>, kImportFields> columns;
  std::vector<std::pair<std::string, std::string>> mapped;  // field -> column, for the outcome
  std::vector<std::string> unused;

  const std::vector<int>& of(ImportField field) const {
    return columns[static_cast<std::size_t>(field)];
  }
};

// Every column goes to one field at most; what ImportOptions::columns says goes first. `first` is
// the first row below the header: a column of counts named "comments" is no text. An error says
// which columns there are and how to name the right one.
Result<ColumnMap> map_columns(const std::vector<std::string>& header,
                              const std::vector<std::string>& first, const ImportOptions& options);

// An error for a field of --map that does not exist, naming a close one.
Status check_mapped_fields(const ImportOptions& options);

}  // namespace plumbline
