#include <gtest/gtest.h>

#include <random>

#include "tests/crawler/string_source.h"

namespace plumbline {

extern const Importer jsonl_importer;

namespace {

Imported import_jsonl(const std::string& bytes, const ImportOptions& options = {},
                      std::size_t piece = std::string::npos) {
  return import_bytes(jsonl_importer, bytes, options, "feed.jsonl", piece);
}

TEST(JsonlImport, ReadsDocumentShape) {
  const auto got = import_jsonl(
      R"({"source":"forum","id":"a1","url":"https://x.example/1","author":{"id":"77","handle":"ana","name":"Ana M"},)"
      R"("published_at":"2026-11-22T08:00:00Z","lang":"en","title":"T","text":"Body","parent":"a0","rating":4.5,)"
      R"("likes":12,"shares":3,"place":"Oslo","brand":"Acme"})"
      "\n");
  ASSERT_EQ(got.documents.size(), 1u) << got.error;
  const Document& d = got.documents[0];
  EXPECT_EQ(d.source, "forum");
  EXPECT_EQ(d.id, "a1");
  EXPECT_EQ(d.url, "https://x.example/1");
  EXPECT_EQ(d.author.id, "77");
  EXPECT_EQ(d.author.handle, "ana");
  EXPECT_EQ(d.author.name, "Ana M");
  EXPECT_EQ(format_utc(d.published_at), "2026-11-22T08:00:00Z");
  EXPECT_EQ(d.lang, "en");
  EXPECT_EQ(d.title, "T");
  EXPECT_EQ(d.text, "Body");
  EXPECT_EQ(d.parent, "a0");
  EXPECT_EQ(d.rating, 4.5);
  EXPECT_EQ(d.likes, 12);
  EXPECT_EQ(d.shares, 3);
  EXPECT_EQ(d.place, "Oslo");
  EXPECT_EQ(d.brand, "Acme");
}

TEST(JsonlImport, KnowsCommonSpellings) {
  const auto got = import_jsonl(
      R"({"id":9007199254740993,"created_at":"Sun Jan 04 21:01:03 +0000 2015","full_text":"hi \"you\"",)"
      R"("user":{"screen_name":"bo","name":"Bo K","id":5},"favorite_count":2,"retweet_count":1})"
      "\n"
      R"({"id":"x","timestamp":1767225600.5,"message":"x","author":"cy"})"
      "\n");
  ASSERT_EQ(got.documents.size(), 2u) << got.error;
  EXPECT_EQ(got.documents[0].id, "9007199254740993");
  EXPECT_EQ(got.documents[0].text, "hi \"you\"");
  EXPECT_EQ(got.documents[0].author.handle, "bo");
  EXPECT_EQ(got.documents[0].author.name, "Bo K");
  EXPECT_EQ(got.documents[0].author.id, "5");
  EXPECT_EQ(got.documents[0].likes, 2);
  EXPECT_EQ(got.documents[1].author.handle, "cy");
  EXPECT_EQ(got.documents[1].published_at, 1767225600);
  EXPECT_EQ(got.documents[1].source, "feed");
}

TEST(JsonlImport, BrokenLineCostsItselfAlone) {
  const auto got = import_jsonl(
      "{\"id\":1,\"date\":\"2026-01-01\",\"text\":\"a\"}\n"
      "{\"id\":2,\"text\":\"never closed\n"
      "[1,2]\n"
      "\n"
      "{\"id\":3,\"date\":\"2026-01-01\",\"text\":\"c\"} trailing\n"
      "{\"id\":4,\"date\":\"2026-01-01\",\"text\":\"d\"}");
  ASSERT_EQ(got.documents.size(), 2u);
  EXPECT_EQ(got.documents[0].id, "1");
  EXPECT_EQ(got.documents[1].id, "4");
  EXPECT_EQ(got.outcome.rows, 5);
  EXPECT_EQ(got.outcome.skipped, 3);
  ASSERT_EQ(got.outcome.problems.size(), 3u);
  EXPECT_EQ(got.outcome.problems[0].substr(0, 31), "feed.jsonl:2: unreadable JSON: ");
  EXPECT_EQ(got.outcome.problems[1], "feed.jsonl:3: not a JSON object");
}

TEST(JsonlImport, ReadsArrays) {
  const auto got = import_jsonl(
      "[\n  {\"id\":1,\"date\":\"2026-01-01\",\"text\":\"a } ] \\\" b\"},\n"
      "  {\"id\":2,\"date\":\"2026-01-01\",\"text\":\"b\",\"tags\":[{\"x\":1}]}\n]\n");
  ASSERT_EQ(got.documents.size(), 2u) << got.error;
  EXPECT_EQ(got.documents[0].text, "a } ] \" b");
  EXPECT_EQ(got.outcome.skipped, 0);
  const auto pretty =
      import_jsonl("{\n \"id\": 1,\n \"date\": \"2026-01-01\",\n \"text\": \"a\"\n}\n");
  EXPECT_EQ(pretty.documents.size(), 1u);
}

TEST(JsonlImport, UnclosedObjectInArrayIsReported) {
  const auto got = import_jsonl(
      "[{\"id\":1,\"date\":\"2026-01-01\",\"text\":\"a\"},\n"
      "{\"id\":2,\"text\":\"open},\n"
      "{\"id\":3,\"date\":\"2026-01-01\",\"text\":\"c\"}\n");
  EXPECT_EQ(got.documents.size() + static_cast<std::size_t>(got.outcome.skipped),
            static_cast<std::size_t>(got.outcome.rows));
  ASSERT_EQ(got.documents.size(), 2u);
  EXPECT_EQ(got.documents[1].id, "3");
  EXPECT_EQ(got.outcome.problems.size(), 1u);
}

TEST(JsonlImport, MapTakesDottedPaths) {
  ImportOptions options;
  options.columns = {{"text", "payload.pro+payload.con"}, {"author", "who.nick"}};
  const auto got = import_jsonl(
      R"({"date":"2026-01-01","text":"other","payload":{"pro":"quiet","con":"dear"},"who":{"nick":"ana"}})"
      "\n",
      options);
  ASSERT_EQ(got.documents.size(), 1u) << got.error;
  EXPECT_EQ(got.documents[0].text, "quiet dear");
  EXPECT_EQ(got.documents[0].author.handle, "ana");
  EXPECT_EQ(got.outcome.unused, std::vector<std::string>{"text"});
}

TEST(JsonlImport, MapThatFitsNothingIsSaid) {
  ImportOptions options;
  options.columns = {{"brand", "compnay"}};
  const auto got =
      import_jsonl("{\"date\":\"2026-01-01\",\"text\":\"x\",\"company\":\"Acme\"}\n", options);
  ASSERT_EQ(got.outcome.problems.size(), 1u);
  EXPECT_NE(got.outcome.problems[0].find("did you mean \"company\"?"), std::string::npos)
      << got.outcome.problems[0];
}

TEST(JsonlImport, DepthIsGuarded) {
  std::string deep = "{\"date\":\"2026-01-01\",\"text\":\"x\",\"a\":";
  deep += std::string(100000, '[') + std::string(100000, ']') + "}\n";
  const auto got = import_jsonl(deep + "{\"id\":1,\"date\":\"2026-01-01\",\"text\":\"y\"}\n");
  ASSERT_EQ(got.documents.size(), 1u);
  EXPECT_NE(got.outcome.problems.at(0).find("nested deeper than 256"), std::string::npos);
}

TEST(JsonlImport, LongLineIsPassedOver) {
  const auto got = import_jsonl("{\"text\":\"" + std::string(20u << 20, 'x') +
                                "\"}\n{\"id\":1,\"date\":\"2026-01-01\",\"text\":\"y\"}\n");
  ASSERT_EQ(got.documents.size(), 1u);
  EXPECT_EQ(got.outcome.skipped, 1);
  EXPECT_EQ(got.outcome.rows, 2);
}

TEST(JsonlImport, PiecesMakeNoDifference) {
  std::mt19937 random(5);
  const std::string_view alphabet = "{}[]\",:\\\n {}a1é";
  for (int round = 0; round < 500; ++round) {
    std::string bytes = round % 3 == 0 ? "[" : round % 3 == 1 ? "{\"text\":\"x\"}\n" : "{\n";
    const std::size_t length = random() % 800;
    for (std::size_t i = 0; i < length; ++i) bytes += alphabet[random() % alphabet.size()];
    const auto whole = import_jsonl(bytes);
    const auto pieces = import_jsonl(bytes, {}, 64);
    ASSERT_EQ(whole.outcome.rows, pieces.outcome.rows) << bytes;
    ASSERT_EQ(whole.outcome.problems, pieces.outcome.problems) << bytes;
    jsonl_importer.sniff("f", bytes);
  }
}

TEST(JsonlImport, PicksItself) {
  const auto pick = [](std::string_view head) {
    const auto got = pick_importer("auto", "x.dat", head);
    return got ? std::string((*got)->name) : describe(got.error());
  };
  EXPECT_EQ(pick("{\"text\":\"a, b\"}\n{\"text\":\"c, d\"}\n"), "jsonl");
  EXPECT_EQ(pick(" [ {\"text\":\"a\"} ]"), "jsonl");
  EXPECT_EQ(pick("id,date,text\n1,2026-01-01,x\n"), "csv");
  EXPECT_NE(pick("\x7F"
                 "ELF\x02\x01")
                .find("of no known kind"),
            std::string::npos);
  EXPECT_NE(pick("").find("the file is empty"), std::string::npos);
  const auto wrong = pick_importer("cvs", "x.csv", "");
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().message.find("did you mean csv?"), std::string::npos)
      << wrong.error().message;
}

TEST(SourceNameOf, KeepsLettersOfStem) {
  EXPECT_EQ(source_name_of("Mentions-2026-11.csv"), "mentions");
  EXPECT_EQ(source_name_of("/a/b.c/Big Forum.tar.gz"), "bigforumtar");
  EXPECT_EQ(source_name_of("2026.csv"), "");
}

}  // namespace
}  // namespace plumbline
