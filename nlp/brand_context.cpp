#include "nlp/brand_context.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "base/text.h"
#include "base/words.h"
#include "nlp/pattern_file.h"

namespace plumbline {
namespace {

constexpr float kMostNear = 1.2F;       // words anywhere in the text, together, for all brands
constexpr float kMostOwn = 4;           // the firm's own context words, together
constexpr float kOwnWord = 2;           // each of them
constexpr float kNoCommonWord = 1.0F;   // a name that is none needs more against it
constexpr float kHeaviestLine = 6;      // of any line
constexpr std::size_t kTitleShare = 4;  // as many capitals to a small letter make a title
constexpr std::size_t kNearWords = 12;  // words to either side that count as near

std::string_view gap(const PlainWords& text, std::uint32_t before) {
  const std::uint32_t begin = text.text.words[before].span.end;
  return text.text.text.substr(begin, text.text.words[before + 1].span.begin - begin);
}

bool is_cap(const PlainWords& text, std::uint32_t word) {
  return is_upper(text.text.text[text.text.words[word].span.begin]);
}

bool begins_sentence(const PlainWords& text, std::uint32_t word) {
  return word == 0 || text.text.words[word - 1].sentence != text.text.words[word].sentence;
}

bool joins_names(std::string_view gap) {
  return gap.size() <= 3 && gap.find_first_not_of(" -\"'#") == std::string_view::npos;
}

}  // namespace

Casing casing_of(const Prepared& text) {
  std::size_t capital = 0, small = 0;
  bool first_capital = false;
  for (const Word& word : text.words) {
    const char c = text.text[word.span.begin];
    if (!is_letter(c)) continue;
    if (capital + small == 0) first_capital = is_upper(c);
    ++(is_upper(c) ? capital : small);
  }
  if (capital > kTitleShare * small) return capital == 1 ? Casing::none : Casing::title;
  return first_capital ? Casing::sentence : Casing::none;
}

// Adds up, and notes what was added.
class BrandContext::Sum {
 public:
  Sum(const PlainWords& text, std::vector<Reason>* why) : text_(text), why_(why) {}
  void add(std::string rule, float weight, std::uint32_t word) {
    total += weight;
    if (why_ != nullptr && weight != 0)
      why_->push_back({text_.text.words[word].span, std::move(rule), weight});
  }
  float total = 0;

 private:
  const PlainWords& text_;
  std::vector<Reason>* why_;
};

const float* BrandContext::weight_in(const Weights& weights, std::string_view word) {
  const auto found = weights.find(std::string(word));
  return found == weights.end() ? nullptr : &found->second;
}

bool BrandContext::capitals_speak() const {
  const auto found = shape_.find("capital");
  return found != shape_.end() && found->second > 0;
}

Status BrandContext::read_line(std::string_view what, std::string_view value,
                               std::string_view words) {
  if (what == "common") {
    for (std::string_view word : split(words, '|')) common_.insert(plain(fold_word(trim(word))));
    return {};
  }
  if (what == "ending") {
    for (std::string_view word : split(words, '|'))
      endings_.push_back(plain(fold_word(trim(word))));
    return {};
  }
  float weight = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), weight);
  if (error != std::errc() || end != value.data() + value.size() ||
      !(std::abs(weight) <= kHeaviestLine))
    return fail(ErrorCode::invalid, "the weight is a number from -6 to 6");
  if (what == "shape") {
    shape_[std::string(words)] = weight;
    return {};
  }
  Sides* sides = &all_;
  if (const auto colon = what.find(':'); colon != std::string_view::npos) {
    sides = &of_[plain(fold_word(what.substr(0, colon)))];
    what.remove_prefix(colon + 1);
  }
  if (what != "before" && what != "after" && what != "near")
    return fail(
        ErrorCode::invalid,
        "a line is: common, ending, shape, before, after, near or WORD:before …, TAB weight (- for "
        "common and ending), TAB words with | between");
  Weights& into = what == "before" ? sides->before : what == "after" ? sides->after : sides->near;
  for (std::string_view word : split(words, '|')) {
    word = trim(word);
    if (word.size() > 2 && word.front() == '*' && what == "after")
      sides->endings.emplace_back(plain(fold_word(word.substr(1))), weight);
    else
      into[plain(fold_word(word))] = weight;
  }
  return {};
}

Result<BrandContext> BrandContext::load(const std::string& name, std::string_view content) {
  BrandContext out;
  const std::vector<PatternLine> lines = PLUMBLINE_TRY(read_lines(name, content));
  for (const PatternLine& line : lines) {
    if (line.fields.size() != 3)
      return tl::unexpected(
          line_error(name, line.number, "a line has three fields, parted by TABs"));
    if (Status status = out.read_line(line.fields[0], line.fields[1], line.fields[2]); !status)
      return tl::unexpected(line_error(name, line.number, status.error().message));
  }
  return out;
}

// Names of shape: bias (what every word begins with), capital (inside a sentence), small (in a text
// that begins with a capital), name_before and name_after (a neighbour with a capital: part of a
// longer name), possessive, plural, hashtag, alone (the whole text).
void BrandContext::judge_shape(const PlainWords& text, const BrandPlace& place, Sum& sum) const {
  const auto add = [&](const char* name) {
    if (const auto found = shape_.find(name); found != shape_.end())
      sum.add(name, found->second, place.first);
  };
  add("bias");
  if (!place.common) sum.add("no common word", kNoCommonWord, place.first);
  const Prepared& prepared = text.text;
  const std::uint32_t begin = prepared.words[place.first].span.begin;
  const bool opens = begins_sentence(text, place.first);
  const bool hashtag = begin > 0 && prepared.text[begin - 1] == '#';
  if (is_upper(prepared.text[begin]) && place.casing != Casing::title) {
    if (!opens && !prepared.words[place.first].capitals) add("capital");
    const std::uint32_t next = place.last + 1;
    if (place.first > 0 && !prepared.words[place.first - 1].capitals &&
        is_cap(text, place.first - 1) && !begins_sentence(text, place.first - 1) &&
        joins_names(gap(text, place.first - 1)))
      add("name_before");
    if (next < prepared.words.size() && is_cap(text, next) && joins_names(gap(text, place.last)))
      add("name_after");
  } else if (place.common && !is_upper(prepared.text[begin]) && place.casing == Casing::sentence &&
             !hashtag) {
    add("small");
  }
  if (place.possessive) add("possessive");
  if (place.plural) add("plural");
  if (hashtag) add("hashtag");
  if (place.first == 0 && place.last + 1 == text.words.size()) add("alone");
}

void BrandContext::judge_neighbours(const PlainWords& text, const BrandPlace& place,
                                    Sum& sum) const {
  const auto of = of_.find(place.word);
  const Sides* own = of == of_.end() ? nullptr : &of->second;
  const auto side = [&](std::uint32_t at, bool after) {
    const std::string_view word = text.words[at];
    const float* weight = nullptr;
    if (own != nullptr) weight = weight_in(after ? own->after : own->before, word);
    if (weight == nullptr) weight = weight_in(after ? all_.after : all_.before, word);
    if (weight != nullptr)
      return sum.add(std::string(after ? "before \"" : "after \"") + std::string(word) + "\"",
                     *weight, at);
    for (const auto& [ending, value] : all_.endings)
      if (after && word.size() > ending.size() + 1 && word.ends_with(ending))
        return sum.add("before a word in \"-" + ending + "\"", value, at);
  };
  const std::vector<Word>& words = text.text.words;
  if (place.first > 0 && words[place.first - 1].sentence == words[place.first].sentence &&
      joins_names(gap(text, place.first - 1)))
    side(place.first - 1, false);
  if (place.last + 1 < words.size() &&
      words[place.last + 1].sentence == words[place.last].sentence &&
      joins_names(gap(text, place.last)))
    side(place.last + 1, true);
}

void BrandContext::judge_text(const PlainWords& text, const BrandPlace& place,
                              const std::unordered_set<std::string>& own, Sum& sum) const {
  const auto of = of_.find(place.word);
  const std::size_t begin = place.first > kNearWords ? place.first - kNearWords : 0;
  const std::size_t end = std::min<std::size_t>(text.words.size(), place.last + kNearWords + 1);
  float near_total = 0, own_total = 0;
  std::unordered_set<std::string_view> seen;
  for (std::size_t i = begin; i < end; ++i) {
    if (i >= place.first && i <= place.last) continue;
    const std::string_view word = text.words[i];
    if (!seen.insert(word).second) continue;
    const auto at = static_cast<std::uint32_t>(i);
    const std::string rule = "near \"" + std::string(word) + "\"";
    if (own_total < kMostOwn && own.count(std::string(word)) > 0) {
      own_total += kOwnWord;
      sum.add("context \"" + std::string(word) + "\"", kOwnWord, at);
      continue;
    }
    const float* weight = of == of_.end() ? nullptr : weight_in(of->second.near, word);
    if (weight != nullptr) {
      sum.add(rule, *weight, at);
      continue;
    }
    weight = weight_in(all_.near, word);
    if (weight == nullptr || std::abs(near_total + *weight) > kMostNear) continue;
    near_total += *weight;
    sum.add(rule, *weight, at);
  }
}

float BrandContext::judge(const PlainWords& text, const BrandPlace& place,
                          const std::unordered_set<std::string>& own,
                          std::vector<Reason>* why) const {
  Sum sum(text, why);
  judge_shape(text, place, sum);
  judge_neighbours(text, place, sum);
  judge_text(text, place, own, sum);
  return 1 / (1 + std::exp(-sum.total));
}

}  // namespace plumbline
