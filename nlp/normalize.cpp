#include "nlp/normalize.h"

#include <utility>

#include "base/text.h"
#include "nlp/own_words.h"
#include "nlp/references.h"

namespace plumbline {
namespace {

// Resolves until nothing is left to resolve, in one pass over the text: whenever the output ends
// with ';' its tail may have become a reference ("&amp;lt;" leaves "&lt;"), so the tail is looked
// at again. Every step makes the output shorter, so the work is linear.
std::string resolve_all(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::string pending;  // what a reference stood for, last byte first
  for (std::size_t i = 0; i < text.size() || !pending.empty();) {
    if (pending.empty()) {
      out += text[i++];
    } else {
      out += pending.back();
      pending.pop_back();
    }
    while (!out.empty() && out.back() == ';') {
      const std::size_t from = out.size() > kLongestReference ? out.size() - kLongestReference : 0;
      const std::size_t start = std::string_view(out).substr(from).rfind('&');
      if (start == std::string_view::npos) break;
      std::string meaning;
      if (!append_reference(std::string_view(out).substr(from + start), meaning)) break;
      out.resize(from + start);
      pending.append(meaning.rbegin(), meaning.rend());
      if (!pending.empty()) break;
    }
  }
  return out;
}

std::string clean(std::string_view text) {
  std::string valid = clean_utf8(text);
  if (valid.find('&') != std::string::npos) valid = clean_utf8(resolve_all(valid));
  return fold_space(with_own_words(valid));
}

struct Renamed {
  std::string_view from, to;
};

// Tags that sources still send: retired two-letter codes and the three-letter ones of ISO 639-2.
constexpr Renamed kRenamed[] = {
    {"iw", "he"},  {"in", "id"},  {"ji", "yi"},  {"jw", "jv"},  {"nb", "no"},  {"ara", "ar"},
    {"ces", "cs"}, {"chi", "zh"}, {"cze", "cs"}, {"dan", "da"}, {"deu", "de"}, {"dut", "nl"},
    {"ell", "el"}, {"eng", "en"}, {"fas", "fa"}, {"fin", "fi"}, {"fra", "fr"}, {"fre", "fr"},
    {"ger", "de"}, {"gre", "el"}, {"heb", "he"}, {"hin", "hi"}, {"hun", "hu"}, {"ind", "id"},
    {"ita", "it"}, {"jpn", "ja"}, {"kor", "ko"}, {"nld", "nl"}, {"nor", "no"}, {"per", "fa"},
    {"pol", "pl"}, {"por", "pt"}, {"ron", "ro"}, {"rum", "ro"}, {"rus", "ru"}, {"spa", "es"},
    {"swe", "sv"}, {"tha", "th"}, {"tur", "tr"}, {"ukr", "uk"}, {"vie", "vi"}, {"zho", "zh"}};

// Empty for tags that name no language of ISO 639-1 ("und", "zxx", "English").
std::string short_tag(std::string_view tag) {
  const std::string lower = ascii_lower(trim(tag));
  const std::string_view primary = std::string_view(lower).substr(0, lower.find_first_of("-_"));
  for (const Renamed& name : kRenamed)
    if (primary == name.from) return std::string(name.to);
  if (primary.size() != 2) return {};
  for (const char c : primary)
    if (c < 'a' || c > 'z') return {};
  return std::string(primary);
}

}  // namespace

std::string resolve_entities(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t start = text.find('&');
    out.append(text.substr(0, start));
    if (start == std::string_view::npos) break;
    text.remove_prefix(start);
    const std::size_t end = text.substr(0, kLongestReference).find(';');
    if (end != std::string_view::npos && append_reference(text.substr(0, end + 1), out)) {
      text.remove_prefix(end + 1);
    } else {
      out += '&';
      text.remove_prefix(1);
    }
  }
  return out;
}

Document normalize(Document document) {
  document.title = clean(document.title);
  document.text = clean(document.text);
  if (document.text.empty()) document.text = std::exchange(document.title, {});
  document.lang = short_tag(document.lang);
  return document;
}

}  // namespace plumbline
