#include "nlp/phrases.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <string>
#include <utility>

#include <re2/re2.h>

#include "base/text.h"
#include "nlp/digits.h"
#include "nlp/pattern_file.h"

namespace plumbline {
namespace {

constexpr std::size_t kShortestPrefix = 3;

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

// Bytes of the character that begins with `lead`.
std::size_t character_length(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// Of length, first and last eight bytes: words that share it are told apart by comparing.
std::uint64_t form_hash(std::string_view word) {
  std::uint64_t first = 0, last = 0;
  std::memcpy(&first, word.data(), std::min<std::size_t>(word.size(), 8));
  if (word.size() > 8) std::memcpy(&last, word.data() + word.size() - 8, 8);
  std::uint64_t mixed = (first ^ (word.size() * 0x9E3779B97F4A7C15U)) * 0xFF51AFD7ED558CCDU;
  mixed = (mixed ^ (mixed >> 32U) ^ last) * 0xC4CEB9FE1A85EC53U;
  return mixed ^ (mixed >> 29U);
}

}  // namespace

PlainWords::PlainWords(const Prepared& of) : text(of) {
  words.reserve(of.words.size());
  hashes.reserve(of.words.size());
  beginnings.reserve(of.words.size());
  std::string scratch;
  for (const Word& word : of.words) {
    std::string_view folded = plain(word.folded, scratch);
    folded = with_ascii_digits(folded, scratch);
    if (folded.data() == scratch.data()) folded = changed_.emplace_back(scratch);
    words.push_back(folded);
    hashes.push_back(form_hash(folded));
    beginnings.push_back(form_hash(folded.substr(0, kShortestPrefix)));
  }
}

std::span<const std::uint32_t> PhraseTable::Index::at(std::uint64_t hash) const {
  if (slots.empty()) return {};
  const std::uint64_t high = hash >> 32U;
  if ((bits[(high >> 6U) & (bits.size() - 1)] >> (high & 63U) & 1U) == 0) return {};
  for (std::size_t i = hash & (slots.size() - 1);; i = (i + 1) & (slots.size() - 1)) {
    const Slot& slot = slots[i];
    if (slot.begin == slot.end) return {};
    if (slot.hash == hash) return {ids.data() + slot.begin, slot.end - slot.begin};
  }
}

void PhraseTable::Index::build(std::vector<std::pair<std::uint64_t, std::uint32_t>> entries) {
  if (entries.empty()) return;
  std::sort(entries.begin(), entries.end());
  std::size_t size = 64;
  while (size < entries.size() * 4) size *= 2;
  slots.assign(size, {});
  bits.assign(std::max<std::size_t>(size / 32, 8), 0);
  for (std::size_t from = 0; from < entries.size();) {
    Slot slot{entries[from].first, static_cast<std::uint32_t>(ids.size()), 0};
    for (; from < entries.size() && entries[from].first == slot.hash; ++from) {
      ids.push_back(entries[from].second);
    }
    slot.end = static_cast<std::uint32_t>(ids.size());
    const std::uint64_t high = slot.hash >> 32U;
    bits[(high >> 6U) & (bits.size() - 1)] |= std::uint64_t{1} << (high & 63U);
    std::size_t i = slot.hash & (size - 1);
    while (slots[i].begin != slots[i].end) i = (i + 1) & (size - 1);
    slots[i] = slot;
  }
}

struct PhraseTable::Scan {
  explicit Scan(const std::string& pattern, const re2::RE2::Options& options)
      : any(pattern, options) {}
  re2::RE2 any;
  // A text's indices into inside_: those of the same text, then of texts it begins with, the
  // longest first. What stands at a place is the longest text there or begins it.
  struct Found {
    std::vector<std::uint32_t> ids;
    std::size_t same = 0;
  };
  std::map<std::string, Found, std::less<>> of;
};

// Reads one text; keeps what is needed to fold words without allocating for each.
class PhraseTable::Reader {
 public:
  Reader(const PhraseTable& table, const PlainWords& plain_words)
      : table_(table), plain_(plain_words), text_(plain_words.text) {}

  void find(PhraseMode mode, std::vector<PhraseHit>& out) {
    for (std::uint32_t w = 0; w < plain_.words.size();) {
      std::size_t before = out.size();
      mode_ = mode;
      longest_ = 0;
      try_word(w, plain_.words[w], plain_.hashes[w], plain_.beginnings[w], out);
      std::string_view tail = after_article(plain_.words[w]);
      if (!tail.empty()) {
        try_word(w, tail, form_hash(tail), form_hash(tail.substr(0, kShortestPrefix)), out);
      }
      w += mode == PhraseMode::longest && out.size() > before ? longest_ : 1;
    }
  }

 private:
  void try_word(std::uint32_t w, std::string_view word, std::uint64_t hash, std::uint64_t beginning,
                std::vector<PhraseHit>& out) {
    try_phrases(w, word, table_.exact_.at(hash), out);
    try_phrases(w, word, table_.prefix_.at(beginning), out);
    if (is_digit(word.front())) try_phrases(w, word, table_.numeric_, out);
  }

  void try_phrases(std::uint32_t w, std::string_view word, std::span<const std::uint32_t> ids,
                   std::vector<PhraseHit>& out) {
    const std::uint64_t next = w + 1 < plain_.hashes.size() ? plain_.hashes[w + 1] : 0;
    for (std::uint32_t id : ids) {
      if (table_.seconds_[id] != 0 && table_.seconds_[id] != next) continue;
      const Phrase& phrase = table_.phrases_[id];
      if (!stands_at(w, word, phrase)) continue;
      auto length = static_cast<std::uint32_t>(phrase.elements.size());
      const Word& last = text_.words[w + length - 1];
      PhraseHit hit{phrase.tag, phrase.number, last.sentence,
                    Span{text_.words[w].span.begin, last.span.end}};
      if (mode_ == PhraseMode::all || longest_ == 0) {
        out.push_back(hit);
      } else if (length > longest_) {
        out.back() = hit;
      }
      longest_ = std::max(longest_, length);
    }
  }

  bool stands_at(std::uint32_t w, std::string_view word, const Phrase& phrase) const {
    if (!fits(w, word, phrase.elements.front())) return false;
    for (std::uint32_t i = 1; i < phrase.elements.size(); ++i) {
      if (w + i >= text_.words.size()) return false;
      if (text_.words[w + i].sentence != text_.words[w].sentence) return false;
      if (!fits(w + i, plain_.words[w + i], phrase.elements[i])) return false;
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
    if (name == "{percent}")
      return begins_with(after, "%") || begins_with(after, " %") || begins_with(after, "\u066A") ||
             begins_with(after, "\uFF05");
    std::string_view before = text_.text.substr(0, span.begin);
    if (!before.empty() && before.back() == ' ') before.remove_suffix(1);
    if (currency_begins(after) || currency_ends(before)) return true;
    return w + 1 < text_.words.size() && is_currency_word(plain_.words[w + 1]);
  }

  const PhraseTable& table_;
  const PlainWords& plain_;
  const Prepared& text_;
  PhraseMode mode_ = PhraseMode::longest;
  std::uint32_t longest_ = 0;  // words of the longest phrase at this place
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
      begun_.emplace_back(form_hash(form.text.substr(0, kShortestPrefix)), id);
    } else {
      whole_.emplace_back(form_hash(form.text), id);
    }
  }
  const bool fixed = entry.elements.size() > 1 && entry.elements[1].size() == 1 &&
                     !entry.elements[1].front().prefix &&
                     entry.elements[1].front().text.front() != '{';
  seconds_.push_back(fixed ? form_hash(entry.elements[1].front().text) : 0);
  phrases_.push_back(std::move(entry));
  return {};
}

Status PhraseTable::seal() {
  exact_.build(std::move(whole_));
  prefix_.build(std::move(begun_));
  if (inside_.empty()) return {};
  std::string pattern;
  for (const Inside& inside : inside_) {
    if (!pattern.empty()) pattern += '|';
    pattern += re2::RE2::QuoteMeta(inside.text);
  }
  re2::RE2::Options options;
  options.set_longest_match(true);
  options.set_log_errors(false);
  options.set_max_mem(64 << 20);  // with less, thousands of keys are searched letter by letter
  scan_ = std::make_unique<Scan>(pattern, options);
  if (!scan_->any.ok()) return fail(ErrorCode::invalid, "too many phrases: " + scan_->any.error());
  for (std::uint32_t i = 0; i < inside_.size(); ++i) scan_->of[inside_[i].text].ids.push_back(i);
  for (auto& [key, found] : scan_->of) found.same = found.ids.size();
  for (auto& [key, found] : scan_->of) {
    for (std::size_t length = key.size() - 1; length > 0; --length) {
      const auto shorter = scan_->of.find(std::string_view(key).substr(0, length));
      if (shorter == scan_->of.end()) continue;
      const auto& [ids, same] = shorter->second;
      found.ids.insert(found.ids.end(), ids.begin(),
                       ids.begin() + static_cast<std::ptrdiff_t>(same));
    }
  }
  return {};
}

void PhraseTable::find_inside(const Prepared& text, PhraseMode mode,
                              std::vector<PhraseHit>& out) const {
  const re2::StringPiece whole(text.text.data(), text.text.size());  // see find_pattern
  re2::StringPiece hit;
  std::size_t at = 0;
  std::uint32_t sentence = 0;
  while (scan_->any.Match(whole, at, text.text.size(), re2::RE2::UNANCHORED, &hit, 1)) {
    std::string_view found(hit.data(), hit.size());
    const auto begin = static_cast<std::uint32_t>(found.data() - text.text.data());
    while (sentence + 1 < text.sentences.size() && text.sentences[sentence].end <= begin) {
      ++sentence;
    }
    const Scan::Found& phrases = scan_->of.find(found)->second;
    const std::size_t count = mode == PhraseMode::longest ? 1 : phrases.ids.size();
    for (std::size_t i = 0; i < count; ++i) {
      const Inside& phrase = inside_[phrases.ids[i]];
      const auto end = begin + static_cast<std::uint32_t>(phrase.text.size());
      out.push_back({phrase.tag, phrase.number, sentence, Span{begin, end}});
    }
    at = begin + (mode == PhraseMode::longest ? found.size() : character_length(found.front()));
  }
}

void PhraseTable::find(const PlainWords& words, PhraseMode mode,
                       std::vector<PhraseHit>& out) const {
  out.clear();
  if (!phrases_.empty()) Reader(*this, words).find(mode, out);
  if (!scan_) return;
  find_inside(words.text, mode, out);
  if (!phrases_.empty()) {
    std::stable_sort(out.begin(), out.end(), [](const PhraseHit& a, const PhraseHit& b) {
      return a.span.begin < b.span.begin;
    });
  }
}

}  // namespace plumbline
