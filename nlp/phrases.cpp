#include "nlp/phrases.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include <re2/re2.h>

#include "base/text.h"
#include "nlp/pattern_file.h"

namespace plumbline {
namespace {

constexpr std::size_t kShortestPrefix = 3;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool begins_with(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

// "l'abonnement", "dell'app": the word after the article. Empty where there is none.
std::string_view after_article(std::string_view word) {
  std::size_t at = word.find('\'');
  if (at == std::string_view::npos || at == 0 || at > 6 || word.size() - at - 1 < 3) return {};
  return word.substr(at + 1);
}

bool currency_ends(std::string_view gap) {
  for (std::string_view sign : {"$", "€", "£", "¥", "￥", "₹"}) {
    if (gap.size() >= sign.size() && gap.substr(gap.size() - sign.size()) == sign) return true;
  }
  return false;
}

bool currency_begins(std::string_view gap) {
  if (!gap.empty() && gap.front() == ' ') gap.remove_prefix(1);
  for (std::string_view sign : {"€", "$", "£", "¥", "￥", "₹"}) {
    if (begins_with(gap, sign)) return true;
  }
  return false;
}

bool is_currency_word(std::string_view word) {
  for (std::string_view name :
       {"dollars", "dollar", "bucks", "euro",    "euros", "eur",     "usd",
        "gbp",     "pounds", "quid",  "cents",   "chf",   "franken", "dolares",
        "libras",  "reais",  "zl",    "zlotych", "pln",   "円",      "元"}) {
    if (word == name) return true;
  }
  return false;
}

}  // namespace

struct PhraseTable::Scan {
  explicit Scan(const std::string& pattern, const re2::RE2::Options& options)
      : any(pattern, options) {}
  re2::RE2 any;
  std::map<std::string, std::vector<std::uint32_t>, std::less<>> of;  // text -> inside_
};

// Reads one text; keeps what is needed to fold words without allocating for each.
class PhraseTable::Reader {
 public:
  Reader(const PhraseTable& table, const Prepared& text) : table_(table), text_(text) {}

  void find(PhraseMode mode, std::vector<PhraseHit>& out) {
    for (std::uint32_t w = 0; w < text_.words.size();) {
      std::size_t before = out.size();
      std::uint32_t longest = 0;
      std::string_view word = plain(text_.words[w].folded, scratch_);
      try_word(w, word, mode, longest, out);
      std::string_view tail = after_article(word);
      if (!tail.empty()) try_word(w, tail, mode, longest, out);
      w += mode == PhraseMode::longest && out.size() > before ? longest : 1;
    }
  }

 private:
  void try_word(std::uint32_t w, std::string_view word, PhraseMode mode, std::uint32_t& longest,
                std::vector<PhraseHit>& out) {
    if (auto found = table_.exact_.find(word); found != table_.exact_.end()) {
      try_phrases(w, word, found->second, mode, longest, out);
    }
    if (word.size() >= kShortestPrefix && !table_.prefix_.empty()) {
      auto found = table_.prefix_.find(word.substr(0, kShortestPrefix));
      if (found != table_.prefix_.end()) try_phrases(w, word, found->second, mode, longest, out);
    }
    if (is_digit(word.front())) try_phrases(w, word, table_.numeric_, mode, longest, out);
  }

  void try_phrases(std::uint32_t w, std::string_view word, const std::vector<std::uint32_t>& ids,
                   PhraseMode mode, std::uint32_t& longest, std::vector<PhraseHit>& out) {
    for (std::uint32_t id : ids) {
      const Phrase& phrase = table_.phrases_[id];
      if (!stands_at(w, word, phrase)) continue;
      auto length = static_cast<std::uint32_t>(phrase.elements.size());
      const Word& last = text_.words[w + length - 1];
      PhraseHit hit{phrase.tag, phrase.number, last.sentence,
                    Span{text_.words[w].span.begin, last.span.end}};
      if (mode == PhraseMode::all || longest == 0) {
        out.push_back(hit);
      } else if (length > longest) {
        out.back() = hit;
      }
      longest = std::max(longest, length);
    }
  }

  bool stands_at(std::uint32_t w, std::string_view word, const Phrase& phrase) {
    if (!fits(w, word, phrase.elements.front())) return false;
    for (std::uint32_t i = 1; i < phrase.elements.size(); ++i) {
      if (w + i >= text_.words.size()) return false;
      if (text_.words[w + i].sentence != text_.words[w].sentence) return false;
      if (!fits(w + i, plain(text_.words[w + i].folded, next_), phrase.elements[i])) return false;
    }
    return true;
  }

  bool fits(std::uint32_t w, std::string_view word, const std::vector<Form>& forms) const {
    for (const Form& form : forms) {
      if (form.text.front() == '{' ? fits_class(w, word, form.text)
          : form.prefix            ? begins_with(word, form.text)
                                   : word == form.text) {
        return true;
      }
    }
    return false;
  }

  bool fits_class(std::uint32_t w, std::string_view word, std::string_view name) const {
    if (!is_digit(word.front())) return false;
    if (name == "{number}") return true;
    const Span& span = text_.words[w].span;
    std::string_view after = text_.text.substr(span.end, 4);
    if (name == "{percent}") return begins_with(after, "%") || begins_with(after, " %");
    std::string_view before = text_.text.substr(0, span.begin);
    if (!before.empty() && before.back() == ' ') before.remove_suffix(1);
    if (currency_begins(after) || currency_ends(before)) return true;
    return w + 1 < text_.words.size() && is_currency_word(text_.words[w + 1].folded);
  }

  const PhraseTable& table_;
  const Prepared& text_;
  std::string scratch_, next_;
};

PhraseTable::PhraseTable() = default;
PhraseTable::~PhraseTable() = default;
PhraseTable::PhraseTable(PhraseTable&&) noexcept = default;
PhraseTable& PhraseTable::operator=(PhraseTable&&) noexcept = default;

Status PhraseTable::add_element(std::string_view element, Phrase& phrase) const {
  std::vector<Form>& forms = phrase.elements.emplace_back();
  for (std::string_view part : split(element, '|')) {
    Form form;
    if (!part.empty() && part.front() == '{') {
      if (part != "{number}" && part != "{amount}" && part != "{percent}") {
        return fail(ErrorCode::invalid, "unknown class " + std::string(part) +
                                            ", known are {number}, {amount} and {percent}");
      }
    } else if (!part.empty() && part.back() == '*') {
      form.prefix = true;
      part.remove_suffix(1);
    }
    form.text = plain(fold_word(part));
    if (form.text.size() < (form.prefix ? kShortestPrefix : 1)) {
      return fail(ErrorCode::invalid, form.prefix ? "\"*\" needs three letters before it"
                                                  : "a word or alternative is empty");
    }
    forms.push_back(std::move(form));
  }
  return {};
}

Status PhraseTable::add(std::string_view phrase, std::uint32_t tag) {
  std::uint32_t number = count_++;
  if (is_unspaced(phrase)) {
    inside_.push_back({std::string(phrase), tag, number});
    return {};
  }
  Phrase entry;
  entry.tag = tag;
  entry.number = number;
  for (std::string_view element : split(phrase, ' ')) {
    if (!element.empty()) PLUMBLINE_CHECK(add_element(element, entry));
  }
  if (entry.elements.empty()) return fail(ErrorCode::invalid, "an empty phrase");
  auto id = static_cast<std::uint32_t>(phrases_.size());
  for (const Form& form : entry.elements.front()) {
    if (form.text.front() == '{') {
      numeric_.push_back(id);
    } else if (form.prefix) {
      prefix_[form.text.substr(0, kShortestPrefix)].push_back(id);
    } else {
      exact_[form.text].push_back(id);
    }
  }
  phrases_.push_back(std::move(entry));
  return {};
}

Status PhraseTable::seal() {
  if (inside_.empty()) return {};
  std::string pattern;
  for (const Inside& inside : inside_) {
    if (!pattern.empty()) pattern += '|';
    pattern += re2::RE2::QuoteMeta(inside.text);
  }
  re2::RE2::Options options;
  options.set_longest_match(true);
  options.set_log_errors(false);
  scan_ = std::make_unique<Scan>(pattern, options);
  if (!scan_->any.ok()) return fail(ErrorCode::invalid, "too many phrases: " + scan_->any.error());
  for (std::uint32_t i = 0; i < inside_.size(); ++i) scan_->of[inside_[i].text].push_back(i);
  return {};
}

void PhraseTable::find(const Prepared& text, PhraseMode mode, std::vector<PhraseHit>& out) const {
  out.clear();
  if (!phrases_.empty()) Reader(*this, text).find(mode, out);
  if (!scan_) return;
  re2::StringPiece hit;
  std::size_t at = 0;
  std::uint32_t sentence = 0;
  while (scan_->any.Match(text.text, at, text.text.size(), re2::RE2::UNANCHORED, &hit, 1)) {
    std::string_view found(hit.data(), hit.size());
    auto begin = static_cast<std::uint32_t>(found.data() - text.text.data());
    auto end = begin + static_cast<std::uint32_t>(found.size());
    while (sentence + 1 < text.sentences.size() && text.sentences[sentence].end <= begin) {
      ++sentence;
    }
    for (std::uint32_t id : scan_->of.find(found)->second) {
      out.push_back({inside_[id].tag, inside_[id].number, sentence, Span{begin, end}});
      if (mode == PhraseMode::longest) break;
    }
    // Three bytes are one character of these scripts.
    at = mode == PhraseMode::longest ? end : begin + 3;
  }
  if (!phrases_.empty()) {
    std::stable_sort(out.begin(), out.end(), [](const PhraseHit& a, const PhraseHit& b) {
      return a.span.begin < b.span.begin;
    });
  }
}

}  // namespace plumbline
