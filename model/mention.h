// Mentions as columns: what counting needs of every document, small enough to hold a million of
// them in memory.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "model/analysis.h"

namespace plumbline {

inline constexpr std::int32_t kNoTopic = -1;
inline constexpr std::int32_t kNoCluster = -1;

struct MentionRow {
  std::int64_t id = 0;  // of the stored document
  std::int64_t voice =
      0;  // the author's row; negative for a document without author, which is a voice of its own
  Seconds published_at = kNoTime;
  Day day = 0;                        // in the workspace's zone
  std::int32_t topic = kNoTopic;      // id of a TopicInfo
  std::int32_t cluster = kNoCluster;  // of the author
  std::uint16_t brand = 0;            // index into MentionTable::brands
  std::uint16_t source = 0;           // index into MentionTable::sources
  std::uint16_t lang = 0;             // index into MentionTable::langs
  Polarity label = Polarity::neutral;
  bool scored = true;     // false: its language has no sentiment data
  bool copy = false;      // a near-identical text was there before
  bool session = false;   // from a focus group or an interview
  bool doubtful = false;  // reads as praise but may not be meant so: Analysis::is_doubtful
  float score = 0;        // -1..1
  float price_talk = 0;   // 0..1
  float value_talk = 0;
  float rating = -1;  // on the source's scale; -1 without
};

struct MentionStatement {
  std::uint32_t row = 0;  // index into MentionTable::rows
  StatementKind kind = StatementKind::want;
  std::uint32_t topic = 0;  // index into MentionTable::statement_topics
  Span span;
};

struct TopicInfo {
  int id = 0;
  std::string label;
  std::vector<std::string> words;
};

struct MentionTable {
  std::vector<MentionRow> rows;              // by published_at, then id
  std::vector<MentionStatement> statements;  // by row
  std::vector<std::string> brands, sources, langs,
      statement_topics;  // what the indexes stand for; statement_topics[0] is ""
  std::vector<TopicInfo> topics;
  std::vector<std::pair<std::string, std::int64_t>> versions;  // of the analyzers, and their rows
};

}  // namespace plumbline
