// The invented market itself; see made_up.h. Also writes the page that people look at while they
// change its style.
#include "tests/market/made_up.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "market/render/render.h"

namespace plumbline::made_up {

std::uint64_t Dice::next() {
  state_ ^= state_ << 13;
  state_ ^= state_ >> 7;
  state_ ^= state_ << 17;
  return state_ * 0x2545F4914F6CDD1DULL;
}

double Dice::unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

double Dice::normal() {
  const double u = 1 - unit();
  return std::sqrt(-2 * std::log(u)) * std::cos(6.283185307179586 * unit());
}

namespace {

constexpr const char* kPraise[] = {
    "Third winter with the pump and the bill is a third lower, it simply runs and runs.",
    "The fitter explained every valve twice and came back unasked to check the noise.",
    "Paid for itself in thirteen months, my neighbour ordered the same one after seeing the "
    "meter."};
constexpr const char* kBlame[] = {
    "Six weeks waiting for delivery and nobody at the hotline could say where the unit was.",
    "The price went up by four hundred between the offer and the order, I felt cheated.",
    "Support closed my ticket twice without an answer while the house was at twelve degrees."};
constexpr const char* kPlain[] = {
    "Comparing the two models this weekend, the spec sheets list different refrigerants.",
    "Does anybody run it with underfloor heating in an old house with thick stone walls?"};

void fill_topics(MentionTable& table) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> topics = {
      {"Delivery times", {"delivery", "weeks", "waiting"}},
      {"Running costs", {"bill", "meter", "winter"}},
      {"Noise at night", {"noise", "neighbour", "fan"}},
      {"Support hotline", {"hotline", "ticket", "answer"}},
      {"Fitters and set-up", {"fitter", "valve", "set-up"}},
      {"Subsidies", {"grant", "form", "deadline"}}};
  for (const auto& [label, words] : topics)
    table.topics.push_back({static_cast<int>(table.topics.size()), label, words});
}

struct AuthorMood {
  int kind = 0;  // three groups of consumers
  double mood = 0;
};

MentionRow make_row(Dice& dice, const MarketOptions& options, std::int64_t voice,
                    const AuthorMood& author) {
  static constexpr int kTopicsOf[3][4] = {{1, 1, 4, 5}, {0, 3, 0, 3}, {2, 4, 2, 1}};
  MentionRow row;
  row.voice = voice;
  row.day = kFirstDay + static_cast<Day>(dice.unit() * options.days);
  row.published_at = row.day * kSecondsPerDay + dice.below(86400);
  row.topic = dice.unit() < 0.1 ? kNoTopic : kTopicsOf[author.kind][dice.below(4)];
  row.brand = static_cast<std::uint16_t>(dice.unit() < 0.62 ? 0 : dice.unit() < 0.7 ? 1 : 2);
  row.source = static_cast<std::uint16_t>(dice.below(3));
  const bool late = row.day >= kFirstDay + options.days - 28;
  double mood = author.mood + dice.normal() * 0.7 + (row.topic == 1 ? 0.5 : 0) -
                (row.topic == 0 ? 0.4 : 0) - (late && row.topic == 0 ? 0.9 : 0) +
                (row.source == 1 ? 0.2 : 0);
  row.label = mood > 0.45    ? Polarity::positive
              : mood < -0.45 ? Polarity::negative
                             : Polarity::neutral;
  row.score = static_cast<float>(std::clamp(mood, -1.0, 1.0));
  row.copy = dice.unit() < 0.05;
  row.scored = dice.unit() > 0.02;
  row.price_talk = static_cast<float>(author.kind == 1 ? dice.unit() : dice.unit() * 0.6);
  row.value_talk = static_cast<float>(author.kind == 0 ? dice.unit() : dice.unit() * 0.55);
  row.cluster = options.clusters ? author.kind : kNoCluster;
  return row;
}

void add_session(MentionTable& table, Dice& dice) {
  for (int i = 0; i < 24; ++i) {
    MentionRow row;
    row.voice = 1'000'000 + i % 6;
    row.day = kFirstDay + 40;
    row.published_at = row.day * kSecondsPerDay + i;
    row.source = 3;
    row.session = true;
    row.label = dice.unit() < 0.6 ? Polarity::negative : Polarity::positive;
    row.score = static_cast<float>(static_cast<int>(row.label));
    table.rows.push_back(row);
  }
}

std::vector<Quote> make_texts(const MentionTable& table, const std::vector<QuoteWish>& wishes) {
  std::vector<Quote> out;
  for (const QuoteWish& wish : wishes) {
    const MentionRow& row = table.rows[static_cast<std::size_t>(wish.id)];
    Quote quote;
    const auto pick = static_cast<std::size_t>(wish.id);
    quote.text = row.label == Polarity::positive   ? kPraise[pick % 3]
                 : row.label == Polarity::negative ? kBlame[pick % 3]
                                                   : kPlain[pick % 2];
    if (pick % 4 == 1) quote.text += " Told everybody at work about it, and they laughed.";
    quote.source = table.sources[row.source];
    quote.id = "p" + std::to_string(wish.id);
    quote.url = "https://forum.example/p/" + std::to_string(wish.id);
    quote.author = "heat_" + std::to_string(row.voice);
    quote.published_at = row.published_at;
    quote.label = row.label;
    out.push_back(quote);
  }
  return out;
}

void add_statements(Market& market, Dice& dice) {
  MentionTable& table = market.table;
  table.statement_topics = {"", "delivery", "support", "price", "quiet nights", "training"};
  for (std::uint32_t i = 0; i < table.rows.size(); ++i) {
    if (dice.unit() > 0.25) continue;
    const int kind = table.rows[i].topic == 0 ? 2 : dice.below(kStatementKinds);
    table.statements.push_back({i, static_cast<StatementKind>(kind),
                                static_cast<std::uint32_t>(dice.below(6)), Span{0, 40}});
  }
  market.input.claims = {{"Pays for itself in a year.", "", {}, {}},
                         {"Delivered and running within two weeks.", "", {}, {}},
                         {"So quiet that you forget it.", "", {}, {}}};
  for (std::uint32_t i = 0; i < table.rows.size(); ++i) {
    if (table.rows[i].brand != 0 || table.rows[i].session) continue;
    if (table.rows[i].topic == 1 && dice.unit() < 0.3)
      market.input.claim_hits.push_back({i, 0, 0.8, dice.unit() < 0.1, Span{0, 30}});
    if (table.rows[i].topic == 0 && dice.unit() < 0.3)
      market.input.claim_hits.push_back({i, 1, 0.8, dice.unit() < 0.8, Span{0, 30}});
  }
}

}  // namespace

void fill_market(Market& market, const MarketOptions& options) {
  Dice dice(options.seed);
  MentionTable& table = market.table;
  table.brands = {"Borealis", "Calido", "Dunmore"};
  table.sources = {"discourse", "mastodon", "reviews", "transcript"};
  table.langs = {"en"};
  fill_topics(table);
  std::vector<AuthorMood> authors(static_cast<std::size_t>(options.authors));
  for (AuthorMood& author : authors) {
    author.kind = dice.below(3);
    author.mood = dice.normal() * 0.3 + (author.kind == 0 ? 0.35 : author.kind == 1 ? -0.3 : 0.05);
  }
  for (int i = 0; i < options.mentions; ++i) {
    const double spread = dice.unit();
    const auto voice = static_cast<std::size_t>(spread * spread * options.authors);
    table.rows.push_back(
        make_row(dice, options, static_cast<std::int64_t>(voice) + 1, authors[voice]));
  }
  add_session(table, dice);
  std::stable_sort(
      table.rows.begin(), table.rows.end(),
      [](const MentionRow& a, const MentionRow& b) { return a.published_at < b.published_at; });
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    table.rows[i].id = static_cast<std::int64_t>(i);
  add_statements(market, dice);
  ReportInput& input = market.input;
  input.brand = "Borealis";
  input.competitors = {"Calido"};
  input.from = kFirstDay;
  input.to = kFirstDay + options.days - 1;
  input.zone = "Europe/Oslo";
  input.made_at = (input.to + 1) * kSecondsPerDay + 6 * 3600;
  input.note = "Invented sample data.";
  input.analyzer = "fast-1-00000000";
  input.table = &table;
  input.clusters_note = "3 clusters, stability 0.81";
  input.cluster_stability = 0.81;
  for (Day day = input.from; day <= input.to; ++day) {
    input.coverage.push_back({"discourse", day, CoverageState::complete, "", 30, 0});
    const bool gap = day > input.from + 60 && day < input.from + 66;
    input.coverage.push_back({"mastodon", day,
                              gap ? CoverageState::missing : CoverageState::complete,
                              gap ? "no answer from social.example after 5 tries" : "", 12, 0});
    input.coverage.push_back(
        {"reviews", day, day == input.to ? CoverageState::partial : CoverageState::complete,
         day == input.to ? "stopped at the daily limit of 200" : "", 9, day == input.to ? 3 : 0});
  }
  input.quotes = [&table](const std::vector<QuoteWish>& wishes) {
    return make_texts(table, wishes);
  };
}

TEST(MadeUpMarket, GivesPageToLookAt) {
  Market market;
  fill_market(market, {});
  const std::string page = report_html(build_report(market.input));
  // PLUMBLINE_LOOK=/some/folder leaves the page there.
  if (const char* folder = std::getenv("PLUMBLINE_LOOK"))
    std::ofstream(std::string(folder) + "/report.html") << page;
  EXPECT_GT(page.size(), 20000U);
  EXPECT_LT(page.size(), 400000U);
}

}  // namespace plumbline::made_up
