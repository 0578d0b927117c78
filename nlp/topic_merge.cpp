#include "nlp/topic_merge.h"

#include <cmath>
#include <vector>

namespace plumbline {
namespace {

class Alike {
 public:
  Alike(const Gsdmm& model, std::size_t words, std::size_t largest)
      : counts_(model.slots()), weights_(words, 0), sizes_(model.slots()), largest_(largest) {
    std::size_t clusters = 0;
    for (std::size_t slot = 0; slot < model.slots(); ++slot) {
      sizes_[slot] = model.size_of(slot);
      if (sizes_[slot] == 0) continue;
      ++clusters;
      counts_[slot].resize(words);
      for (std::size_t word = 0; word < words; ++word) {
        const double times = model.count_of(static_cast<WordId>(word), slot);
        counts_[slot][word] = times;
        weights_[word] += times;
      }
    }
    double all = 0;
    for (const double total : weights_) all += total;
    const double usual = all / static_cast<double>(clusters > 0 ? clusters : 1);
    for (double& weight : weights_)
      weight = weight > 0 ? std::log1p(usual / weight) : 0;  // of class-based tf-idf
    likeness_.assign(counts_.size(), std::vector<double>(counts_.size(), 0));
    for (std::size_t slot = 0; slot < counts_.size(); ++slot) measure(slot);
  }

  // The two most alike, and how much.
  double best(std::size_t& one, std::size_t& other) const {
    double top = -1;
    for (std::size_t a = 0; a < counts_.size(); ++a)
      for (std::size_t b = a + 1; b < counts_.size(); ++b)
        if (likeness_[a][b] > top) {
          top = likeness_[a][b];
          one = a;
          other = b;
        }
    return top;
  }

  void join(std::size_t from, std::size_t into) {
    for (std::size_t word = 0; word < weights_.size(); ++word)
      counts_[into][word] += counts_[from][word];
    sizes_[into] += sizes_[from];
    sizes_[from] = 0;
    measure(from);
    measure(into);
  }

 private:
  void measure(std::size_t slot) {
    for (std::size_t other = 0; other < counts_.size(); ++other) {
      const double value = other == slot ? -1 : cosine(slot, other);
      likeness_[slot][other] = likeness_[other][slot] = value;
    }
  }

  double cosine(std::size_t a, std::size_t b) const {
    if (sizes_[a] == 0 || sizes_[b] == 0 || sizes_[a] + sizes_[b] > largest_) return -1;
    double both = 0, left = 0, right = 0;
    for (std::size_t word = 0; word < weights_.size(); ++word) {
      const double x = counts_[a][word] * weights_[word], y = counts_[b][word] * weights_[word];
      both += x * y;
      left += x * x;
      right += y * y;
    }
    return left > 0 && right > 0 ? both / std::sqrt(left * right) : 0;
  }

  std::vector<std::vector<double>> counts_;  // [slot][word]
  std::vector<double> weights_;              // per word
  std::vector<std::size_t> sizes_;           // texts
  std::size_t largest_;
  std::vector<std::vector<double>> likeness_;
};

}  // namespace

void join_alike(Gsdmm& model, std::size_t words, double alike, std::size_t largest) {
  Alike likeness(model, words, largest);
  for (std::size_t one = 0, other = 0; likeness.best(one, other) > alike;) {
    const bool larger = model.size_of(one) >= model.size_of(other);
    const std::size_t from = larger ? other : one, into = larger ? one : other;
    model.join(from, into);
    likeness.join(from, into);
  }
}

}  // namespace plumbline
