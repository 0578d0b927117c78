#include "nlp/own_words.h"

#include <algorithm>
#include <vector>

#include "base/quoted_lines.h"
#include "base/text.h"

namespace plumbline {
namespace {

constexpr std::size_t kSignatureLines = 12;  // a longer rest is no signature

struct TextLine {
  std::size_t begin = 0, end = 0;  // without the line feed
};

std::vector<TextLine> lines_of(std::string_view text) {
  std::vector<TextLine> out;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    out.push_back({begin, end});
    begin = end + 1;
  }
  return out;
}

constexpr std::string_view kOpens = "[quote", kCloses = "[/quote]";

// "[quote=Kim] it never breaks [/quote]": the next one from `from` on; empty: none that closes.
TextLine quoted_from(std::string_view text, std::size_t from) {
  const std::size_t begin = text.find(kOpens, from);
  const std::size_t end = begin == text.npos ? begin : text.find(kCloses, begin);
  return end == text.npos ? TextLine{} : TextLine{begin, end + kCloses.size()};
}

// Puts blanks in the place of what others wrote.
class Blanker {
 public:
  explicit Blanker(std::string_view text) : text_(text), lines_(lines_of(text)), out_(text) {}

  std::string blank() {
    last_ = lines_.size();
    while (last_ > 0 && trim(words(last_ - 1)).empty()) --last_;
    blank_marked();
    blank_quotes();
    blank_original();
    if (last_ > 0 && is_device_line(words(last_ - 1))) blank_line(last_ - 1);
    blank_signature();
    blank_names();
    return std::move(out_);
  }

 private:
  std::string_view words(std::size_t line) const {
    return text_.substr(lines_[line].begin, lines_[line].end - lines_[line].begin);
  }

  void blank_bytes(TextLine part) {
    for (std::size_t at = part.begin; at < part.end; ++at)
      if (out_[at] != '\n') out_[at] = ' ';
  }
  void blank_line(std::size_t line) { blank_bytes(lines_[line]); }
  void blank_from(std::size_t line) {
    for (; line < last_; ++line) blank_line(line);
  }

  void blank_marked() {
    for (TextLine part = quoted_from(text_, 0); part.end > 0; part = quoted_from(text_, part.end))
      blank_bytes(part);
  }

  void blank_quotes() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!is_quoted_line(words(i))) continue;
      blank_line(i);
      std::size_t above = i;
      while (above > 0 && trim(words(above - 1)).empty()) --above;
      if (above > 0 && names_a_writer(words(above - 1))) blank_line(above - 1);
    }
  }

  // All below the head of the mail that is answered. Below a mere title, where no line ends a
  // sentence, the mail is the text.
  void blank_original() {
    bool says = false;
    for (std::size_t i = 0; i < last_; ++i) {
      const bool heads = i + 1 < last_ && names_sender(words(i)) && heads_mail(words(i + 1));
      if (begins_original(words(i)) || (heads && says)) {
        blank_from(i);
        last_ = i;
        return;
      }
      says = says || ends_sentence(words(i));
    }
  }

  static bool ends_sentence(std::string_view line) {
    constexpr std::size_t kShortest = 12;
    constexpr std::string_view kEnds = ".!?";
    line = trim(line);
    return line.size() >= kShortest && kEnds.find(line.back()) != kEnds.npos;
  }

  void blank_signature() {
    for (std::size_t i = last_ > kSignatureLines ? last_ - kSignatureLines : 1; i < last_; ++i)
      if (trim(words(i)) == "--") return blank_from(i);
  }

  // "Best regards" and the few short lines below it.
  void blank_names() {
    constexpr std::size_t kNames = 5, kLongestName = 60;
    for (std::size_t i = last_ > kNames ? last_ - kNames : 1; i < last_; ++i) {
      if (!is_sign_off(words(i))) continue;
      for (std::size_t k = i + 1; k < last_; ++k) {
        const std::string_view name = trim(words(k));
        if (name.size() > kLongestName || name.find_first_of("?!") != name.npos) return;
      }
      return blank_from(i);
    }
  }

  std::string_view text_;
  std::vector<TextLine> lines_;
  std::string out_;
  std::size_t last_ = 0;  // behind the last line that is not empty
};

}  // namespace

bool holds_others_words(std::string_view text) {
  if (quoted_from(text, 0).end > 0) return true;
  if (text.find('\n') == std::string_view::npos) return false;
  std::string_view last, before;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view words = trim(text.substr(begin, end - begin));
    if (is_quoted_line(words) || words == "--" || begins_original(words)) return true;
    if (!last.empty() && is_sign_off(words)) return true;
    if (!words.empty() && names_sender(before) && heads_mail(words)) return true;
    if (!words.empty()) last = words;
    before = words;
    begin = end + 1;
  }
  return is_device_line(last);
}

std::string with_own_words(std::string_view text) {
  if (!holds_others_words(text)) return std::string(text);
  std::string out = Blanker(text).blank();
  return trim(out).empty() ? std::string(text) : out;
}

}  // namespace plumbline
