#include "nlp/brands.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/text.h"

namespace plumbline {
namespace {

BrandWords brands_of(std::vector<BrandTerms> terms) {
  auto loaded = BrandWords::load(std::move(terms));
  if (!loaded) ADD_FAILURE() << describe(loaded.error());
  return std::move(loaded).value();
}

std::vector<EntityFinding> found_in(const BrandWords& brands, const std::string& text,
                                    std::vector<Reason>* why = nullptr) {
  Prepared prepared;
  prepare(text, prepared);
  std::vector<EntityFinding> out;
  brands.find(prepared, {}, out, why);
  return out;
}

bool names(const BrandWords& brands, const std::string& text, std::string_view name) {
  const auto found = found_in(brands, text);
  return std::any_of(found.begin(), found.end(), [&](const EntityFinding& finding) {
    return finding.name == name && finding.probability >= 0.5F;
  });
}

TEST(Brands, MisspellingsAreToldFromOtherWords) {
  const BrandWords brands = brands_of({{"Acme Pumps", {}, {}, {}},
                                       {"Mistrell", {}, {}, {}},
                                       {"Verdanik", {}, {}, {}},
                                       {"Pluvanto", {}, {}, {}}});
  std::ifstream in(PLUMBLINE_SOURCE_DIR "/tests/data/entities/misspellings.tsv");
  int lines = 0;
  for (std::string line; std::getline(in, line); ++lines) {
    const std::vector<std::string_view> fields = split(line, '\t');
    ASSERT_EQ(fields.size(), 3u) << line;
    EXPECT_EQ(names(brands, std::string(fields[1]), fields[0]), fields[2] == "yes") << line;
  }
  EXPECT_EQ(lines, 120);
}

TEST(Brands, CommonWordsAreJudgedByContext) {
  std::ifstream in(PLUMBLINE_SOURCE_DIR "/tests/data/entities/en.jsonl");
  std::map<std::string, BrandWords> of_word;
  int right = 0, lines = 0, taken = 0, wrongly = 0;
  for (std::string line; std::getline(in, line); ++lines) {
    const auto json = nlohmann::json::parse(line);
    const std::string word = json["word"];
    auto at = of_word.find(word);
    if (at == of_word.end()) at = of_word.emplace(word, brands_of({{word, {}, {}, {}}})).first;
    const bool said = names(at->second, json["text"], word);
    const bool is = json["brand"];
    right += said == is ? 1 : 0;
    taken += said ? 1 : 0;
    wrongly += said && !is ? 1 : 0;
  }
  EXPECT_EQ(lines, 120);
  EXPECT_GE(right, 112);
  EXPECT_LE(wrongly * 20, taken) << "precision below 0.95";
}

TEST(Brands, TheFirmsOwnContextDecides) {
  const std::string text = "the apple harvest was poor at the mill";
  EXPECT_FALSE(names(brands_of({{"Apple", {}, {}, {}}}), text, "Apple"));
  EXPECT_TRUE(names(brands_of({{"Apple", {}, {}, {"harvest", "mill"}}}), text, "Apple"));
  // With context words any name is a common word.
  EXPECT_FALSE(
      names(brands_of({{"Brunnen", {}, {}, {"pump"}}}), "we sat by the brunnen", "Brunnen"));
  EXPECT_TRUE(names(brands_of({{"Brunnen", {}, {}, {}}}), "we sat by the brunnen", "Brunnen"));
  // But one that is none is lost by much against it only, and a product that is none never.
  const BrandWords named = brands_of({{"Globex", {}, {"GX200"}, {"pump"}}});
  EXPECT_TRUE(names(named, "Globex never answers", "Globex"));
  EXPECT_TRUE(names(named, "We love globex", "Globex"));
  const auto product = found_in(named, "we sat by the gx200");
  ASSERT_EQ(product.size(), 1u);
  EXPECT_GT(product[0].probability, 0.9F);
}

TEST(Brands, AreFoundBehindAnArticleAndBeforeAnEnding) {
  const BrandWords brands = brands_of({{"Acme", {}, {}, {}}});
  const struct {
    const char* text;
    Span span;
  } cases[] = {{"Depuis qu'Acme a changé", {10, 14}},
               {"les produits d’Acme", {17, 21}},
               {"I prodotti dell'Acme", {16, 20}},
               {"L'Acme non risponde", {2, 6}}};
  for (const auto& c : cases) {
    const auto found = found_in(brands, c.text);
    ASSERT_EQ(found.size(), 1u) << c.text;
    EXPECT_EQ(found[0].span, c.span) << c.text;
  }
  EXPECT_TRUE(names(brands, "Obsługa Acme'a jest słaba", "Acme"));
  EXPECT_TRUE(names(brands, "Acme'dan memnunum", "Acme"));
  EXPECT_FALSE(names(brands_of({{"Don", {}, {}, {}}}), "I don't know", "Don"));
}

TEST(Brands, HandlesLinksProductsAndAliases) {
  const BrandWords brands =
      brands_of({{"Apple", {"Cupertino Fruit"}, {"iPhone"}, {}}, {"Acme", {}, {}, {}}});
  EXPECT_TRUE(names(brands, "@AppleSupport please call", "Apple"));
  EXPECT_TRUE(names(brands, "see https://www.apple.com/x for more", "Apple"));
  EXPECT_TRUE(names(brands, "my cupertino fruit broke", "Apple"));
  EXPECT_FALSE(names(brands, "@appletree is a nice account", "Apple"));
  EXPECT_FALSE(names(brands, "see https://pie.example/apple.com", "Apple"));
  const auto found = found_in(brands, "my iphone broke");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind, EntityKind::product);
  EXPECT_EQ(found[0].name, "iPhone");
  EXPECT_EQ(found[0].brand, "Apple");
}

// tests/data/entities/brand_forms.tsv: hashtags, other scripts, short names, names of two words.
TEST(Brands, FormsThatNameABrandAndThatDoNot) {
  std::ifstream in(PLUMBLINE_SOURCE_DIR "/tests/data/entities/brand_forms.tsv");
  int some = 0, none = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('#')) continue;
    const std::vector<std::string_view> fields = split(line, '\t');
    ASSERT_EQ(fields.size(), 3u) << line;
    const std::string text(fields[1]);
    std::string said;
    for (const EntityFinding& finding :
         found_in(brands_of({{std::string(fields[0]), {}, {}, {}}}), text)) {
      if (finding.probability < 0.5F) continue;
      said += said.empty() ? "" : "; ";
      said += text.substr(finding.span.begin, finding.span.end - finding.span.begin);
    }
    EXPECT_EQ(said.empty() ? "-" : said, fields[2]) << line;
    ++(fields[2] == "-" ? none : some);
  }
  EXPECT_GE(some, 15);
  EXPECT_GE(none, 15);
}

TEST(Brands, APartOfANameWantsItsContext) {
  const BrandWords brands = brands_of({{"Verdanik Pumps", {}, {}, {"pump", "warranty"}}});
  EXPECT_TRUE(names(brands, "Verdanik denied the warranty", "Verdanik Pumps"));
  EXPECT_FALSE(names(brands, "Verdanik is a lake", "Verdanik Pumps"));
  EXPECT_FALSE(names(brands, "verdanik denied the warranty", "Verdanik Pumps"));
  const BrandWords two = brands_of(
      {{"Verdanik Pumps", {}, {}, {"warranty"}}, {"Verdanik Foods", {}, {}, {"warranty"}}});
  EXPECT_TRUE(found_in(two, "Verdanik denied the warranty").empty());
}

TEST(Brands, AreNotJudgedInALanguageWithoutLists) {
  const BrandWords brands = brands_of({{"Apple", {}, {}, {}}});
  const std::string italian =
      "il nuovo telefono della apple non funziona per niente, che delusione";
  const auto found = found_in(brands, italian);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_FALSE(found[0].judged);
  EXPECT_EQ(found[0].probability, 0.5F);
  const auto english = found_in(brands, "the apple support team never called me back");
  ASSERT_EQ(english.size(), 1u);
  EXPECT_TRUE(english[0].judged);
  const auto own = found_in(brands_of({{"Apple", {}, {}, {"telefono"}}}), italian);
  ASSERT_EQ(own.size(), 1u);
  EXPECT_TRUE(own[0].judged);
  EXPECT_GT(own[0].probability, 0.5F);
  // What stands beside a common word in a hashtag says too little.
  EXPECT_TRUE(found_in(brands, "#applepie #applelove").empty());
  EXPECT_TRUE(names(brands, "#AppleSupport is slow", "Apple"));
}

TEST(Brands, NoBrandIsAMisspellingOfAnother) {
  const BrandWords brands = brands_of({{"Pluvanto", {}, {}, {}}, {"Pluvante", {}, {}, {}}});
  const auto found = found_in(brands, "my pluvante leaks");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].name, "Pluvante");
}

TEST(Brands, SpansLieInTheTextAndTheEvidenceIsNamed) {
  const BrandWords brands = brands_of({{"Apple", {}, {}, {}}});
  std::vector<Reason> why;
  const std::string text = "ça alors, apple support rappelle";
  const auto found = found_in(brands, "well, an apple pie", &why);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_LT(found[0].probability, 0.1F);
  EXPECT_TRUE(std::any_of(why.begin(), why.end(), [](const Reason& reason) {
    return reason.rule == "brand Apple: before \"pie\"" && reason.weight < 0;
  }));
  const auto french = found_in(brands, text);
  ASSERT_EQ(french.size(), 1u);
  EXPECT_EQ(text.substr(french[0].span.begin, french[0].span.end - french[0].span.begin), "apple");
}

TEST(BrandFiles, MistakesAreNamedWithTheirLine) {
  for (const char* content : {"common\tapple\n", "befor\t1\tat\n", "before\theavy\tat\n",
                              "before\t9\tat\n", "before\tnan\tat\n"}) {
    const auto loaded = BrandContext::load("x/brands.txt", content);
    ASSERT_FALSE(loaded) << content;
    EXPECT_EQ(loaded.error().where, "x/brands.txt:1");
  }
}

}  // namespace
}  // namespace plumbline
