#include "nlp/sentiment_features.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/text.h"
#include "nlp/symbols.h"

namespace plumbline {
namespace {

// Chosen on the validation sets, see bench/runs.
constexpr float kBeforeContrast = 0.7F;
constexpr float kAfterContrast = 1.3F;
constexpr float kEmphasis = 1.25F;     // capitals and stretched letters
constexpr std::size_t kStemBytes = 5;  // letters, as stems are for alphabets of one byte a letter
constexpr std::size_t kMostLetters = 40;  // longer "words" are noise and get no stem

constexpr std::size_t kBackReach = 2;  // words before "ない": its verb comes as stem and ending

struct WordState {
  const WordRule* rule = nullptr;
  std::string_view name;
  float value = 1;
  bool negated = false;
};

// Whether what stands between two words ends the reach of a negator.
bool ends_clause(std::string_view gap) {
  for (const char c : gap)
    if (static_cast<unsigned char>(c) >= 0x80 ||
        std::string_view(".,;:!?()").find(c) != std::string_view::npos)
      return true;
  return false;
}

// Bytes of the first `kStemBytes` characters; the whole word if it has no more than one beyond
// them.
std::size_t stem_bytes(std::string_view word) {
  std::size_t characters = 0, cut = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if ((word[i] & 0xC0) == 0x80) continue;
    if (characters == kStemBytes) cut = i;
    ++characters;
  }
  return characters > kStemBytes && word.size() <= kMostLetters * 4 ? cut : word.size();
}

class TrainingVisit {
 public:
  TrainingVisit(const Prepared& text, const TextPart& part, const Lexicon& lexicon,
                FeatureSink& sink, std::vector<WordState>& states)
      : text_(text), part_(part), lexicon_(lexicon), sink_(sink), states_(states) {}

  float run() {
    std::size_t capitals = 0;
    for (std::size_t i = part_.first; i < part_.last; ++i)
      if (text_.words[i].capitals) ++capitals;
    shouting_ = capitals * 2 > part_.last - part_.first;
    for (std::size_t begin = part_.first; begin < part_.last;) {
      std::size_t end = begin + 1;
      while (end < part_.last && text_.words[end].sentence == text_.words[begin].sentence) ++end;
      sentence(begin, end);
      begin = end;
    }
    symbols();
    addresses();
    return std::sqrt(static_cast<float>(part_.last - part_.first) + symbol_weight_ + 1.0F);
  }

 private:
  void rule(std::string_view name, float value, Span span) {
    Feature feature;
    feature.name = name;
    feature.kind = FeatureKind::rule;
    feature.value = value;
    feature.span = span;
    sink_.add(feature);
  }

  std::string_view gap_before(std::size_t i) const {
    const std::uint32_t from = text_.words[i - 1].span.end;
    return text_.text.substr(from, text_.words[i].span.begin - from);
  }

  void sentence(std::size_t begin, std::size_t end) {
    states_.assign(end - begin, {});
    for (std::size_t i = begin; i < end; ++i) {
      WordState& state = states_[i - begin];
      state.rule = lexicon_.rule_of(text_.words[i].folded);
      state.name = is_number(text_.words[i].folded) ? "<number>" : text_.words[i].folded;
    }
    spread_rules(begin, end);
    weigh_contrast();
    for (std::size_t i = begin; i < end; ++i) word(i, begin);
  }

  // Negators, intensifiers and contrast words change the states of the words around them.
  void spread_rules(std::size_t begin, std::size_t end) {
    int reach = 0;
    float intensity = 1;
    for (std::size_t i = begin; i < end; ++i) {
      WordState& state = states_[i - begin];
      if (i > begin && reach > 0 && ends_clause(gap_before(i))) reach = 0;
      if (state.rule && state.rule->contrast) reach = 0;
      state.negated = reach-- > 0;
      state.value *= intensity;
      intensity = state.rule ? state.rule->intensity : 1.0F;
      if (text_.words[i].stretched || (text_.words[i].capitals && !shouting_))
        state.value *= kEmphasis;
      if (!state.rule) continue;
      if (state.rule->negates) reach = kNegationReach;
      if (state.rule->negates_before)
        for (std::size_t back = 1; back <= kBackReach && begin + back <= i; ++back)
          states_[i - begin - back].negated = true;
      if (state.rule->negates || state.rule->negates_before)
        rule("<negation>", 1, text_.words[i].span);
    }
  }

  // The last contrast word of a sentence decides; one that begins the sentence contrasts with the
  // sentence before and changes nothing here.
  void weigh_contrast() {
    std::size_t at = states_.size();
    while (at > 0 && !(states_[at - 1].rule && states_[at - 1].rule->contrast)) --at;
    if (at <= 1) return;
    for (std::size_t j = 0; j + 1 < at; ++j) states_[j].value *= kBeforeContrast;
    for (std::size_t j = at; j < states_.size(); ++j) states_[j].value *= kAfterContrast;
  }

  void word(std::size_t i, std::size_t begin) {
    const Word& word = text_.words[i];
    const WordState& state = states_[i - begin];
    Feature feature;
    feature.span = word.span;
    feature.value = state.value;
    feature.negated = state.negated;
    if (state.negated) {
      name_.assign("~").append(state.name);
      feature.name = name_;
      feature.plain = state.name;
    } else {
      feature.name = state.name;
    }
    sink_.add(feature);
    if (state.rule && state.rule->seed != 0) seed(word, state);
    feature.plain = {};
    if (const std::size_t cut = stem_bytes(state.name); cut < state.name.size()) {
      name_.assign(state.name.substr(0, cut)).append("*");
      feature.kind = FeatureKind::stem;
      feature.name = name_;
      sink_.add(feature);
    }
    if (i > begin) {
      name_.assign(states_[i - begin - 1].name).append(" ").append(state.name);
      feature.kind = FeatureKind::phrase;
      feature.name = name_;
      feature.negated = state.negated && states_[i - begin - 1].negated;
      feature.span.begin = text_.words[i - 1].span.begin;
      sink_.add(feature);
    }
    if (word.capitals && !shouting_) rule("<capitals>", 1, word.span);
    if (word.stretched) rule("<stretched>", 1, word.span);
    if (word.span.begin > 0 && text_.text[word.span.begin - 1] == '#')
      rule("<hashtag>", 1, word.span);
  }

  void seed(const Word& word, const WordState& state) {
    const float polarity =
        state.rule->seed * state.value * (state.negated ? kNegatedPolarity : 1.0F);
    rule(polarity > 0 ? "<praise>" : "<blame>", std::fabs(polarity), word.span);
  }

  // Symbols between the addresses. One repeated in a row counts half, a quarter … each time.
  void symbols() {
    std::string last;
    float value = 1;
    const auto stretch = [&](std::uint32_t at, std::uint32_t end) {
      Symbol symbol;
      while (next_symbol(text_.text, at, end, symbol)) {
        value = symbol.name == last ? value / 2 : 1.0F;
        last.assign(symbol.name);
        if (value < 0.1F) continue;
        Feature feature;
        feature.name = last;
        feature.kind =
            last.front() == '<' && last.back() == '>' ? FeatureKind::rule : FeatureKind::symbol;
        feature.value = value;
        feature.span = symbol.span;
        sink_.add(feature);
        if (feature.kind == FeatureKind::symbol) symbol_weight_ += value;
      }
    };
    std::uint32_t from = part_.bytes.begin;
    for (const Piece& address : text_.left_out) {
      if (address.end <= part_.bytes.begin || address.begin >= part_.bytes.end) continue;
      if (address.begin > from) stretch(from, address.begin);
      from = address.end;
    }
    if (from < part_.bytes.end) stretch(from, part_.bytes.end);
  }

  void addresses() {
    bool link = false, handle = false;
    for (const Piece& address : text_.left_out) {
      if (address.end <= part_.bytes.begin || address.begin >= part_.bytes.end) continue;
      bool& seen = text_.text[address.begin] == '@' ? handle : link;
      if (!std::exchange(seen, true))
        rule(&seen == &link ? "<link>" : "<handle>", 1, {address.begin, address.end});
    }
  }

  const Prepared& text_;
  const TextPart& part_;
  const Lexicon& lexicon_;
  FeatureSink& sink_;
  std::vector<WordState>& states_;
  std::string name_;
  bool shouting_ = false;
  float symbol_weight_ = 0;
};

}  // namespace

TextPart whole(const Prepared& text) {
  return {0, text.words.size(), {0, static_cast<std::uint32_t>(text.text.size())}};
}

float visit_features(const Prepared& text, const TextPart& part, const Lexicon& lexicon,
                     FeatureSink& sink) {
  thread_local std::vector<WordState> states;
  return TrainingVisit(text, part, lexicon, sink, states).run();
}

}  // namespace plumbline
