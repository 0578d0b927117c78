#include "nlp/addresses.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>
#include <string>

#include "base/text.h"
#include "nlp/fast_masks.h"

namespace plumbline {
namespace {

// How far back from '@' or '/' an address may begin; keeps hostile texts linear.
constexpr std::size_t kLongestAddress = 80;
// Endings of addresses that people write without "https://". Short on purpose: "yes.no/maybe" is no
// link.
constexpr std::string_view kEndings[] = {"com", "net",  "org", "ly", "co",  "io", "gl",
                                         "tv",  "be",   "uk",  "de", "fr",  "us", "gov",
                                         "edu", "info", "gd",  "ee", "app", "dev"};

bool is_host(char c) { return is_alnum(c) || c == '.' || c == '-'; }
// Masks and old systems put a low line there too.
bool is_mail_host(char c) { return is_host(c) || c == '_'; }
bool is_local(char c) { return is_mail_host(c) || c == '+' || c == '%'; }

std::size_t run_end(std::string_view text, std::size_t at, bool (*fits)(char)) {
  while (at < text.size() && fits(text[at])) ++at;
  return at;
}

std::size_t run_begin(std::string_view text, std::size_t at, std::size_t floor,
                      bool (*fits)(char)) {
  floor = std::max(floor, at > kLongestAddress ? at - kLongestAddress : 0);
  while (at > floor && fits(text[at - 1])) --at;
  return at;
}

bool in_link(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte > 0x20 && byte < 0x7F && c != '<' && c != '>' && c != '"';
}

// A link does not end with the punctuation of its sentence.
std::size_t link_end(std::string_view text, std::size_t at) {
  std::size_t end = run_end(text, at, in_link);
  while (end > at && std::strchr(".,;:!?)'", text[end - 1]) != nullptr) --end;
  return end;
}

bool bare_host(std::string_view host) {
  const std::size_t dot = host.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  const std::string ending = ascii_lower(host.substr(dot + 1));
  return std::find(std::begin(kEndings), std::end(kEndings), ending) != std::end(kEndings);
}

// Bytes at which an address is looked for: most of a text is passed over by one look each.
constexpr std::array<bool, 256> kMayBegin = [] {
  std::array<bool, 256> out{};
  for (const char c : {'@', ':', 'w', 'W', '/'}) out[static_cast<unsigned char>(c)] = true;
  return out;
}();

class Addresses {
 public:
  Addresses(std::string_view text, std::vector<Piece>& out) : text_(text), out_(out) {}

  void find() {
    for (std::size_t i = 0; i < text_.size();) {
      if (!kMayBegin[static_cast<unsigned char>(text_[i])]) {
        ++i;
        continue;
      }
      std::size_t next = i + 1;
      switch (text_[i]) {
        case '@': next = at_sign(i); break;
        case ':': next = scheme(i); break;
        case 'w':
        case 'W': next = www(i); break;
        case '/': next = bare_link(i); break;
        default: break;
      }
      i = std::max(next, i + 1);
    }
  }

 private:
  std::size_t floor() const { return out_.empty() ? 0 : out_.back().end; }

  std::size_t keep(std::size_t begin, std::size_t end) {
    out_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    return end;
  }

  std::size_t at_sign(std::size_t i) {
    if (i + 1 >= text_.size()) return i;
    const std::size_t local = run_begin(text_, i, floor(), is_local);
    if (local < i && is_alnum(text_[i - 1])) {
      std::size_t end = run_end(text_, i + 1, is_mail_host);
      while (end > i + 1 && !is_alnum(text_[end - 1])) --end;
      if (text_.substr(i + 1, end - i - 1).find('.') != std::string_view::npos)
        return keep(local, end);
      if (masked_length(text_.substr(local)) > i - local) return i;  // "cr@p"
    }
    if (is_high(text_[i + 1])) {  // its first word is left out with it
      std::size_t character = i + 2;
      while (character < text_.size() && (text_[character] & 0xC0) == 0x80) ++character;
      return keep(i, character);
    }
    std::size_t end = run_end(text_, i + 1, [](char c) { return is_alnum(c) || c == '_'; });
    if (end == i + 1) return i;
    // "@name@host.example" and "@name.host.example", as federated networks write them.
    const bool federated = end + 1 < text_.size() && (text_[end] == '@' || text_[end] == '.') &&
                           is_alnum(text_[end + 1]);
    if (federated) {
      std::size_t host = run_end(text_, end + 1, is_host);
      while (host > end && !is_alnum(text_[host - 1])) --host;
      const bool dotted = text_.substr(end + 1, host - end - 1).find('.') != std::string_view::npos;
      if (text_[end] == '@' || dotted) end = host;
    }
    return keep(i, end);
  }

  std::size_t scheme(std::size_t i) {
    if (text_.substr(i, 3) != "://") return i;
    const std::size_t begin = run_begin(text_, i, floor(), is_letter);
    return begin == i ? i : keep(begin, link_end(text_, i + 3));
  }

  std::size_t www(std::size_t i) {
    if (i > 0 && is_alnum(text_[i - 1])) return i;
    if (!iequals_ascii(text_.substr(i, 4), "www.")) return i;
    return keep(i, link_end(text_, i + 4));
  }

  std::size_t bare_link(std::size_t i) {
    const std::size_t begin = run_begin(text_, i, floor(), is_host);
    if (begin == i || !bare_host(text_.substr(begin, i - begin))) return i;
    return keep(begin, link_end(text_, i + 1));
  }

  std::string_view text_;
  std::vector<Piece>& out_;
};

}  // namespace

void find_addresses(std::string_view text, std::vector<Piece>& out) {
  out.clear();
  Addresses(text, out).find();
}

}  // namespace plumbline
