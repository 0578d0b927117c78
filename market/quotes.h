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
  struct Candidate {
    std::uint32_t row = 0;
    Span span;
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

// A label far from the middle: worth quoting for how somebody feels.
bool is_clear(const MentionRow& row);

class QuotePlan {
 public:
  // Finds the list in the finished report; called once, after all metrics.
  using Place = std::function<std::vector<Quote>*(Report&)>;

  // Puts up to `most` of the candidates' texts there: those of 40 to 240 characters first, in the
  // order given, no text twice, no author twice.
  void wish(std::vector<QuotePicker::Candidate> candidates, std::size_t most, Place place);
  // Fetches and hands out. A text that is gone leaves its place to the next candidate.
  void fill(const ReportInput& input, Report& report) const;

 private:
  struct Wish {
    std::vector<QuotePicker::Candidate> candidates;
    std::size_t most = 0;
    Place place;
  };
  std::vector<Wish> wishes_;
};

}  // namespace plumbline
