#include "nlp/learn/fast_measure.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

#include "nlp/learn/score_table.h"

namespace plumbline {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

FastScore score_of(std::string name, FastRole role, const ScoreTable& table) {
  return {.name = std::move(name),
          .role = role,
          .texts = table.texts(),
          .macro_recall = table.macro_recall(),
          .macro_f1 = table.macro_f1(),
          .calibration = table.calibration(),
          .by_chance = table.calibration_by_chance(),
          .pearson = kNone};
}

template <class Values>
std::size_t largest(const Values& values) {
  return static_cast<std::size_t>(std::max_element(values.begin(), values.end()) - values.begin());
}

struct Rated {
  std::vector<double> said, people;

  double pearson() const {
    const auto n = static_cast<double>(said.size());
    double x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    for (std::size_t i = 0; i < said.size(); ++i) {
      x += said[i], y += people[i];
      xx += said[i] * said[i], yy += people[i] * people[i], xy += said[i] * people[i];
    }
    const double spread = std::sqrt((xx - x * x / n) * (yy - y * y / n));
    return spread > 0 ? (xy - x * y / n) / spread : kNone;
  }
};

// All figures of one domain.
struct DomainScores {
  ScoreTable sides{3}, emotions{kEmotionCount}, four{4}, irony{2};
  Rated rated;
};

void add_sentiment(const FastExample& e, bool neutral, const Sentiment& said, ScoreTable& table) {
  std::array<float, 3> p = {said.negative, said.neutral, said.positive};
  if (!neutral) {
    const float sum = std::max(p[0] + p[2], 1e-6F);
    p = {p[0] / sum, 0, p[2] / sum};
  }
  const std::size_t label = largest(p);
  table.add(largest(e.sentiment), label, static_cast<double>(p[label]), e.row % 2 == 1);
}

void add_emotion(const FastExample& e, const EmotionFinding& said, DomainScores& out) {
  const std::size_t truth = largest(e.emotion), label = largest(said.scores);
  out.emotions.add(truth, label, static_cast<double>(said.scores[label]), e.row % 2 == 1);
  if (truth > 3) return;
  const std::array<float, 4> four = {said.scores[0], said.scores[1], said.scores[2],
                                     said.scores[3]};
  const std::size_t best = largest(four);
  float sum = 1e-9F;
  for (const float p : four) sum += p;
  out.four.add(truth, best, static_cast<double>(four[best] / sum), e.row % 2 == 1);
}

}  // namespace

std::vector<FastScore> measure_fast(const FastModel& model, const FastData& data) {
  std::vector<std::map<FastRole, DomainScores>> domains(data.domains.size());
  std::vector<ScoreTable> languages(data.languages.size(), ScoreTable(3));
  for (const FastExample& e : data.examples) {
    if (e.role == FastRole::learn) continue;
    const FastDomain& domain = data.domains[e.domain];
    DomainScores& scores = domains[e.domain][e.role];
    const FastAnswer said = model.answer(e.slots, data.languages[e.language]);
    if (domain.rated) {
      scores.rated.said.push_back(static_cast<double>(said.sentiment.score));
      scores.rated.people.push_back(static_cast<double>(e.rating));
    }
    if (e.sentiment_weight > 0) {
      add_sentiment(e, domain.neutral, said.sentiment, scores.sides);
      if (domain.name == "languages") add_sentiment(e, true, said.sentiment, languages[e.language]);
    }
    if (e.emotion_weight > 0) add_emotion(e, said.emotion, scores);
    if (e.irony_weight > 0)
      scores.irony.add(e.irony > 0.5F, said.irony > 0.5F,
                       static_cast<double>(std::max(said.irony, 1 - said.irony)), e.row % 2 == 1);
  }
  std::vector<FastScore> out;
  for (std::size_t d = 0; d < domains.size(); ++d) {
    const std::string& name = data.domains[d].name;
    for (const auto& [role, scores] : domains[d]) {
      if (scores.sides.texts() > 0) out.push_back(score_of(name, role, scores.sides));
      if (scores.emotions.texts() > 0) {
        out.push_back(score_of(name + ": 8 emotions", role, scores.emotions));
        out.push_back(score_of(name + ": 4 emotions", role, scores.four));
      }
      if (scores.irony.texts() > 0) out.push_back(score_of("irony", role, scores.irony));
      if (!scores.rated.said.empty())
        out.push_back({name, role, static_cast<std::int64_t>(scores.rated.said.size()), kNone,
                       kNone, kNone, scores.rated.pearson()});
    }
  }
  for (std::size_t l = 0; l < languages.size(); ++l)
    if (languages[l].texts() > 0)
      out.push_back(score_of("languages: " + data.languages[l], FastRole::choose, languages[l]));
  return out;
}

namespace {

// What the head says at temperature 1 of the texts it is calibrated on, with the truth.
struct Judged {
  std::size_t domain = 0;
  std::vector<float> logits;
  std::vector<float> truth;
};

double loss_of(const std::vector<Judged>& texts, const std::vector<double>& domain_sizes,
               double temperature) {
  double loss = 0;
  for (const Judged& text : texts) {
    double sum = 0, own = 0;
    for (std::size_t c = 0; c < text.logits.size(); ++c) {
      const double z = static_cast<double>(text.logits[c]) / temperature;
      sum += std::exp(z);
      own += static_cast<double>(text.truth[c]) * z;
    }
    loss += (std::log(sum) - own) / domain_sizes[text.domain];
  }
  return loss;
}

float best_temperature(const std::vector<Judged>& texts, std::size_t domains) {
  std::vector<double> sizes(domains);
  for (const Judged& text : texts) sizes[text.domain] += 1;
  double best = 1, least = std::numeric_limits<double>::infinity();
  for (double t = 0.3; t < 4; t *= 1.02) {
    const double loss = loss_of(texts, sizes, t);
    if (loss >= least) continue;
    least = loss;
    best = t;
  }
  return texts.empty() ? 1.0F : static_cast<float>(best);
}

float log_of(float p) { return std::log(std::max(p, 1e-9F)); }

}  // namespace

void set_temperatures(const FastData& data, FastWeights& weights) {
  weights.temperature = {1, 1, 1, 1};
  const auto model = FastModel::read(pack_fast_model(weights), "");
  if (!model) return;
  std::array<std::vector<Judged>, 3> heads;
  for (const FastExample& e : data.examples) {
    if (e.role != FastRole::choose || e.row % 2 == 1) continue;
    const FastAnswer said = model->answer(e.slots, data.languages[e.language]);
    const Sentiment& s = said.sentiment;
    if (e.sentiment_weight > 0 && data.domains[e.domain].neutral)
      heads[0].push_back({e.domain,
                          {log_of(s.negative), log_of(s.neutral), log_of(s.positive)},
                          {e.sentiment.begin(), e.sentiment.end()}});
    if (e.emotion_weight > 0) {
      std::vector<float> logits;
      for (const float p : said.emotion.scores) logits.push_back(log_of(p));
      heads[1].push_back({e.domain, logits, {e.emotion.begin(), e.emotion.end()}});
    }
    if (e.irony_weight > 0)
      heads[2].push_back(
          {e.domain, {log_of(1 - said.irony), log_of(said.irony)}, {1 - e.irony, e.irony}});
  }
  for (std::size_t head = 0; head < heads.size(); ++head)
    weights.temperature[head] = best_temperature(heads[head], data.domains.size());
}

}  // namespace plumbline
