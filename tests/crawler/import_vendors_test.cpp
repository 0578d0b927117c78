#include <gtest/gtest.h>

#include "tests/crawler/named_files.h"

namespace plumbline {
namespace {

// UTF-16LE with its mark, as some tools write tables.
std::string wide(const std::string& ascii) {
  std::string out = "\xFF\xFE";
  for (const char c : ascii) out += std::string{c, '\0'};
  return out;
}

struct VendorCase {
  const char* vendor;
  std::string file;
  std::vector<std::string> documents;
};

TEST(ImportVendors, FindsTheHeaderAndReadsEveryField) {
  const std::vector<VendorCase> cases = {
      {"brandwatch",
       "Report:,Mentions of Acme\nBrand:,\"Acme, all\"\nFrom:,01 Mar 2026\nLabel:,x\n\n"
       "Query Id,Query Name,Date,Title,Snippet,Url,Domain,Sentiment,Page Type,Language,Country,"
       "Author,Full Text,Thread Id,Likes,Resource Id\n"
       "1,Acme,2026-03-12 16:05:00.0,Leak,It le...,https://x.example/1,x.example,negative,forum,en,"
       "Norway,anna_b,It leaks badly,t1,4,r1\n"
       "1,Acme,someday,,x,u,x.example,neutral,forum,en,,bo,x,,,r2\n",
       {"forum r1 | anna_b / anna_b / anna_b | 2026-03-12T16:05:00Z | title=Leak | text=It leaks "
        "badly | url=https://x.example/1 | lang=en | place=Norway | likes=4"}},
      {"talkwalker",
       "published;title;content;url;sentiment;source_type;author_name;engagement;reach;lang\n"
       "2026-03-12 16:05:00;Leak;It leaks;https://x.example/1;-5;BLOG;Anna Berg;1,5;2.000;en\n",
       {"blog made | Anna Berg / Anna Berg / Anna Berg | 2026-03-12T16:05:00Z | title=Leak | "
        "text=It "
        "leaks | url=https://x.example/1 | lang=en"}},
      {"meltwater",
       wide(
           "Date\tHeadline\tURL\tOpening Text\tHit Sentence\tSource\tInfluencer\tCountry\tLanguage"
           "\tReach\tSentiment\tKey Phrases\r\n12-Mar-2026 04:05PM\tLeak\thttps://x.example/1\tOnce"
           "\tIt leaks\tDaily Pump\tanna_b\tNorway\tEnglish\t1200\tNegative\tpump\r\n"),
       {"dailypump made | anna_b / anna_b / anna_b | 2026-03-12T16:05:00Z | title=Leak | text=It "
        "leaks | url=https://x.example/1 | lang=English | place=Norway"}},
      {"sprout",
       "Timestamp,Network,Message,Permalink,Sentiment,Author Handle,Likes\n"
       "2026-03-12 16:05,X,It leaks,https://x.example/1,negative,@anna_b,\"1,200\"\n",
       {"x made | anna_b / anna_b / anna_b | 2026-03-12T16:05:00Z | text=It leaks | "
        "url=https://x.example/1 | likes=1200"}},
      {"brand24",
       "ID;Date;Hour;Title;Content;URL;Domain;Category;Author;Influence score;Likes count\n"
       "5;13/03/2026;16:05;Leak;It leaks;https://x.example/1;x.example;Forum;anna_b;2,5;3\n"
       "6;14/03/2026;16:05;;;u;x.example;Forum;bo;2,5;3\n",
       {"forum 5 | anna_b / anna_b / anna_b | 2026-03-13T16:05:00Z | title=Leak | text=It leaks | "
        "url=https://x.example/1 | likes=3"}},
      {"youscan",
       "Date,Time,Title,Text snippet,Full text,URL,Source,Resource type,Author,Nickname,Author "
       "profile,Likes,Country\n"
       "12.03.2026,16:05,Leak,It le,It leaks,https://x.example/1,x.example,forum,Anna Berg,anna_b,"
       "https://x.example/anna,2,Norway\n",
       {"xexample made | https://x.example/anna / anna_b / Anna Berg | 2026-03-12T16:05:00Z | "
        "title=Leak | text=It leaks | url=https://x.example/1 | place=Norway | likes=2"}},
  };
  for (const VendorCase& one : cases) {
    const auto picked = pick_importer("auto", "export.csv", one.file);
    ASSERT_TRUE(picked) << one.vendor;
    EXPECT_EQ((*picked)->name, one.vendor);
    const Imported got = import_bytes(**pick_importer(one.vendor, "", ""), one.file, {}, "e.csv");
    EXPECT_EQ(got.error, "") << one.vendor;
    EXPECT_EQ(all_of(got.documents), one.documents) << one.vendor;
    EXPECT_FALSE(got.outcome.mapped.empty());
    const Imported again = import_bytes(**picked, one.file, {}, "e.csv", 11);
    ASSERT_EQ(again.documents.size(), got.documents.size());
    EXPECT_EQ(again.documents[0].id, got.documents[0].id);
  }
}

TEST(ImportVendors, NameTheLineOfABrokenRowAndKeepTheRest) {
  const std::vector<VendorCase> cases = {
      {"brandwatch",
       "Report:,Mentions of Acme\n\nQuery Id,Query Name,Date,Title,Snippet,Url,Domain,Sentiment,"
       "Page Type,Language,Country,Author,Full Text,Thread Id\n"
       "1,Acme,someday,,x,u,x.example,neutral,forum,en,,bo,x,\n"
       "1,Acme,2026-03-12 16:05:00.0,,x,u,x.example,neutral,forum,en,,bo,It leaks,\n",
       {"e.csv:4: unreadable date: someday"}},
      {"talkwalker",
       "published;title;content;url;sentiment;source_type;author_name;engagement;reach;lang\n"
       "someday;x;x;u;-5;BLOG;Bo;1;2;en\n2026-03-12 16:05:00;;It leaks;u;-5;BLOG;Bo;1;2;en\n",
       {"e.csv:2: unreadable date: someday"}},
      {"meltwater",
       wide("Date\tHeadline\tURL\tOpening Text\tHit Sentence\tSource\tInfluencer\tCountry\t"
            "Language\tReach\tSentiment\tKey Phrases\r\nsomeday\tx\tu\tx\tx\tPump\tbo\t\t\t\t\t"
            "\r\n12-Mar-2026 04:05PM\t\tu\tx\tIt leaks\tPump\tbo\t\t\t\t\t\r\n"),
       {"e.csv:2: unreadable date: someday"}},
      {"sprout",
       "Timestamp,Network,Message,Permalink,Sentiment,Author Handle,Likes\n"
       "someday,X,x,u,negative,@bo,1\n2026-03-12 16:05,X,It leaks,u,negative,@bo,1\n",
       {"e.csv:2: unreadable date: someday"}},
      {"brand24",
       "ID;Date;Hour;Title;Content;URL;Domain;Category;Author;Influence score;Likes count\n"
       "5;someday;16:05;;x;u;x.example;Forum;bo;2,5;3\n"
       "6;14/03/2026;16:05;;It leaks;u;x.example;Forum;bo;2,5;3\n",
       {"e.csv:2: unreadable date: someday 16:05"}},
      {"youscan",
       "Date,Time,Title,Text snippet,Full text,URL,Source,Resource type,Author,Nickname,Author "
       "profile,Likes,Country\nsomeday,16:05,,x,x,u,x.example,forum,Bo,bo,p,2,\n"
       "12.03.2026,16:05,,x,It leaks,u,x.example,forum,Bo,bo,p,2,\n",
       {"e.csv:2: unreadable date: someday 16:05"}},
  };
  for (const VendorCase& one : cases) {
    const Imported got = import_bytes(**pick_importer(one.vendor, "", ""), one.file, {}, "e.csv");
    EXPECT_EQ(got.outcome.problems, one.documents) << one.vendor;
    ASSERT_EQ(got.documents.size(), 1u) << one.vendor;
    EXPECT_EQ(got.documents[0].text, "It leaks") << one.vendor;
  }
  EXPECT_NE(import_bytes(**pick_importer("youscan", "", ""), "a,b\n1,2\n", {}, "e.csv").error, "");
}

}  // namespace
}  // namespace plumbline
