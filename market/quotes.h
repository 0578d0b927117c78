// Chooses which mentions to quote. Everything a report quotes is wished for first and fetched in
// one call, because the texts lie in the store.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "market/report.h"
#include "market/view.h"

namespace plumbline {

// The newest candidates of each group, one per voice, clear ones before unclear ones. Rows must be
// offered newest first.
class QuotePicker {
 public:
  // How the mention as a whole feels, beside what it is quoted for.
  enum class Mood : std::uint8_t { fits, neutral, contrary };
  struct Candidate {
    std::uint32_t row = 0;
    Span span;  // empty: the beginning of the mention
    Mood mood = Mood::fits;
  };
  QuotePicker(std::size_t groups, std::size_t most) : groups_(groups), most_(most) {}

  // `clear`: the mention says plainly what the group is about. Copies are left out.
  void offer(std::size_t group, const View& view, Candidate candidate, bool clear);
  std::vector<Candidate> take(std::size_t group) const;  // at most `most`
  // Whether another clear offer would be dropped anyway.
  bool full(std::size_t group) const { return groups_[group].clear.size() >= most_; }

 private:
  struct Group {
    std::vector<Candidate> clear, other;
    std::vector<std::int64_t> voices;
  };
  std::vector<Group> groups_;
  std::size_t most_;
};

// A label far from the middle and not in doubt: worth quoting for how somebody feels.
bool is_clear(const MentionRow& row);

class QuotePlan {
 public:
  // Finds the list in the finished report; called once, after all metrics.
  using Place = std::function<std::vector<Quote>*(Report&)>;

  // Puts up to `most` of the candidates' texts there: those whose mention feels as it is quoted for
  // first, then those that say something, then in the order given; no author twice, and no text
  // that says nearly what another does. Contrary ones are quoted only where there are no others. A
  // stretch that says little by itself is widened to its sentence; one that says nothing even then
  // is left out. Of the lists of one `circle` (-1: none) only that has an author again which would
  // have no quote else.
  void wish(std::vector<QuotePicker::Candidate> candidates, std::size_t most, Place place,
            int circle = -1);
  // Fetches and hands out. A text that is gone leaves its place to the next candidate.
  void fill(const ReportInput& input, Report& report) const;

  struct Wish {
    std::vector<QuotePicker::Candidate> candidates;
    std::size_t most = 0;
    Place place;
    int circle = -1;
  };

 private:
  std::vector<Wish> wishes_;
};

}  // namespace plumbline
