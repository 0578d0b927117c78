// The mentions of a report as every metric wants to walk them, made once: without focus groups, by
// voice, with brands in the order of the page.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "market/report.h"
#include "model/mention.h"

namespace plumbline {

struct View {
  explicit View(const ReportInput& input);
  View(const View&) = delete;
  View& operator=(const View&) = delete;

  const ReportInput& input;
  const MentionTable& table;
  Day from = 0, to = 0;  // both included; at most 200 years, so that days can be an index

  // Indexes into table.rows. The chatter only (no sessions), days from..to, known brands; by voice,
  // then by time, so that one author's mentions stand together.
  std::vector<std::uint32_t> by_voice;
  std::vector<std::uint32_t> own_by_voice;  // of these, the own brand's
  std::vector<std::uint32_t> sessions;      // focus groups on the own brand or on none; by voice

  std::vector<std::string> brands;  // own, competitors, then those only in the data, by name
  // The place in `brands` of a row's brand, -1 for none.
  int brand_of(const MentionRow& row) const;
  // The place in table.topics of a row's topic, -1 for none. Topics that are the same but for the
  // form of their words share the place of the one with most mentions.
  int topic_of(const MentionRow& row) const;
  std::string source_name(std::uint16_t source) const;
  bool holds(const MentionRow& row) const { return row.day >= from && row.day <= to; }
  // Chatter about the own brand within the days.
  bool is_own(const MentionRow& row) const {
    return !row.session && holds(row) && brand_of(row) == 0;
  }
  int days() const { return to - from + 1; }

  // How finely a report of this length is cut: by day below 45 days, by week below 400, else by
  // month.
  Unit unit() const;

 private:
  void read_brands();
  void read_rows();
  void join_topics();
  std::vector<int> brand_place_;  // by index into table.brands
  std::vector<int> topic_place_;  // by topic id
};

// Talk counts as about price (or value) from this strength on.
inline constexpr float kTalkThreshold = 0.5F;

}  // namespace plumbline
