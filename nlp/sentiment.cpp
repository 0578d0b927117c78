#include "nlp/sentiment.h"

#include <algorithm>
#include <cmath>

namespace plumbline {
namespace {

// Below this a reason is noise to a reader.
constexpr float kTellingWeight = 0.05F;
// Words a clause may reach to each side, so that a text without full stops stays linear.
constexpr std::size_t kClauseReach = 64;

bool resolve(const Feature& feature, const Lexicon& lexicon, WordWeight& out) {
  if (const WordWeight* own = lexicon.weights.find(feature.name)) {
    out = *own;
    if (feature.negated && feature.plain.empty()) out.polarity *= kNegatedPolarity;
    return true;
  }
  if (feature.plain.empty()) return false;
  const WordWeight* plain = lexicon.weights.find(feature.plain);
  if (!plain) return false;
  out = {plain->polarity * kNegatedPolarity, plain->opinion};
  return true;
}

class Adding : public FeatureSink {
 public:
  Adding(const Lexicon& lexicon, Weighing& evidence) : lexicon_(lexicon), evidence_(evidence) {}

  void add(const Feature& feature) override {
    WordWeight weight;
    if (!resolve(feature, lexicon_, weight)) return;
    evidence_.polarity += static_cast<double>(weight.polarity * feature.value);
    evidence_.opinion += static_cast<double>(weight.opinion * feature.value);
    evidence_.found = true;
  }

 private:
  const Lexicon& lexicon_;
  Weighing& evidence_;
};

class Explaining : public FeatureSink {
 public:
  Explaining(const Lexicon& lexicon, std::vector<Reason>& out) : lexicon_(lexicon), out_(out) {}

  void add(const Feature& feature) override {
    WordWeight weight;
    if (!resolve(feature, lexicon_, weight)) return;
    out_.push_back({feature.span, name_of(feature), weight.polarity * feature.value});
  }

 private:
  static std::string name_of(const Feature& feature) {
    if (feature.kind == FeatureKind::symbol) return "emoji";
    if (feature.kind == FeatureKind::rule) {
      if (feature.name == "<praise>" || feature.name == "<blame>") return "word";
      if (feature.name == "<negation>") return "negation";
      return "emphasis";
    }
    if (feature.negated) return "negation";
    if (feature.value == 1.0F) return "word";
    return feature.value < 1.0F ? "contrast" : "intensifier";
  }

  const Lexicon& lexicon_;
  std::vector<Reason>& out_;
};

}  // namespace

void add_evidence(const Prepared& text, const TextPart& part, const Lexicon& lexicon,
                  Weighing& evidence) {
  Adding sink(lexicon, evidence);
  const auto root = static_cast<double>(visit_features(text, part, lexicon, sink));
  evidence.squares += root * root;
}

Sentiment judge(const Weighing& evidence, const Lexicon& lexicon) {
  const double root = std::sqrt(std::max(evidence.squares, 1.0));
  const WordWeight* bias = lexicon.weights.find("<bias>");
  const double polarity =
      evidence.polarity / root + (bias ? static_cast<double>(bias->polarity) : 0.0);
  const double opinion =
      evidence.opinion / root + (bias ? static_cast<double>(bias->opinion) : 0.0);
  const double up = opinion + polarity / 2, down = opinion - polarity / 2;
  const double most = std::max({0.0, up, down});
  const double p = std::exp(up - most), n = std::exp(down - most), o = std::exp(-most);
  const double sum = p + n + o;
  return sentiment_from(static_cast<float>(n / sum), static_cast<float>(o / sum),
                        static_cast<float>(p / sum));
}

Sentiment sentiment_of(const Prepared& text, const Lexicon& lexicon) {
  Weighing evidence;
  add_evidence(text, whole(text), lexicon, evidence);
  return judge(evidence, lexicon);
}

void explain_sentiment(const Prepared& text, const Lexicon& lexicon, std::vector<Reason>& out) {
  std::vector<Reason> all;
  Explaining sink(lexicon, all);
  const float root = visit_features(text, whole(text), lexicon, sink);
  std::stable_sort(all.begin(), all.end(), [](const Reason& a, const Reason& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end < b.span.end;
  });
  std::vector<Reason> merged;
  for (Reason& reason : all) {
    reason.weight /= root;
    if (!merged.empty() && merged.back().span == reason.span && merged.back().rule == reason.rule)
      merged.back().weight += reason.weight;
    else
      merged.push_back(std::move(reason));
  }
  for (Reason& reason : merged)
    if (std::fabs(reason.weight) >= kTellingWeight) out.push_back(std::move(reason));
}

TextPart clause_around(const Prepared& text, Span span, const Lexicon& lexicon) {
  const auto& words = text.words;
  const auto at = static_cast<std::size_t>(
      std::lower_bound(words.begin(), words.end(), span.begin,
                       [](const Word& word, std::uint32_t byte) { return word.span.end <= byte; }) -
      words.begin());
  if (at == words.size()) return whole(text);
  const auto cuts = [&](std::size_t i) {
    const WordRule* rule = lexicon.rule_of(words[i].folded);
    if (rule && rule->contrast) return true;
    const std::uint32_t from = words[i - 1].span.end;
    return text.text.substr(from, words[i].span.begin - from).find(';') != std::string_view::npos;
  };
  TextPart part{at, at + 1, {}};
  while (part.first > 0 && at - part.first < kClauseReach &&
         words[part.first - 1].sentence == words[at].sentence && !cuts(part.first))
    --part.first;
  while (part.last < words.size() && part.last - at < kClauseReach &&
         words[part.last].sentence == words[at].sentence && !cuts(part.last))
    ++part.last;
  const Piece& sentence = text.sentences[words[at].sentence];
  const bool from_start = part.first == 0 || words[part.first - 1].sentence != words[at].sentence;
  const bool to_end = part.last == words.size() || words[part.last].sentence != words[at].sentence;
  part.bytes = {from_start ? sentence.begin : words[part.first].span.begin,
                to_end ? sentence.end : words[part.last].span.begin};
  return part;
}

}  // namespace plumbline
