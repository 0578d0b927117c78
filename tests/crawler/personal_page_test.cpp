#include "crawler/personal_page.h"

#include <gtest/gtest.h>

#include <chrono>

#include "base/text.h"
#include "crawler/h_card.h"
#include "crawler/url.h"

namespace plumbline {
namespace {

constexpr const char* kUrl = "https://ada.example/";

std::vector<std::string> lines(const std::vector<ProfileFact>& facts) {
  std::vector<std::string> out;
  for (const ProfileFact& fact : facts)
    out.push_back(fact.where + " " + fact.kind + " " +
                  (fact.label.empty() ? "" : fact.label + ": ") + fact.value);
  return out;
}

using Lines = std::vector<std::string>;

TEST(PersonalPage, ReadsLinksToOneself) {
  const auto page = read_personal_page(
      "<a rel='ME nofollow' href='https://social.example/@ada'>x</a>"
      "<link href=\"https://code.example/ada?a=1&amp;b=2\" rel=me>"
      "<a rel=menu href=/other>no</a><a href='https://x.example'>no</a>"
      "<a rel=me href='javascript:alert(1)'>no</a><a rel=me href='/about'>self</a>"
      "<!-- <a rel=me href=https://comment.example> -->",
      kUrl);
  EXPECT_EQ(page.me, (Lines{"https://social.example/@ada", "https://code.example/ada?a=1&b=2",
                            "https://ada.example/about"}));
}

TEST(PersonalPage, ReadsAPersonInAGraph) {
  const auto page = read_personal_page(
      R"(<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
        {"@type":"WebSite","name":"Not me"},
        {"@type":["Person","Author"],"name":"Ada Example","jobTitle":"Head of facilities",
         "worksFor":[{"@type":"Organization","name":"Example Ltd"}],
         "email":"ada@example.org","telephone":"+1","birthDate":"1970-01-01",
         "address":{"@type":"PostalAddress","addressLocality":"Sampleton","streetAddress":"1 Way"},
         "sameAs":["https://social.example/@ada","not a link"],"url":"/"}]}</script>)",
      kUrl);
  EXPECT_EQ(lines(page.facts),
            (Lines{"JSON-LD Person name Ada Example", "JSON-LD Person work Head of facilities",
                   "JSON-LD Person work Example Ltd", "JSON-LD Person place Sampleton",
                   "JSON-LD Person link https://ada.example/",
                   "JSON-LD Person link https://social.example/@ada"}));
}

TEST(PersonalPage, ReadsListsAndSaysWhoseAFactIs) {
  const auto page = read_personal_page(
      R"(<script type='application/ld+json'>[{"@type":"Person","name":"Ada","jobTitle":"Engineer"},
      {"@type":"Person","name":"Bob","worksFor":"Example Ltd"}]</script>
      <script type='application/ld+json'>{broken</script>)",
      kUrl);
  EXPECT_EQ(lines(page.facts),
            (Lines{"JSON-LD Person name Ada: Ada", "JSON-LD Person work Ada: Engineer",
                   "JSON-LD Person name Bob: Bob", "JSON-LD Person work Bob: Example Ltd"}));
}

TEST(PersonalPage, ReadsTheCardThatSpeaksForThePage) {
  const std::string bob = "<div class='h-card'><b class='p-name'>Bob</b></div>";
  const std::string ada =
      "<div class='h-card x'><a class='p-name u-url' href='https://www.ada.example'>Ada "
      "<i>Example</i></a> <span class=p-job-title>Head of\n facilities</span> at "
      "<span class='p-org h-card'><a class='p-name u-url' href='https://firm.example'>Example "
      "Ltd</a></span> <a class=u-email href='mailto:ada@example.org'>mail</a> "
      "<p class=p-note>I mend pumps &amp; more.</p></div>";
  const Lines expected = {"h-card link https://www.ada.example", "h-card name Ada Example",
                          "h-card work Head of facilities", "h-card work Example Ltd",
                          "h-card text I mend pumps & more."};
  EXPECT_EQ(lines(read_personal_page(ada, kUrl).facts), expected);
  EXPECT_EQ(lines(read_personal_page(bob + ada, kUrl).facts), expected);
  EXPECT_TRUE(read_personal_page(bob + bob, kUrl).facts.empty());
}

TEST(PersonalPage, ACardWithoutANameIsItsText) {
  EXPECT_EQ(lines(read_personal_page("<a class='h-card' href='/'>Ada Example</a>", kUrl).facts),
            (Lines{"h-card link https://ada.example/", "h-card name Ada Example"}));
}

TEST(PersonalPage, NamesAVcardOfTheSameHostOnly) {
  EXPECT_EQ(read_personal_page("<a href='/ada.vcf?x=1'>card</a>", kUrl).card,
            "https://ada.example/ada.vcf?x=1");
  EXPECT_EQ(read_personal_page("<link rel=alternate type=text/vcard href=me>", kUrl).card,
            "https://ada.example/me");
  EXPECT_EQ(read_personal_page("<a href='http://10.0.0.1/a.vcf'>card</a>", kUrl).card, "");
}

TEST(PersonalPage, ReadsACard) {
  const std::string card =
      "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada Example\r\nORG:Example\r\n  Ltd;Pumps\r\n"
      "EMAIL:ada@example.org\r\nURL:https://ada.example\r\nEND:VCARD\r\n"
      "BEGIN:VCARD\r\nFN:Bob\r\nEND:VCARD\r\n";
  EXPECT_TRUE(looks_like_card(card, ""));
  EXPECT_TRUE(looks_like_card("", "text/vcard; charset=utf-8"));
  EXPECT_FALSE(looks_like_card("<html>", "text/html"));
  EXPECT_EQ(lines(read_personal_card(card)),
            (Lines{"vCard name Ada Example", "vCard work Example Ltd, Pumps",
                   "vCard link https://ada.example"}));
  EXPECT_TRUE(read_personal_card("").empty());
}

TEST(PersonalPage, SaysNothingOfAPageThatSaysNothing) {
  for (const char* html : {"", "<html>", "<script type=application/ld+json>null</script>",
                           "<title>Ada</title><p>Ada Example works at Example Ltd</p>"})
    EXPECT_TRUE(read_personal_page(html, kUrl).facts.empty()) << html;
}

TEST(PersonalPage, TimeIsLinear) {
  std::string html;
  while (html.size() < (2u << 20))
    html += "<a rel=me href=x><div class=h-card><b class=p-name><script type=ld+json>{";
  std::string nested;
  for (int i = 0; i < 500; ++i) nested += "<div class='h-card p-name'>";
  const auto begin = std::chrono::steady_clock::now();
  read_personal_page(html, kUrl);
  read_personal_page(nested, kUrl);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

TEST(SamePage, IgnoresWhatAPersonWould) {
  EXPECT_TRUE(same_page("https://ada.example/", "http://www.Ada.example#me"));
  EXPECT_TRUE(same_page("https://social.example/@ada", "https://social.example/@ada/"));
  EXPECT_TRUE(same_page("http://127.0.0.1:80/x", "http://127.0.0.1/x"));
  EXPECT_FALSE(same_page("http://127.0.0.1:81/x", "http://127.0.0.1/x"));
  EXPECT_FALSE(same_page("https://social.example/@ada", "https://social.example/@adam"));
  EXPECT_FALSE(same_page("", ""));
  EXPECT_FALSE(same_page("ada", "ada"));
}

}  // namespace
}  // namespace plumbline
