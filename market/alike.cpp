#include "market/alike.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "base/words.h"

namespace plumbline {
namespace {

constexpr std::string_view kThemes[] = {"price",    "delivery",    "warranty", "support",
                                        "training", "setup",       "running",  "leaving",
                                        "quality",  "reliability", "ease",     "people"};
constexpr std::int64_t kBroad = 4;  // a word of more than a fourth of the authors parts nobody
constexpr std::size_t kMostWords = 3;

struct Voiced {
  std::vector<std::string> words;  // without the brand's
  std::int64_t authors = 0;
};

std::set<std::string> words_of(const std::vector<std::string>& names) {
  std::set<std::string> out;
  std::vector<Piece> pieces;
  for (const std::string& name : names) {
    split_words(name, pieces);
    for (const Piece& piece : pieces)
      out.insert(fold_word(std::string_view(name).substr(piece.begin, piece.end - piece.begin)));
  }
  return out;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

// What is known of a word over all topics.
struct Support {
  std::int64_t authors = 0;
  int topics = 0;
};

class Namer {
 public:
  Namer(const std::vector<TopicVoices>& topics, const std::vector<std::string>& brands) {
    const std::set<std::string> left_out = words_of(brands);
    for (const TopicVoices& topic : topics) {
      if (std::find(std::begin(kThemes), std::end(kThemes), topic.topic) != std::end(kThemes))
        continue;
      Voiced& voiced = topics_[std::string(topic.topic)];
      voiced.authors += topic.authors;
      all_ += topic.authors;
      for (const std::string_view word : split(topic.topic, ' '))
        if (!word.empty() && left_out.count(std::string(word)) == 0 &&
            std::find(voiced.words.begin(), voiced.words.end(), word) == voiced.words.end())
          voiced.words.emplace_back(word);
    }
    for (const auto& [topic, voiced] : topics_)
      for (const std::string& word : voiced.words) {
        Support& support = support_[word];
        support.authors += voiced.authors;
        ++support.topics;
      }
    for (const auto& [topic, voiced] : topics_)
      if (const std::string* word = shared_word(voiced)) sharing_[*word].push_back(&voiced);
    for (const auto& [word, group] : sharing_) group_names_[word] = name_of_group(word, group);
  }

  std::string name_of(std::string_view topic) const {
    const auto found = topics_.find(topic);
    if (found == topics_.end()) return std::string(topic);
    const std::string* word = shared_word(found->second);
    return word == nullptr ? joined(found->second.words) : group_names_.at(*word);
  }

 private:
  // The word that brings this topic together with the most authors of others.
  const std::string* shared_word(const Voiced& voiced) const {
    const std::string* best = nullptr;
    std::int64_t most = 0;
    for (const std::string& word : voiced.words) {
      const Support& support = support_.at(word);
      if (support.topics < 2) continue;
      // A broad word is taken only where no other joins this topic to another.
      const std::int64_t weight =
          support.authors * kBroad > all_ && all_ > 3 * kBroad ? 1 : support.authors + 1;
      if (weight <= most) continue;
      most = weight;
      best = &word;
    }
    return best;
  }

  static std::string name_of_group(const std::string& word,
                                   const std::vector<const Voiced*>& group) {
    std::map<std::string_view, std::int64_t> used;
    std::int64_t authors = 0;
    const Voiced* largest = group.front();
    for (const Voiced* voiced : group) {
      authors += voiced->authors;
      if (voiced->authors > largest->authors) largest = voiced;
      for (const std::string& one : voiced->words) used[one] += voiced->authors;
    }
    std::vector<std::string> common;
    for (const std::string& one : largest->words)
      if ((one == word || used[one] * 2 > authors) && common.size() < kMostWords)
        common.push_back(one);
    return joined(common);
  }

  std::map<std::string, Voiced, std::less<>> topics_;
  std::map<std::string, Support, std::less<>> support_;
  std::map<std::string, std::vector<const Voiced*>, std::less<>> sharing_;
  std::map<std::string, std::string, std::less<>> group_names_;
  std::int64_t all_ = 0;
};

}  // namespace

std::vector<std::string> common_names(const std::vector<TopicVoices>& topics,
                                      const std::vector<std::string>& brands) {
  const Namer namer(topics, brands);
  std::vector<std::string> names;
  names.reserve(topics.size());
  for (const TopicVoices& topic : topics) names.push_back(namer.name_of(topic.topic));
  return names;
}

}  // namespace plumbline
