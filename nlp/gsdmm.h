// Clusters short texts by their words: collapsed Gibbs sampling for a Dirichlet multinomial mixture
// (Yin and Wang 2014, "A Dirichlet multinomial mixture model-based approach for short text
// clustering"). One text, one cluster; clusters that nothing needs run empty.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "nlp/topic_words.h"

namespace plumbline {

struct GsdmmOptions {
  std::size_t slots = 40;  // clusters to begin with
  double alpha = 0.1;      // how readily a text opens an empty cluster
  double beta = 0.1;       // how readily a cluster takes an unseen word; larger: fewer clusters
  int sweeps = 30;         // over all texts; stops earlier when hardly a text moves
  std::uint64_t seed = 1;
  std::function<void(double)> progress;  // 0..1, may be empty
};

class Gsdmm {
 public:
  // `texts` hold word numbers below `words` and kGap, which is passed over. They must outlive this.
  Gsdmm(const std::vector<WordList>& texts, std::size_t words, const GsdmmOptions& options);

  void fit();
  // Dissolves the smallest clusters, each text going to the cluster it fits next best, while there
  // are more than `most` clusters or the smallest has fewer than `least_texts`.
  void thin_out(std::size_t most, std::size_t least_texts);
  // Puts the texts of `from` into `into`; `from` takes none any more.
  void join(std::size_t from, std::size_t into);
  // Splits large clusters until there are `count`, where the texts suffice.
  void fill_up(std::size_t count);
  // Moves every text to the cluster that fits it best, the same clusters staying; `sweeps` times.
  void settle(int sweeps);

  // The cluster that fits best a text that was not among those fitted.
  std::size_t best_for(const WordList& text);

  std::size_t slots() const { return slots_; }
  std::size_t cluster_of(std::size_t text) const { return cluster_of_[text]; }
  std::size_t size_of(std::size_t slot) const { return sizes_[slot]; }
  std::size_t occupied() const;
  // How often a word stands in a cluster.
  std::uint32_t count_of(WordId word, std::size_t slot) const {
    return counts_[word * slots_ + slot];
  }
  std::uint64_t length_of(std::size_t slot) const { return lengths_[slot]; }

 private:
  struct Term {
    WordId word;
    std::uint32_t times;
  };
  using Terms = std::vector<Term>;
  static Terms terms_of(const WordList& text);
  void move(std::size_t text, std::size_t to);
  void add(const Terms& terms, std::size_t slot, bool in);
  void score(const Terms& terms);  // fills scores_ for all slots
  std::size_t best() const;
  std::size_t draw();
  double next_random();
  double log_length(std::uint64_t length) const;

  std::size_t slots_;
  GsdmmOptions options_;
  std::size_t words_;
  std::vector<Terms> texts_;
  std::vector<std::size_t> cluster_of_;
  std::vector<std::size_t> sizes_;      // texts per slot
  std::vector<std::uint64_t> lengths_;  // words per slot
  std::vector<std::uint32_t> counts_;   // [word][slot]
  std::vector<float> logs_;             // log(count + beta), the same shape
  std::vector<double> log_gamma_;       // of length + words * beta
  std::vector<float> log_count_;        // of count + beta, for small counts
  std::vector<double> log_size_;        // of size + alpha
  std::vector<float> scores_;
  std::vector<bool> closed_;  // dissolved: takes no text any more
  std::uint64_t random_;
};

}  // namespace plumbline
