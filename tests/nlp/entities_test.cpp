#include "nlp/entities.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/time.h"
#include "nlp/analyze.h"

namespace plumbline {
namespace {

constexpr Seconds kWednesday = 1795003200;  // 2026-11-18, noon

const EntityFinder& finder() {
  static const EntityFinder kFinder = [] {
    auto loaded = EntityFinder::load(built_in_languages());
    if (!loaded) ADD_FAILURE() << describe(loaded.error());
    return std::move(loaded).value();
  }();
  return kFinder;
}

EntityFindings findings_of(const std::string& text, std::string_view lang,
                           Seconds published = kWednesday) {
  Prepared prepared;
  prepare(text, prepared);
  EntityFindings out;
  finder().find(PlainWords(prepared), lang, published, out);
  return out;
}

// "money 20 EUR [20 euros]; place Munich [München]"; `people`: their names too.
std::string spell(const std::string& text, std::string_view lang, bool people = true,
                  Seconds published = kWednesday) {
  std::string out;
  for (const EntityFinding& e : findings_of(text, lang, published).entities) {
    if (!out.empty()) out += "; ";
    out += name_of(e.kind);
    if (e.kind == EntityKind::money) {
      char amount[40];
      std::snprintf(amount, sizeof amount, " %.12g", e.amount);
      out += amount + (e.currency.empty() ? "" : " " + e.currency);
    } else if (e.kind == EntityKind::date) {
      if (e.from != kNoDay) out += " " + format_day(e.from);
      if (e.from != e.to) out += ".." + format_day(e.to);
    } else if (people || e.kind != EntityKind::person) {
      out += " " + e.name;
    }
    out += " [" + text.substr(e.span.begin, e.span.end - e.span.begin) + "]";
  }
  return out;
}

struct Found {
  const char *lang, *text, *expected;
};

TEST(Entities, ReadMoneyInManySpellings) {
  const Found cases[] = {
      {"en", "I paid $1.2k for it", "money 1200 USD [$1.2k]"},
      {"en", "20 euros and £5", "money 20 EUR [20 euros]; money 5 GBP [£5]"},
      {"en", "Rs 500 or Rs. 1,20,000", "money 500 INR [Rs 500]; money 120000 INR [Rs. 1,20,000]"},
      {"de", "für 1.299,00 € gekauft", "money 1299 EUR [1.299,00 €]"},
      {"en", "about 1,299.50 USD", "money 1299.5 USD [1,299.50 USD]"},
      {"fr", "payé 1 299,00 € hier", "money 1299 EUR [1 299,00 €]; date 2026-11-17 [hier]"},
      {"en", "3 bucks, five bucks, two hundred dollars",
       "money 3 USD [3 bucks]; money 5 USD [five bucks]; money 200 USD [two hundred dollars]"},
      {"en", "a dozen euros, a hundred dollars, two hundred dollars",
       "money 12 EUR [a dozen euros]; money 100 USD [a hundred dollars]; money 200 USD [two "
       "hundred "
       "dollars]"},
      {"pt", "dois mil milhões de euros, dois euros", "money 2 EUR [dois euros]"},
      {"pt", "dois mil milhões euros", "money 2000000000 EUR [dois mil milhões euros]"},
      {"en", "99p and 50 cents", "money 0.99 GBP [99p]; money 0.5 USD [50 cents]"},
      {"en", "USD 5m, $5 million, €3bn",
       "money 5000000 USD [USD 5m]; money 5000000 USD [$5 million]; money 3000000000 EUR [€3bn]"},
      {"en", "9€ 5€", "money 9 EUR [9€]; money 5 EUR [5€]"},
      {"en", "$20 CAD", "money 20 CAD [$20 CAD]"},
      {"de", "5 Mio. Euro Umsatz, 20,- €",
       "money 5000000 EUR [5 Mio. Euro]; money 20 EUR [20,- €]"},
      {"und", "CHF 20.50", "money 20.5 CHF [CHF 20.50]"},
      {"zh", "花了三百五十元", "money 350 CNY [三百五十元]"},
      {"zh", "两千五百块钱,两千五元,十万元",
       "money 2500 CNY [两千五百块钱]; money 2500 CNY [两千五元]; money 100000 CNY [十万元]"},
      {"zh", "一亿两千万元,两千块买的",
       "money 120000000 CNY [一亿两千万元]; money 2000 CNY [两千块]"},
      {"zh", "换了三块电池,一共三块,三四百块,几千块钱,一分钱一分货,第一名", ""},
      {"ja", "千円の商品、一万二千円、二千五円",
       "money 1000 JPY [千円]; money 12000 JPY [一万二千円]; money 2005 JPY [二千五円]"},
  };
  for (const Found& c : cases) EXPECT_EQ(spell(c.text, c.lang), c.expected) << c.text;
}

TEST(Entities, OtherNumbersAreNoMoney) {
  for (const char* text :
       {"I lost 20 pounds with it", "version 1.2.3 at 10:30", "try 20 of them", "20% of it",
        "see http://shop.example/5€", "B5€x", "5m of cable", "a 7 and an 8"})
    EXPECT_EQ(spell(text, "en"), "") << text;
}

TEST(Entities, CountDaysFromTheMention) {
  const Found cases[] = {
      {"en", "yesterday", "date 2026-11-17 [yesterday]"},
      {"en", "last week", "date 2026-11-09..2026-11-15 [last week]"},
      {"en", "two weeks ago", "date 2026-11-04 [two weeks ago]"},
      {"en", "one hundred days ago", "date 2026-08-10 [one hundred days ago]"},
      {"en", "in a couple of days", "date 2026-11-20 [in a couple of days]"},
      {"en", "a day ago", "date 2026-11-17 [a day ago]"},
      {"en", "since last Monday", "date 2026-11-16 [last Monday]"},
      {"en", "on Monday", "date [Monday]"},
      {"en", "next Wednesday", "date 2026-11-25 [next Wednesday]"},
      {"en", "in March", "date 2026-03-01..2026-03-31 [March]"},
      {"en", "the 3rd of May", "date 2026-05-03 [3rd of May]"},
      {"en", "on March 3, 2024", "date 2024-03-03 [March 3, 2024]"},
      {"en", "since 2019", "date 2019-01-01..2019-12-31 [2019]"},
      {"de", "vor drei Tagen", "date 2026-11-15 [vor drei Tagen]"},
      {"de", "am 3. März 2024", "date 2024-03-03 [3. März 2024]"},
      {"de", "am 03.04.2024", "date 2024-04-03 [03.04.2024]"},
      {"fr", "il y a trois jours", "date 2026-11-15 [il y a trois jours]"},
      {"fr", "lundi dernier", "date 2026-11-16 [lundi dernier]"},
      {"es", "hace dos días", "date 2026-11-16 [hace dos días]"},
      {"es", "el 3 de marzo de 2024", "date 2024-03-03 [3 de marzo de 2024]"},
      {"en", "2024-02-29", "date 2024-02-29 [2024-02-29]"},
      {"zh", "二〇二六年三月五日", "date 2026-03-05 [二〇二六年三月五日]"},
      {"ja", "十二月二十四日", "date 2026-12-24 [十二月二十四日]"},
      {"it", "tre giorni fa e ieri", "date 2026-11-15 [tre giorni fa]; date 2026-11-17 [ieri]"},
  };
  for (const Found& c : cases) EXPECT_EQ(spell(c.text, c.lang), c.expected) << c.text;
}

TEST(Entities, DaysThatCannotBeToldHaveNone) {
  EXPECT_EQ(spell("03/04/2024", "en"), "date [03/04/2024]");
  EXPECT_EQ(spell("03/04/2024", "fr"), "date 2024-04-03 [03/04/2024]");
  EXPECT_EQ(spell("yesterday", "en", true, kNoTime), "date [yesterday]");
  EXPECT_EQ(spell("2023-02-29, 31.2.2024, may I march", "en"), "");
}

TEST(Entities, NamePeopleAndPlaces) {
  const Found cases[] = {
      {"en", "Mr. Smith from London told Sarah Miller",
       "person Mr. Smith [Mr. Smith]; place London [London]; person Sarah Miller [Sarah Miller]"},
      {"en", "Thanks to Anna's team", "person Anna [Anna]"},
      {"en", "nice people in Nice, will Will Smith come",
       "place Nice [Nice]; person Will Smith [Will "
       "Smith]"},
      {"de", "Herr Müller aus München", "person Herr Müller [Herr Müller]; place Munich [München]"},
      {"fr", "madame Dupont à Lyon", "person madame Dupont [madame Dupont]; place Lyon [Lyon]"},
      {"es", "la señora García de Madrid",
       "person señora García [señora García]; place Madrid [Madrid]"},
      {"en", "i will mark the bill in reading", ""},
      {"en", "ANNA SAYS PARIS", ""},
      {"en", "Paris Hilton sings", ""},
  };
  for (const Found& c : cases) EXPECT_EQ(spell(c.text, c.lang), c.expected) << c.text;
}

// tests/data/entities/named.tsv: eight languages, of which four have no capitals.
TEST(Entities, AreFoundInEightLanguages) {
  std::ifstream in(PLUMBLINE_SOURCE_DIR "/tests/data/entities/named.tsv");
  std::map<std::string, std::pair<int, int>> sentences;  // by language: with something, without
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('#')) continue;
    const std::vector<std::string_view> fields = split(line, '\t');
    ASSERT_EQ(fields.size(), 3u) << line;
    const std::string found = spell(std::string(fields[1]), fields[0], false);
    EXPECT_EQ(found.empty() ? "-" : found, fields[2]) << line;
    auto& [some, none] = sentences[std::string(fields[0])];
    ++(fields[2] == "-" ? none : some);
  }
  EXPECT_EQ(sentences.size(), 8u);
  for (const auto& [lang, count] : sentences) {
    EXPECT_GE(count.first, 15) << lang;
    EXPECT_GE(count.second, 15) << lang;
  }
}

TEST(Entities, SpansLieOnCharacters) {
  for (const char* text :
       {"ﻭﺍﻟﺴﻌﻮﺩﻳﺔ ﺑﻤﺼﺮ ﻟﻤﺤﻤﺪ", "ﻻ ﻷﺣﻤﺪ وﻷحمد", "５０％、１，０００円と٣٫٥٪", "١٬٢٣٤ ر.س."})
    for (const std::string_view lang : {"ar", "ja", "hi"}) {
      const std::string whole = text;
      const EntityFindings found = findings_of(whole, lang);
      std::vector<Span> spans;
      for (const EntityFinding& entity : found.entities) spans.push_back(entity.span);
      for (const Percentage& percent : found.percents) spans.push_back(percent.span);
      for (const Span& span : spans)
        EXPECT_TRUE(is_utf8(whole.substr(span.begin, span.end - span.begin)) &&
                    is_utf8(whole.substr(0, span.begin)))
            << text << " " << span.begin;
    }
  EXPECT_EQ(findings_of("５０％ と ٣٫٥٪", "ja").percents.size(), 2u);
}

// Kinds, numbers and codes of the offers of a text, as tests/data/offers writes them.
std::string offers_of(const std::string& text, std::string_view lang) {
  std::vector<std::string> parts;
  for (const OfferFinding& offer : findings_of(text, lang).offers) {
    std::string part(name_of(offer.kind));
    const double number = offer.kind == OfferKind::percent ? offer.percent : offer.amount;
    if (number > 0) part += " " + std::to_string(static_cast<int>(number));
    if (!offer.code.empty()) part += " " + offer.code;
    if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(part);
  }
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out.empty() ? "-" : out;
}

TEST(Offers, AreFoundAsLabelled) {
  std::ifstream in(PLUMBLINE_SOURCE_DIR "/tests/data/offers/offers.tsv");
  struct Tally {
    int lines = 0, same = 0, said = 0, right = 0, there = 0;
  } halves[2];
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string_view> fields = split(line, '\t');
    ASSERT_EQ(fields.size(), 4u) << line;
    Tally& half = halves[fields[1] == "kept" ? 1 : 0];
    const std::string found = offers_of(std::string(fields[3]), fields[0]);
    const bool there = fields[2] != "-", said = found != "-";
    half.lines += 1;
    half.same += found == fields[2] ? 1 : 0;
    half.there += there ? 1 : 0;
    half.said += said ? 1 : 0;
    half.right += there && said ? 1 : 0;
    if (half.lines > 0 && fields[1] == "open") {
      EXPECT_EQ(found, fields[2]) << line;
    }
  }
  const Tally& kept = halves[1];
  EXPECT_EQ(halves[0].lines + kept.lines, 160);
  EXPECT_EQ(kept.lines, 80);
  RecordProperty("kept_same", kept.same);
  EXPECT_GE(kept.same, 64) << "of 80";
  EXPECT_GE(kept.right, kept.said * 9 / 10);
  EXPECT_GE(kept.right, kept.there * 8 / 10);
}

TEST(Offers, DeniedWishedOrAskedForAreNone) {
  for (const char* text :
       {"no discount here", "never any money off", "I wish there was a discount",
        "Is there a promo code?", "the promo code expired", "looking for a coupon code"})
    EXPECT_EQ(offers_of(text, "en"), "-") << text;
  EXPECT_EQ(offers_of("not only 20% off", "en"), "percent 20");
  EXPECT_EQ(offers_of("don't miss 20% off", "en"), "percent 20");
}

TEST(Offers, ArePriceTalkAndNoValueTalk) {
  const auto analyzer = Analyzer::load();
  ASSERT_TRUE(analyzer) << describe(analyzer.error());
  const auto analysis_of = [&](const char* text) {
    Document document;
    document.text = text;
    document.lang = "en";
    return analyzer->analyze(document);
  };
  EXPECT_GT(analysis_of("ships free with code SAVE10 today").price_talk, 0.3F);
  EXPECT_EQ(analysis_of("ships free with code SAVE10 today").value_talk, 0);
  EXPECT_EQ(analysis_of("the ship sails with a free seat").price_talk, 0);
  Named named;
  Document document;
  document.text = "20% off at Acme";
  document.lang = "en";
  analyzer->analyze(document, named);
  ASSERT_EQ(named.offers.size(), 1u);
  EXPECT_EQ(named.offers[0].span, (Span{0, 7}));
  EXPECT_EQ(analyzer->name(document, "en").offers.size(), 1u);
}

TEST(EntityFiles, MistakesAreNamedWithTheirLine) {
  const struct {
    const char *entities, *offers, *where;
  } cases[] = {
      {"month\t13\tnever\n", "", "x/entities.txt:1"},
      {"# note\nmonth\tmay\tmay\n", "", "x/entities.txt:2"},
      {"when\tsoon\tsoon\n", "", "x/entities.txt:1"},
      {"month\t5\n", "", "x/entities.txt:1"},
      {"moth\t5\tmay\n", "", "x/entities.txt:1"},
      {"", "offer\tgift\ta gift\n", "x/offers.txt:1"},
      {"order\tbackwards\t-\n", "", "x/entities.txt:1"},
      {"dated\tw\t週\n", "", "x/entities.txt:1"},
      {"ago\t?\tonce\n", "", "x/entities.txt:1"},
  };
  for (const auto& c : cases) {
    const auto loaded = EntityWords::load("x", c.entities, c.offers);
    ASSERT_FALSE(loaded) << c.entities << c.offers;
    EXPECT_EQ(loaded.error().where, c.where);
  }
  EXPECT_FALSE(EntityWords::load("x", "month\t5\t{x} y\n", ""));
}

TEST(EntityFiles, NumberWordsMayHaveBlanks) {
  LanguageFolders folders = built_in_languages();
  folders["sv"].where = "sv";
  folders["sv"].files["entities.txt"] =
      "ago\t-d\tför {count} dagar sedan\nnumber\t3\ttre, ett par tre\nnumber\t2\tett par\n";
  const auto own = EntityFinder::load(folders);
  ASSERT_TRUE(own) << describe(own.error());
  const std::pair<const char*, const char*> cases[] = {
      {"för ett par dagar sedan", "2026-11-16"},
      {"för ett par tre dagar sedan", "2026-11-15"},
      {"för tre dagar sedan", "2026-11-15"},
      {"för 4 dagar sedan", "2026-11-14"}};
  for (const auto& [text, day] : cases) {
    Prepared prepared;
    prepare(text, prepared);
    EntityFindings out;
    own->find(PlainWords(prepared), "sv", kWednesday, out);
    ASSERT_EQ(out.entities.size(), 1u) << text;
    EXPECT_EQ(format_day(out.entities[0].from), day) << text;
  }
}

TEST(EntityFiles, ALanguageIsOneFile) {
  LanguageFolders folders = built_in_languages();
  folders["sv"].where = "sv";
  folders["sv"].files["entities.txt"] =
      "month\t5\tmaj\nago\t-d\tför {count} dagar sedan\nnumber\t3\ttre\n";
  const auto own = EntityFinder::load(folders);
  ASSERT_TRUE(own) << describe(own.error());
  const std::string text = "köpt 4 maj 2024, klagade för tre dagar sedan";
  Prepared prepared;
  prepare(text, prepared);
  EntityFindings out;
  own->find(PlainWords(prepared), "sv", kWednesday, out);
  ASSERT_EQ(out.entities.size(), 2u);
  EXPECT_EQ(format_day(out.entities[0].from), "2024-05-04");
  EXPECT_EQ(format_day(out.entities[1].from), "2026-11-15");
}

}  // namespace
}  // namespace plumbline
