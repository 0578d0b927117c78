#include "nlp/comparisons.h"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "base/words.h"

namespace plumbline {
namespace {

enum Role : std::uint32_t {
  kBetter = 1,
  kWorse = 2,
  kMore = 4,
  kLess = 8,
  kThan = 16,
  kPrefer = 32,
  kOver = 64,
  kArticle = 128,
  kNoName = 256,
  kNothing = 512,
  kNot = 1024,
  kBegins = 2048,  // a phrase of one of the forms
  kAsk = 4096,
  kEqual = 8192,
  kAs = 16384,
  kFault = 32768,
  kNeverName = 65536,
};
constexpr std::pair<std::string_view, Role> kRoleNames[] = {
    {"better", kBetter}, {"worse", kWorse},     {"more", kMore},   {"less", kLess},
    {"than", kThan},     {"prefer", kPrefer},   {"over", kOver},   {"article", kArticle},
    {"noname", kNoName}, {"nothing", kNothing}, {"not", kNot},     {"ask", kAsk},
    {"equal", kEqual},   {"as", kAs},           {"fault", kFault}, {"never", kNeverName}};
constexpr std::string_view kFormNames[] = {"wins", "loses", "behind", "between", "falls"};

constexpr std::size_t kBeforeCue = 8;   // words in which the first name stands
constexpr std::size_t kToThan = 4;      // words from "better" to "than": "a better app than"
constexpr std::size_t kEqualWords = 2;  // between "as" and "as"
constexpr std::size_t kArticles = 2;    // before the second name
constexpr std::size_t kVerbs = 2;       // "rather have X than Y"
constexpr std::size_t kDenied = 3;      // words before a cue in which "not" turns it
constexpr std::size_t kMostNameWords = 4;
constexpr std::size_t kToAdjective = 4;  // words but names from the last name or phrase to it
constexpr std::size_t kDeniedAfter = 5;  // words behind an adjective in which "not" turns it

bool starts_capital(std::string_view word) {
  UChar32 point = 0;
  std::int64_t at = 0;
  U8_NEXT(reinterpret_cast<const std::uint8_t*>(word.data()), at,
          static_cast<std::int64_t>(word.size()), point);
  return u_isupper(point) || u_istitle(point);
}

}  // namespace

Result<Comparisons> Comparisons::load(std::string_view content) {
  Comparisons out;
  int number = 0;
  for (const std::string_view line : split(content, '\n')) {
    ++number;
    if (trim(line).empty() || line.front() == '#') continue;
    const auto tab = line.find('\t');
    const std::string_view kind = line.substr(0, tab);
    const std::string_view words = tab == std::string_view::npos ? "" : line.substr(tab + 1);
    PLUMBLINE_CHECK(out.add_line(kind, words).map_error([&](Error error) {
      error.where = fmt::format("compare.txt:{}", number);
      return error;
    }));
  }
  return out;
}

Status Comparisons::add_line(std::string_view kind, std::string_view words) {
  if (trim(words).empty())
    return fail(ErrorCode::invalid, "wants what the words do, a tab and the words");
  if (const auto form = std::ranges::find(kFormNames, kind); form != std::end(kFormNames)) {
    Phrase phrase;
    phrase.form = static_cast<Form>(form - std::begin(kFormNames));
    for (const std::string_view word : split(words, ' '))
      if (!trim(word).empty()) phrase.words.push_back(fold_word(trim(word)));
    roles_[phrase.words.front()] |= kBegins;
    phrases_.push_back(std::move(phrase));
    return {};
  }
  for (const auto& [name, role] : kRoleNames) {
    if (kind != name) continue;
    for (const std::string_view word : split(words, ' '))
      if (!trim(word).empty()) roles_[fold_word(trim(word))] |= role;
    asks_ = asks_ || role == kAsk;
    return {};
  }
  return fail(ErrorCode::invalid,
              "wants wins, loses, behind, between, falls, better, worse, more, less, than, prefer, "
              "over, article, noname, nothing, ask, equal, as, fault, never or not, not '" +
                  std::string(kind) + "'");
}

// The comparisons of one text.
class Comparisons::Search {
 public:
  Search(const Comparisons& words, const Prepared& text, const Lexicon& lexicon,
         std::span<const AspectFinding> aspects, std::vector<Compared>& out)
      : words_(words), text_(text), lexicon_(lexicon), aspects_(aspects), out_(out) {}

  void run() {
    for (std::size_t i = 0; i < text_.words.size();) {
      const std::optional<Cue> cue = cue_at(i);
      const std::optional<Cue> other = phrase_at(i, Form::behind, Form::falls);
      if ((!cue && !other) || asked(i) || (denied(i) && !(cue && cue->equal))) {
        i = cue ? cue->last : i + 1;
        continue;
      }
      const std::size_t known = out_.size();
      std::size_t next = cue ? take(*cue) : i + 1;
      if (other && out_.size() == known) next = take_adjective(*other);
      i = std::max(next, i + 1);
    }
  }

 private:
  // The words [first, last), of which what stands before is above or below what stands behind; or
  // "prefer", which stands before both.
  struct Cue {
    std::size_t first = 0, last = 0;
    bool wins = true, prefers = false;
    Form form = Form::wins;
    bool equal = false;  // "not as quiet as": denied already
  };
  struct Range {
    std::size_t first = 0, last = 0;
  };

  std::uint32_t role(std::size_t word) const {
    const std::uint32_t* const found = words_.roles_.find(text_.words[word].folded);
    return found == nullptr ? 0 : *found;
  }

  bool in_one_sentence(std::size_t word, std::size_t next) const {
    return next < text_.words.size() && text_.words[word].sentence == text_.words[next].sentence;
  }

  // Both in one sentence with nothing but blanks, hyphens and quotes between.
  bool joined(std::size_t word, std::size_t next) const {
    if (!in_one_sentence(word, next)) return false;
    for (std::size_t at = text_.words[word].span.end; at < text_.words[next].span.begin; ++at)
      if (text_.text[at] == '.' || clause_sign_at(text_.text, at) > 0) return false;
    return true;
  }

  bool matches(const Phrase& phrase, std::size_t at) const {
    for (std::size_t k = 0; k < phrase.words.size(); ++k) {
      if (at + k >= text_.words.size() || text_.words[at + k].folded != phrase.words[k])
        return false;
      if (k > 0 && !joined(at + k - 1, at + k)) return false;
    }
    return true;
  }

  // The "than" that belongs to the word at `from`, or none.
  std::optional<std::size_t> than_after(std::size_t from) const {
    for (std::size_t k = from + 1; k <= from + kToThan && joined(k - 1, k); ++k)
      if ((role(k) & kThan) != 0) return k;
    return {};
  }

  // The longest phrase at a word whose form is one of `first` to `last`.
  std::optional<Cue> phrase_at(std::size_t at, Form first, Form last) const {
    if ((role(at) & kBegins) == 0) return {};
    const Phrase* best = nullptr;
    for (const Phrase& phrase : words_.phrases_)
      if (phrase.form >= first && phrase.form <= last && matches(phrase, at) &&
          (best == nullptr || phrase.words.size() > best->words.size()))
        best = &phrase;
    if (best == nullptr) return {};
    return Cue{at, at + best->words.size(), best->form == Form::wins, false, best->form};
  }

  // "as quiet as", which is denied.
  std::optional<Cue> unequal_at(std::size_t at) const {
    bool fault = false;
    for (std::size_t k = at + 1; k <= at + 1 + kEqualWords && joined(k - 1, k); ++k) {
      if (k > at + 1 && (role(k) & kAs) != 0) return Cue{at, k + 1, fault, false, Form::wins, true};
      const WordRule* const rule = lexicon_.rule_of(text_.words[k].folded);
      fault = fault || (role(k) & (kFault | kWorse)) != 0 || (rule != nullptr && rule->seed < 0);
    }
    return {};
  }

  std::optional<Cue> cue_at(std::size_t at) const {
    const std::uint32_t mine = role(at);
    if (const auto phrase = phrase_at(at, Form::wins, Form::loses)) return phrase;
    if ((mine & kPrefer) != 0) return Cue{at, at + 1, true, true};
    if ((mine & kEqual) != 0 && denied(at))
      if (const auto equal = unequal_at(at)) return equal;
    if ((mine & (kBetter | kWorse)) != 0)
      if (const auto than = than_after(at)) return Cue{at, *than + 1, (mine & kBetter) != 0, false};
    if ((mine & (kMore | kLess)) != 0 && joined(at, at + 1)) {
      const WordRule* const rule = lexicon_.rule_of(text_.words[at + 1].folded);
      const auto than = than_after(at + 1);
      if (rule != nullptr && rule->seed != 0 && than)
        return Cue{at, *than + 1, (rule->seed > 0) == ((mine & kMore) != 0), false};
    }
    return {};
  }

  bool asked(std::size_t word) {
    if (asked_of_ != text_.words[word].sentence) {
      asked_of_ = text_.words[word].sentence;
      asked_ = asks(word);
    }
    return asked_;
  }

  // Whether the sentence of a word asks.
  bool asks(std::size_t word) const {
    const Piece sentence = text_.sentences[text_.words[word].sentence];
    if (ends_with_question_mark(
            trim(text_.text.substr(sentence.begin, sentence.end - sentence.begin))))
      return true;
    if (!words_.asks_) return false;
    std::size_t first = word, last = word;
    while (!begins_sentence(first)) --first;
    while (in_one_sentence(last, last + 1)) ++last;
    return ((role(first) | role(last)) & kAsk) != 0;
  }

  bool denied(std::size_t cue) const {
    for (std::size_t k = cue; k > 0 && cue - k < kDenied && joined(k - 1, k); --k)
      if ((role(k - 1) & kNot) != 0 || text_.words[k - 1].folded.ends_with("n't")) return true;
    return false;
  }

  bool is_aspect(std::size_t word) {
    if (places_.size() != aspects_.size()) {
      for (const AspectFinding& each : aspects_) places_.push_back(each.span);
      std::ranges::sort(places_, {}, &Span::begin);
    }
    constexpr std::ptrdiff_t kNested = 4;  // aspects that hold one another
    const Span mine = text_.words[word].span;
    auto at = std::ranges::lower_bound(places_, mine.end, {}, &Span::begin);
    for (std::ptrdiff_t k = 0; k < kNested && at != places_.begin(); ++k)
      if (overlap(*--at, mine)) return true;
    return false;
  }

  bool has_capital(std::size_t word) const {
    const Span& mine = text_.words[word].span;
    return starts_capital(text_.text.substr(mine.begin, mine.end - mine.begin));
  }

  bool is_name(std::size_t word) {
    if ((role(word) & ~static_cast<std::uint32_t>(kOver | kBegins)) != 0) return false;
    return has_capital(word) || is_aspect(word);
  }

  bool begins_sentence(std::size_t word) const {
    return word == 0 || text_.words[word - 1].sentence != text_.words[word].sentence;
  }

  // The whole name that a word is of, to the left and to the right.
  Range grown(std::size_t word) {
    Range out{word, word + 1};
    const bool written = has_capital(word);  // "Acme works": no part of the name has none
    const auto is_part = [&](std::size_t k) { return is_name(k) && (!written || has_capital(k)); };
    while (out.last - out.first < kMostNameWords && out.first > 0 &&
           joined(out.first - 1, out.first) && is_part(out.first - 1) &&
           !begins_sentence(out.first - 1))
      --out.first;
    while (out.last - out.first < kMostNameWords && joined(out.last - 1, out.last) &&
           is_part(out.last) && !text_.words[out.last].capitals)
      ++out.last;
    return out;
  }

  // The name before a word that is compared with `other`: the nearest with a capital where `other`
  // has one ("Acme's support is better than Globex"), else the nearest; `nothing`: "nothing beats
  // Y".
  std::optional<Range> name_before(std::size_t word, const Range& other, bool& nothing) {
    const bool written = has_capital(other.last - 1);
    std::optional<Range> nearest;
    for (std::size_t k = word; k > 0 && word - k < kBeforeCue && joined(k - 1, k); --k) {
      const std::uint32_t mine = role(k - 1);
      nothing = (mine & kNothing) != 0;
      if (nothing || (mine & kNoName) != 0) break;
      if (!is_name(k - 1) || (nearest && !has_capital(k - 1))) continue;
      nearest = grown(k - 1);
      nearest->last = std::min(nearest->last, word);
      if (!written || has_capital(k - 1)) break;
    }
    return nearest;
  }

  std::optional<Range> name_after(std::size_t last) {
    std::size_t k = last;
    for (std::size_t skipped = 0; skipped < kArticles; ++skipped, ++k)
      if (!(joined(k - 1, k) && (role(k) & kArticle) != 0)) break;
    if (!joined(k - 1, k) || !is_name(k)) return {};
    return grown(k);
  }

  void put(const std::optional<Range>& range, bool above) {
    if (!range) return;
    Span span{text_.words[range->first].span.begin, text_.words[range->last - 1].span.end};
    for (const std::string_view tail : {"'s", "’s"})
      if (text_.text.substr(span.begin, span.end - span.begin).ends_with(tail))
        span.end -= static_cast<std::uint32_t>(tail.size());
    out_.push_back({span, above ? Polarity::positive : Polarity::negative});
  }

  // Returns the word to go on with.
  std::size_t take(const Cue& cue) {
    if (cue.prefers) return take_preferred(cue);
    bool nothing = false;
    const std::optional<Range> second = name_after(cue.last);
    if (!second) return cue.last;
    const std::optional<Range> first = name_before(cue.first, *second, nothing);
    put(first, cue.wins);
    put(second, nothing == cue.wins);
    return second->last;
  }

  // 1 for what is good, -1 for what is bad, 0 for neither; "less" before it turns it.
  int judges(std::size_t word) const {
    const std::uint32_t mine = role(word);
    int sign = (mine & kBetter) != 0 ? 1 : (mine & kWorse) != 0 ? -1 : 0;
    if (sign == 0 && mine == 0) {
      const WordRule* const rule = lexicon_.rule_of(text_.words[word].folded);
      if (rule != nullptr && rule->seed != 0) sign = rule->seed > 0 ? 1 : -1;
    }
    return joined(word - 1, word) && (role(word - 1) & kLess) != 0 ? -sign : sign;
  }

  // The word that judges, from `from` on, with the last name before it.
  struct Judged {
    std::size_t word = 0;
    int sign = 0;
    std::optional<Range> name;
  };
  std::optional<Judged> judged_after(std::size_t from) {
    Judged out;
    std::size_t others = 0;
    for (std::size_t k = from; others <= kToAdjective; ++k) {
      // A comma may stand behind the phrase itself.
      if (!(k == from ? in_one_sentence(k - 1, k) : joined(k - 1, k))) return {};
      if ((role(k) & (kNot | kNothing)) != 0) return {};
      out.word = k;
      out.sign = judges(k);
      if (out.sign != 0) return out;
      if (!is_name(k)) {
        ++others;
        continue;
      }
      if (!out.name) out.name = grown(k);
    }
    return {};
  }

  bool denied_after(std::size_t word) const {
    for (std::size_t k = word + 1; k <= word + kDeniedAfter && joined(k - 1, k); ++k)
      if ((role(k) & kNot) != 0) return true;
    return false;
  }

  // Both names before the word that judges: XよりYの方が静か, YはXより静か, X比Y好.
  std::size_t take_adjective(const Cue& cue) {
    bool nothing = false;
    std::optional<Range> first, second;
    if (cue.form == Form::behind) {
      if (cue.first > 0 && joined(cue.first - 1, cue.first) && is_name(cue.first - 1))
        second = grown(cue.first - 1);
    } else {
      second = name_after(cue.last);
    }
    if (!second) return cue.last;
    const std::optional<Judged> judged =
        judged_after(cue.form == Form::behind ? cue.last : second->last);
    if (!judged || denied_after(judged->word)) return cue.last;
    if (cue.form == Form::behind) {
      second->last = cue.first;
      first = judged->name ? judged->name : name_before(second->first, *second, nothing);
      if (!first && second->last - second->first > 1) {  // two names side by side
        first = Range{second->first, second->last - 1};
        second->first = second->last - 1;
      }
    } else {
      first = name_before(cue.first, *second, nothing);
    }
    if (!first) return cue.last;
    const bool above = (judged->sign > 0) != (cue.form == Form::falls);
    put(first, above);
    put(second, !above);
    return judged->word + 1;
  }

  std::size_t take_preferred(const Cue& cue) {
    std::optional<Range> first = name_after(cue.last);
    for (std::size_t k = cue.last; !first && k < cue.last + kVerbs && joined(k - 1, k); ++k)
      first = name_after(k + 1);
    if (!first) return cue.last;
    std::size_t over = first->last;
    if (!joined(over - 1, over) || (role(over) & kOver) == 0) return cue.last;
    const std::optional<Range> second = name_after(over + 1);
    if (!second) return cue.last;
    put(first, true);
    put(second, false);
    return second->last;
  }

  const Comparisons& words_;
  const Prepared& text_;
  const Lexicon& lexicon_;
  std::span<const AspectFinding> aspects_;
  std::vector<Compared>& out_;
  std::vector<Span> places_;      // of the aspects, by begin, once they are asked for
  std::uint32_t asked_of_ = ~0U;  // the sentence of which `asked_` is known
  bool asked_ = false;
};

void Comparisons::find(const Prepared& text, const Lexicon& lexicon,
                       std::span<const AspectFinding> aspects, std::vector<Compared>& out) const {
  if (empty()) return;
  Prepared parted;
  Search(*this, part_elisions(text, parted) ? parted : text, lexicon, aspects, out).run();
}

void add_compared(std::string_view text, std::span<const Compared> compared,
                  std::vector<AspectFinding>& aspects) {
  if (compared.empty()) return;
  const auto begin = [](const AspectFinding& each) { return each.span.begin; };
  std::ranges::stable_sort(aspects, {}, begin);
  const std::size_t known = aspects.size();
  std::size_t first = 0;
  for (const Compared& each : compared) {
    while (first < known && aspects[first].span.end <= each.name.begin) ++first;
    const auto score = static_cast<float>(each.label);
    bool is_known = false;
    for (std::size_t k = first; k < known && aspects[k].span.begin < each.name.end; ++k) {
      if (!overlap(aspects[k].span, each.name)) continue;
      aspects[k].label = each.label;
      aspects[k].score = score;
      is_known = true;
    }
    if (is_known) continue;
    const std::uint32_t length = each.name.end - each.name.begin;
    aspects.push_back(
        {fold_word(text.substr(each.name.begin, length)), each.label, each.name, score});
  }
  std::ranges::stable_sort(aspects, {}, begin);
}

}  // namespace plumbline
