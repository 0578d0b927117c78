#include "market/tally.h"

#include "market/view.h"

namespace plumbline {

void VoiceTally::add(std::size_t group, const MentionRow& row) {
  TallyCell& cell = cells_[group];
  Open& open = open_[group];
  if (!open.used || open.voice != row.voice) {
    close(cell, open);
    open.used = true;
    open.voice = row.voice;
    ++cell.counts.authors;
  }
  ++cell.counts.n;
  if (!row.scored) ++cell.unscored;
  const Polarity label = row.scored ? row.label : Polarity::neutral;
  if (label == Polarity::positive)
    ++cell.positive;
  else if (label == Polarity::negative)
    ++cell.negative;
  else
    ++cell.neutral;
  if (row.copy) return;
  ++cell.counts.distinct;
  open.own_words = true;
  if (row.price_talk >= kTalkThreshold) {
    ++cell.price;
    open.price = true;
  }
  if (row.value_talk >= kTalkThreshold) {
    ++cell.value;
    open.value = true;
  }
  if (!row.scored) return;
  ++cell.scored;
  ++open.scored;
  open.labels += static_cast<int>(label);
}

void VoiceTally::close(TallyCell& cell, Open& open) {
  if (open.own_words) ++cell.voters;
  if (open.price) ++cell.price_authors;
  if (open.value) ++cell.value_authors;
  if (open.scored > 0) cell.sentiment.add(static_cast<double>(open.labels) / open.scored);
  open = {};
}

const std::vector<TallyCell>& VoiceTally::finish() {
  for (std::size_t i = 0; i < cells_.size(); ++i) close(cells_[i], open_[i]);
  return cells_;
}

}  // namespace plumbline
