#include "cli/own_figures.h"

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/shared.h"

namespace plumbline {
namespace {

using Json = nlohmann::ordered_json;

std::string share_cell(double value) { return fmt_line("{:.3f}", value); }

using ThreeShares = std::array<double, 3>;

std::vector<std::string> own_row(const std::string& name, double macro_recall, double accuracy,
                                 const ThreeShares& recall) {
  return {name,
          share_cell(macro_recall),
          share_cell(accuracy),
          share_cell(recall[0]),
          share_cell(recall[1]),
          share_cell(recall[2])};
}

Json recall_json(const ThreeShares& recall) {
  return {{"negative", recall[0]}, {"neutral", recall[1]}, {"positive", recall[2]}};
}

}  // namespace

std::string own_text(const TrainedOwn& trained) {
  const OwnComparison& c = trained.comparison;
  const FullComparison& full = trained.full;
  std::vector<std::vector<std::string>> rows = {
      {"on texts not learned from", "macro-recall", "accuracy", "negative", "neutral", "positive"},
      own_row(trained.base, c.macro_recall, c.accuracy, c.recall),
      own_row("with your labels", c.own_macro_recall, c.own_accuracy, c.own_recall)};
  if (full.texts > 0) {
    rows.push_back(own_row("read closer", full.macro_recall, full.accuracy, full.recall));
    rows.push_back(
        own_row("with your labels", full.own_macro_recall, full.own_accuracy, full.own_recall));
  }
  return table(rows, 1, 6) +
         fmt_line(
             "negative, neutral, positive: how many of these were found; of {} labels {} are "
             "negative, {} neutral, {} positive\n",
             trained.labels, c.labels[0], c.labels[1], c.labels[2]) +
         fmt_line(
             "gain in macro-recall {:+.3f} ({:+.3f} to {:+.3f}); to be expected {:+.3f}, in four "
             "cases of five at least {:+.3f}\n",
             c.gain, c.lo, c.hi, c.expected, c.at_least);
}

std::string own_refusal(const TrainedOwn& trained) {
  const OwnComparison& c = trained.comparison;
  const FullComparison& full = trained.full;
  const auto lost = [](const std::string& what, double before, double after) {
    return fmt_line(
        "{} would fall from {:.3f} to {:.3f}, so it is not used and nothing was "
        "changed",
        what, before, after);
  };
  if (c.own_accuracy < c.accuracy - kMostAccuracyLost)
    return lost("accuracy", c.accuracy, c.own_accuracy);
  if (c.better) return lost("accuracy of what is read closer", full.accuracy, full.own_accuracy);
  return "not better beyond chance, so it is not used and nothing was changed; more labels may "
         "tell";
}

std::string own_json(const TrainedOwn& trained) {
  const OwnComparison& c = trained.comparison;
  const FullComparison& full = trained.full;
  const Json json = {{"used", trained.used},
                     {"file", trained.file.empty() ? Json(nullptr) : Json(trained.file)},
                     {"model", trained.model.empty() ? Json(nullptr) : Json(trained.model)},
                     {"base", trained.base},
                     {"labels", trained.labels},
                     {"negative", c.labels[0]},
                     {"neutral", c.labels[1]},
                     {"positive", c.labels[2]},
                     {"other_languages", trained.other},
                     {"skipped_lines", trained.skipped},
                     {"macro_recall", c.macro_recall},
                     {"own_macro_recall", c.own_macro_recall},
                     {"accuracy", c.accuracy},
                     {"own_accuracy", c.own_accuracy},
                     {"recall", recall_json(c.recall)},
                     {"own_recall", recall_json(c.own_recall)},
                     {"read_closer",
                      {{"texts", full.texts},
                       {"macro_recall", full.macro_recall},
                       {"own_macro_recall", full.own_macro_recall},
                       {"accuracy", full.accuracy},
                       {"own_accuracy", full.own_accuracy},
                       {"recall", recall_json(full.recall)},
                       {"own_recall", recall_json(full.own_recall)}}},
                     {"gain", {{"value", c.gain}, {"lo", c.lo}, {"hi", c.hi}}},
                     {"expected", c.expected},
                     {"at_least", c.at_least}};
  return json.dump(2) + "\n";
}

}  // namespace plumbline
