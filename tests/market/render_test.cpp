#include "market/render/render.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "market/metric.h"
#include "market/render/words.h"
#include "market/report.h"
#include "tests/market/made_up.h"

namespace plumbline {
namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream out;
  out << file.rdbuf();
  return out.str();
}

Report made_up_report() {
  made_up::Market market;
  made_up::fill_market(market, {});
  return build_report(market.input);
}

// Puts `text` wherever text of others can stand.
Report poisoned(const std::string& text) {
  Report report = made_up_report();
  report.brand = report.note = report.zone = report.analyzer = report.clusters_note = text;
  const auto poison = [&](std::vector<Quote>& quotes) {
    quotes.resize(1);
    quotes[0].text = quotes[0].author = quotes[0].source = quotes[0].id = quotes[0].url = text;
  };
  for (BrandShare& row : report.share_of_voice) row.brand = text;
  for (TrendSeries& series : report.trends) series.brand = text;
  for (TrendSeries& series : report.by_source) series.brand = text;
  for (DailyRow& row : report.daily) row.brand = text;
  for (ChangePart& part : report.change.parts) {
    part.name = text;
    poison(part.quotes);
  }
  for (TopicRow& row : report.topics) {
    row.label = text;
    row.words = {text};
    poison(row.quotes);
  }
  for (StatementRow& row : report.statements) {
    row.topic = text;
    poison(row.quotes);
  }
  for (ClusterRow& row : report.clusters) {
    row.label = text;
    poison(row.quotes);
    for (StatementRow& statement : row.statements) statement.topic = text;
  }
  for (auto* rows : {&report.price_talk, &report.value_talk})
    for (TalkRow& row : *rows) {
      row.brand = text;
      poison(row.quotes);
    }
  for (StoryRow& row : report.stories) {
    row.claim = text;
    poison(row.quotes);
    poison(row.contradicting);
  }
  for (SessionRow& row : report.sessions) {
    row.source = text;
    poison(row.quotes);
  }
  for (CoverageDay& day : report.coverage) day.source = day.reason = text;
  return report;
}

// Names of the elements, without the texts and attributes between them.
std::map<std::string, int> elements(const std::string& page) {
  std::map<std::string, int> out;
  for (std::size_t at = page.find('<'); at != std::string::npos; at = page.find('<', at + 1)) {
    std::size_t end = at + 1;
    while (end < page.size() && page[end] != ' ' && page[end] != '>' && page[end] != '\n') ++end;
    ++out[page.substr(at + 1, end - at - 1)];
  }
  return out;
}

std::vector<std::string> attack_strings() {
  std::vector<std::string> out = {"<script>alert(1)</script>",
                                  "\"><img src=x onerror=alert(1)>",
                                  "' onmouseover='alert(1)",
                                  "javascript:alert(1)",
                                  "https://example.org/\" onclick=\"alert(1)",
                                  "</title></svg></style><b>",
                                  "\xff\xfe<\x00b>",
                                  "=HYPERLINK(\"http://example.org\")"};
  std::ifstream file(std::string(PLUMBLINE_SOURCE_DIR) + "/../shared/suites/strings/xss.txt");
  std::string line;
  for (int number = 0; std::getline(file, line); ++number)
    if (!line.empty() && number % 100 == 0) out.push_back(line);  // a page each: a sample is enough
  return out;
}

TEST(ReportHtml, TextOfOthersStaysText) {
  const std::map<std::string, int> clean = elements(report_html(poisoned("harmless")));
  for (const std::string& attack : attack_strings()) {
    const std::string page = report_html(poisoned(attack));
    std::map<std::string, int> found = elements(page);
    // A link may come or go with the address; nothing else may.
    for (auto* tags : {&found})
      for (const char* link : {"a", "/a"}) tags->erase(link);
    std::map<std::string, int> expected = clean;
    for (const char* link : {"a", "/a"}) expected.erase(link);
    ASSERT_EQ(found, expected) << attack;
    ASSERT_EQ(page.find("href=\"javascript"), std::string::npos) << attack;
  }
}

TEST(ReportHtml, AllAttackStringsLeaveNoTag) {
  std::ifstream file(std::string(PLUMBLINE_SOURCE_DIR) + "/../shared/suites/strings/xss.txt");
  if (!file) GTEST_SKIP() << "needs ../shared/suites/strings/xss.txt";
  Report report;
  std::string line;
  while (std::getline(file, line)) {
    StatementRow row;
    row.topic = line;
    row.quotes = {{line, line, line, line, line, 0, Polarity::negative}};
    report.statements.assign(4, row);
    const std::string page = report_html(report);
    const std::size_t needs = page.find("id=\"needs\"");
    const std::size_t end = page.find("</section>", needs);
    const auto found = elements(page.substr(needs, end - needs));
    for (const auto& [tag, count] : found) {
      static const std::vector<std::string> known = {
          "h2",     "/h2",     "p",   "/p",   "div",   "/div",       "h3",
          "/h3",    "h4",      "/h4", "span", "/span", "blockquote", "/blockquote",
          "footer", "/footer", "bdi", "/bdi", "a",     "/a"};
      ASSERT_NE(std::find(known.begin(), known.end(), tag), known.end()) << tag << " from " << line;
    }
    ASSERT_LE(found.at("p"), 9) << line;
  }
}

TEST(ReportHtml, IsOneFileWithoutScripts) {
  const std::string page = report_html(made_up_report());
  for (const char* absent : {"<script", "<link", "<iframe", "@import", "url(http", " src="})
    EXPECT_EQ(page.find(absent), std::string::npos) << absent;
  EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
  EXPECT_NE(page.find("prefers-color-scheme:dark"), std::string::npos);
  EXPECT_NE(page.find("@media print"), std::string::npos);
  for (std::size_t at = page.find("href=\"http"); at != std::string::npos;
       at = page.find("href=\"http", at + 1))
    EXPECT_EQ(page.substr(page.find("\" ", at) + 2, 34), "rel=\"noopener noreferrer nofollow\"");
}

TEST(ReportHtml, EveryChartSaysWhatItShows) {
  const std::string page = report_html(made_up_report());
  int charts = 0;
  for (std::size_t at = page.find("<svg class=\"chart\""); at != std::string::npos;
       at = page.find("<svg class=\"chart\"", at + 1)) {
    ++charts;
    const std::string head = page.substr(at, 600);
    EXPECT_NE(head.find("role=\"img\" aria-labelledby="), std::string::npos);
    EXPECT_NE(head.find("<title id="), std::string::npos);
    EXPECT_NE(head.find("<desc id="), std::string::npos);
  }
  EXPECT_GE(charts, 8);
  for (const char* section : {"trend", "change", "brands", "topics", "needs", "talk", "stories",
                              "clusters", "sessions", "coverage", "method"})
    EXPECT_NE(page.find("<section id=\"" + std::string(section) + "\""), std::string::npos)
        << section;
}

// The part of the page above the fold.
std::string first_screen(const Report& report) {
  const std::string page = report_html(report);
  return page.substr(0, page.find("<section id=\"trend\""));
}

TEST(ReportHtml, FewAuthorsGetNoValueAndNoArrow) {
  Report report = made_up_report();
  report.change.significant = true;
  report.change.before.authors = report.change.after.authors = 500;
  report.net_sentiment.authors = 29;
  report.net_sentiment.value = 0.77;
  EXPECT_EQ(first_screen(report).find("+77"), std::string::npos);
  EXPECT_EQ(first_screen(report).find("class=\"arrow"), std::string::npos);
  report.net_sentiment.authors = 30;
  EXPECT_NE(first_screen(report).find("+77"), std::string::npos);
  EXPECT_NE(first_screen(report).find("few authors, no arrow"), std::string::npos);
  EXPECT_EQ(first_screen(report).find("class=\"arrow"), std::string::npos);
  report.net_sentiment.authors = 100;
  EXPECT_NE(first_screen(report).find("class=\"arrow"), std::string::npos);
}

// A report of rows with 29 authors, all of whose figures are 0.777.
Report report_of_few() {
  Report report = made_up_report();
  const Estimate figure{0.777, 0.777, 0.777, 333, 29, "made up"};
  const Counts counts{333, 331, 29};
  report.net_sentiment = figure;
  report.doubt = {counts, counts, figure};
  report.loudest = {};
  report.by_source.clear();
  report.sessions.clear();
  for (BrandShare& row : report.share_of_voice) row = {row.brand, counts, figure, figure};
  for (TrendSeries& series : report.trends)
    for (TrendPoint& point : series.points)
      point = {point.start, counts, figure, 0.777, 0.777, false};
  report.change.before = report.change.after = figure;
  report.change.difference = figure;
  report.change.difference.authors = 58;  // both sides together
  for (ChangePart& part : report.change.parts) {
    part.before = part.after = counts;
    part.rate = part.mix = 0.777;
  }
  for (TopicRow& row : report.topics) row.counts = counts, row.net_sentiment = figure;
  for (auto* rows : {&report.price_talk, &report.value_talk})
    for (TalkRow& row : *rows) row.counts = counts, row.share = figure;
  for (StoryRow& row : report.stories) row.reach = figure;
  for (ClusterRow& row : report.clusters) {
    row.counts = counts;
    row.share = row.price_talk = row.value_talk = 0.777;
    row.net_sentiment = figure;
    for (ClusterTopicCell& cell : row.per_topic) cell.net_sentiment = figure;
  }
  return report;
}

TEST(Render, RowsOfFewAuthorsHaveCountsAndNoFigure) {
  const Report few = report_of_few();
  Report enough = few;
  enough.topics.front().net_sentiment.authors = 30;
  struct Form {
    const char* name;
    std::string (*render)(const Report& report);
    std::vector<const char*> figures;  // how 0.777 would be written
    const char* instead;
  };
  const Form forms[] = {
      {"html", report_html, {"+78", "78\u00a0%"}, "too few to say"},
      {"md", report_markdown, {"+78", "78\u00a0%"}, "too few to say"},
  };
  for (const Form& form : forms) {
    const std::string text = form.render(few);
    for (const char* figure : form.figures)
      EXPECT_EQ(text.find(figure), std::string::npos)
          << form.name << ": " << text.substr(text.find(figure) - 200, 260);
    EXPECT_NE(text.find(form.instead), std::string::npos) << form.name;
    EXPECT_NE(text.find("333"), std::string::npos) << form.name;
    const std::string more = form.render(enough);
    EXPECT_NE(more.find(form.figures.front()), std::string::npos) << form.name;
  }
  // For programs, which have the authors beside it.
  EXPECT_NE(report_json(few).find("0.777"), std::string::npos);
  EXPECT_NE(report_csv(few).find("0.777"), std::string::npos);
}

// How wide the first bar behind `heading` is drawn, in percent.
double first_bar(const std::string& page, std::string_view heading) {
  const std::size_t bar = page.find("class=\"bar-", page.find(heading));
  const std::size_t begin = page.rfind("<rect", bar), width = page.find("width=\"", begin);
  return std::stod(page.substr(width + 7, 12));
}

TEST(Render, ValueAndPriceHaveOneScale) {
  Report report = made_up_report();
  ASSERT_FALSE(report.value_talk.empty());
  for (TalkRow& row : report.value_talk) row.share = {0.1, 0.1, 0.1, 400, 400, "made up"};
  for (TalkRow& row : report.price_talk) row.share = {0.4, 0.4, 0.4, 400, 400, "made up"};
  const std::string page = report_html(report);
  EXPECT_NEAR(4 * first_bar(page, "<h3>Talk about value"), first_bar(page, "<h3>Talk about price"),
              0.5);
}

TEST(Render, SaysHowMuchPraiseIsInDoubt) {
  Report report = made_up_report();
  EXPECT_EQ(doubt_sentence(Doubt{}), "");
  report.doubt = {{654, 600, 210}, {35, 30, 28}, {0.05, 0.03, 0.08, 600, 200, "made up"}};
  const std::string said =
      "35 of 654 mentions that read as praise may be meant ironically (28 authors); "
      "5.0\u00a0% (3.0 to 8.0\u00a0%)";
  EXPECT_EQ(doubt_sentence(report.doubt), said);
  EXPECT_NE(first_screen(report).find(said), std::string::npos);
  EXPECT_NE(report_markdown(report).find(said), std::string::npos);
  const auto json = nlohmann::json::parse(report_json(report))["doubt"];
  EXPECT_EQ(json["positive"]["n"], 654);
  EXPECT_EQ(json["doubtful"]["authors"], 28);
  EXPECT_EQ(json["share"]["hi"], 0.08);
  EXPECT_NE(report_csv(report).find(",share,0.05,0.03,0.08,600,,200"), std::string::npos);
  report.doubt.share.authors = 12;
  EXPECT_NE(doubt_sentence(report.doubt).find("; the share: too few to say"), std::string::npos);
  report.doubt.doubtful = {};
  EXPECT_EQ(doubt_sentence(report.doubt).rfind("None of 654 mentions", 0), 0U);
}

TEST(ReportJson, HasTheKeysOfTheContract) {
  const auto json = nlohmann::json::parse(report_json(made_up_report()));
  for (const char* key :
       {"brand", "from", "to", "mentions", "net_sentiment", "doubt", "share_of_voice", "daily",
        "topics", "clusters", "statements", "talk", "stories", "coverage"})
    EXPECT_TRUE(json.contains(key)) << key;
  EXPECT_EQ(json["from"], "2026-07-25");
  for (const char* key : {"value", "lo", "hi", "n", "authors", "method"})
    EXPECT_TRUE(json["net_sentiment"].contains(key)) << key;
  for (const char* key : {"brand", "n", "distinct", "authors", "share", "lo", "hi"})
    EXPECT_TRUE(json["share_of_voice"][0].contains(key)) << key;
  for (const char* key :
       {"day", "brand", "n", "distinct", "authors", "positive", "neutral", "negative"})
    EXPECT_TRUE(json["daily"][0].contains(key)) << key;
  for (const char* key : {"id", "label", "words", "n", "authors", "net_sentiment"})
    EXPECT_TRUE(json["topics"][0].contains(key)) << key;
  for (const char* key : {"kind", "topic", "n", "authors", "quotes"})
    EXPECT_TRUE(json["statements"][0].contains(key)) << key;
  for (const char* key : {"text", "source", "id", "url"})
    EXPECT_TRUE(json["statements"][0]["quotes"][0].contains(key)) << key;
  EXPECT_TRUE(json["talk"]["price"].is_object());
  EXPECT_TRUE(json["talk"]["value"].is_object());
  for (const char* key : {"claim", "presence", "contradictions", "quotes"})
    EXPECT_TRUE(json["stories"][0].contains(key)) << key;
  for (const char* key : {"source", "day", "state", "reason"})
    EXPECT_TRUE(json["coverage"][0].contains(key)) << key;
}

TEST(ReportJson, SurvivesBrokenBytes) {
  const std::string json = report_json(poisoned("\xc3\x28 \xff <b>"));
  EXPECT_TRUE(nlohmann::json::accept(json));
}

TEST(ReportCsv, DefusesFormulas) {
  const std::string csv = report_csv(poisoned("=1+1"));
  EXPECT_EQ(csv.rfind("section,brand,start,name,metric,value,lo,hi,n,distinct,authors\r\n", 0), 0U);
  EXPECT_EQ(csv.find(",=1+1"), std::string::npos);
  EXPECT_NE(csv.find(",'=1+1"), std::string::npos);
  std::istringstream lines(report_csv(made_up_report()));
  std::string line;
  while (std::getline(lines, line)) {
    if (line.find('"') != std::string::npos) continue;
    EXPECT_EQ(std::count(line.begin(), line.end(), ','), 10) << line;
  }
}

TEST(ReportMarkdown, HoldsNoForeignMarkup) {
  const std::string text = report_markdown(poisoned("<script>*x*</script>"));
  EXPECT_EQ(text.find("<script"), std::string::npos);
  EXPECT_NE(report_markdown(made_up_report()).find("Net sentiment"), std::string::npos);
}

TEST(Words, ReadAsPeopleWrite) {
  EXPECT_EQ(whole(0), "0");
  EXPECT_EQ(whole(999), "999");
  EXPECT_EQ(whole(1234567), "1,234,567");
  EXPECT_EQ(points(0.124), "+12");
  EXPECT_EQ(points(-0.005), "\u22121");
  EXPECT_EQ(points(0.001), "0");
  EXPECT_EQ(percent(0.034), "3.4\u00a0%");
  EXPECT_EQ(percent(0.5), "50\u00a0%");
  EXPECT_EQ(day_words(made_up::kFirstDay), "25 Jul 2026");
  EXPECT_EQ(days_words(made_up::kFirstDay, made_up::kFirstDay + 10), "25 Jul to 4 Aug 2026");
  EXPECT_EQ(days_words(made_up::kFirstDay, made_up::kFirstDay + 3), "25 to 28 Jul 2026");
}

TEST(Words, WarnOfTheMix) {
  Change change;
  change.before.authors = change.after.authors = 30;
  change.parts = {{"source", "forum", 0.025, -0.09, {}, {}, {}},
                  {"source", "reviews", 0.025, -0.15, {}, {}, {}}};
  const std::string words = split_sentence(change, "source");
  EXPECT_NE(words.find("no group fell, yet"), std::string::npos) << words;
  change.after.authors = 29;
  EXPECT_EQ(split_sentence(change, "source"), "") << "a change that is not told is not explained";
}

TEST(MetricsPage, NamesEveryMetric) {
  const std::string page = read_file(std::string(PLUMBLINE_SOURCE_DIR) + "/docs/metrics.md");
  ASSERT_FALSE(page.empty());
  for (const Metric* metric : all_metrics())
    EXPECT_NE(page.find("## " + std::string(metric->name) + "\n"), std::string::npos)
        << metric->name;
}

}  // namespace
}  // namespace plumbline
