#include "nlp/prepared.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "nlp/addresses.h"
#include "nlp/fold.h"

namespace plumbline {
namespace {

struct Shape {
  bool ascii = true;
  bool lower = true;  // ASCII without upper case
  bool capitals = false;
  bool stretched = false;
};

Shape shape_of(std::string_view word) {
  Shape shape;
  int upper = 0, small = 0, run = 1;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    if (is_high(c)) {
      shape.ascii = shape.lower = false;
      return shape;
    }
    if (c >= 'A' && c <= 'Z') ++upper;
    if (c >= 'a' && c <= 'z') ++small;
    run = i > 0 && is_letter(c) && (c | 0x20) == (word[i - 1] | 0x20) ? run + 1 : 1;
    shape.stretched = shape.stretched || run >= 3;
  }
  shape.lower = upper == 0;
  shape.capitals = upper >= 2 && small == 0;
  return shape;
}

bool has_capitals(std::string_view word) {
  int upper = 0;
  for (std::size_t at = 0; at < word.size();) {
    UChar32 point = 0;
    auto i = static_cast<std::int64_t>(at);
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(word.data()), i,
            static_cast<std::int64_t>(word.size()), point);
    at = static_cast<std::size_t>(i);
    if (u_islower(point)) return false;
    if (u_isupper(point)) ++upper;
  }
  return upper >= 2;
}

// Appends `folded` with runs of one letter cut to two and ’ as '; true if there was such a run.
bool append_unstretched(std::string_view folded, std::string& arena) {
  bool cut = false;
  UChar32 last = -1;
  int run = 0;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t begin = at;
    UChar32 point = 0;
    auto i = static_cast<std::int64_t>(at);
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(folded.data()), i,
            static_cast<std::int64_t>(folded.size()), point);
    at = static_cast<std::size_t>(i);
    run = point == last ? run + 1 : 1;
    last = point;
    if (point == 0x2019) {
      arena += '\'';
    } else if (run > 2 && u_isalpha(point)) {
      cut = true;
    } else {
      arena.append(folded, begin, at - begin);
    }
  }
  return cut;
}

void append_folded_unicode(std::string_view original, Word& word, std::string& arena) {
  const std::string folded = fold_lookalikes(fold_word(original));
  word.stretched = append_unstretched(folded, arena);
  word.capitals = has_capitals(original);
}

// Folds into the arena. Views into it are only set once it has stopped growing, so the word's place
// there is returned: npos if its bytes in the text are folded already.
std::size_t fold_into(std::string_view original, Word& word, std::string& arena) {
  const Shape shape = shape_of(original);
  word.capitals = shape.capitals;
  word.stretched = shape.stretched;
  if (shape.lower && !shape.stretched) return std::string::npos;
  const std::size_t begin = arena.size();
  if (!shape.ascii) {
    append_folded_unicode(original, word, arena);
  } else if (shape.stretched) {
    append_unstretched(fold_word(original), arena);
  } else {
    for (const char c : original)
      arena += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return begin;
}

bool is_link_word(std::string_view word) {
  return iequals_ascii(word, "http") || iequals_ascii(word, "https");
}

// Nothing that is seen stands between two pieces of an alphabet that parts words by blanks (below
// U+0800): "p\u200Broduct" is one word.
bool are_one_word(std::string_view text, const Piece& one, const Piece& next) {
  constexpr std::string_view kUnseen = "\u200B";
  constexpr unsigned char kLeadsThree = 0xE0;
  std::string_view gap = text.substr(one.end, next.begin - one.end);
  if (gap.empty()) return false;
  while (gap.starts_with(kUnseen)) gap.remove_prefix(kUnseen.size());
  std::size_t last = one.end - 1;
  while (last > one.begin && (static_cast<unsigned char>(text[last]) & 0xC0U) == 0x80) --last;
  return gap.empty() && static_cast<unsigned char>(text[last]) < kLeadsThree &&
         static_cast<unsigned char>(text[next.begin]) < kLeadsThree;
}

void join_pieces(std::string_view text, std::vector<Piece>& pieces) {
  std::size_t kept = 0;
  for (const Piece& piece : pieces) {
    if (kept > 0 && are_one_word(text, pieces[kept - 1], piece))
      pieces[kept - 1].end = piece.end;
    else
      pieces[kept++] = piece;
  }
  pieces.resize(kept);
}

}  // namespace

void prepare(std::string_view text, Prepared& out) {
  thread_local std::vector<Piece> pieces;
  thread_local std::vector<std::size_t> places;
  out.text = text;
  out.words.clear();
  out.left_out.clear();
  out.arena.clear();
  places.clear();
  split_sentences(text, out.sentences);
  split_words(text, pieces);
  if (text.find("\u200B") != std::string_view::npos) join_pieces(text, pieces);
  find_addresses(text, out.left_out);
  std::size_t sentence = 0, address = 0;
  for (const Piece& piece : pieces) {
    while (address < out.left_out.size() && out.left_out[address].end <= piece.begin) ++address;
    if (address < out.left_out.size() && out.left_out[address].begin < piece.end) continue;
    const std::string_view original = text.substr(piece.begin, piece.end - piece.begin);
    if (is_link_word(original)) continue;  // what archives leave of a removed link
    while (sentence + 1 < out.sentences.size() && out.sentences[sentence].end <= piece.begin)
      ++sentence;
    Word word;
    word.span = {piece.begin, piece.end};
    word.sentence = static_cast<std::uint32_t>(sentence);
    word.folded = original;
    const std::size_t place = fold_into(original, word, out.arena);
    if (place != std::string::npos && place == out.arena.size()) continue;  // folded to nothing
    out.words.push_back(word);
    places.push_back(place);
  }
  std::size_t end = out.arena.size();
  for (std::size_t i = out.words.size(); i-- > 0;) {
    if (places[i] == std::string::npos) continue;
    out.words[i].folded = std::string_view(out.arena).substr(places[i], end - places[i]);
    end = places[i];
  }
}

namespace {

// Bytes of the elided word that the folded `word` begins with, its apostrophe included; 0: none.
std::size_t elided_length(std::string_view word) {
  constexpr std::size_t kShortest = 2;  // letters behind it
  constexpr std::string_view kElided[] = {
      "l",      "d",      "j",    "m",   "n",    "s",    "t",    "c",    "qu", "jusqu", "lorsqu",
      "puisqu", "quelqu", "dell", "all", "nell", "dall", "sull", "coll", "un", "quest", "quell"};
  const std::size_t mark = word.find('\'');
  if (mark == std::string_view::npos || word.size() < mark + 1 + kShortest) return 0;
  const std::string_view before = word.substr(0, mark);
  return std::ranges::find(kElided, before) == std::end(kElided) ? 0 : mark + 1;
}

}  // namespace

bool part_elisions(const Prepared& text, Prepared& out) {
  if (text.text.find('\'') == std::string_view::npos &&
      text.text.find("’") == std::string_view::npos)
    return false;
  const auto elided = [](const Word& word) { return elided_length(word.folded) > 0; };
  if (std::ranges::none_of(text.words, elided)) return false;
  out.text = text.text;
  out.sentences = text.sentences;
  out.left_out = text.left_out;
  out.words.clear();
  out.words.reserve(text.words.size() + 1);
  for (const Word& word : text.words) {
    const std::size_t length = elided_length(word.folded);
    const std::string_view written =
        text.text.substr(word.span.begin, word.span.end - word.span.begin);
    const std::size_t mark = length == 0 ? written.npos : written.find_first_of("'\xE2");
    if (mark == std::string_view::npos) {
      out.words.push_back(word);
      continue;
    }
    const std::size_t bytes = mark + (written[mark] == '\'' ? 1 : std::string_view("’").size());
    Word first = word, second = word;
    first.span.end = second.span.begin = word.span.begin + static_cast<std::uint32_t>(bytes);
    first.folded = word.folded.substr(0, length);
    second.folded = word.folded.substr(length);
    second.capitals = has_capitals(written.substr(bytes));
    out.words.push_back(first);
    out.words.push_back(second);
  }
  return true;
}

}  // namespace plumbline
