#include "sales/render/render.h"

#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "person_fixture.h"

namespace plumbline {
namespace {

using enum StatementKind;

BriefInput hostile_input(const std::string& markup) {
  BriefInput input = plain_input();
  input.person.name = markup;
  input.person.role = markup;
  input.person.firm = markup;
  input.note = markup;
  input.person.accounts = {{"reviews", markup, markup, 0.5, markup}};
  input.competitors = {markup};
  OwnDocument own =
      Said(markup + " and I need support", 3).from("reviews", markup).states(need, markup);
  own.document.url = "javascript:alert(1)//" + markup;
  OwnDocument two = Said("I fear " + markup, 4).on(markup).states(fear, "support");
  two.document.url = "https://example.org/?q=" + markup;
  input.claims = {{markup, markup, {}, {"support"}}};
  input.documents = {own, two};
  return input;
}

// Every tag behind the style sheet is one that this program writes, without handlers.
bool only_own_tags(const std::string& html, std::string& stranger) {
  static const std::string own =
      " head body header div h1 h2 p b small bdi br section ul ol li q span details summary a "
      "footer html style ";
  for (std::size_t at = html.find('<', html.find("</style>")); at != std::string::npos;
       at = html.find('<', at + 1)) {
    const std::size_t close = html.find('>', at);
    stranger = html.substr(at, close - at + 1);
    const std::size_t begin = stranger[1] == '/' ? 2 : 1;
    const std::string name = stranger.substr(begin, stranger.find_first_of(" >", begin) - begin);
    if (name.empty() || own.find(" " + name + " ") == std::string::npos) return false;
    if (stranger.find(" on") != std::string::npos) return false;
    if (stranger.find("\"javascript:") != std::string::npos) return false;
  }
  return true;
}

// A "<" that Markdown would read as the start of raw HTML; link targets of our own stand in "(<".
bool raw_markup(const std::string& markdown) {
  for (std::size_t at = markdown.find('<'); at != std::string::npos;
       at = markdown.find('<', at + 1)) {
    const std::string_view before = std::string_view(markdown).substr(0, at);
    if (!before.ends_with('\\') && !before.ends_with("](")) return true;
  }
  return false;
}

TEST(Render, HostileMarkupStaysText) {
  std::ifstream file(PLUMBLINE_SOURCE_DIR "/../shared/suites/strings/xss.txt");
  if (!file) GTEST_SKIP() << "needs ../shared/suites/strings/xss.txt";
  std::string markup, stranger;
  int lines = 0;
  while (std::getline(file, markup)) {
    markup = clean_utf8(markup);
    if (trim(markup).empty()) continue;
    if (++lines % 5 != 0) continue;
    const Result<Brief> brief = build_brief(hostile_input(markup));
    ASSERT_TRUE(brief.has_value());
    const std::string html = brief_html(*brief);
    EXPECT_TRUE(only_own_tags(html, stranger)) << markup << "\n" << stranger;
    EXPECT_EQ(html.find("href=\"javascript"), std::string::npos) << markup;
    EXPECT_FALSE(raw_markup(brief_markdown(*brief))) << markup;
    EXPECT_EQ(brief_text(*brief).find('\x1b'), std::string::npos);
  }
  EXPECT_GT(lines, 100);
}

TEST(Render, MarkupInNamesIsEscaped) {
  const Brief brief = *build_brief(
      hostile_input("<script>alert(1)</script>[x](javascript:alert(1))\x1b[31m\u202e"));
  std::string stranger;
  EXPECT_TRUE(only_own_tags(brief_html(brief), stranger)) << stranger;
  EXPECT_EQ(brief_markdown(brief).find("](javascript"), std::string::npos);
  EXPECT_EQ(brief_text(brief).find('\x1b'), std::string::npos);
  EXPECT_EQ(brief_text(brief).find("\u202e"), std::string::npos);
}

TEST(Render, PageFetchesAndRunsNothing) {
  const std::string html = brief_html(*build_brief(rich_input()));
  EXPECT_NE(html.find("default-src 'none'; style-src 'unsafe-inline'"), std::string::npos);
  for (const char* part : {"<script", "<img", "<link", "@import", "url(", "<iframe", "src="})
    EXPECT_EQ(html.find(part), std::string::npos) << part;
}

TEST(Render, EvidenceLinksLeadToTheQuote) {
  const Brief brief = *build_brief(rich_input());
  const std::string html = brief_html(brief);
  for (const Evidence& evidence : brief.evidence) {
    EXPECT_NE(html.find("id=\"" + evidence.id + "\""), std::string::npos);
    EXPECT_NE(html.find("[" + evidence.id + "]</summary>"), std::string::npos);
  }
  EXPECT_NE(html.find("#:~:text=I%20need%20delivery%20within%20a%20week"), std::string::npos);
}

TEST(Render, EveryTextStatementEndsInEvidence) {
  const Brief brief = *build_brief(rich_input());
  std::string text = brief_text(brief), joined;
  for (const std::string_view line : split(text, '\n')) joined += std::string(trim(line)) + " ";
  for (const Statement& statement : brief.statements)
    EXPECT_NE(joined.find(statement.text() + " [" + statement.evidence()[0] + "]"),
              std::string::npos)
        << statement.text();
}

TEST(Render, JsonKeepsTheContract) {
  BriefInput input = rich_input();
  input.person.role = "broken \xFF";
  const auto json = nlohmann::json::parse(brief_json(*build_brief(input)));
  EXPECT_EQ(json["person"], "Ada Quill");
  EXPECT_EQ(json["made_at"], "2026-11-24T06:00:00Z");
  EXPECT_EQ(json["accounts"][0]["source"], "reviews");
  EXPECT_EQ(json["accounts"][0]["handle"], "ada");
  EXPECT_EQ(json["accounts"][1]["probability"], 0.91);
  ASSERT_FALSE(json["statements"].empty());
  for (const auto& statement : json["statements"])
    for (const char* key : {"id", "section", "kind", "text", "evidence"})
      EXPECT_TRUE(statement.contains(key)) << key;
  for (const auto& evidence : json["evidence"])
    for (const char* key :
         {"id", "source", "document", "url", "published_at", "quote", "begin", "end"})
      EXPECT_TRUE(evidence.contains(key)) << key;
  EXPECT_EQ(json["temperature"]["band"], "hot");
  EXPECT_EQ(json["temperature"]["reasons"].size(), 3U);
  EXPECT_TRUE(json["temperature"]["cools_on"].is_string());
  EXPECT_TRUE(json["gaps"].is_array());
}

TEST(Render, FirstSixLinesAreEnough) {
  const std::string text = brief_text(*build_brief(rich_input()));
  const auto lines = split(text, '\n');
  std::string first;
  for (std::size_t i = 0; i < 6; ++i) first += std::string(lines[i]) + "\n";
  for (const char* part :
       {"Ada Quill", "Head of maintenance", "HOT", "2 accounts", "WHY NOW", "switching"})
    EXPECT_NE(first.find(part), std::string::npos) << part;
}

TEST(Render, OverfullBriefIsCutWithAWord) {
  Brief brief = *build_brief(rich_input());
  for (int i = 0; i < 500; ++i)
    brief.gaps.push_back("a gap that takes a good part of one line of the page");
  const std::string text = brief_text(brief);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 60);
  EXPECT_NE(text.find("the page is full"), std::string::npos);
}

}  // namespace
}  // namespace plumbline
