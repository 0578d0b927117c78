#include "market/report.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "market/metric.h"
#include "market/render/render.h"
#include "tests/market/made_up.h"

namespace plumbline {
namespace {

using made_up::fill_market;
using made_up::kFirstDay;
using made_up::Market;

MentionRow row_of(std::int64_t voice, Polarity label, Day day = kFirstDay) {
  MentionRow row;
  row.voice = voice;
  row.label = label;
  row.score = static_cast<float>(static_cast<int>(label));
  row.day = day;
  row.published_at = day * kSecondsPerDay;
  return row;
}

void small_input(Market& market, std::vector<MentionRow> rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].id = static_cast<std::int64_t>(i) + 1;
  market.table.rows = std::move(rows);
  market.table.brands = {"Borealis", "Calido"};
  market.table.sources = {"forum", "transcript"};
  market.table.langs = {"en"};
  market.table.statement_topics = {"", "delivery"};
  market.table.topics = {{0, "Delivery", {"delivery"}}, {1, "Noise", {"noise"}}};
  market.input.brand = "Borealis";
  market.input.competitors = {"Calido"};
  market.input.from = kFirstDay;
  market.input.to = kFirstDay + 29;
  market.input.table = &market.table;
}

// No number of the report may be anything but a number, whatever came in.
void expect_finite(const nlohmann::json& value, const std::string& path) {
  if (value.is_number_float()) {
    EXPECT_TRUE(std::isfinite(value.get<double>())) << path;
  }
  if (value.is_structured())
    for (const auto& [key, child] : value.items()) expect_finite(child, path + "/" + key);
}

struct OddTable {
  const char* name;
  std::vector<MentionRow> rows;
};

std::vector<OddTable> odd_tables() {
  std::vector<OddTable> out = {{"empty", {}},
                               {"one row", {row_of(1, Polarity::positive)}},
                               {"all copies", {}},
                               {"all sessions", {}},
                               {"unscored only", {}},
                               {"indexes out of range", {}},
                               {"outside the days", {row_of(1, Polarity::positive, 5)}}};
  for (int i = 0; i < 40; ++i) {
    MentionRow row =
        row_of(i % 7, i % 2 ? Polarity::positive : Polarity::negative, kFirstDay + i % 30);
    row.topic = i % 2;
    row.cluster = i % 3;
    out[2].rows.push_back(row);
    out[2].rows.back().copy = true;
    out[3].rows.push_back(row);
    out[3].rows.back().session = true;
    out[4].rows.push_back(row);
    out[4].rows.back().scored = false;
    out[5].rows.push_back(row);
    out[5].rows.back().source = 99;
    out[5].rows.back().topic = i % 2 ? 4711 : -5;
    out[5].rows.back().cluster = 1'000'000;
    if (i % 4 == 0) out[5].rows.back().brand = 77;
  }
  return out;
}

TEST(EveryMetric, SurvivesOddTables) {
  for (OddTable& odd : odd_tables()) {
    SCOPED_TRACE(odd.name);
    Market market;
    small_input(market, std::move(odd.rows));
    market.input.claims = {{"Quick.", "", {}, {}}};
    market.input.claim_hits = {{0, 0, 1, false, {}}, {0, 7, 1, true, {}}, {9999, 0, 1, true, {}}};
    market.table.statements = {{0, StatementKind::want, 1, {0, 5}},
                               {9999, StatementKind::fear, 1, {}},
                               {0, StatementKind::pain, 88, {}}};
    const View view(market.input);
    for (const Metric* metric : ordered_metrics()) {
      SCOPED_TRACE(std::string(metric->name));
      Report report;
      QuotePlan plan;
      metric->fill(view, report, plan);
      plan.fill(market.input, report);
      expect_finite(nlohmann::json::parse(report_json(report)), "");
    }
    const Report report = build_report(market.input);
    EXPECT_FALSE(report_html(report).empty());
    EXPECT_EQ(report_html(report).find("nan"), std::string::npos);
    EXPECT_FALSE(report_csv(report).empty());
    EXPECT_FALSE(report_markdown(report).empty());
  }
}

TEST(EveryMetric, SaysWhatItIs) {
  std::vector<std::string_view> names;
  for (const Metric* metric : ordered_metrics()) {
    EXPECT_FALSE(metric->name.empty());
    EXPECT_FALSE(metric->unit.empty()) << metric->name;
    EXPECT_GT(metric->doc.size(), 20U) << metric->name;
    names.push_back(metric->name);
  }
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
  EXPECT_GE(names.size(), 12U);
}

TEST(Report, OneAuthorOneVote) {
  Market market;
  std::vector<MentionRow> rows = {row_of(1, Polarity::positive), row_of(2, Polarity::positive)};
  for (int i = 0; i < 50; ++i) rows.push_back(row_of(3, Polarity::negative));
  small_input(market, rows);
  const Report report = build_report(market.input);
  EXPECT_NEAR(report.net_sentiment.value, 1.0 / 3, 1e-12);
  EXPECT_EQ(report.net_sentiment.authors, 3);
  EXPECT_EQ(report.net_sentiment.n, 52);
  EXPECT_EQ(report.mentions.n, 52);
}

TEST(Report, LeavesOutCopiesUnscoredAndSessions) {
  Market market;
  std::vector<MentionRow> rows(5, row_of(1, Polarity::positive));
  rows[1].copy = true;
  rows[1].label = Polarity::negative;
  rows[2].scored = false;
  rows[3].session = true;
  rows[3].label = Polarity::negative;
  rows[4].voice = 2;
  small_input(market, rows);
  const Report report = build_report(market.input);
  EXPECT_EQ(report.mentions.n, 4);
  EXPECT_EQ(report.mentions.distinct, 3);
  EXPECT_EQ(report.mentions.authors, 2);
  EXPECT_EQ(report.unscored, 1);
  EXPECT_EQ(report.net_sentiment.value, 1);
  EXPECT_EQ(report.net_sentiment.n, 2);
  ASSERT_EQ(report.sessions.size(), 1U);
  EXPECT_EQ(report.sessions[0].counts.n, 1);
  EXPECT_EQ(report.sessions[0].net_sentiment.value, -1);
}

TEST(Report, DailyRowsAddUp) {
  Market market;
  fill_market(market, {});
  const Report report = build_report(market.input);
  std::int64_t own = 0;
  for (const DailyRow& row : report.daily) {
    EXPECT_EQ(row.positive + row.neutral + row.negative, row.counts.n);
    EXPECT_GE(row.counts.n, row.counts.distinct);
    if (row.brand == "Borealis") own += row.counts.n;
  }
  EXPECT_EQ(own, report.mentions.n);
  std::int64_t in_weeks = 0;
  for (const TrendPoint& point : report.trends.at(0).points) in_weeks += point.counts.n;
  EXPECT_EQ(in_weeks, report.mentions.n);
  double shares = 0;
  for (const BrandShare& row : report.share_of_voice) shares += row.share.value;
  EXPECT_NEAR(shares, 1, 1e-9);
  ASSERT_EQ(report.share_of_voice.size(), 3U);  // own, competitor, one only in the data
  EXPECT_EQ(report.share_of_voice[1].brand, "Calido");
  EXPECT_EQ(report.share_of_voice[2].brand, "Dunmore");
}

TEST(Report, PartsOfChangeSumToDifference) {
  for (const int days : {9, 30, 120, 500}) {
    Market market;
    made_up::MarketOptions options;
    options.days = days;
    fill_market(market, options);
    const Report report = build_report(market.input);
    for (const std::string dimension : {"topic", "source"}) {
      double sum = 0;
      for (const ChangePart& part : report.change.parts)
        if (part.dimension == dimension) sum += part.rate + part.mix;
      EXPECT_NEAR(sum, report.change.difference.value, 1e-9) << days << dimension;
    }
    EXPECT_EQ(report.change.to, market.input.to + 1);
    EXPECT_EQ(report.change.to - report.change.middle, days >= 56 ? 28 : days / 3);
  }
}

TEST(Report, UnitFollowsLength) {
  const struct {
    int days;
    Unit unit;
  } cases[] = {{44, Unit::day}, {45, Unit::week}, {399, Unit::week}, {400, Unit::month}};
  for (const auto& one : cases) {
    Market market;
    small_input(market, {row_of(1, Polarity::neutral)});
    market.input.to = market.input.from + one.days - 1;
    EXPECT_EQ(build_report(market.input).trends.at(0).unit, one.unit) << one.days;
  }
}

TEST(Report, MarksPeriodsNotWhollyHeard) {
  Market market;
  small_input(market, {row_of(1, Polarity::neutral)});
  market.input.coverage = {{"forum", kFirstDay + 3, CoverageState::missing, "no token", 0, 0}};
  const Report report = build_report(market.input);
  for (const TrendPoint& point : report.trends.at(0).points)
    EXPECT_EQ(point.partial, point.start == kFirstDay + 3);
}

TEST(Report, AsksForQuotesOnce) {
  Market market;
  fill_market(market, {});
  int calls = 0;
  const auto texts = market.input.quotes;
  market.input.quotes = [&](const std::vector<QuoteWish>& wishes) {
    ++calls;
    return texts(wishes);
  };
  const Report report = build_report(market.input);
  EXPECT_EQ(calls, 1);
  for (const TopicRow& topic : report.topics) {
    EXPECT_FALSE(topic.quotes.empty()) << topic.label;
    for (std::size_t i = 0; i < topic.quotes.size(); ++i)
      for (std::size_t j = 0; j < i; ++j) EXPECT_NE(topic.quotes[i].author, topic.quotes[j].author);
  }
  EXPECT_FALSE(report.clusters.at(0).quotes.empty());
  EXPECT_FALSE(report.statements.at(0).quotes.empty());
}

TEST(Report, OrderOfRowsDoesNotMatterToNumbers) {
  Market market;
  fill_market(market, {});
  market.input.quotes = nullptr;
  market.table.statements.clear();
  market.input.claim_hits.clear();
  const std::string before = report_json(build_report(market.input));
  std::reverse(market.table.rows.begin(), market.table.rows.end());
  EXPECT_EQ(report_json(build_report(market.input)), before);
}

TEST(Report, ContradictedNeedsFiveAuthors) {
  for (const int authors : {4, 5}) {
    Market market;
    std::vector<MentionRow> rows;
    for (int i = 0; i < authors; ++i) rows.push_back(row_of(i, Polarity::negative));
    rows.push_back(row_of(90, Polarity::positive));
    small_input(market, rows);
    market.input.claims = {{"Quick.", "", {}, {}}};
    for (std::uint32_t i = 0; i < rows.size(); ++i)
      market.input.claim_hits.push_back({i, 0, 1, i + 1 < rows.size(), {}});
    const StoryRow story = build_report(market.input).stories.at(0);
    EXPECT_EQ(story.contradicted, authors == 5);
    EXPECT_EQ(story.presence.n, 1);
    EXPECT_EQ(story.contradictions.authors, authors);
  }
}

TEST(Report, ComparesBrandsByAuthors) {
  Market market;
  // Author 1 praises twice, 2 once and blames once, 3 and 4 blame, 5 names both; 6 is a copy of 3.
  std::vector<MentionRow> rows;
  for (const int voice : {1, 1, 2, 2, 3, 4, 5, 6}) rows.push_back(row_of(voice, Polarity::neutral));
  rows.back().copy = true;
  small_input(market, rows);
  market.input.competitors = {"Globex", "Initech"};
  const Polarity sides[] = {Polarity::positive, Polarity::positive, Polarity::positive,
                            Polarity::negative, Polarity::negative, Polarity::negative,
                            Polarity::neutral,  Polarity::negative};
  for (std::uint32_t i = 0; i < rows.size(); ++i)
    market.input.comparison_hits.push_back({i, "Globex", sides[i], {}});
  const std::vector<ComparisonRow> compared = build_report(market.input).comparisons;
  ASSERT_EQ(compared.size(), 1U) << "nobody names Initech";
  EXPECT_EQ(compared[0].rival, "Globex");
  EXPECT_EQ(compared[0].together.n, 8);
  EXPECT_EQ(compared[0].together.distinct, 7);
  EXPECT_EQ(compared[0].together.authors, 6);
  EXPECT_EQ(compared[0].above.n, 3);
  EXPECT_EQ(compared[0].above.authors, 2);
  EXPECT_EQ(compared[0].below.n, 4);
  EXPECT_EQ(compared[0].below.distinct, 3);
  EXPECT_EQ(compared[0].below.authors, 4);
  EXPECT_EQ(compared[0].share.authors, 3) << "2 is of neither side, 6 only repeats";
  EXPECT_NEAR(compared[0].share.value, 1.0 / 3, 1e-9);
}

TEST(Report, LoudestPeriodNamesTheIncident) {
  Market market;
  std::vector<MentionRow> rows;
  for (int i = 0; i < 30 * 4; ++i) rows.push_back(row_of(i, Polarity::neutral, kFirstDay + i / 4));
  small_input(market, rows);
  EXPECT_EQ(build_report(market.input).loudest.counts.n, 0) << "every day is alike";
  for (int i = 0; i < 40; ++i) {
    rows.push_back(row_of(1000 + i, Polarity::negative, kFirstDay + 20));
    rows.back().topic = 1;
  }
  small_input(market, rows);
  const Loudest loudest = build_report(market.input).loudest;
  EXPECT_EQ(loudest.start, kFirstDay + 20);
  EXPECT_EQ(loudest.counts.n, 44);
  EXPECT_EQ(loudest.usual, 4);
  EXPECT_EQ(loudest.topics, std::vector<std::string>{"Noise"});
  EXPECT_LT(loudest.net_sentiment.value, -0.5);
}

TEST(Report, StatementsShareANameWhereTheyShareAWord) {
  Market market;
  small_input(market, {row_of(1, Polarity::neutral), row_of(2, Polarity::neutral)});
  market.table.statement_topics = {"", "borealis dial", "big dial"};
  market.table.statements = {{0, StatementKind::want, 1, {0, 5}},
                             {1, StatementKind::want, 2, {0, 5}},
                             {0, StatementKind::want, 0, {6, 9}},
                             {1, StatementKind::want, 0, {6, 9}}};
  const Report report = build_report(market.input);
  ASSERT_EQ(report.statements.size(), 2U);
  EXPECT_EQ(report.statements[0].topic, "dial");
  EXPECT_EQ(report.statements[0].counts.authors, 2);
  EXPECT_EQ(report.statements[1].topic, "") << "what has no name comes last";
}

TEST(Report, StatementsCountAMentionOnce) {
  Market market;
  small_input(market, {row_of(1, Polarity::neutral), row_of(2, Polarity::neutral)});
  market.table.statements = {{0, StatementKind::pain, 1, {0, 5}},
                             {0, StatementKind::pain, 1, {6, 9}},
                             {1, StatementKind::pain, 1, {0, 5}}};
  const Report report = build_report(market.input);
  ASSERT_EQ(report.statements.size(), 1U);
  EXPECT_EQ(report.statements[0].topic, "delivery");
  EXPECT_EQ(report.statements[0].counts.n, 2);
  EXPECT_EQ(report.statements[0].counts.authors, 2);
}

TEST(Report, FindsThePlantedFall) {
  Market market;
  made_up::MarketOptions options;
  options.mentions = 20000;
  options.authors = 4000;
  fill_market(market, options);
  const Change& change = build_report(market.input).change;
  EXPECT_TRUE(change.significant);
  EXPECT_LT(change.difference.hi, 0);
  EXPECT_EQ(change.parts.at(0).name, "Delivery times");
}

TEST(Report, TopicsOfOneNameAreOneRow) {
  Market market;
  std::vector<MentionRow> rows;
  // Forty authors in each of two forms of one topic, twenty of them in both.
  for (int i = 0; i < 80; ++i) {
    MentionRow row = row_of(1 + i % 60, i < 60 ? Polarity::positive : Polarity::negative);
    row.topic = i < 40 ? 0 : 1;
    rows.push_back(row);
  }
  small_input(market, rows);
  market.table.topics = {{0, "battery, screen", {"battery"}},
                         {1, "screens, batteries", {"batteries"}},
                         {2, "Noise", {}}};
  const Report report = build_report(market.input);
  ASSERT_EQ(report.topics.size(), 1U);
  EXPECT_EQ(report.topics[0].counts.n, 80);
  EXPECT_EQ(report.topics[0].counts.authors, 60);
  EXPECT_EQ(report.topics[0].net_sentiment.authors, 60);
  EXPECT_DOUBLE_EQ(report.topics[0].net_sentiment.value, report.net_sentiment.value);
  EXPECT_DOUBLE_EQ(report.topics[0].net_sentiment.lo, report.net_sentiment.lo);
}

TEST(Report, CountsPraiseThatMayNotBeMeant) {
  Market market;
  std::vector<MentionRow> rows;
  for (int i = 0; i < 100; ++i) {
    MentionRow row = row_of(1 + i % 50, i < 80 ? Polarity::positive : Polarity::negative);
    row.doubtful = i < 10 || i == 50;  // ten authors, one of them twice
    rows.push_back(row);
  }
  rows[9].copy = true;
  rows[50].scored = false;
  rows.push_back(row_of(99, Polarity::positive));
  rows.back().brand = 1;
  rows.back().doubtful = true;
  small_input(market, rows);
  const Doubt doubt = build_report(market.input).doubt;
  EXPECT_EQ(doubt.positive.n, 79);
  EXPECT_EQ(doubt.positive.distinct, 78);
  EXPECT_EQ(doubt.positive.authors, 50);
  EXPECT_EQ(doubt.doubtful.n, 10);
  EXPECT_EQ(doubt.doubtful.authors, 10);
  EXPECT_DOUBLE_EQ(doubt.share.value, 9.0 / 78);
  EXPECT_LT(doubt.share.lo, doubt.share.value);
  EXPECT_GT(doubt.share.hi, doubt.share.value);
  EXPECT_EQ(doubt.share.n, 78);
}

}  // namespace
}  // namespace plumbline
