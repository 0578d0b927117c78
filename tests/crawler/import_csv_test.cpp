#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <random>
#include <set>

#include "crawler/csv_reader.h"
#include "crawler/import_rows.h"
#include "tests/crawler/string_source.h"

namespace plumbline {

extern const Importer csv_importer;

namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows read_rows(const std::string& bytes, std::size_t piece = std::string::npos) {
  StringSource source(bytes, piece);
  TextReader text(source);
  CsvReader reader(text);
  Rows rows;
  CsvRow row;
  for (auto got = reader.next(row); got && *got; got = reader.next(row))
    rows.emplace_back(row.cells.begin(), row.cells.end());
  return rows;
}

Imported import_csv(const std::string& bytes, const ImportOptions& options = {},
                    const std::string& name = "Mentions-2026-11.csv") {
  return import_bytes(csv_importer, bytes, options, name);
}

struct TableCase {
  const char* name;
  std::string bytes;
  Rows rows;
};

TEST(CsvReader, ReadsEveryVariant) {
  const std::vector<TableCase> cases = {
      {"plain", "a,b\n1,2\n", {{"a", "b"}, {"1", "2"}}},
      {"no last line end", "a,b\n1,2", {{"a", "b"}, {"1", "2"}}},
      {"crlf", "a,b\r\n1,2\r\n", {{"a", "b"}, {"1", "2"}}},
      {"cr alone", "a,b\r1,2\r", {{"a", "b"}, {"1", "2"}}},
      {"semicolon", "a;b\n1,5;2\n", {{"a", "b"}, {"1,5", "2"}}},
      {"tab", "a\tb\n1\t2\n", {{"a", "b"}, {"1", "2"}}},
      {"pipe", "a|b\n1|2\n", {{"a", "b"}, {"1", "2"}}},
      {"sep line", "sep=;\na;b,c\n1;2\n", {{"a", "b,c"}, {"1", "2"}}},
      {"sep line crlf", "sep=;\r\na;b\r\n1;2\r\n", {{"a", "b"}, {"1", "2"}}},
      {"quoted separator", "a,b\n\"1,2\",3\n", {{"a", "b"}, {"1,2", "3"}}},
      {"embedded line end", "a,b\n\"1\n2\",3\n", {{"a", "b"}, {"1\n2", "3"}}},
      {"doubled quote", "a,b\n\"say \"\"hi\"\"\",3\n", {{"a", "b"}, {"say \"hi\"", "3"}}},
      {"only doubled quotes", "a,b\n\"\"\"\",3\n", {{"a", "b"}, {"\"", "3"}}},
      {"empty quoted", "a,b\n\"\",3\n", {{"a", "b"}, {"", "3"}}},
      {"stray quote inside", "a,b\n5\" pipe,3\n", {{"a", "b"}, {"5\" pipe", "3"}}},
      {"stray quote in quotes",
       "a,b\n\"the \"best\" one\",3\n",
       {{"a", "b"}, {"the \"best\" one", "3"}}},
      {"blank before quote", "a, \"b\"\n1, \"2,3\"\n", {{"a", "b"}, {"1", "2,3"}}},
      {"blank after quote", "a,b\n\"1\" ,2\n", {{"a", "b"}, {"1", "2"}}},
      {"blank lines", "\n\na,b\n\n1,2\n,\n\n", {{"a", "b"}, {"1", "2"}}},
      {"byte order mark", "\xEF\xBB\xBF\"a\",b\n1,2\n", {{"a", "b"}, {"1", "2"}}},
      {"unclosed quote", "a,b\n1,\"2\n3,4\n", {{"a", "b"}, {"1", "\"2"}, {"3", "4"}}},
      {"quoted word in tabs",
       "a\tb\n\"Wow\" he said\t1\nx\t2\n",
       {{"a", "b"}, {"\"Wow\" he said", "1"}, {"x", "2"}}},
      {"comma in quoted header", "\"a;x\",b\n1,2\n", {{"a;x", "b"}, {"1", "2"}}},
      {"empty", "", {}},
      {"one quote", "\"", {{"\""}}},
      {"trailing separator", "a,b\n1,", {{"a", "b"}, {"1", ""}}},
  };
  for (const TableCase& c : cases) {
    EXPECT_EQ(read_rows(c.bytes), c.rows) << c.name;
    EXPECT_EQ(read_rows(c.bytes, 1), c.rows) << c.name << " byte by byte";
  }
}

TEST(CsvReader, NamesLinesOfRows) {
  StringSource source("a,b\r\n\"1\r\n2\",3\r\n\r\nx,y\r\n5,\"open\r\n6,7\r\n");
  TextReader text(source);
  CsvReader reader(text);
  CsvRow row;
  std::vector<std::int64_t> lines;
  std::int64_t unclosed = 0;
  while (reader.next(row).value_or(false)) {
    lines.push_back(row.line);
    if (row.unclosed_quote > 0) unclosed = row.unclosed_quote;
  }
  EXPECT_EQ(lines, (std::vector<std::int64_t>{1, 2, 5, 6, 7}));
  EXPECT_EQ(unclosed, 6);
}

TEST(CsvReader, PiecesMakeNoDifference) {
  std::mt19937 random(7);
  const std::string_view alphabet = "aé\"\",,;\n\r\n x\t";
  for (int round = 0; round < 300; ++round) {
    std::string bytes = "id,text\n";
    for (std::size_t i = 0; i < 400; ++i) bytes += alphabet[random() % alphabet.size()];
    ASSERT_EQ(read_rows(bytes, 7), read_rows(bytes)) << bytes;
  }
}

TEST(CsvReader, LargeCellIsReported) {
  const std::string big(kMostCell + 1, 'x');
  const auto got = import_csv("id,date,text\n1,2026-01-01," + big + "\n2,2026-01-01,fine\n");
  ASSERT_EQ(got.documents.size(), 1u);
  EXPECT_EQ(got.documents[0].id, "2");
  EXPECT_EQ(got.outcome.skipped, 1);
}

TEST(CsvReader, RowTooLongToHoldIsPassedOver) {
  std::string endless;
  for (int i = 0; i < 1'300'000; ++i) endless += "abcdef,";
  const auto got = import_csv("id,date,text\n1," + endless + "\n2,2026-01-01,fine\n");
  ASSERT_EQ(got.documents.size(), 1u) << got.error;
  EXPECT_EQ(got.documents[0].id, "2");
  EXPECT_EQ(got.outcome.skipped, 1);
  EXPECT_EQ(got.outcome.problems.size(), 1u);
}

TEST(CsvReader, ManyUnclosedQuotesStayCheap) {
  std::string bytes = "id,text\n";
  for (int i = 0; i < 20000; ++i) bytes += "1,\"open and never closed\n";
  EXPECT_EQ(read_rows(bytes).size(), 20001u);
}

struct HeaderCase {
  const char* header;
  const char* expected;  // fields found, in the order of the table
};

TEST(CsvImport, KnowsUsualHeaders) {
  const std::vector<HeaderCase> cases = {
      {"id,published_at,brand,author,text,shares",
       "text=text published_at=published_at id=id author=author brand=brand shares=shares"},
      {"Date,Time,Full Text,Screen Name,Likes,Permalink",
       "text=Full Text published_at=Date time=Time url=Permalink author=Screen Name likes=Likes"},
      {"tweet_id,airline,name,retweet_count,text,tweet_created,tweet_location",
       "text=text published_at=tweet_created id=tweet_id author=name brand=airline "
       "shares=retweet_count place=tweet_location"},
      {"Mention ID;Snippet;Title;Author Name;Language;Country",
       "text=Snippet title=Title id=Mention ID author=Author Name lang=Language place=Country"},
      {"Datum;Überschrift;Nachricht;Benutzername;Bewertung",
       "text=Nachricht title=Überschrift published_at=Datum author=Benutzername rating=Bewertung"},
      {"Fecha;Reseña;Usuario;Puntuación;País",
       "text=Reseña published_at=Fecha author=Usuario rating=Puntuación place=País"},
      {"date;auteur;avis;note;lien",
       "text=avis published_at=date url=lien author=auteur rating=note"},
      {"user.screen_name,user.name,full_text,created_at,id",
       "text=full_text published_at=created_at id=id author=user.screen_name name=user.name"},
      {"Review,Review Title,Stars,Reviewer,Review Date",
       "text=Review title=Review Title published_at=Review Date author=Reviewer rating=Stars"},
  };
  for (const HeaderCase& c : cases) {
    const auto got = import_csv(std::string(c.header) + "\n");
    std::string found;
    for (const auto& [field, column] : got.outcome.mapped)
      found += (found.empty() ? "" : " ") + field + "=" + column;
    EXPECT_EQ(found, c.expected) << got.error;
  }
}

TEST(CsvImport, FillsDocument) {
  const auto got = import_csv(
      "id,date,author,display name,text,title,url,likes,retweets,stars,lang,place,brand,parent,"
      "source,other\n"
      "7,2026-03-01T10:00:00+01:00,@ana_m,Ana M,It works,Hello,https://x.example/7,\"1,234\",1.2K,"
      "4/5,en,Oslo,Acme,6,Big Forum,zzz\n");
  ASSERT_EQ(got.documents.size(), 1u) << got.error;
  const Document& d = got.documents[0];
  EXPECT_EQ(d.id, "7");
  EXPECT_EQ(format_utc(d.published_at), "2026-03-01T09:00:00Z");
  EXPECT_EQ(d.author.handle, "ana_m");
  EXPECT_EQ(d.author.id, "ana_m");
  EXPECT_EQ(d.author.name, "Ana M");
  EXPECT_EQ(d.text, "It works");
  EXPECT_EQ(d.title, "Hello");
  EXPECT_EQ(d.url, "https://x.example/7");
  EXPECT_EQ(d.likes, 1234);
  EXPECT_EQ(d.shares, 1200);
  EXPECT_EQ(d.rating, 4.0);
  EXPECT_EQ(d.lang, "en");
  EXPECT_EQ(d.place, "Oslo");
  EXPECT_EQ(d.brand, "Acme");
  EXPECT_EQ(d.parent, "6");
  EXPECT_EQ(d.source, "bigforum");
  EXPECT_EQ(got.outcome.unused, std::vector<std::string>{"other"});
}

TEST(CsvImport, NamesSourceAfterFile) {
  const std::string bytes = "id,date,text\n1,2026-01-01,x\n";
  EXPECT_EQ(import_csv(bytes).documents.at(0).source, "mentions");
  EXPECT_EQ(import_csv(bytes, {}, "2026.csv").documents.at(0).source, "csv");
  ImportOptions options;
  options.source = "brandwatch";
  options.brand = "Acme";
  const auto got = import_csv(bytes, options);
  EXPECT_EQ(got.documents.at(0).source, "brandwatch");
  EXPECT_EQ(got.documents.at(0).brand, "Acme");
}

TEST(CsvImport, MapGoesFirst) {
  ImportOptions options;
  options.columns = {{"text", "Pros+Cons"}, {"brand", "maker"}, {"author", "who"}};
  const auto got =
      import_csv("Date,Pros,Cons,Maker,who,text\n2026-01-01,quiet,dear,Acme,ana,other\n", options);
  ASSERT_EQ(got.documents.size(), 1u) << got.error;
  EXPECT_EQ(got.documents[0].text, "quiet dear");
  EXPECT_EQ(got.documents[0].brand, "Acme");
  EXPECT_EQ(got.documents[0].author.handle, "ana");
}

TEST(CsvImport, WrongMapSaysWhatThereIs) {
  ImportOptions options;
  options.columns = {{"text", "contnet"}};
  EXPECT_EQ(import_csv("id,date,content\n1,2026-01-01,x\n", options).error,
            "Mentions-2026-11.csv: no column \"contnet\" for text (did you mean \"content\"?); "
            "the columns are: id, date, content");
  options.columns = {{"txet", "content"}};
  const auto wrong = import_csv("id,date,content\n1,2026-01-01,x\n", options);
  EXPECT_NE(wrong.error.find("--map knows no field \"txet\" (did you mean text?)"),
            std::string::npos)
      << wrong.error;
}

TEST(CsvImport, UnknownHeaderIsAnError) {
  const auto got = import_csv("foo,bar\n1,2\n");
  EXPECT_NE(got.error.find("the first line reads: foo, bar"), std::string::npos) << got.error;
  EXPECT_NE(got.error.find("--map text=\"bar\""), std::string::npos) << got.error;
  EXPECT_NE(import_csv("").error.find("holds no rows"), std::string::npos);
}

struct DateCase {
  const char* name;
  std::vector<const char*> dates;
  std::vector<const char*> expected;
};

TEST(CsvImport, FindsOrderOfDates) {
  const std::vector<DateCase> cases = {
      {"day first", {"03/04/2026", "25/04/2026"}, {"2026-04-03", "2026-04-25"}},
      {"month first", {"03/04/2026", "04/25/2026"}, {"2026-03-04", "2026-04-25"}},
      {"unknown", {"03/04/2026 16:05"}, {"2026-03-04"}},
      {"dashes", {"03-04-2026", "25-04-2026"}, {"2026-04-03", "2026-04-25"}},
      {"dots", {"03.04.2026"}, {"2026-04-03"}},
      {"iso", {"2026-04-03"}, {"2026-04-03"}},
      {"short year", {"3/4/26", "25/4/26"}, {"2026-04-03", "2026-04-25"}},
      {"epoch", {"1767225600"}, {"2026-01-01"}},
  };
  for (const DateCase& c : cases) {
    std::string bytes = "date,text\n";
    for (const char* date : c.dates) bytes += std::string(date) + ",x\n";
    const auto got = import_csv(bytes);
    ASSERT_EQ(got.documents.size(), c.expected.size()) << c.name;
    for (std::size_t i = 0; i < c.expected.size(); ++i)
      EXPECT_EQ(format_utc(got.documents[i].published_at).substr(0, 10), c.expected[i]) << c.name;
  }
}

TEST(CsvImport, SaysThatDatesAreAmbiguous) {
  const auto got = import_csv("date,text\n2026-01-02,x\n03/04/2026,y\n");
  ASSERT_EQ(got.outcome.problems.size(), 1u);
  EXPECT_NE(got.outcome.problems[0].find("read month first"), std::string::npos);
  EXPECT_NE(got.outcome.problems[0].find(":3: dates such as \"03/04/2026\""), std::string::npos)
      << got.outcome.problems[0];
}

TEST(CsvImport, ReadsDatesInTheOrderOfTheNamesLanguage) {
  struct Case {
    const char* header;  // the first column holds the dates
    std::vector<const char*> dates;
    const char* expected;  // of the first
    bool warns;
  };
  const std::vector<Case> cases = {
      {"Datum;Text;Sterne", {"03/04/2026"}, "2026-04-03", false},
      {"Datum;Text;Sterne", {"03/04/2026", "12/31/2026"}, "2026-03-04", false},
      {"Datum;text", {"03-04-2026"}, "2026-04-03", false},
      {"Fecha;Texto;Autor", {"03/04/2026 16:05"}, "2026-04-03", false},
      {"Data;Testo;Autore", {"3/4/26"}, "2026-04-03", false},
      {"Data;Texto", {"03/04/2026"}, "2026-04-03", false},
      {"Data;Text;Author", {"03/04/2026"}, "2026-03-04", true},
      {"Date;Auteur;Commentaire", {"03/04/2026"}, "2026-04-03", false},
      {"Date;Commentaire;Note", {"03/04/2026"}, "2026-04-03", false},
      {"Date;Author;Note;Comment", {"03/04/2026"}, "2026-03-04", true},
      {"Date;Text", {"03/04/2026"}, "2026-03-04", true},
      {"Date;Text", {"03/04/2026", "13/04/2026"}, "2026-04-03", false},
      {"Dato;Text", {"03/04/2026"}, "2026-04-03", false},
      {"Дата;Text", {"03/04/2026"}, "2026-04-03", false},
      {"日付;本文", {"03/04/2026"}, "2026-03-04", true},
      {"date;text;author;Sterne", {"03/04/2026"}, "2026-03-04", true},
  };
  for (const Case& c : cases) {
    std::string bytes = std::string(c.header) + "\n";
    const auto columns = std::count(bytes.begin(), bytes.end(), ';');
    for (const char* date : c.dates) {
      bytes += date;
      for (std::ptrdiff_t i = 0; i < columns; ++i) bytes += ";x";
      bytes += "\n";
    }
    const auto got = import_csv(bytes);
    ASSERT_EQ(got.documents.size(), c.dates.size()) << c.header << got.error;
    EXPECT_EQ(format_utc(got.documents[0].published_at).substr(0, 10), c.expected) << c.header;
    EXPECT_EQ(!got.outcome.problems.empty(), c.warns) << c.header;
  }
  // The name that --map gives counts like one that was found.
  ImportOptions options;
  options.columns["published_at"] = "Zeitpunkt";
  const auto mapped = import_csv("date,Zeitpunkt,text\nx,03/04/2026,y\n", options);
  ASSERT_EQ(mapped.documents.size(), 1u) << mapped.error;
  EXPECT_EQ(format_utc(mapped.documents[0].published_at).substr(0, 10), "2026-04-03");
}

TEST(CsvImport, JoinsDateAndTime) {
  const auto got = import_csv("Date,Time,Text\n25/04/2026,4:05 PM,x\n2026-04-26,08:30:10,y\n");
  ASSERT_EQ(got.documents.size(), 2u);
  EXPECT_EQ(format_utc(got.documents[0].published_at), "2026-04-25T16:05:00Z");
  EXPECT_EQ(format_utc(got.documents[1].published_at), "2026-04-26T08:30:10Z");
}

TEST(CsvImport, CountsWhatItSkips) {
  const auto got = import_csv(
      "id,date,title,text\n1,2026-01-01,,good\n2,someday,,x\n3,2026-01-01\n4,,,x\n"
      "5,2026-01-01,, \n6,2026-01-01,t\n7,2026-01-01,t,x,more\n");
  EXPECT_EQ(got.outcome.rows, 7);
  EXPECT_EQ(got.outcome.skipped, 4);
  EXPECT_EQ(got.documents.size(), 3u);
  EXPECT_EQ(got.outcome.skipped_by_reason.at("unreadable date"), 1);
  EXPECT_EQ(got.outcome.skipped_by_reason.at("too few cells"), 1);
  EXPECT_EQ(got.outcome.skipped_by_reason.at("no date"), 1);
  EXPECT_EQ(got.outcome.skipped_by_reason.at("neither text, title nor rating"), 1);
  EXPECT_EQ(got.outcome.problems.at(0),
            "Mentions-2026-11.csv:4: too few cells: 2 where the header has 4");
}

TEST(CsvImport, MakesStableIds) {
  const std::string bytes =
      "date,author,text\n2026-01-01,ana,same\n2026-01-01,ana,same\n2026-01-01,bo,same\n";
  const auto first = import_csv(bytes);
  const auto again = import_csv(bytes, {}, "Mentions-2026-12.csv");
  ASSERT_EQ(first.documents.size(), 3u);
  std::set<std::string> ids;
  for (std::size_t i = 0; i < 3; ++i) {
    ids.insert(first.documents[i].id);
    EXPECT_EQ(first.documents[i].id, again.documents[i].id);
  }
  EXPECT_EQ(ids.size(), 3u);
  EXPECT_EQ(first.documents[1].id, first.documents[0].id + "-2");
}

TEST(CsvImport, WithoutDatesTakesTimeOfFile) {
  ImportOptions options;
  options.file_time = 1767225600;
  const auto got = import_csv("author,text\nana,x\n", options);
  ASSERT_EQ(got.documents.size(), 1u);
  EXPECT_EQ(got.documents[0].published_at, 1767225600);
  EXPECT_EQ(got.outcome.problems.size(), 1u);
  options.file_time = 1767229999;
  EXPECT_EQ(import_csv("author,text\nana,x\n", options).documents.at(0).id, got.documents[0].id);
}

TEST(CsvImport, SinkEndsIt) {
  StringSource source("date,text\n2026-01-01,x\n");
  const auto got = csv_importer.read(source, "a.csv", {}, [](Document&&) -> Status {
    return fail(ErrorCode::disk_full, "no space");
  });
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, ErrorCode::disk_full);
}

TEST(ImportValues, ReadsCounts) {
  const std::vector<std::pair<const char*, std::int64_t>> cases = {
      {"1,234", 1234}, {"1.234", 1234}, {"1.2K", 1200},         {"3M", 3000000}, {"7", 7},
      {"1 K", 1000},   {"-5", -5},      {"1,234,567", 1234567}, {"12.0", 12},    {"1.234K", 1234}};
  for (const auto& [text, expected] : cases) EXPECT_EQ(parse_count(text), expected) << text;
  for (const char* bad : {"", "many", "-", "K", "99999999999999999999"})
    EXPECT_FALSE(parse_count(bad)) << bad;
}

TEST(ImportValues, ReadsRatings) {
  const std::vector<std::pair<const char*, double>> cases = {
      {"4.5", 4.5},   {"4,5", 4.5},       {"4/5", 4},       {"★★★★☆", 4}, {"⭐⭐", 2},
      {"5 stars", 5}, {"8 out of 10", 8}, {"Rated 3.0", 3}, {"☆☆☆☆☆", 0}};
  for (const auto& [text, expected] : cases) EXPECT_EQ(parse_rating(text), expected) << text;
  EXPECT_FALSE(parse_rating("none"));
}

TEST(CsvImport, RandomBytesNeverCrash) {
  std::mt19937 random(11);
  for (int round = 0; round < 400; ++round) {
    std::string bytes = round % 2 == 0 ? "date,text,author\n" : "";
    const std::size_t length = random() % 2000;
    for (std::size_t i = 0; i < length; ++i)
      bytes += round % 4 < 2 ? static_cast<char>(random()) : "\",;\n\r\xFF\0aé\t |="[random() % 15];
    const auto whole = import_bytes(csv_importer, bytes, {}, "f.csv");
    const auto pieces = import_bytes(csv_importer, bytes, {}, "f.csv", 64);
    EXPECT_EQ(whole.documents.size(), pieces.documents.size());
    EXPECT_EQ(whole.outcome.problems, pieces.outcome.problems);
    csv_importer.sniff("f.csv", bytes);
  }
}

TEST(CsvImport, PicksItself) {
  EXPECT_GE(csv_importer.sniff("x.csv", "id,date,text\n1,2026-01-01,x\n"), 90);
  EXPECT_EQ(csv_importer.sniff("x.txt", "ANNA: hello, you\nBO: well, yes, no\n"), 0);
  EXPECT_EQ(csv_importer.sniff("x.csv", "{\"id\":1,\"text\":\"a\"}\n"), 0);
  EXPECT_EQ(csv_importer.sniff("x.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nAnna: hi, you\n"), 0);
}

std::string file_of(const std::string& name) {
  std::ifstream file(std::string(PLUMBLINE_SOURCE_DIR) + "/../shared/data/real/" + name,
                     std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

TEST(CsvImport, ReadsRealTables) {
  struct Real {
    const char* name;
    std::size_t rows;
    bool rated;
  };
  for (const Real& real :
       {Real{"airline-tweets.csv", 14640, false}, Real{"airline-reviews.csv", 3701, true},
        Real{"smart-speaker-reviews.csv", 3150, true}}) {
    const std::string bytes = file_of(real.name);
    if (bytes.empty()) GTEST_SKIP() << "needs ../shared/data/real";
    const auto got = import_csv(bytes, {}, real.name);
    EXPECT_EQ(static_cast<std::size_t>(got.outcome.rows), real.rows) << got.error;
    EXPECT_EQ(got.documents.size() + static_cast<std::size_t>(got.outcome.skipped), real.rows);
    std::size_t rated = 0;
    for (const Document& d : got.documents) rated += d.rating ? 1 : 0;
    EXPECT_EQ(rated > real.rows * 9 / 10, real.rated) << real.name;
  }
}

}  // namespace
}  // namespace plumbline
