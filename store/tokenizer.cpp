#include "store/tokenizer.h"

#include <sqlite3.h>

#include <vector>

#include "base/text.h"
#include "base/words.h"
#include "store/sqlite.h"

namespace plumbline {
namespace {

using TokenSink = int (*)(void*, int, const char*, int, int, int);

bool ascii_only(std::string_view word) {
  for (char c : word)
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  return true;
}

bool accents_are_ornament(std::string_view folded) {
  if (folded.empty()) return false;
  const auto first = static_cast<unsigned char>(folded[0]);
  if (first < 0xE0) return true;  // up to U+07FF
  // U+1E00..U+1FFF: Vietnamese and polytonic Greek.
  return first == 0xE1 && folded.size() > 1 && static_cast<unsigned char>(folded[1]) >= 0xB8;
}

// Pieces of one text, kept between calls so that a million short texts cost no allocations.
struct Cutter {
  std::vector<Piece> pieces;
  std::string folded;
};

int create(void*, const char**, int, Fts5Tokenizer** out) {
  *out = reinterpret_cast<Fts5Tokenizer*>(new (std::nothrow) Cutter);
  return *out == nullptr ? SQLITE_NOMEM : SQLITE_OK;
}

void destroy(Fts5Tokenizer* tokenizer) { delete reinterpret_cast<Cutter*>(tokenizer); }

int emit(Cutter& cutter, std::string_view text, void* context, TokenSink sink) {
  cutter.pieces.clear();
  split_words(text, cutter.pieces);
  for (const Piece& piece : cutter.pieces) {
    const std::string_view word = text.substr(piece.begin, piece.end - piece.begin);
    if (ascii_only(word)) {
      cutter.folded.assign(word);
      for (char& c : cutter.folded)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    } else {
      cutter.folded = index_form(word);
    }
    const int code = sink(context, 0, cutter.folded.data(), static_cast<int>(cutter.folded.size()),
                          static_cast<int>(piece.begin), static_cast<int>(piece.end));
    if (code != SQLITE_OK) return code;
  }
  return SQLITE_OK;
}

int tokenize(Fts5Tokenizer* tokenizer, void* context, int, const char* bytes, int size,
             TokenSink sink) {
  if (bytes == nullptr || size <= 0) return SQLITE_OK;
  Cutter& cutter = *reinterpret_cast<Cutter*>(tokenizer);
  try {
    const std::string_view text(bytes, static_cast<std::size_t>(size));
    if (is_utf8(text)) return emit(cutter, text, context, sink);
    const std::string clean = clean_utf8(text);
    return emit(cutter, clean, context, sink);
  } catch (const std::bad_alloc&) {
    return SQLITE_NOMEM;
  }
}

void fold_function(sqlite3_context* context, int, sqlite3_value** values) {
  const unsigned char* bytes = sqlite3_value_text(values[0]);
  if (bytes == nullptr) return sqlite3_result_null(context);
  try {
    const std::string folded =
        fold_line({reinterpret_cast<const char*>(bytes),
                   static_cast<std::size_t>(sqlite3_value_bytes(values[0]))});
    sqlite3_result_text64(context, folded.data(), folded.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  } catch (const std::bad_alloc&) {
    sqlite3_result_error_nomem(context);
  }
}

fts5_api* fts5_of(sqlite3* connection) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(connection, "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
    sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
  }
  sqlite3_finalize(statement);
  return api;
}

}  // namespace

std::string index_form(std::string_view word) {
  std::string folded = fold_word(word);
  return accents_are_ornament(folded) ? fold_word_plain(word) : folded;
}

std::string fold_line(std::string_view text) {
  const std::string clean = is_utf8(text) ? std::string(text) : clean_utf8(text);
  std::vector<Piece> pieces;
  split_words(clean, pieces);
  std::string out;
  out.reserve(clean.size());
  std::uint32_t at = 0;
  for (const Piece& piece : pieces) {
    out.append(clean, at, piece.begin - at);
    out += index_form(std::string_view(clean).substr(piece.begin, piece.end - piece.begin));
    at = piece.end;
  }
  return out.append(clean, at);
}

Status register_words(Database& db) {
  fts5_api* api = fts5_of(db.raw());
  if (api == nullptr)
    return fail(ErrorCode::store, "this SQLite was built without FTS5; install Debian's",
                db.path());
  fts5_tokenizer ours = {create, destroy, tokenize};
  if (int code = api->xCreateTokenizer(api, "plumbline", nullptr, &ours, nullptr);
      code != SQLITE_OK)
    return tl::unexpected<Error>(db.fault(code));
  constexpr int kFlags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  if (int code = sqlite3_create_function_v2(db.raw(), "plumbline_fold", 1, kFlags, nullptr,
                                            fold_function, nullptr, nullptr, nullptr);
      code != SQLITE_OK)
    return tl::unexpected<Error>(db.fault(code));
  return {};
}

}  // namespace plumbline
