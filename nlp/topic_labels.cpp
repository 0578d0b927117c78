#include "nlp/topic_labels.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/text.h"

namespace plumbline {
namespace {

constexpr std::size_t kWords = 8;
constexpr std::size_t kLooked = 40;  // best words of a cluster among which phrases are sought

struct Scored {
  WordId word = 0;
  double score = 0;
};

// Spellings that a reader takes for the same word: "cancel" and "cancelled".
bool near_repeat(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const std::string_view shorter = a.size() < b.size() ? a : b;
  const std::string_view longer = a.size() < b.size() ? b : a;
  std::size_t common = 0;
  while (common < shorter.size() && shorter[common] == longer[common]) ++common;
  if (common >= 4 && common + 2 >= shorter.size() && longer.size() - common <= 5) return true;
  return shorter.size() >= 5 && edit_distance(a, b) <= 1;
}

bool repeats(std::string_view word, const std::vector<std::string>& others) {
  return std::any_of(others.begin(), others.end(),
                     [&](const std::string& other) { return near_repeat(word, other); });
}

class Describer {
 public:
  Describer(const std::vector<WordList>& texts, const std::vector<std::size_t>& cluster_of,
            std::size_t clusters, const TopicVocabulary& vocabulary)
      : vocabulary_(vocabulary), words_(clusters), pairs_(clusters) {
    for (std::size_t d = 0; d < texts.size(); ++d) {
      if (cluster_of[d] >= clusters) continue;
      count(texts[d], cluster_of[d]);
    }
  }

  std::vector<TopicWords> describe() {
    double per_cluster = 0;
    for (const auto& [word, times] : totals_) per_cluster += times;
    per_cluster /= static_cast<double>(std::max<std::size_t>(1, words_.size()));
    std::vector<TopicWords> out;
    std::set<std::string> used;
    for (std::size_t k = 0; k < words_.size(); ++k) {
      const std::vector<Scored> best = best_words(k, per_cluster);
      TopicWords topic;
      for (const Scored& one : best) {
        const std::string spelling = vocabulary_.spelling(one.word);
        if (topic.words.size() < kWords && !repeats(spelling, topic.words))
          topic.words.push_back(spelling);
      }
      topic.label = label(k, best, topic.words, used);
      used.insert(topic.label);
      out.push_back(std::move(topic));
    }
    return out;
  }

 private:
  using Pair = std::pair<WordId, WordId>;

  void count(const WordList& text, std::size_t cluster) {
    std::set<Pair> seen;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == kGap) continue;
      ++words_[cluster][text[i]];
      ++totals_[text[i]];
      ++tokens_;
      if (i + 1 == text.size() || text[i + 1] == kGap || text[i + 1] == text[i]) continue;
      if (!seen.insert({text[i], text[i + 1]}).second) continue;
      ++pairs_[cluster][{text[i], text[i + 1]}];
      ++pair_totals_[{text[i], text[i + 1]}];
    }
  }

  std::vector<Scored> best_words(std::size_t cluster, double per_cluster) const {
    std::vector<Scored> scored;
    for (const auto& [word, times] : words_[cluster])
      scored.push_back({word, times * std::log(1 + per_cluster / totals_.at(word))});
    std::sort(scored.begin(), scored.end(), [](const Scored& a, const Scored& b) {
      return a.score != b.score ? a.score > b.score : a.word < b.word;
    });
    if (scored.size() > kLooked) scored.resize(kLooked);
    return scored;
  }

  // The two words that stand side by side far more often than chance would have it.
  bool best_phrase(std::size_t cluster, const std::vector<Scored>& best, Pair& phrase) const {
    std::map<WordId, double> weight;
    for (const Scored& one : best) weight[one.word] = one.score;
    double top = 0;
    for (const auto& [pair, times] : pairs_[cluster]) {
      const auto a = weight.find(pair.first), b = weight.find(pair.second);
      if (times < 3 || a == weight.end() || b == weight.end()) continue;
      const double expected = totals_.at(pair.first) * totals_.at(pair.second) / tokens_;
      const double pmi = std::log(pair_totals_.at(pair) / expected);
      const double lean = std::max(a->second, b->second) / best.front().score;
      const double score = pmi * times * lean;
      if (pmi < 1 || score <= top) continue;
      top = score;
      phrase = pair;
    }
    // A phrase that hardly stands in the cluster's texts would name a corner of it.
    return top > 0 && pairs_[cluster].at(phrase) * 8 >= words_[cluster].at(best.front().word);
  }

  std::string label(std::size_t cluster, const std::vector<Scored>& best,
                    const std::vector<std::string>& words,
                    const std::set<std::string>& used) const {
    std::string text;
    std::vector<std::string> inside;
    if (Pair phrase; !best.empty() && best_phrase(cluster, best, phrase)) {
      inside = {vocabulary_.spelling(phrase.first), vocabulary_.spelling(phrase.second)};
      text = inside[0] + " " + inside[1];
    }
    for (const std::string& word : words) {
      if (inside.size() >= 3 && used.count(text) == 0) break;
      if (inside.size() >= 4 && used.count(text) > 0 && inside.size() >= kWords) break;
      if (repeats(word, inside)) continue;
      text += (text.empty() ? "" : ", ") + word;
      inside.push_back(word);
    }
    return text;
  }

  const TopicVocabulary& vocabulary_;
  std::vector<std::map<WordId, double>> words_;
  std::vector<std::map<Pair, double>> pairs_;
  std::map<WordId, double> totals_;
  std::map<Pair, double> pair_totals_;
  double tokens_ = 0;
};

}  // namespace

std::vector<TopicWords> describe_topics(const std::vector<WordList>& texts,
                                        const std::vector<std::size_t>& cluster_of,
                                        std::size_t clusters, const TopicVocabulary& vocabulary) {
  return Describer(texts, cluster_of, clusters, vocabulary).describe();
}

}  // namespace plumbline
