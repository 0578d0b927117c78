#include "market/statements.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "market/alike.h"
#include "market/same_topic.h"

namespace plumbline {
namespace {

constexpr std::uint32_t kShortStretch = 24;  // bytes; shorter ones seldom say something

struct Found {
  std::uint64_t group = 0;  // section, kind, topic
  std::int64_t voice = 0;
  std::uint32_t row = 0;
  Span span;
};

constexpr std::uint64_t group_key(std::size_t section, StatementKind kind, std::uint32_t topic) {
  return (static_cast<std::uint64_t>(section) << 40) | (static_cast<std::uint64_t>(kind) << 32) |
         topic;
}

// Within a group by voice, the newest first, so that counting and choosing need one walk.
void sort_found(std::vector<Found>& found) {
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    return std::tie(a.group, a.voice, b.row, a.span.begin) <
           std::tie(b.group, b.voice, a.row, b.span.begin);
  });
}

std::string_view language_of_row(const View& view, const MentionRow& row) {
  const auto& langs = view.table.langs;
  return row.lang < langs.size() ? std::string_view(langs[row.lang]) : std::string_view();
}

std::vector<Found> find_all(const View& view,
                            const std::function<int(const MentionRow&)>& section_of) {
  std::vector<Found> out;
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> fillers;  // by topic and language
  for (const MentionStatement& statement : view.table.statements) {
    if (statement.row >= view.table.rows.size()) continue;
    const MentionRow& row = view.table.rows[statement.row];
    const int section = section_of(row);
    if (section < 0 || static_cast<int>(statement.kind) >= kStatementKinds) continue;
    const std::uint32_t topic =
        statement.topic < view.table.statement_topics.size() ? statement.topic : 0;
    const auto [lengths, fresh] = fillers.try_emplace(std::uint64_t{topic} << 16 | row.lang);
    if (fresh && topic != 0)
      lengths->second =
          filler_lengths(view.table.statement_topics[topic], language_of_row(view, row));
    if (is_filler(lengths->second, statement.span.end - statement.span.begin)) continue;
    out.push_back({group_key(static_cast<std::size_t>(section), statement.kind, topic), row.voice,
                   statement.row, statement.span});
  }
  sort_found(out);
  return out;
}

// Topics under their common names: groups of one section and kind that share one become one.
class Naming {
 public:
  explicit Naming(const View& view) : view_(view) {}

  const std::string& name_of(std::uint64_t group) const {
    return names_[static_cast<std::uint32_t>(group)];
  }

  void rename(std::vector<Found>& found) {
    for (std::size_t begin = 0, end = 0; begin < found.size(); begin = end) {
      const std::uint64_t kind = found[begin].group >> 32;
      while (end < found.size() && found[end].group >> 32 == kind) ++end;
      rename_kind(found, begin, end);
    }
    sort_found(found);
  }

 private:
  std::string_view topic_of(const Found& one) const {
    const auto topic = static_cast<std::uint32_t>(one.group);
    const auto& topics = view_.table.statement_topics;
    return topic < topics.size() ? std::string_view(topics[topic]) : std::string_view();
  }

  void rename_kind(std::vector<Found>& found, std::size_t begin, std::size_t end) {
    std::vector<TopicVoices> topics;
    for (std::size_t i = begin; i < end; ++i) {
      const bool fresh = i == begin || found[i].group != found[i - 1].group;
      if (fresh)
        topics.push_back(
            {topic_of(found[i]), 0, language_of_row(view_, view_.table.rows[found[i].row])});
      if (fresh || found[i].voice != found[i - 1].voice) ++topics.back().authors;
    }
    const std::vector<std::string> names = common_names(topics, view_.brands);
    std::size_t topic = 0;
    std::uint64_t before = found[begin].group;
    for (std::size_t i = begin; i < end; ++i) {
      if (found[i].group != before) ++topic;
      before = found[i].group;
      found[i].group = before >> 32 << 32 | number_of(names[topic]);
    }
  }

  std::uint32_t number_of(const std::string& name) {
    const auto [entry, fresh] = numbers_.emplace(name, static_cast<std::uint32_t>(names_.size()));
    if (fresh) names_.push_back(name);
    return entry->second;
  }

  const View& view_;
  std::vector<std::string> names_;
  std::map<std::string, std::uint32_t> numbers_;
};

// A mention that feels the opposite was likely misread in this place, or concedes something.
QuotePicker::Mood mood_beside(StatementKind kind, const MentionRow& row) {
  Polarity wanted = Polarity::negative;
  switch (kind) {
    case StatementKind::pain:
    case StatementKind::fear:
    case StatementKind::risk: break;
    case StatementKind::praise: wanted = Polarity::positive; break;
    default: return QuotePicker::Mood::fits;
  }
  if (!row.scored || row.label == Polarity::neutral) return QuotePicker::Mood::neutral;
  return row.label == wanted ? QuotePicker::Mood::fits : QuotePicker::Mood::contrary;
}

// The smaller, the better to quote.
std::tuple<QuotePicker::Mood, bool, std::int64_t> reluctance(
    const QuotePicker::Candidate& candidate) {
  const bool is_short = candidate.span.end - candidate.span.begin < kShortStretch;
  return {candidate.mood, is_short, -static_cast<std::int64_t>(candidate.row)};
}

// What one voice says in the group: counts it and adds the best of it to the candidates.
void read_voice(const View& view, const std::vector<Found>& found, std::size_t begin,
                std::size_t end, StatementGroup& group) {
  ++group.row.counts.authors;
  std::optional<QuotePicker::Candidate> best;
  for (std::size_t i = begin; i < end; ++i) {
    const MentionRow& row = view.table.rows[found[i].row];
    if (i == begin || found[i].row != found[i - 1].row) {
      ++group.row.counts.n;
      if (!row.copy) ++group.row.counts.distinct;
    }
    if (row.copy || (group.row.kind == StatementKind::praise && row.doubtful)) continue;
    const QuotePicker::Candidate one{found[i].row, found[i].span, mood_beside(group.row.kind, row)};
    if (!best || reluctance(one) < reluctance(*best)) best = one;
  }
  if (best) group.candidates.push_back(*best);
}

StatementGroup read_group(const View& view, const Naming& naming, const std::vector<Found>& found,
                          std::size_t begin, std::size_t end) {
  StatementGroup group;
  const std::uint64_t key = found[begin].group;
  group.section = static_cast<std::size_t>(key >> 40);
  group.row.kind = static_cast<StatementKind>((key >> 32) & 0xFF);
  group.row.topic = naming.name_of(key);
  for (std::size_t voice = begin, after = begin; voice < end; voice = after) {
    while (after < end && found[after].voice == found[voice].voice) ++after;
    read_voice(view, found, voice, after, group);
  }
  return group;
}

void trim_group(StatementGroup& group, std::size_t most) {
  auto& list = group.candidates;
  const std::size_t kept = std::min(most, list.size());
  std::partial_sort(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(kept), list.end(),
                    [](const auto& a, const auto& b) { return reluctance(a) < reluctance(b); });
  list.resize(kept);
  list.shrink_to_fit();
}

}  // namespace

std::vector<StatementGroup> group_statements(
    const View& view, const std::function<int(const MentionRow&)>& section_of,
    const StatementLimits& limits) {
  std::vector<Found> found = find_all(view, section_of);
  Naming naming(view);
  naming.rename(found);
  std::vector<StatementGroup> groups;
  for (std::size_t begin = 0, end = 0; begin < found.size(); begin = end) {
    while (end < found.size() && found[end].group == found[begin].group) ++end;
    groups.push_back(read_group(view, naming, found, begin, end));
    trim_group(groups.back(), limits.candidates);
  }
  std::sort(groups.begin(), groups.end(), [](const StatementGroup& a, const StatementGroup& b) {
    // What is about nothing we could name comes last, however many say it.
    const bool a_last = a.row.topic.empty(), b_last = b.row.topic.empty();
    return std::tie(a.section, a.row.kind, a_last, b.row.counts.authors, b.row.counts.n,
                    a.row.topic) < std::tie(b.section, b.row.kind, b_last, a.row.counts.authors,
                                            a.row.counts.n, b.row.topic);
  });
  std::vector<StatementGroup> kept;
  std::size_t run = 0;
  for (StatementGroup& group : groups) {
    const bool same = !kept.empty() && kept.back().section == group.section &&
                      kept.back().row.kind == group.row.kind;
    run = same ? run + 1 : 0;
    if (run < limits.per_kind) kept.push_back(std::move(group));
  }
  return kept;
}

}  // namespace plumbline
