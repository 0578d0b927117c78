#include "nlp/brands.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "base/words.h"
#include "nlp/entity_words.h"
#include "nlp/pattern_file.h"

namespace plumbline {
namespace {

constexpr float kSure = 0.98F;       // a name that is no common word
constexpr float kMisspelled = 0.9F;  // the same, misspelled
constexpr float kHandle = 0.97F;     // @name, name.com
constexpr float kInTag = 0.95F;      // inside a hashtag
constexpr float kPart = 0.8F;        // one word of several
constexpr float kNotJudged = 0.5F;
constexpr std::size_t kLongestEnding = 16;  // bytes of what firms put behind their name
constexpr std::size_t kShortTag = 4;     // letters of a name inside a hashtag, or of a part of one
constexpr float kDoubtOfEdit = 0.7F;     // factor for a common word that is also misspelled
constexpr std::size_t kShortHandle = 4;  // shorter names take no "@namesupport"

std::vector<std::string> folded_words(std::string_view text) {
  Prepared prepared;
  prepare(text, prepared);
  const PlainWords plain_words(prepared);
  return {plain_words.words.begin(), plain_words.words.end()};
}

// "acme's", and in Polish or Turkish "acme'a", "acme'den".
std::string_view plain_name(std::string_view word) {
  constexpr std::size_t kShortest = 3, kLongestCase = 3;  // letters before and behind it
  const auto mark = word.rfind('\'');
  if (mark == std::string_view::npos || mark + 1 < kShortest) return word;
  const std::string_view ending = word.substr(mark + 1);
  const bool is_case = !ending.empty() && ending.size() <= kLongestCase && ending != "t" &&
                       std::all_of(ending.begin(), ending.end(), is_letter);
  return is_case ? word.substr(0, mark) : word;
}

bool is_plural_pair(std::string_view a, std::string_view b) {
  if (a.size() < b.size()) std::swap(a, b);
  return a.size() == b.size() + 1 && b.size() >= 3 && a.back() == 's' && a.starts_with(b);
}

// "12", "v3", "1": what people write behind a name without a blank.
bool is_version(std::string_view rest) {
  if (!rest.empty() && rest.front() == 'v') rest.remove_prefix(1);
  return !rest.empty() && rest.size() <= 3 &&
         rest.find_first_not_of("0123456789") == std::string_view::npos;
}

// What firms put behind their name in a handle.
bool is_handle_ending(std::string_view rest) {
  for (std::string_view ending :
       {"",    "support", "help", "helps", "care",   "cares", "service",  "uk",
        "us",  "usa",     "de",   "fr",    "es",     "eu",    "official", "hq",
        "app", "store",   "news", "inc",   "global", "team"})
    if (rest == ending) return true;
  return is_version(rest);
}

std::string letters_only(std::string_view text) {
  std::string out;
  for (const char c : plain(fold_word(text)))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) >= 0x80))
      out += c;
  return out;
}

// Whether a host of this link is the name: "apple.com/…", "https://www.apple.com".
bool is_host(std::string_view link, std::string_view name) {
  for (auto at = link.find(name); at != std::string_view::npos; at = link.find(name, at + 1)) {
    const bool begins = at == 0 || link[at - 1] == '/' || link[at - 1] == '.';
    if (begins && link.substr(at + name.size()).starts_with('.') &&
        link.substr(0, at).find('/', at > 8 ? 8 : at) == std::string_view::npos)
      return true;
  }
  return false;
}

}  // namespace

// Walks one text.
class BrandWords::Reader {
 public:
  Reader(const BrandWords& brands, const Prepared& prepared, std::string_view hint,
         std::vector<EntityFinding>& out, std::vector<Reason>* why)
      : brands_(brands), words_(prepared), hint_(hint), out_(out), why_(why) {}

  void read() {
    const std::size_t first = out_.size();
    read_addresses();
    const bool addressed = out_.size() > first;
    cut_mixed();
    for (std::uint32_t w = 0; w < words_.words.size();) {
      const Match match = best_at(w);
      if (match.term != nullptr)
        found(w, match);
      else if (is_tag(w))
        read_tag(w);
      else
        note_part(w);
      w += std::max(match.words, 1U);
    }
    if (hear_parts() || addressed)
      std::stable_sort(out_.begin() + static_cast<std::ptrdiff_t>(first), out_.end(),
                       [](const EntityFinding& a, const EntityFinding& b) {
                         return a.span.begin < b.span.begin;
                       });
  }

 private:
  void read_addresses() {
    for (const Piece& piece : words_.text.left_out) {
      const std::string_view written =
          words_.text.text.substr(piece.begin, piece.end - piece.begin);
      const bool handle = written.front() == '@';
      const std::string name = handle ? letters_only(written) : ascii_lower(written);
      for (const Term& term : brands_.terms_) {
        const std::string& joined = term.joined;
        const bool longer = joined.size() >= kShortHandle && name.starts_with(joined) &&
                            is_handle_ending(std::string_view(name).substr(joined.size()));
        if (handle ? name != joined && !longer : !is_host(name, joined)) continue;
        add(term, {piece.begin, piece.end}, kHandle);
        break;
      }
    }
  }

  // The match of most words; of those, one without edits.
  Match best_at(std::uint32_t w) {
    Match best;
    for (const Term& term : brands_.terms_) {
      const Match match = match_at(w, term);
      if (match.term == nullptr) continue;
      if (best.term == nullptr || match.words > best.words ||
          (match.words == best.words && !match.misspelled && best.misspelled))
        best = match;
    }
    return best;
  }

  Match match_at(std::uint32_t w, const Term& term) {
    Match match;
    bool fits = false;
    if (term.words.size() == 1) {
      fits = fit(words_.words[w], term.words.front(), false, match);
      if (!fits) fits = fit_parts(w, term, match = Match{});
    } else {
      fits = fit_several(w, term, match);
      if (!fits) fits = fit(words_.words[w], term.joined, false, match = Match{});
    }
    if (fits && match.misspelled && term.joined.size() <= kShortName) fits = is_like_name(w, match);
    if (fits) match.term = &term;
    return match;
  }

  // One word of the text against one of a name.
  bool fit(std::string_view written, std::string_view name, bool one_of_several,
           Match& match) const {
    match.words += 1;
    if (written == name) return true;
    const std::string_view word = plain_name(written);
    match.possessive = match.possessive || word.size() < written.size();
    if (word == name) return true;
    if (is_plural_pair(word, name)) {
      match.plural = match.plural || word.size() > name.size();
      if (word.size() > name.size() || one_of_several) return true;
    }
    if (word.size() > name.size() && name.size() >= 3 && word.starts_with(name) &&
        is_version(word.substr(name.size())))
      return true;
    match.misspelled = true;
    return is_misspelled(word, name, one_of_several) && !brands_.known_.has(word) &&
           !is_a_name(word);
  }

  // "mis trell", "acme-pumps": one name of which the parts stand apart.
  bool fit_parts(std::uint32_t w, const Term& term, Match& match) const {
    if (w + 1 >= words_.words.size() || term.joined.size() < 6) return false;
    const std::string_view a = words_.words[w], b = plain_name(words_.words[w + 1]);
    const Span& one = words_.text.words[w].span;
    if (a.size() < 2 || b.size() < 2 || a.size() + b.size() != term.joined.size() ||
        words_.text.words[w + 1].span.begin != one.end + 1)
      return false;
    match.words = 2;
    const std::string_view joined = term.joined;
    return joined.starts_with(a) && joined.ends_with(b);
  }

  // At most one word of several may be misspelled.
  bool fit_several(std::uint32_t w, const Term& term, Match& match) const {
    if (w + term.words.size() > words_.words.size()) return false;
    int edited = 0;
    for (std::uint32_t i = 0; i < term.words.size(); ++i) {
      match.misspelled = false;
      if (!fit(words_.words[w + i], term.words[i], true, match)) return false;
      edited += match.misspelled ? 1 : 0;
    }
    match.misspelled = edited > 0;
    match.plural = false;
    return edited <= 1;
  }

  // No brand is a misspelling of another.
  bool is_a_name(std::string_view word) const {
    return std::any_of(brands_.terms_.begin(), brands_.terms_.end(), [&](const Term& term) {
      return term.joined == word ||
             std::find(term.words.begin(), term.words.end(), word) != term.words.end();
    });
  }

  // "Acmeका", "وAcme": what is Latin of a word that goes on in a script without capitals.
  void cut_mixed() {
    if (is_ascii(words_.text.text)) return;
    for (std::uint32_t w = 0; w < words_.words.size(); ++w) {
      const Span& span = words_.text.words[w].span;
      const std::string_view written = words_.text.text.substr(span.begin, span.end - span.begin);
      const bool begins = !is_high(written.front());
      if (begins != is_high(written.back())) continue;
      std::size_t length = 0;
      while (!is_high(begins ? written[length] : written[written.size() - 1 - length])) ++length;
      const std::string_view rest =
          begins ? written.substr(length) : written.substr(0, written.size() - length);
      std::string_view& word = words_.words[w];
      if (!is_caseless(rest) || length < 2 || word.size() <= length) continue;
      word = begins ? word.substr(0, length) : word.substr(word.size() - length);
      const auto bytes = static_cast<std::uint32_t>(length);
      cut_[w] = begins ? Span{span.begin, span.begin + bytes} : Span{span.end - bytes, span.end};
    }
  }

  Span span_of(std::uint32_t w) const {
    const auto cut = cut_.empty() ? cut_.end() : cut_.find(w);
    return cut == cut_.end() ? words_.text.words[w].span : cut->second;
  }

  bool begins_capital(std::uint32_t w) const {
    return is_upper(words_.text.text[span_of(w).begin]);
  }

  bool is_tag(std::uint32_t w) const {
    const std::uint32_t begin = words_.text.words[w].span.begin;
    return begin > 0 && words_.text.text[begin - 1] == '#';
  }

  Casing casing() {
    if (!casing_) casing_ = casing_of(words_.text);
    return *casing_;
  }

  // Capital, possessive or hashtag.
  bool is_like_name(std::uint32_t w, const Match& match) {
    return match.possessive || is_tag(w) || (begins_capital(w) && casing() != Casing::title);
  }

  // A common word too: what stands beside it in a hashtag says too little.
  bool is_ambiguous(const Term& term) {
    return !brands_.context_words_[term.brand].empty() ||
           (term.words.size() == 1 && brands_.is_common_anywhere(term.words.front()));
  }

  // "#AcmeFail", "#acmefail", "#boycottacme"
  void read_tag(std::uint32_t w) {
    thread_local std::vector<Span> parts;
    split_tag(words_.text.text, span_of(w), parts);
    for (std::size_t i = 0; i < parts.size(); ++i)
      for (const Term& term : brands_.terms_)
        if (term.joined.size() >= kShortTag &&
            (tag_parts(parts, i, term) || tag_part(parts[i], term)))
          break;
  }

  // Parts from `i` on that are the name together.
  bool tag_parts(const std::vector<Span>& parts, std::size_t i, const Term& term) {
    std::string joined;
    for (std::size_t k = i; k < parts.size() && joined.size() < term.joined.size(); ++k) {
      joined += plain(fold_word(written(parts[k])));
      if (joined != term.joined) continue;
      if (is_ambiguous(term) && !(k + 1 < parts.size() && is_ending(parts, k + 1))) return false;
      add(term, {parts[i].begin, parts[k].end}, kInTag);
      return true;
    }
    return false;
  }

  bool is_ending(const std::vector<Span>& parts, std::size_t from) const {
    std::string rest;
    for (std::size_t k = from; k < parts.size() && rest.size() < kLongestEnding; ++k)
      rest += ascii_lower(written(parts[k]));
    return is_handle_ending(rest);
  }

  // A name that begins or ends a part, beside a word.
  bool tag_part(Span part, const Term& term) {
    const std::string word = ascii_lower(written(part));
    const std::size_t size = term.joined.size();
    if (!is_ascii(word) || word.size() <= size || brands_.tag_words_.is_word(word)) return false;
    const auto bytes = static_cast<std::uint32_t>(size);
    const std::string_view behind = std::string_view(word).substr(size);
    const std::string_view before = std::string_view(word).substr(0, word.size() - size);
    const bool sure = !is_ambiguous(term);
    if (word.starts_with(term.joined) &&
        (is_handle_ending(behind) || (sure && brands_.tag_words_.is_rest(behind)))) {
      add(term, {part.begin, part.begin + bytes}, kInTag);
      return true;
    }
    if (!sure || !word.ends_with(term.joined) || !brands_.tag_words_.is_rest(before)) return false;
    add(term, {part.end - bytes, part.end}, kInTag);
    return true;
  }

  // One word of a name of several, with a capital.
  void note_part(std::uint32_t w) {
    const std::string_view word = plain_name(words_.words[w]);
    if (word.size() < kShortTag || !begins_capital(w)) return;
    for (const Term& term : brands_.terms_)
      if (term.words.size() > 1 && term.product.empty() &&
          std::find(term.words.begin(), term.words.end(), word) != term.words.end())
        return parts_.emplace_back(w, &term), void();
  }

  // A part counts where the text names the whole besides; one that is no word of its own also where
  // the firm's context stands in the text. A word of its own needs a capital that says something.
  bool hear_parts() {
    bool any = false;
    for (const auto& [w, term] : parts_) {
      const std::string_view word = plain_name(words_.words[w]);
      const auto whole = whole_.find(term->brand);
      const bool named = whole != whole_.end() && whole->second < w;
      const bool ordinary = brands_.tag_words_.is_word(word) || brands_.is_common_anywhere(word);
      if (casing() == Casing::title || shared(word, *term)) continue;
      if (ordinary ? !named || !capital_says(w) : !named && !has_context(*term)) continue;
      Span span = span_of(w);
      span.end -= static_cast<std::uint32_t>(words_.words[w].size() - word.size());
      add(*term, span, kPart);
      any = true;
    }
    return any;
  }

  bool shared(std::string_view word, const Term& term) const {
    return std::any_of(brands_.terms_.begin(), brands_.terms_.end(), [&](const Term& other) {
      return other.brand != term.brand &&
             std::find(other.words.begin(), other.words.end(), word) != other.words.end();
    });
  }

  // Inside a sentence, beside small letters, in a language that writes no other words so.
  bool capital_says(std::uint32_t w) {
    const std::vector<Word>& words = words_.text.words;
    return text_context().capitals_speak() && w > 0 && words[w - 1].sentence == words[w].sentence &&
           !words[w].capitals && !begins_capital(w - 1) &&
           (w + 1 == words.size() || !begins_capital(w + 1) ||
            words[w + 1].sentence != words[w].sentence);
  }

  // Whether a context word of its brand stands in the text; looked up once a brand.
  bool has_context(const Term& term) {
    const auto& own = brands_.context_words_[term.brand];
    if (own.empty()) return false;
    const auto [known, fresh] = contexts_.try_emplace(term.brand, false);
    if (fresh)
      known->second =
          std::any_of(words_.words.begin(), words_.words.end(),
                      [&own](std::string_view word) { return own.count(std::string(word)) > 0; });
    return known->second;
  }

  std::string_view written(Span span) const {
    return words_.text.text.substr(span.begin, span.end - span.begin);
  }

  void found(std::uint32_t w, const Match& match) {
    const Term& term = *match.term;
    const Span span{span_of(w).begin, span_of(w + match.words - 1).end};
    float probability = match.misspelled ? kMisspelled : kSure;
    bool judged = true;
    if (term.words.size() == 1 && match.words == 1) {
      if (is_doubtful(term)) {
        judged = is_listed() || has_context(term);
        probability = judged ? judge(w, match) : kNotJudged;
        if (match.misspelled) probability *= kDoubtOfEdit;
      }
    }
    if (term.words.size() > 1 && !match.misspelled) whole_.emplace(term.brand, w);
    add(term, span, probability);
    out_.back().judged = judged;
  }

  // Whether the text's language judges common words.
  bool is_listed() { return &text_context() != &brands_.no_context_; }

  // A common word, or a firm with context words; a product's own word stands for itself.
  bool is_doubtful(const Term& term) {
    const std::string& word = term.words.front();
    if (!term.product.empty() && !brands_.is_common_anywhere(word)) return false;
    if (!is_listed()) return is_ambiguous(term);
    return text_context().is_common(word) || !brands_.context_words_[term.brand].empty();
  }

  float judge(std::uint32_t w, const Match& match) {
    const Term& term = *match.term;
    BrandPlace place{w, w, term.words.front(), match.plural, match.possessive, casing()};
    place.common = text_context().is_common(place.word);
    const std::size_t before = why_ == nullptr ? 0 : why_->size();
    const float probability =
        text_context().judge(words_, place, brands_.context_words_[term.brand], why_);
    if (why_ != nullptr)
      for (std::size_t i = before; i < why_->size(); ++i)
        (*why_)[i].rule = "brand " + brands_.brands_[term.brand].name + ": " + (*why_)[i].rule;
    return probability;
  }

  // What the text's language says, found out when it is first needed.
  const BrandContext& text_context() {
    if (context_ == nullptr) context_ = &brands_.context_of(words_.text, hint_);
    return *context_;
  }

  void add(const Term& term, Span span, float probability) {
    EntityFinding finding;
    const std::string& brand = brands_.brands_[term.brand].name;
    finding.kind = term.product.empty() ? EntityKind::brand : EntityKind::product;
    finding.name = term.product.empty() ? brand : term.product;
    if (!term.product.empty()) finding.brand = brand;
    finding.span = span;
    finding.probability = probability;
    out_.push_back(std::move(finding));
  }

  const BrandWords& brands_;
  PlainWords words_;
  std::string_view hint_;
  std::vector<EntityFinding>& out_;
  std::vector<Reason>* why_;
  const BrandContext* context_ = nullptr;
  std::optional<Casing> casing_;
  std::unordered_map<std::uint32_t, Span> cut_;  // words of which a part is taken
  std::vector<std::pair<std::uint32_t, const Term*>> parts_;
  std::unordered_map<std::size_t, bool> contexts_;  // by brand, see has_context
  std::unordered_map<std::size_t, std::uint32_t>
      whole_;  // brand: where its whole name first stands
};

void BrandWords::add_term(std::string_view spelling, std::size_t brand, std::string product) {
  Term term;
  term.words = folded_words(spelling);
  if (term.words.empty() && spelling.starts_with('@')) term.words = {letters_only(spelling)};
  for (const std::string& word : term.words) term.joined += word;
  if (term.joined.empty()) return;
  term.brand = brand;
  term.product = std::move(product);
  terms_.push_back(std::move(term));
}

Result<BrandWords> BrandWords::load(std::vector<BrandTerms> brands,
                                    const LanguageFolders& folders) {
  BrandWords out;
  for (const BrandTerms& brand : brands) {
    const std::size_t index = out.context_words_.size();
    out.add_term(brand.name, index, {});
    for (const std::string& alias : brand.aliases) out.add_term(alias, index, {});
    for (const std::string& product : brand.products) out.add_term(product, index, product);
    auto& context = out.context_words_.emplace_back();
    for (const std::string& text : brand.context)
      for (std::string& word : folded_words(text)) context.insert(std::move(word));
  }
  out.brands_ = std::move(brands);
  for (const auto& [code, folder] : folders) {
    if (const auto file = folder.files.find("brands.txt"); file != folder.files.end())
      out.contexts_.emplace(
          code, PLUMBLINE_TRY(BrandContext::load(folder.where + "/brands.txt", file->second)));
    if (const auto stop = folder.files.find("stop.txt"); stop != folder.files.end())
      out.finder_.add_stop_words(code, stop->second);
  }
  out.finder_.add_lists(folders);
  if (!out.terms_.empty()) out.tag_words_ = TagWords(folders);
  for (const auto& [code, context] : out.contexts_) out.tag_words_.leave_out(context.endings());
  std::vector<std::string> names;
  for (const Term& term : out.terms_)
    names.insert(names.end(), term.words.begin(), term.words.end());
  out.known_ = KnownWords(names);
  return out;
}

Result<BrandWords> BrandWords::load(std::vector<BrandTerms> brands) {
  return load(std::move(brands), built_in_languages());
}

bool BrandWords::is_common_anywhere(std::string_view word) const {
  return std::any_of(contexts_.begin(), contexts_.end(),
                     [word](const auto& context) { return context.second.is_common(word); });
}

// A text too short to tell its language is judged as English, which most such texts are.
const BrandContext& BrandWords::context_of(const Prepared& text, std::string_view hint) const {
  const std::string lang = finder_.find(text, hint);
  const auto found = contexts_.find(lang == "und" ? std::string_view("en") : lang);
  return found == contexts_.end() ? no_context_ : found->second;
}

void BrandWords::find(const Prepared& text, std::string_view hint, std::vector<EntityFinding>& out,
                      std::vector<Reason>* why) const {
  if (terms_.empty()) return;
  Prepared parted;
  Reader(*this, part_elisions(text, parted) ? parted : text, hint, out, why).read();
}

}  // namespace plumbline
