#include "nlp/learn/full_measure.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "nlp/learn/score_table.h"

namespace plumbline {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kTextsAtOnce = 64;

// What was said of one text or term.
struct Answer {
  std::array<float, kEmotionCount> shares{};  // of the classes that could be said; sum 1
  std::size_t classes = 3;
  std::uint8_t truth = 0;

  std::size_t label() const {
    return static_cast<std::size_t>(
        std::max_element(shares.begin(), shares.begin() + static_cast<std::ptrdiff_t>(classes)) -
        shares.begin());
  }
};

void share_out(Answer& answer) {
  float sum = 0;
  for (const float each : answer.shares) sum += each;
  for (float& each : answer.shares) each /= std::max(sum, 1e-12F);
}

Answer of_mood(const Sentiment& mood, std::uint8_t truth, bool two_sides) {
  Answer out;
  out.truth = truth;
  out.shares = {mood.negative, two_sides ? 0 : mood.neutral, mood.positive};
  share_out(out);
  return out;
}

Answer answer_of(const FullReading& reading, const HeldText& text, FullTask task) {
  if (task == FullTask::sentiment || task == FullTask::two_sides)
    return of_mood(reading.sentiment, text.label, task == FullTask::two_sides);
  Answer out;
  out.truth = text.label;
  if (task == FullTask::emotion) {
    out.classes = 4;
    std::copy_n(reading.emotion.begin(), 4, out.shares.begin());
  } else {
    out.classes = 2;
    out.shares = {1 - reading.irony, reading.irony};
  }
  share_out(out);
  return out;
}

Answer cooled(const Answer& answer, double temperature) {
  Answer out = answer;
  for (float& each : out.shares)
    each = each > 0 ? static_cast<float>(std::pow(static_cast<double>(each), 1 / temperature)) : 0;
  share_out(out);
  return out;
}

// Calibration on the odd rows: the temperature was chosen on the others.
void score_labels(const std::vector<Answer>& answers, double temperature, FullScore& out) {
  ScoreTable table(kEmotionCount);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const Answer each = cooled(answers[i], temperature);
    const std::size_t label = each.label();
    table.add(each.truth, label, static_cast<double>(each.shares[label]), i % 2 == 1);
  }
  out.texts = table.texts();
  out.accuracy = table.accuracy();
  out.macro_recall = table.macro_recall();
  out.macro_f1 = table.macro_f1();
  out.calibration = table.calibration();
  out.by_chance = table.calibration_by_chance();
}

// Mean of -log of what the truth was given, over the even rows.
double surprise(const std::vector<Answer>& answers, double temperature) {
  double out = 0, all = 0;
  for (std::size_t i = 0; i < answers.size(); i += 2) {
    const Answer each = cooled(answers[i], temperature);
    out -= std::log(std::max(static_cast<double>(each.shares[each.truth]), 1e-9));
    all += 1;
  }
  return all > 0 ? out / all : 0;
}

const char* head_of(FullTask task) {
  switch (task) {
    case FullTask::emotion: return "emotion";
    case FullTask::irony: return "irony";
    case FullTask::aspects: return "aspect";
    case FullTask::sentiment:
    case FullTask::two_sides: break;
  }
  return "sentiment";
}

struct Found {
  std::vector<std::vector<Answer>> answers;  // by domain
  std::vector<std::array<double, 3>> terms;  // right, true, said
};

void take(const FullReading& reading, const HeldText& text, FullTask task, Found& found) {
  std::vector<Answer>& answers = found.answers[text.domain];
  if (task != FullTask::aspects) {
    answers.push_back(answer_of(reading, text, task));
    return;
  }
  std::vector<Span> spans;
  for (const auto& [span, mood] : text.terms) spans.push_back(span);
  for (std::size_t i = 0; i < spans.size(); ++i)
    answers.push_back(of_mood(reading.asked[i], text.terms[i].second, false));
  std::array<double, 3>& terms = found.terms[text.domain];
  terms[1] += static_cast<double>(spans.size());
  terms[2] += static_cast<double>(reading.terms.size());
  for (const FullTerm& term : reading.terms)
    if (std::ranges::find(spans, term.span) != spans.end()) terms[0] += 1;
}

float best_temperature(const FullData& data, const Found& found, std::string_view head) {
  double best = 1, least = std::numeric_limits<double>::max();
  for (double temperature = 0.5; temperature < 4; temperature *= 1.03) {
    double sum = 0;
    for (std::size_t i = 0; i < data.domains.size(); ++i)
      if (head == head_of(data.domains[i].task) && data.domains[i].share > 0)
        sum += surprise(found.answers[i], temperature);
    if (sum >= least) continue;
    least = sum;
    best = temperature;
  }
  return static_cast<float>(best);
}

}  // namespace

FullMeasured measure_full(const FullModel& model, const FullData& data, Cooling cooling,
                          const std::function<bool(double share)>& go_on) {
  Found found;
  found.answers.resize(data.domains.size());
  found.terms.resize(data.domains.size());
  for (std::size_t begin = 0; begin < data.held.size(); begin += kTextsAtOnce) {
    if (go_on && !go_on(static_cast<double>(begin) / static_cast<double>(data.held.size()))) break;
    const std::size_t end = std::min(data.held.size(), begin + kTextsAtOnce);
    std::vector<std::string_view> texts;
    for (std::size_t i = begin; i < end; ++i) texts.push_back(data.held[i].text);
    std::vector<std::vector<Span>> asked(texts.size());
    for (std::size_t i = begin; i < end; ++i)
      for (const auto& [span, mood] : data.held[i].terms) asked[i - begin].push_back(span);
    const std::vector<FullReading> readings = model.read(texts, asked);
    for (std::size_t i = begin; i < end; ++i)
      take(readings[i - begin], data.held[i], data.domains[data.held[i].domain].task, found);
  }
  FullMeasured out;
  for (const char* head : {"sentiment", "emotion", "irony", "aspect"})
    out.temperatures[head] = cooling == Cooling::best ? best_temperature(data, found, head) : 1.0F;
  for (std::size_t i = 0; i < data.domains.size(); ++i) {
    const FullDomain& domain = data.domains[i];
    if (found.answers[i].empty()) continue;
    FullScore score;
    score.name = domain.name;
    score.foreign = domain.foreign;
    score_labels(found.answers[i], static_cast<double>(out.temperatures[head_of(domain.task)]),
                 score);
    const std::array<double, 3>& terms = found.terms[i];
    score.term_f1 = domain.task == FullTask::aspects ? 2 * terms[0] / (terms[1] + terms[2]) : kNan;
    out.scores.push_back(score);
  }
  return out;
}

}  // namespace plumbline
