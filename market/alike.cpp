#include "market/alike.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/content_words.h"
#include "base/text.h"
#include "base/words.h"
#include "market/same_topic.h"

namespace plumbline {
namespace {

constexpr std::string_view kThemes[] = {"price",    "delivery",    "warranty", "support",
                                        "training", "setup",       "running",  "leaving",
                                        "quality",  "reliability", "ease",     "people"};
constexpr std::int64_t kBroad = 4;  // a word of more than a fourth of the authors parts nobody
constexpr std::size_t kMostWords = 3;

struct Voiced {
  std::vector<std::string> shown;  // without the brand's words, as they were said
  std::vector<std::string> forms;  // of each of these, what topic_word makes of it
  std::vector<std::string> words;  // the forms in a fixed order, so that theirs does not matter
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
      if (is_theme(topic.topic)) continue;
      Voiced voiced = read_words(topic, left_out);
      if (const std::string_view theme = theme_of(voiced, topic.lang); !theme.empty()) {
        themes_.emplace(topic.topic, theme);
        continue;
      }
      Voiced& known =
          topics_.try_emplace(std::string(topic.topic), std::move(voiced)).first->second;
      known.authors += topic.authors;
      all_ += topic.authors;
      for (std::size_t i = 0; i < known.forms.size(); ++i)
        spellings_[known.forms[i]][known.shown[i]] += topic.authors;
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
    if (const auto theme = themes_.find(topic); theme != themes_.end())
      return std::string(theme->second);
    const auto found = topics_.find(topic);
    if (found == topics_.end()) return std::string(topic);
    const std::string* word = shared_word(found->second);
    return word == nullptr ? joined(found->second.shown) : group_names_.at(*word);
  }

 private:
  static bool is_theme(std::string_view topic) {
    return std::find(std::begin(kThemes), std::end(kThemes), topic) != std::end(kThemes);
  }

  static Voiced read_words(const TopicVoices& topic, const std::set<std::string>& left_out) {
    Voiced voiced;
    const auto& stops = stop_words(topic.lang);
    bool only_stops = true;
    const std::vector<std::string_view> words = split(topic.topic, ' ');
    for (const std::string_view word : words)
      only_stops = only_stops && (word.empty() || stops.count(stop_form(word)) > 0);
    for (const std::string_view word : words) {
      if (word.empty() || left_out.count(std::string(word)) > 0) continue;
      if (!only_stops && stops.count(stop_form(word)) > 0) continue;
      std::string form = topic_word(word, topic.lang);
      if (std::find(voiced.forms.begin(), voiced.forms.end(), form) != voiced.forms.end()) continue;
      voiced.shown.emplace_back(word);
      voiced.forms.push_back(std::move(form));
    }
    voiced.words = voiced.forms;
    std::sort(voiced.words.begin(), voiced.words.end());
    return voiced;
  }

  // The theme that a topic is another form of; empty if none.
  std::string_view theme_of(const Voiced& voiced, std::string_view lang) {
    if (voiced.forms.size() != 1) return {};
    std::map<std::string, std::string_view>& forms = theme_forms_[std::string(lang)];
    if (forms.empty())
      for (const std::string_view theme : kThemes) forms.emplace(topic_word(theme, lang), theme);
    const auto found = forms.find(voiced.forms.front());
    return found == forms.end() ? std::string_view() : found->second;
  }

  // How most authors write the word.
  const std::string& spelling_of(const std::string& form) const {
    const auto& met = spellings_.at(form);
    const auto* best = &*met.begin();
    for (const auto& one : met)
      if (one.second > best->second) best = &one;
    return best->first;
  }

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

  std::string name_of_group(const std::string& word,
                            const std::vector<const Voiced*>& group) const {
    std::map<std::string_view, std::int64_t> used;
    std::int64_t authors = 0;
    const Voiced* largest = group.front();
    for (const Voiced* voiced : group) {
      authors += voiced->authors;
      if (voiced->authors > largest->authors) largest = voiced;
      for (const std::string& one : voiced->words) used[one] += voiced->authors;
    }
    std::vector<std::string> common;
    for (const std::string& one : largest->forms)
      if ((one == word || used[one] * 2 > authors) && common.size() < kMostWords)
        common.push_back(spelling_of(one));
    return joined(common);
  }

  std::map<std::string, std::map<std::string, std::int64_t>> spellings_;        // by form
  std::map<std::string, std::map<std::string, std::string_view>> theme_forms_;  // by language
  std::map<std::string, std::string_view, std::less<>> themes_;                 // by topic
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
