#include "market/features.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "market/view.h"

namespace plumbline {
namespace {

constexpr int kMoods = 6;  // sentiment, value against price, want, need, pain, fear
constexpr double kMoodScale = 0.25;
constexpr double kShrink = 10;
constexpr int kFewestMentions = 2;
constexpr std::size_t kMostTopics = 4096;

struct AuthorSums {
  std::int64_t voice = 0;
  double mentions = 0, labels = 0, scored = 0, price = 0, value = 0;
  std::array<double, 4> statements{};
  std::vector<AuthorFeatures::Value> topics;  // counts
};

// Which mentions hold a want, a need, a pain or a fear, as bits.
std::vector<std::uint8_t> statement_bits(const MentionTable& table) {
  std::vector<std::uint8_t> bits(table.rows.size(), 0);
  for (const MentionStatement& statement : table.statements)
    if (statement.row < bits.size() && statement.kind <= StatementKind::fear)
      bits[statement.row] = static_cast<std::uint8_t>(
          bits[statement.row] | (1U << static_cast<unsigned>(statement.kind)));
  return bits;
}

void add_mention(AuthorSums& sums, const MentionRow& row, unsigned bits) {
  ++sums.mentions;
  if (row.scored) {
    ++sums.scored;
    sums.labels += static_cast<int>(row.label);
  }
  if (row.price_talk >= kTalkThreshold) ++sums.price;
  if (row.value_talk >= kTalkThreshold) ++sums.value;
  for (unsigned kind = 0; kind < 4; ++kind)
    if (bits & (1U << kind)) ++sums.statements[kind];
  if (row.topic >= 0 && static_cast<std::size_t>(row.topic) < kMostTopics)
    sums.topics.push_back({static_cast<std::uint32_t>(row.topic), 1});
}

std::vector<AuthorSums> sum_authors(const MentionTable& table) {
  std::vector<std::pair<std::int64_t, std::uint32_t>> order;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const MentionRow& row = table.rows[i];
    if (row.voice >= 0 && !row.copy && !row.session)
      order.emplace_back(row.voice, static_cast<std::uint32_t>(i));
  }
  std::sort(order.begin(), order.end());
  const std::vector<std::uint8_t> bits = statement_bits(table);
  std::vector<AuthorSums> out;
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && order[end].first == order[begin].first) ++end;
    if (end - begin < kFewestMentions) continue;
    AuthorSums sums;
    sums.voice = order[begin].first;
    for (std::size_t i = begin; i < end; ++i)
      add_mention(sums, table.rows[order[i].second], bits[order[i].second]);
    out.push_back(std::move(sums));
  }
  return out;
}

// Square roots of shares; counts of one topic are joined first.
std::vector<AuthorFeatures::Value> topic_part(AuthorSums& sums) {
  auto& topics = sums.topics;
  std::sort(topics.begin(), topics.end(),
            [](const auto& a, const auto& b) { return a.dimension < b.dimension; });
  std::vector<AuthorFeatures::Value> out;
  for (const auto& one : topics) {
    if (out.empty() || out.back().dimension != one.dimension)
      out.push_back(one);
    else
      ++out.back().value;
  }
  for (auto& value : out)
    value.value = static_cast<float>(std::sqrt(value.value / static_cast<double>(topics.size())));
  return out;
}

using Moods = std::array<double, kMoods>;

std::vector<Moods> mood_parts(const std::vector<AuthorSums>& authors) {
  std::array<double, 4> overall{};
  double mentions = 0;
  for (const AuthorSums& sums : authors) {
    mentions += sums.mentions;
    for (std::size_t k = 0; k < 4; ++k) overall[k] += sums.statements[k];
  }
  std::vector<Moods> out(authors.size());
  for (std::size_t i = 0; i < authors.size(); ++i) {
    const AuthorSums& sums = authors[i];
    const double trust = sums.mentions / (sums.mentions + kShrink);
    out[i][0] = sums.scored > 0 ? sums.labels / (sums.scored + 1) : 0;
    out[i][1] = std::log((sums.value + 0.5) / (sums.price + 0.5));
    for (std::size_t k = 0; k < 4; ++k) {
      const double mean = overall[k] / std::max(1.0, mentions);
      out[i][2 + k] = mean + trust * (sums.statements[k] / sums.mentions - mean);
    }
  }
  return out;
}

void standardise(std::vector<Moods>& moods) {
  const auto size = static_cast<double>(std::max<std::size_t>(1, moods.size()));
  for (std::size_t k = 0; k < kMoods; ++k) {
    double mean = 0;
    double variance = 0;
    for (const Moods& mood : moods) mean += mood[k] / size;
    for (const Moods& mood : moods) variance += (mood[k] - mean) * (mood[k] - mean) / size;
    const double scale = variance > 1e-12 ? kMoodScale / std::sqrt(variance) : 0;
    for (Moods& mood : moods) mood[k] = std::clamp((mood[k] - mean) * scale, -0.75, 0.75);
  }
}

}  // namespace

FeatureSpace author_features(const MentionTable& table) {
  std::vector<AuthorSums> sums = sum_authors(table);
  std::vector<Moods> moods = mood_parts(sums);
  standardise(moods);
  FeatureSpace space;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    AuthorFeatures author{sums[i].voice, topic_part(sums[i])};
    for (std::uint32_t k = 0; k < kMoods; ++k)
      author.values.push_back(
          {static_cast<std::uint32_t>(kMostTopics) + k, static_cast<float>(moods[i][k])});
    double length = 0;
    for (const auto& value : author.values) length += value.value * value.value;
    if (length < 1e-12) continue;  // in the middle of everything: near to no cluster
    for (auto& value : author.values)
      value.value = static_cast<float>(value.value / std::sqrt(length));
    space.authors.push_back(std::move(author));
  }
  // Dimensions that occur, numbered without gaps, so that centres stay short.
  std::vector<std::uint32_t> number(kMostTopics + kMoods, 0);
  for (const AuthorFeatures& author : space.authors)
    for (const auto& value : author.values) number[value.dimension] = 1;
  for (std::uint32_t& entry : number)
    if (entry == 1) entry = static_cast<std::uint32_t>(space.dimensions++);
  for (AuthorFeatures& author : space.authors)
    for (auto& value : author.values) value.dimension = number[value.dimension];
  return space;
}

}  // namespace plumbline
