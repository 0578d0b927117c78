#include "nlp/learn/full_trainer.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>
#include <thread>

#include "base/text.h"
#include "nlp/learn/loops.h"

namespace plumbline {
namespace {

constexpr std::size_t kSortedTogether = 20;  // batches
constexpr double kWarmUp = 0.06;
constexpr float kLongestSlope = 1;
constexpr std::size_t kLongestStretch = 1U << 18U;  // numbers
constexpr std::string_view kMagic = "plumbline full state 1\n";

// std::shuffle's draws differ between libraries; this one does not.
template <class T>
void shuffle(std::vector<T>& items, std::mt19937_64& random) {
  for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[random() % i]);
}

}  // namespace

FullTrainer::FullTrainer(FullNet& net, const std::vector<FullExample>& examples,
                         std::vector<float> shares, const FullTraining& options)
    : net_(net), examples_(examples), options_(options) {
  plan(shares);
  for (std::vector<float>& each : slopes_) each.resize(net.parameters.values.size());
  means_.resize(net.parameters.values.size());
  squares_.resize(net.parameters.values.size());
  halve_all();
}

void FullTrainer::halve_all() {
  Parameters& parameters = net_.parameters;
  if (!options_.halves || !has_fast_halves()) return;
  parameters.halves.resize(parameters.values.size());
  learn_loops().halve(parameters.values.data(), parameters.values.size(), parameters.halves.data());
}

void FullTrainer::plan(const std::vector<float>& shares) {
  std::mt19937_64 random(options_.seed);
  std::vector<std::vector<std::uint32_t>> domains(shares.size());
  for (std::size_t i = 0; i < examples_.size(); ++i)
    domains[examples_[i].domain].push_back(static_cast<std::uint32_t>(i));
  double all = 0;
  for (std::size_t i = 0; i < shares.size(); ++i)
    all += static_cast<double>(shares[i]) * static_cast<double>(domains[i].size());
  std::vector<std::uint32_t> order;
  for (std::size_t i = 0; i < shares.size() && all > 0; ++i) {
    if (domains[i].empty()) continue;
    auto wanted = static_cast<std::size_t>(static_cast<double>(options_.texts) *
                                           static_cast<double>(shares[i]) *
                                           static_cast<double>(domains[i].size()) / all);
    while (wanted > 0) {
      shuffle(domains[i], random);
      const std::size_t some = std::min(wanted, domains[i].size());
      order.insert(order.end(), domains[i].begin(),
                   domains[i].begin() + static_cast<std::ptrdiff_t>(some));
      wanted -= some;
    }
  }
  shuffle(order, random);
  for (std::size_t begin = 0; begin < order.size(); begin += options_.batch * kSortedTogether) {
    const std::size_t end = std::min(order.size(), begin + options_.batch * kSortedTogether);
    const auto at = [&](std::size_t i) { return order.begin() + static_cast<std::ptrdiff_t>(i); };
    std::stable_sort(at(begin), at(end), [&](std::uint32_t a, std::uint32_t b) {
      return examples_[a].pieces.size() < examples_[b].pieces.size();
    });
    std::vector<std::vector<std::uint32_t>> some;
    for (std::size_t i = begin; i < end; i += options_.batch)
      some.emplace_back(at(i), at(std::min(end, i + options_.batch)));
    shuffle(some, random);
    batches_.insert(batches_.end(), some.begin(), some.end());
  }
}

// Every other text of the batch: both shards are about as long.
void FullTrainer::learn_shard(std::size_t number, std::size_t shard) {
  const std::vector<std::uint32_t>& batch = batches_[number];
  std::vector<const FullExample*> mine;
  for (std::size_t i = shard; i < batch.size(); i += 2) mine.push_back(&examples_[batch[i]]);
  losses_[shard] = 0;
  if (mine.empty()) return;
  const Dropout dropout{options_.dropout, (options_.seed << 32U) + 2 * number + shard};
  losses_[shard] = net_.learn(mine, batch.size(), dropout, tapes_[shard], slopes_[shard]);
}

double FullTrainer::step() {
  const std::size_t number = done_;
  if (options_.two_threads) {
    std::thread other([&] { learn_shard(number, 1); });
    learn_shard(number, 0);
    other.join();
  } else {
    learn_shard(number, 0);
    learn_shard(number, 1);
  }
  const double steps = static_cast<double>(batches_.size());
  const double climb = std::min(1.0, static_cast<double>(number + 1) / (steps * kWarmUp + 1e-9));
  const double fall = (steps - static_cast<double>(number)) / steps;
  update(static_cast<float>(static_cast<double>(options_.rate) * climb * fall));
  ++done_;
  return losses_[0] + losses_[1];
}

std::vector<FullTrainer::Stretch> FullTrainer::stretches() const {
  std::vector<Stretch> out;
  for (const Parameter& one : net_.parameters.all)
    for (std::size_t begin = 0; begin < one.count; begin += kLongestStretch)
      out.push_back({one.begin + begin,
                     (std::min(kLongestStretch, one.count - begin) + 15) / 16 * 16, one.decays,
                     one.name.starts_with("head.") ? options_.head_rate : 1.0F});
  return out;
}

void FullTrainer::each_stretch(std::vector<Stretch>& all,
                               const std::function<void(Stretch&)>& work) const {
  std::size_t count = 0, seen = 0, border = 0;
  for (const Stretch& each : all) count += each.count;
  while (border < all.size() && seen < count / 2) seen += all[border++].count;
  const auto go = [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) work(all[i]);
  };
  if (!options_.two_threads) return go(0, all.size());
  std::thread other([&] { go(border, all.size()); });
  go(0, border);
  other.join();
}

// Adds the second shard's slopes to the first's, then moves every number and clears both.
void FullTrainer::update(float rate) {
  const LearnLoops& run = learn_loops();
  Parameters& parameters = net_.parameters;
  std::vector<Stretch> all = stretches();
  each_stretch(all, [&](Stretch& each) {
    run.add(slopes_[0].data() + each.begin, slopes_[1].data() + each.begin, each.count);
    each.squares = run.squares(slopes_[0].data() + each.begin, each.count);
  });
  double length = 0;
  for (const Stretch& each : all) length += each.squares;
  length = std::sqrt(length);
  AdamStep step;
  step.scale = length > static_cast<double>(kLongestSlope)
                   ? static_cast<float>(static_cast<double>(kLongestSlope) / length)
                   : 1.0F;
  const auto turn = static_cast<double>(done_ + 1);
  const double first = 1 - std::pow(static_cast<double>(step.first), turn);
  const double second = std::sqrt(1 - std::pow(static_cast<double>(step.second), turn));
  step.rate = static_cast<float>(static_cast<double>(rate) * second / first);
  step.small = static_cast<float>(1e-6 * second);
  each_stretch(all, [&](const Stretch& each) {
    AdamStep mine = step;
    mine.rate *= each.rate;
    mine.decay = each.decays ? rate * each.rate * options_.decay : 0;
    float* const values = parameters.values.data() + each.begin;
    run.adam(values, slopes_[0].data() + each.begin, means_.data() + each.begin,
             squares_.data() + each.begin, each.count, mine);
    if (!parameters.halves.empty())
      run.halve(values, each.count, parameters.halves.data() + each.begin);
    for (std::vector<float>& slopes : slopes_)
      std::fill_n(slopes.begin() + static_cast<std::ptrdiff_t>(each.begin), each.count, 0.0F);
  });
}

std::uint64_t FullTrainer::fingerprint() const {
  std::uint64_t out = hash64(kMagic, options_.seed);
  const auto stir = [&](const void* bytes, std::size_t size) {
    out = hash64({static_cast<const char*>(bytes), size}, out);
  };
  stir(&options_.rate, sizeof options_.rate);
  stir(&options_.decay, sizeof options_.decay);
  stir(&options_.dropout, sizeof options_.dropout);
  stir(&options_.head_rate, sizeof options_.head_rate);
  for (const std::vector<std::uint32_t>& batch : batches_)
    stir(batch.data(), batch.size() * sizeof batch[0]);
  for (const FullExample& each : examples_) {
    for (const TextPiece& piece : each.pieces) stir(&piece.id, sizeof piece.id);
    stir(each.sentiment.data(), sizeof each.sentiment);
    stir(each.emotion.data(), sizeof each.emotion);
    for (const float value : {each.sentiment_weight, each.emotion_weight, each.irony})
      stir(&value, sizeof value);
    for (const TermLabel& term : each.terms) {
      const std::uint32_t said[] = {term.first, term.last, term.mood};
      stir(said, sizeof said);
    }
    stir(each.statements.data(), each.statements.size() * sizeof(std::uint16_t));
  }
  return out;
}

std::string FullTrainer::state() const {
  const std::uint64_t head[] = {fingerprint(), done_, net_.parameters.values.size()};
  std::string out(kMagic);
  out.append(reinterpret_cast<const char*>(head), sizeof head);
  const std::vector<float>* const lists[] = {&net_.parameters.values, &means_, &squares_};
  for (const std::vector<float>* each : lists)
    out.append(reinterpret_cast<const char*>(each->data()), each->size() * sizeof(float));
  return out;
}

Status FullTrainer::resume(std::string_view state) {
  std::uint64_t head[3] = {};
  const std::size_t begin = kMagic.size() + sizeof head;
  if (state.size() < begin || !state.starts_with(kMagic))
    return fail(ErrorCode::parse, "the state of the run is cut off");
  std::memcpy(head, state.data() + kMagic.size(), sizeof head);
  if (head[0] != fingerprint() || head[2] != net_.parameters.values.size() ||
      head[1] > batches_.size())
    return fail(ErrorCode::invalid, "the state is of other data or options");
  const std::size_t each_size = net_.parameters.values.size() * sizeof(float);
  if (state.size() != begin + 3 * each_size)
    return fail(ErrorCode::parse, "the state of the run is cut off");
  const char* from = state.data() + begin;
  for (std::vector<float>* each : {&net_.parameters.values, &means_, &squares_}) {
    std::memcpy(each->data(), from, each_size);
    from += each_size;
  }
  done_ = head[1];
  halve_all();
  return {};
}

}  // namespace plumbline
