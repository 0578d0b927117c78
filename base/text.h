// Small services on bytes that every part needs: checking UTF-8, folding white space, escaping for
// each kind of output.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace plumbline {

bool is_utf8(std::string_view text);
// Valid UTF-8 with each bad sequence replaced by U+FFFD and NUL and other C0 controls but tab and
// line feed dropped, a terminal's control sequence ("\x1B[31m") as a whole.
std::string clean_utf8(std::string_view text);
// Runs of white space (Unicode's) become one blank; ends trimmed. The shape in which every text is
// kept.
std::string fold_space(std::string_view text);
bool contains(std::string_view text, std::string_view part);
// A question mark of Latin, East Asian (？) or Arabic (؟) writing.
bool is_question_mark(std::string_view sign);
bool holds_question_mark(std::string_view text);
bool ends_with_question_mark(std::string_view text);
// Bytes of the sign at `at` that ends a clause in Latin, East Asian, Arabic or Indian writing
// (comma, semicolon, colon, bracket, dash, question and exclamation mark), 0 where none stands: a
// comma inside a number, a full stop (it ends sentences and abbreviations) or a hyphen is none.
std::size_t clause_sign_at(std::string_view text, std::size_t at);
std::string_view trim(std::string_view text);  // ASCII white space off both ends
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) {  // of ASCII
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }  // of ASCII
constexpr bool is_alnum(char c) { return is_letter(c) || is_digit(c); }
constexpr bool is_high(char c) { return static_cast<unsigned char>(c) >= 0x80; }  // beyond ASCII
constexpr bool is_ascii(std::string_view text) {
  for (const char c : text)
    if (is_high(c)) return false;
  return true;
}
constexpr bool is_number(std::string_view word) {  // digits, points and commas alone
  for (const char c : word)
    if (!is_digit(c) && c != '.' && c != ',') return false;
  return true;
}
int hex_value(char c);  // 0 to 15, -1 for what is no hexadecimal digit
std::string ascii_lower(std::string_view text);
bool iequals_ascii(std::string_view a, std::string_view b);
std::vector<std::string_view> split(std::string_view text, char separator);
// At most `most` characters (code points), cut at a blank where one is near, with "…" where
// something was cut.
std::string shorten(std::string_view text, std::size_t most);
// Columns that the text takes on a terminal: wide East Asian characters count two, combining marks
// none.
std::size_t display_width(std::string_view text);

std::string escape_html(
    std::string_view text);  // & < > " ' and control characters; safe in text and quoted attributes
std::string escape_csv(
    std::string_view text);  // RFC 4180 quoting; a leading = + - @ tab or CR gets a ' before it
std::string escape_markdown(std::string_view text);  // nothing in it is markup or raw HTML any more
std::string escape_terminal(
    std::string_view text);  // no escape sequences, no control or bidirectional-override characters
std::string json_quote(
    std::string_view text);  // "..." with bad UTF-8 replaced; also safe inside a <script> block
void append_quoted(std::string_view text, std::string& out);  // the same
void append_fixed4(float value, std::string& out);  // as "{:.4f}" prints it, several times as fast
// A link that may stand in href: http, https or mailto, else an empty string.
std::string safe_link(std::string_view url);

// Edit distance with transpositions, for "did you mean".
std::size_t edit_distance(std::string_view a, std::string_view b);
// The candidate closest to `word`, or empty where none is close.
std::string_view closest(std::string_view word, const std::vector<std::string_view>& candidates);

std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0);  // XXH3
std::string hex64(std::uint64_t value);                                // 16 lower-case digits

}  // namespace plumbline
