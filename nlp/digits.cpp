#include "nlp/digits.h"

#include <algorithm>

#include "base/text.h"

namespace plumbline {
namespace {

unsigned byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

// Whether exactly three digits follow: the comma before them parts thousands.
bool three_digits(std::string_view text) {
  std::size_t length = 0;
  int count = 0;
  while (count < 4 && !text.empty()) {
    if (is_digit(text.front()))
      length = 1;
    else if (native_digit(text, length) < 0)
      break;
    text.remove_prefix(length);
    ++count;
  }
  return count == 3;
}

struct NativeSign {
  std::string_view sign;
  char ascii;
  bool thousands;  // only before three digits
};
constexpr NativeSign kNativeSigns[] = {
    {"\u066A", '%', false}, {"\uFF05", '%', false}, {"\u066B", '.', false}, {"\u066C", ',', false},
    {"\uFF0C", ',', true},  {"\uFF0E", '.', false}, {"\uFF0F", '/', false}};

const NativeSign* native_sign(std::string_view text, bool after_digit) {
  const unsigned first = byte_at(text, 0);
  if (first != 0xD9 && first != 0xEF) return nullptr;
  for (const NativeSign& sign : kNativeSigns)
    if (text.starts_with(sign.sign) && (after_digit || sign.ascii == '%') &&
        (!sign.thousands || three_digits(text.substr(sign.sign.size()))))
      return &sign;
  return nullptr;
}

}  // namespace

int native_digit(std::string_view text, std::size_t& length) {
  const unsigned first = byte_at(text, 0), second = byte_at(text, 1), third = byte_at(text, 2);
  length = 2;
  if (first == 0xD9 && second >= 0xA0 && second <= 0xA9) return static_cast<int>(second - 0xA0);
  if (first == 0xDB && second >= 0xB0 && second <= 0xB9) return static_cast<int>(second - 0xB0);
  length = 3;
  // Devanagari to Malayalam: each block has its digits at the same place.
  if (first == 0xE0 && second >= 0xA5 && second <= 0xB5 && second % 2 == 1 && third >= 0xA6 &&
      third <= 0xAF)
    return static_cast<int>(third - 0xA6);
  if (first == 0xEF && second == 0xBC && third >= 0x90 && third <= 0x99)
    return static_cast<int>(third - 0x90);
  return -1;
}

std::string_view with_ascii_digits(std::string_view word, std::string& scratch) {
  std::size_t length = 0;
  if (word.empty() || !is_high(word.front()) || native_digit(word, length) < 0) return word;
  std::string out;
  while (!word.empty()) {
    const int digit = native_digit(word, length);
    if (digit < 0) length = 1;
    out += digit < 0 ? word.front() : static_cast<char>('0' + digit);
    word.remove_prefix(length);
  }
  scratch = std::move(out);  // `word` may lie in it
  return scratch;
}

std::size_t DigitText::add_numeral(std::string_view text, std::size_t at,
                                   const Numerals& numerals) {
  std::uint64_t value = 0;
  std::size_t length = 0;
  const bool goes_on = at > 0 && (is_digit(text[at - 1]) || text[at - 1] == '.');
  if (goes_on || !numerals.read(text.substr(at), value, length)) return 0;
  if (at + length < text.size() && is_digit(text[at + length])) return 0;
  const std::string digits = std::to_string(value);
  ascii_ += digits;
  places_.resize(places_.size() + digits.size(), static_cast<std::uint32_t>(at));
  return length;
}

bool DigitText::read(std::string_view text, const Numerals* numerals) {
  text_ = text;
  changed_ = false;
  ascii_.clear();
  places_.clear();
  bool any = false;
  std::size_t length = 0;
  const bool characters = numerals != nullptr && numerals->used();
  for (std::size_t at = 0; at < text.size() && !changed_; ++at) {
    any = any || is_digit(text[at]);
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0xD9) continue;
    if (characters && numerals->begins(text.substr(at))) {
      any = changed_ = true;
      break;
    }
    changed_ = native_digit(text.substr(at), length) >= 0 ||
               native_sign(text.substr(at), at > 0 && is_digit(text[at - 1])) != nullptr;
  }
  if (!changed_) return any;
  for (std::size_t at = 0; at < text.size(); at += length) {
    const std::string_view rest = text.substr(at);
    if (characters && is_high(text[at])) {
      const bool whole =
          at == 0 || !numerals->begins(text.substr(at - std::min(at, Numerals::kBytes)));
      if (const std::size_t numeral = whole ? add_numeral(text, at, *numerals) : 0; numeral > 0) {
        length = numeral;
        continue;
      }
    }
    places_.push_back(static_cast<std::uint32_t>(at));
    length = 1;
    if (!is_high(text[at])) {
      ascii_ += text[at];
      continue;
    }
    if (const int digit = native_digit(rest, length); digit >= 0) {
      ascii_ += static_cast<char>('0' + digit);
    } else if (const NativeSign* sign =
                   native_sign(rest, !ascii_.empty() && is_digit(ascii_.back()))) {
      ascii_ += sign->ascii;
      length = sign->sign.size();
    } else {
      ascii_ += text[at];
      length = 1;
    }
  }
  places_.push_back(static_cast<std::uint32_t>(text.size()));
  text_ = ascii_;
  return true;
}

}  // namespace plumbline
