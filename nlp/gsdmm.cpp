#include "nlp/gsdmm.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace plumbline {
namespace {

constexpr std::size_t kNoSlot = std::numeric_limits<std::size_t>::max();
constexpr float kNever = -std::numeric_limits<float>::infinity();
constexpr std::size_t kLogTable = 4096;

}  // namespace

Gsdmm::Terms Gsdmm::terms_of(const WordList& text) {
  WordList sorted;
  for (const WordId id : text)
    if (id != kGap) sorted.push_back(id);
  std::sort(sorted.begin(), sorted.end());
  Terms terms;
  for (const WordId id : sorted) {
    if (terms.empty() || terms.back().word != id) terms.push_back({id, 0});
    ++terms.back().times;
  }
  return terms;
}

Gsdmm::Gsdmm(const std::vector<WordList>& texts, std::size_t words, const GsdmmOptions& options)
    : slots_(std::max<std::size_t>(1, options.slots)), options_(options), words_(words) {
  random_ = options.seed * 0x9E3779B97F4A7C15u + 0x2545F4914F6CDD1Du;
  std::uint64_t total = 0;
  for (const WordList& text : texts) {
    texts_.push_back(terms_of(text));
    for (const Term& term : texts_.back()) total += term.times;
  }
  sizes_.assign(slots_, 0);
  lengths_.assign(slots_, 0);
  scores_.assign(slots_, 0);
  closed_.assign(slots_, false);
  counts_.assign(words_ * slots_, 0);
  log_count_.resize(kLogTable);
  for (std::size_t n = 0; n < kLogTable; ++n)
    log_count_[n] = static_cast<float>(std::log(static_cast<double>(n) + options_.beta));
  logs_.assign(words_ * slots_, log_count_[0]);
  log_gamma_.resize(static_cast<std::size_t>(total) + 2);
  const double base = static_cast<double>(std::max<std::size_t>(1, words_)) * options_.beta;
  log_gamma_[0] = std::lgamma(base);
  for (std::size_t n = 1; n < log_gamma_.size(); ++n)
    log_gamma_[n] = log_gamma_[n - 1] + std::log(base + static_cast<double>(n) - 1);
  for (std::size_t n = 0; n <= texts_.size(); ++n)
    log_size_.push_back(std::log(static_cast<double>(n) + options_.alpha));
  cluster_of_.assign(texts_.size(), kNoSlot);
}

double Gsdmm::next_random() {
  random_ ^= random_ << 13;
  random_ ^= random_ >> 7;
  random_ ^= random_ << 17;
  return static_cast<double>(random_ >> 11) * 0x1.0p-53;
}

double Gsdmm::log_length(std::uint64_t length) const {
  if (length < log_gamma_.size()) return log_gamma_[static_cast<std::size_t>(length)];
  return std::lgamma(static_cast<double>(words_) * options_.beta + static_cast<double>(length));
}

void Gsdmm::add(const Terms& terms, std::size_t slot, bool in) {
  for (const Term& term : terms) {
    const std::size_t cell = term.word * slots_ + slot;
    counts_[cell] = in ? counts_[cell] + term.times : counts_[cell] - term.times;
    logs_[cell] = counts_[cell] < kLogTable
                      ? log_count_[counts_[cell]]
                      : static_cast<float>(std::log(counts_[cell] + options_.beta));
    lengths_[slot] = in ? lengths_[slot] + term.times : lengths_[slot] - term.times;
  }
  sizes_[slot] = in ? sizes_[slot] + 1 : sizes_[slot] - 1;
}

// log P(slot | text, all other texts) but for a constant: equation 4 of the paper.
void Gsdmm::score(const Terms& terms) {
  std::uint64_t length = 0;
  for (const Term& term : terms) length += term.times;
  for (std::size_t k = 0; k < slots_; ++k) {
    scores_[k] = closed_[k] ? kNever
                            : static_cast<float>(log_size_[sizes_[k]] + log_length(lengths_[k]) -
                                                 log_length(lengths_[k] + length));
  }
  float* const scores = scores_.data();
  for (const Term& term : terms) {
    const float* const row = logs_.data() + term.word * slots_;
    for (std::size_t k = 0; k < slots_; ++k) scores[k] += row[k];
    for (std::uint32_t again = 1; again < term.times; ++again) {
      const std::uint32_t* const counts = counts_.data() + term.word * slots_;
      for (std::size_t k = 0; k < slots_; ++k) {
        const std::size_t n = counts[k] + again;
        scores[k] += n < kLogTable
                         ? log_count_[n]
                         : static_cast<float>(std::log(static_cast<double>(n) + options_.beta));
      }
    }
  }
}

std::size_t Gsdmm::best() const {
  return static_cast<std::size_t>(std::max_element(scores_.begin(), scores_.end()) -
                                  scores_.begin());
}

std::size_t Gsdmm::draw() {
  const float top = scores_[best()];
  double total = 0;
  for (float& score : scores_) {
    score = score - top < -18 ? 0 : std::exp(score - top);
    total += static_cast<double>(score);
  }
  double left = next_random() * total;
  for (std::size_t k = 0; k < slots_; ++k) {
    left -= static_cast<double>(scores_[k]);
    if (left < 0 && scores_[k] > 0) return k;
  }
  return best();
}

void Gsdmm::move(std::size_t text, std::size_t to) {
  if (cluster_of_[text] != kNoSlot) add(texts_[text], cluster_of_[text], false);
  cluster_of_[text] = to;
  if (to != kNoSlot) add(texts_[text], to, true);
}

void Gsdmm::fit() {
  // Every text chooses among those placed before it, so that the first sweep already groups.
  std::vector<std::size_t> order(texts_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = order.size(); i > 1; --i)
    std::swap(order[i - 1],
              order[static_cast<std::size_t>(next_random() * static_cast<double>(i))]);
  for (const std::size_t text : order)
    move(text, static_cast<std::size_t>(next_random() * static_cast<double>(slots_)));
  for (int sweep = 0; sweep < options_.sweeps; ++sweep) {
    std::size_t moved = 0;
    for (const std::size_t text : order) {
      const std::size_t from = cluster_of_[text];
      move(text, kNoSlot);
      score(texts_[text]);
      const std::size_t to = draw();
      move(text, to);
      moved += to != from ? 1 : 0;
    }
    if (options_.progress) options_.progress((sweep + 1.0) / options_.sweeps);
    if (sweep > 8 && moved * 200 < texts_.size()) break;
  }
}

void Gsdmm::settle(int sweeps) {
  for (std::size_t k = 0; k < slots_; ++k) closed_[k] = closed_[k] || sizes_[k] == 0;
  for (int sweep = 0; sweep < sweeps; ++sweep)
    for (std::size_t text = 0; text < texts_.size(); ++text) {
      const std::size_t from = cluster_of_[text];
      if (sizes_[from] == 1) continue;  // a cluster never dies here
      move(text, kNoSlot);
      score(texts_[text]);
      move(text, best());
    }
}

std::size_t Gsdmm::occupied() const {
  return static_cast<std::size_t>(
      std::count_if(sizes_.begin(), sizes_.end(), [](std::size_t size) { return size > 0; }));
}

void Gsdmm::thin_out(std::size_t most, std::size_t least_texts) {
  for (std::size_t k = 0; k < slots_; ++k) closed_[k] = closed_[k] || sizes_[k] == 0;
  for (;;) {
    std::size_t smallest = kNoSlot;
    for (std::size_t k = 0; k < slots_; ++k)
      if (sizes_[k] > 0 && (smallest == kNoSlot || sizes_[k] < sizes_[smallest])) smallest = k;
    const std::size_t clusters = occupied();
    if (clusters <= 1 || (clusters <= most && sizes_[smallest] >= least_texts)) return;
    closed_[smallest] = true;
    for (std::size_t text = 0; text < texts_.size(); ++text)
      if (cluster_of_[text] == smallest) {
        move(text, kNoSlot);
        score(texts_[text]);
        move(text, best());
      }
  }
}

void Gsdmm::join(std::size_t from, std::size_t into) {
  closed_[from] = true;
  for (std::size_t text = 0; text < texts_.size(); ++text)
    if (cluster_of_[text] == from) move(text, into);
}

void Gsdmm::fill_up(std::size_t count) {
  for (std::size_t k = 0; k < slots_ && occupied() < count; ++k) {
    if (sizes_[k] > 0) continue;
    const auto largest =
        static_cast<std::size_t>(std::max_element(sizes_.begin(), sizes_.end()) - sizes_.begin());
    if (sizes_[largest] < 2) return;
    closed_[k] = false;
    std::size_t left = sizes_[largest] / 2;
    for (std::size_t text = 0; text < texts_.size() && left > 0; ++text)
      if (cluster_of_[text] == largest) {
        move(text, k);
        --left;
      }
  }
}

std::size_t Gsdmm::best_for(const WordList& text) {
  score(terms_of(text));
  return best();
}

}  // namespace plumbline
