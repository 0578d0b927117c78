#include "market/view.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/text.h"
#include "market/same_topic.h"

namespace plumbline {
namespace {

constexpr int kMostDays = 366 * 200;
constexpr int kMostTopicId = 1'000'000;

const MentionTable& table_of(const ReportInput& input) {
  static const MentionTable empty;
  return input.table ? *input.table : empty;
}

int place_of(const std::vector<std::string>& names, const std::string& name) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (iequals_ascii(names[i], name)) return static_cast<int>(i);
  return -1;
}

}  // namespace

View::View(const ReportInput& given) : input(given), table(table_of(given)) {
  from = given.from;
  to = std::max(given.from, given.to);
  if (static_cast<std::int64_t>(to) - from >= kMostDays) from = to - kMostDays + 1;
  read_brands();
  for (std::size_t i = 0; i < table.topics.size(); ++i) {
    const int id = table.topics[i].id;
    if (id < 0 || id > kMostTopicId) continue;
    if (static_cast<std::size_t>(id) >= topic_place_.size())
      topic_place_.resize(static_cast<std::size_t>(id) + 1, -1);
    topic_place_[static_cast<std::size_t>(id)] = static_cast<int>(i);
  }
  join_topics();
  read_rows();
}

void View::join_topics() {
  const std::size_t count = table.topics.size();
  std::vector<std::int64_t> sizes(count, 0);
  std::vector<std::map<std::uint16_t, std::int64_t>> langs(count);
  for (const MentionRow& row : table.rows) {
    const int place = topic_of(row);
    if (place < 0) continue;
    ++sizes[static_cast<std::size_t>(place)];
    ++langs[static_cast<std::size_t>(place)][row.lang];
  }
  std::map<std::string, std::size_t> largest;  // by key
  std::vector<std::string> keys(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto most = std::max_element(langs[i].begin(), langs[i].end(),
                                       [](auto& a, auto& b) { return a.second < b.second; });
    const bool known = most != langs[i].end() && most->first < table.langs.size();
    keys[i] = topic_key(table.topics[i].label, known ? table.langs[most->first] : "");
    const auto [entry, fresh] = largest.emplace(keys[i], i);
    if (!fresh && sizes[i] > sizes[entry->second]) entry->second = i;
  }
  for (int& place : topic_place_)
    if (place >= 0 && !keys[static_cast<std::size_t>(place)].empty())
      place = static_cast<int>(largest.at(keys[static_cast<std::size_t>(place)]));
}

void View::read_brands() {
  brands.push_back(input.brand);
  for (const std::string& name : input.competitors)
    if (!name.empty() && place_of(brands, name) < 0) brands.push_back(name);
  std::vector<bool> seen(table.brands.size(), false);
  for (const MentionRow& row : table.rows)
    if (row.brand < seen.size() && !row.session && holds(row)) seen[row.brand] = true;
  std::vector<std::string> others;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const std::string& name = table.brands[i];
    if (seen[i] && !name.empty() && place_of(brands, name) < 0 && place_of(others, name) < 0)
      others.push_back(name);
  }
  std::sort(others.begin(), others.end());
  brands.insert(brands.end(), others.begin(), others.end());
  for (const std::string& name : table.brands)
    brand_place_.push_back(name.empty() ? -1 : place_of(brands, name));
}

void View::read_rows() {
  std::vector<std::pair<std::int64_t, std::uint32_t>> voices, in_sessions;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const MentionRow& row = table.rows[i];
    if (!holds(row)) continue;
    const int brand = brand_of(row);
    const auto entry = std::make_pair(row.voice, static_cast<std::uint32_t>(i));
    if (row.session) {
      if (brand <= 0) in_sessions.push_back(entry);
    } else if (brand >= 0) {
      voices.push_back(entry);
    }
  }
  std::sort(voices.begin(), voices.end());
  std::sort(in_sessions.begin(), in_sessions.end());
  by_voice.reserve(voices.size());
  for (const auto& [voice, row] : voices) {
    by_voice.push_back(row);
    if (brand_of(table.rows[row]) == 0) own_by_voice.push_back(row);
  }
  for (const auto& [voice, row] : in_sessions) sessions.push_back(row);
}

int View::brand_of(const MentionRow& row) const {
  return row.brand < brand_place_.size() ? brand_place_[row.brand] : -1;
}

int View::topic_of(const MentionRow& row) const {
  const auto id = static_cast<std::size_t>(row.topic);
  return row.topic >= 0 && id < topic_place_.size() ? topic_place_[id] : -1;
}

std::string View::source_name(std::uint16_t source) const {
  return source < table.sources.size() ? table.sources[source] : "unknown";
}

Unit View::unit() const {
  return days() < 45 ? Unit::day : days() < 400 ? Unit::week : Unit::month;
}

}  // namespace plumbline
