#include "market/quotes.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/text.h"
#include "market/report.h"

namespace plumbline {
namespace {

// One mention of one statement; the stretch is `said`, which stands in `text`.
struct Said {
  const char* author;
  StatementKind kind;
  const char* topic;
  const char* text;
  const char* said;
  Polarity label = Polarity::neutral;
  bool doubtful = false;
};

// A report over the mentions, the last one being the newest.
Report report_of(const std::vector<Said>& all, const char* lang = "en") {
  MentionTable table;
  table.brands = {"Acme"};
  table.sources = {"forum"};
  table.langs = {lang};
  table.statement_topics = {""};
  std::vector<std::string> authors;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Said& said = all[i];
    auto known = std::find(authors.begin(), authors.end(), said.author);
    if (known == authors.end()) known = authors.insert(authors.end(), said.author);
    MentionRow row;
    row.id = static_cast<std::int64_t>(i) + 1;
    row.voice = known - authors.begin() + 1;
    row.day = 100;
    row.published_at = 100 * kSecondsPerDay + static_cast<Seconds>(i);
    row.label = said.label;
    row.doubtful = said.doubtful;
    table.rows.push_back(row);
    auto topic =
        std::find(table.statement_topics.begin(), table.statement_topics.end(), said.topic);
    if (topic == table.statement_topics.end())
      topic = table.statement_topics.insert(table.statement_topics.end(), said.topic);
    const auto begin = static_cast<std::uint32_t>(std::string(said.text).find(said.said));
    table.statements.push_back(
        {static_cast<std::uint32_t>(i),
         said.kind,
         static_cast<std::uint32_t>(topic - table.statement_topics.begin()),
         {begin, begin + static_cast<std::uint32_t>(std::string(said.said).size())}});
  }
  ReportInput input;
  input.brand = "Acme";
  input.from = input.to = 100;
  input.table = &table;
  input.quotes = [&](const std::vector<QuoteWish>& wishes) {
    std::vector<Quote> out;
    for (const QuoteWish& wish : wishes) {
      const Said& said = all[static_cast<std::size_t>(wish.id) - 1];
      const std::string text = said.text;
      Quote quote;
      quote.text = wish.span.begin < wish.span.end
                       ? text.substr(wish.span.begin, wish.span.end - wish.span.begin)
                       : shorten(text, 240);
      quote.source = "forum";
      quote.author = said.author;
      quote.label = said.label;
      out.push_back(quote);
    }
    return out;
  };
  return build_report(input);
}

std::vector<std::string> quotes_of(const Report& report, StatementKind kind,
                                   std::string_view topic) {
  std::vector<std::string> out;
  for (const StatementRow& row : report.statements)
    if (row.kind == kind && row.topic == topic)
      for (const Quote& quote : row.quotes) out.push_back(quote.text);
  return out;
}

using Texts = std::vector<std::string>;
constexpr Polarity kBad = Polarity::negative, kGood = Polarity::positive;
constexpr StatementKind kPain = StatementKind::pain, kPraise = StatementKind::praise,
                        kNeed = StatementKind::need, kPromise = StatementKind::promise;

struct Choice {
  const char* name;
  std::vector<Said> said;
  StatementKind kind;
  Texts quoted;
};

TEST(Quotes, ChoosesWhatIsWorthReading) {
  const char* fast = "Fast shipping this time, unlike all my other orders. Thank you.";
  const char* late = "The parcel came nine days late and the box was wet";
  const char* lost = "My order was lost twice before it arrived";
  const Choice choices[] = {
      {"a pain is not quoted from a happy mention",
       {{"ada", kPain, "delivery", late, late, kBad},
        {"ben", kPain, "delivery", fast, "Fast shipping this time", kGood}},
       kPain,
       {late}},
      {"but where there is no other",
       {{"ben", kPain, "delivery", fast, "Fast shipping this time", kGood}},
       kPain,
       {"Fast shipping this time"}},
      {"an unhappy mention before a cool one",
       {{"ada", kPain, "delivery", late, late, kBad}, {"ben", kPain, "delivery", lost, lost}},
       kPain,
       {late, lost}},
      {"the newest first",
       {{"ada", kPain, "delivery", late, late, kBad}, {"ben", kPain, "delivery", lost, lost, kBad}},
       kPain,
       {lost, late}},
      {"praise is not quoted from an unhappy mention",
       {{"ada", kPraise, "delivery", "Super quick parcel with a kind driver",
         "Super quick parcel with a kind driver", kGood},
        {"ben", kPraise, "delivery", late, late, kBad}},
       kPraise,
       {"Super quick parcel with a kind driver"}},
      {"nor where it may not be meant",
       {{"ada", kPraise, "delivery", lost, lost, kGood, true}},
       kPraise,
       {}},
      {"no author twice",
       {{"ada", kPain, "delivery", late, late, kBad}, {"ada", kPain, "delivery", lost, lost, kBad}},
       kPain,
       {lost}},
      {"nothing nearly the same",
       {{"ada", kPain, "delivery", "My order was lost twice before it arrived, sigh",
         "My order was lost twice before it arrived, sigh", kBad},
        {"ben", kPain, "delivery", lost, lost, kBad}},
       kPain,
       {lost}},
      {"what says something before what is newer",
       {{"ada", kPain, "delivery", late, late, kBad},
        {"ben", kPain, "delivery", "Late parcel.", "Late parcel", kBad}},
       kPain,
       {late, "Late parcel."}},
      {"a short stretch with its sentence",
       {{"ada", kPain, "delivery", "Hello. Sigh, late again, and the driver left it in the rain.",
         "late again", kBad}},
       kPain,
       {"Sigh, late again, and the driver left it in the rain."}},
      {"torn quotation marks with their sentence",
       {{"ada", kPain, "delivery", "Well. \"Delivered in three days\" the box lies, and I wait.",
         "Delivered in three days\" the box lies", kBad}},
       kPain,
       {"\"Delivered in three days\" the box lies, and I wait."}},
      {"one word is no quote",
       {{"ada", kPain, "delivery", "Twice. Late. Once.", "Late", kBad}},
       kPain,
       {}},
      {"a long stretch after one that comes to its point",
       {{"ada", kPain, "delivery", late, late, kBad},
        {"ben", kPain, "delivery",
         "before that i built the shed and the fence and the greenhouse with my neighbour who has "
         "a van, fast shipping this time, months ago the parcels took ages and came broken",
         "before that i built the shed and the fence and the greenhouse with my neighbour who has "
         "a van, fast shipping this time, months ago the parcels took ages and came broken",
         kBad}},
       kPain,
       {late,
        "before that i built the shed and the fence and the greenhouse with my neighbour who has a "
        "van, fast shipping this time, months ago the parcels took ages and came broken"}},
  };
  for (const Choice& choice : choices)
    EXPECT_EQ(quotes_of(report_of(choice.said), choice.kind, "delivery"), choice.quoted)
        << choice.name;
}

TEST(Quotes, AnAuthorIsHeardOnceInAListWhereOthersCanSpeak) {
  const char* wet = "The box was wet and the cable was missing";
  const char* slow = "Nobody answers the phone before noon there";
  const char* rude = "Their support hung up on me three times";
  const Report report = report_of({{"ada", kPain, "delivery", wet, wet, kBad},
                                   {"ben", kPain, "delivery", "My parcel is lost in some depot",
                                    "My parcel is lost in some depot", kBad},
                                   {"cem", kPain, "support", slow, slow, kBad},
                                   {"ada", kPain, "support", rude, rude, kBad}});
  EXPECT_EQ(quotes_of(report, kPain, "delivery").size(), 2U);
  EXPECT_EQ(quotes_of(report, kPain, "support"), Texts{slow});
}

TEST(Quotes, FarInTheTextTheStretchStandsByItself) {
  const std::string text = std::string(60, 'x') + ". " + std::string(200, 'y') +
                           ". And then late again, said the driver in the rain.";
  EXPECT_EQ(quotes_of(report_of({{"ada", kPain, "delivery", text.c_str(), "late again", kBad}}),
                      kPain, "delivery"),
            Texts{});
  EXPECT_EQ(quotes_of(report_of({{"ada", kPain, "delivery", text.c_str(),
                                  "late again, said the driver", kBad}}),
                      kPain, "delivery"),
            Texts{"late again, said the driver"});
}

TEST(Statements, TurnsOfPhraseAreInNoList) {
  const Report report =
      report_of({{"ada", kPromise, "ehrlich gesagt", "Ehrlich gesagt. Teuer.", "Ehrlich gesagt"},
                 {"ben", kPromise, "lieferung zugesagt", "Die Lieferung war zugesagt",
                  "Die Lieferung war zugesagt"}},
                "de");
  ASSERT_EQ(report.statements.size(), 1U);
  EXPECT_EQ(report.statements[0].topic, "lieferung zugesagt");
}

TEST(Statements, OneTopicIsOneRowAndAnAuthorOneVoice) {
  const char* text = "We need new batteries for the valve sensor";
  const Report report =
      report_of({{"ada", kNeed, "battery", text, text},
                 {"ada", kNeed, "batteries", text, text},
                 {"ben", kNeed, "batteries", text, text},
                 {"cem", kNeed, "leak alarm", "We need a leak alarm in the cellar",
                  "We need a leak alarm in the cellar"}});
  ASSERT_EQ(report.statements.size(), 2U);
  EXPECT_EQ(report.statements[0].topic, "batteries");
  EXPECT_EQ(report.statements[0].counts.n, 3);
  EXPECT_EQ(report.statements[0].counts.authors, 2);
}

}  // namespace
}  // namespace plumbline
