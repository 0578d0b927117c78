#include "nlp/topics.h"

#include <algorithm>
#include <numeric>

#include "nlp/gsdmm.h"
#include "nlp/topic_labels.h"
#include "nlp/topic_merge.h"
#include "nlp/topic_words.h"

namespace plumbline {
namespace {

constexpr double kMostShare = 0.3;    // a word in more of the texts than this tells nothing
constexpr double kLeastShare = 0.01;  // a smaller topic goes to its neighbours
constexpr double kAlike = 0.4;        // topics whose words are more alike are one

// Which texts to learn from: all of them, or a sample by the seed, in text order.
std::vector<std::size_t> draw_sample(std::size_t count, const TopicOptions& options) {
  std::vector<std::size_t> chosen(count);
  std::iota(chosen.begin(), chosen.end(), std::size_t{0});
  const auto wanted = static_cast<std::size_t>(std::max(1, options.sample));
  if (count <= wanted) return chosen;
  std::uint64_t state = options.seed ^ 0xA0761D6478BD642Fu;
  for (std::size_t i = 0; i < wanted; ++i) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    const std::size_t other = i + static_cast<std::size_t>((state >> 33) % (count - i));
    std::swap(chosen[i], chosen[other]);
  }
  chosen.resize(wanted);
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

bool has_words(const WordList& list) {
  return std::any_of(list.begin(), list.end(), [](WordId id) { return id != kGap; });
}

class TopicFinder {
 public:
  TopicFinder(const std::vector<std::string_view>& texts,
              const std::vector<std::string_view>& langs, const TopicOptions& options)
      : texts_(texts), langs_(langs), options_(options), vocabulary_(options.leave_out) {}

  Topics find() {
    Topics out;
    out.topic_of.assign(texts_.size(), kNoTopic);
    learn();
    if (lists_.empty()) return out;
    fit(out);
    return out;
  }

 private:
  std::string_view lang_of(std::size_t text) const {
    return text < langs_.size() ? langs_[text] : std::string_view();
  }

  void say(double done) const {
    if (options_.progress) options_.progress(done);
  }

  void learn() {
    const std::vector<std::size_t> sample = draw_sample(texts_.size(), options_);
    const std::size_t n = sample.size();
    learn(sample, n < 60 ? 1 : n <= 50000 ? 2 : 3);
    if (lists_.empty()) learn(sample, 1);  // no word comes back anywhere
    say(0.15);
  }

  void learn(const std::vector<std::size_t>& sample, std::size_t least) {
    vocabulary_ = TopicVocabulary(options_.leave_out);
    lists_.clear();
    fitted_.clear();
    std::vector<std::size_t> with_words;
    for (const std::size_t text : sample) {
      WordList list = vocabulary_.learn(texts_[text], lang_of(text));
      if (!has_words(list)) continue;
      lists_.push_back(std::move(list));
      with_words.push_back(text);
    }
    vocabulary_.prune(least, lists_.size() < 200 ? 0.6 : kMostShare, lists_);
    // Texts whose words all are rare cannot teach; they are placed at the end.
    std::size_t kept = 0;
    for (std::size_t i = 0; i < lists_.size(); ++i)
      if (has_words(lists_[i])) {
        if (kept != i) lists_[kept] = std::move(lists_[i]);
        fitted_.push_back(with_words[i]);
        ++kept;
      }
    lists_.resize(kept);
  }

  void fit(Topics& out) {
    const std::size_t n = lists_.size();
    const auto most = static_cast<std::size_t>(std::max(1, options_.most));
    const auto wanted = static_cast<std::size_t>(std::max(0, options_.topics));
    GsdmmOptions sampler;
    sampler.slots =
        wanted > 0 ? std::min(wanted * 2, n) : std::min(most, std::max<std::size_t>(2, n / 4));
    sampler.sweeps = n > 10000 ? 20 : 30;
    sampler.seed = options_.seed;
    sampler.progress = [this](double done) { say(0.15 + 0.7 * done); };
    Gsdmm model(lists_, vocabulary_.size(), sampler);
    model.fit();
    if (wanted > 0) {
      model.thin_out(wanted, 1);
      model.fill_up(std::min(wanted, n));
    } else {
      const auto share = static_cast<std::size_t>(kLeastShare * static_cast<double>(n));
      join_alike(model, vocabulary_.size(), kAlike, n / 8);
      model.thin_out(most, std::max({std::size_t{1}, share, std::min<std::size_t>(20, n / 20)}));
    }
    model.settle(2);
    std::vector<std::size_t> slot_of(n);
    for (std::size_t i = 0; i < n; ++i) slot_of[i] = model.cluster_of(i);
    place_all(model, slot_of, out);
    say(0.95);
    describe(model, slot_of, out);
    say(1);
  }

  // Slots, until describe() numbers the topics by size.
  void place_all(Gsdmm& model, const std::vector<std::size_t>& slot_of, Topics& out) const {
    for (std::size_t i = 0; i < fitted_.size(); ++i)
      out.topic_of[fitted_[i]] = static_cast<std::int32_t>(slot_of[i]);
    for (std::size_t text = 0; text < texts_.size(); ++text) {
      if (out.topic_of[text] != kNoTopic) continue;
      bool any = false;
      const WordList list = vocabulary_.look_up(texts_[text], lang_of(text), any);
      if (any) out.topic_of[text] = static_cast<std::int32_t>(model.best_for(list));
    }
  }

  void describe(const Gsdmm& model, std::vector<std::size_t>& slot_of, Topics& out) const {
    std::vector<std::size_t> sizes(model.slots(), 0);
    for (const std::int32_t slot : out.topic_of)
      if (slot != kNoTopic) ++sizes[static_cast<std::size_t>(slot)];
    std::vector<std::size_t> order;
    for (std::size_t slot = 0; slot < sizes.size(); ++slot)
      if (sizes[slot] > 0) order.push_back(slot);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return sizes[a] > sizes[b]; });
    std::vector<std::size_t> number(sizes.size(), 0);
    for (std::size_t i = 0; i < order.size(); ++i) number[order[i]] = i;
    for (std::int32_t& topic : out.topic_of)
      if (topic != kNoTopic)
        topic = static_cast<std::int32_t>(number[static_cast<std::size_t>(topic)]);
    for (std::size_t& slot : slot_of) slot = number[slot];
    auto described = describe_topics(lists_, slot_of, order.size(), vocabulary_);
    for (std::size_t i = 0; i < described.size(); ++i)
      out.topics.push_back(
          {static_cast<int>(i), std::move(described[i].label), std::move(described[i].words)});
  }

  const std::vector<std::string_view>& texts_;
  const std::vector<std::string_view>& langs_;
  const TopicOptions& options_;
  TopicVocabulary vocabulary_;
  std::vector<WordList> lists_;      // of the texts to learn from
  std::vector<std::size_t> fitted_;  // which texts these are
};

}  // namespace

Topics find_topics(const std::vector<std::string_view>& texts,
                   const std::vector<std::string_view>& langs, const TopicOptions& options) {
  return TopicFinder(texts, langs, options).find();
}

}  // namespace plumbline
