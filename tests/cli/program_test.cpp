// The program from outside: exit codes, help, JSON on standard output and nothing else there.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "../app/scratch.h"

namespace plumbline {
namespace {

struct Outcome {
  int code = -1;
  std::string out;
};

// Runs `plumbline WORDS` by the shell; standard error is added to the output when `both`.
Outcome program(const std::string& words, bool both = false) {
  const std::string command =
      std::string(PLUMBLINE_PROGRAM) + " " + words + (both ? " 2>&1" : " 2>/dev/null");
  Outcome outcome;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (!pipe) return outcome;
  char piece[4096];
  while (const std::size_t got = std::fread(piece, 1, sizeof piece, pipe))
    outcome.out.append(piece, got);
  const int status = ::pclose(pipe);
  outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  return outcome;
}

std::vector<std::string> commands() {
  std::vector<std::string> names;
  const std::string help = program("--help").out;
  for (std::size_t at = 0; (at = help.find("\n  ", at)) != std::string::npos; ++at) {
    const std::size_t end = help.find(' ', at + 3);
    if (end > at + 3) names.push_back(help.substr(at + 3, end - at - 3));
  }
  return names;
}

TEST(Program, EveryCommandHasTwoExamples) {
  const auto names = commands();
  EXPECT_GE(names.size(), 20u);
  for (const std::string& name : names) {
    const Outcome help = program(name + " --help");
    EXPECT_EQ(help.code, 0) << name;
    const auto examples = help.out.find("Examples:");
    ASSERT_NE(examples, std::string::npos) << name;
    std::size_t count = 0;
    for (std::size_t at = examples;
         (at = help.out.find("plumbline " + name, at)) != std::string::npos; ++at)
      ++count;
    EXPECT_GE(count, 2u) << name;
  }
}

struct Code {
  const char* words;
  int code;
  const char* said;  // on either stream
};

TEST(Program, SaysWhenItsOutputFindsNoSpace) {
  EXPECT_EQ(program("--version > /dev/full").code, 6);
  EXPECT_NE(program("--version 2>&1 > /dev/full | cat", true).out.find("standard output"),
            std::string::npos);
}

TEST(Program, ExitCodesAndHints) {
  const Scratch scratch;
  scratch.file("bad.toml", "x");
  std::filesystem::create_directories(scratch.path() + "/broken");
  std::ofstream(scratch.path() + "/broken/plumbline.toml") << "[brand]\nnam = \"A\"\n";
  const std::string broken = "status --workspace " + scratch.path() + "/broken",
                    none = "status --workspace " + scratch.path() + "/none";
  const Code codes[] = {
      {"", 2, "demo"},
      {"--version", 0, "plumbline 0."},
      {"reprot", 2, "did you mean report?"},
      {"report --form html", 2, "did you mean --from"},
      {"brief", 2, "PERSON"},
      {"status extra", 2, "status"},
      {broken.c_str(), 2, "did you mean 'name'?"},
      {none.c_str(), 2, "plumbline init"},
      {"source list", 0, "mastodon"},
      {"source show nosuch", 2, "there is no source"},
      {"parse rss < /dev/null", 1, "plumbline:"},
      {"analyze --tier huge < /dev/null", 2, "fast"},
      {"cluster --k none < /dev/null", 2, "--k wants"},
  };
  for (const Code& c : codes) {
    const Outcome outcome = program(c.words, true);
    EXPECT_EQ(outcome.code, c.code) << c.words << "\n" << outcome.out;
    EXPECT_NE(outcome.out.find(c.said), std::string::npos) << c.words << "\n" << outcome.out;
  }
}

TEST(Program, AWorkspaceFromNothing) {
  const Scratch scratch;
  const std::string here = " --workspace " + scratch.path() + "/w";
  EXPECT_EQ(
      program("init --brand Acme --competitor Hydra --plumb-line 'Lasts ten years' --yes" + here)
          .code,
      0);
  EXPECT_EQ(program("init --brand Acme --yes" + here).code, 2) << "never overwrites";
  EXPECT_EQ(program("status" + here).code, 1);
  const std::string file = scratch.file("posts.csv",
                                        "id,date,user,text\n1,2026-11-01,ada,Acme support is awful "
                                        "and slow\n2,2026-11-02,ben,I love my Acme\n");
  const auto imported = nlohmann::json::parse(program("import " + file + " --json" + here).out);
  EXPECT_EQ(imported[0]["added"], 2);
  const auto status = nlohmann::json::parse(program("status --json" + here).out);
  EXPECT_EQ(status["mentions"], 2);
  const auto found = nlohmann::json::parse(program("search 'support OR love' --json" + here).out);
  EXPECT_EQ(found["total"], 2);
  const auto report = nlohmann::json::parse(program("report --json" + here).out);
  for (const char* key :
       {"brand", "from", "to", "mentions", "net_sentiment", "share_of_voice", "daily", "topics",
        "clusters", "statements", "talk", "stories", "coverage"})
    EXPECT_TRUE(report.contains(key)) << key;
  const auto brief = nlohmann::json::parse(program("brief ada --format json" + here).out);
  for (const char* key :
       {"person", "made_at", "accounts", "statements", "evidence", "temperature", "gaps"})
    EXPECT_TRUE(brief.contains(key)) << key;
  EXPECT_EQ(program("brief zoe" + here).code, 1);
  EXPECT_EQ(program("forget ada" + here).code, 0);
  EXPECT_EQ(nlohmann::json::parse(program("status --json" + here).out)["mentions"], 1);
  EXPECT_EQ(program("nightly" + here).code, 0);
  EXPECT_EQ(program("doctor --store" + here).code, 0);
  const auto perms = std::filesystem::status(scratch.path() + "/w/plumbline.db").permissions();
  EXPECT_EQ(perms & (std::filesystem::perms::group_all | std::filesystem::perms::others_all),
            std::filesystem::perms::none);
}

TEST(Program, AnImportThatTakesNothingIsNotDone) {
  const Scratch scratch;
  const std::string here = " --workspace " + scratch.path() + "/w";
  EXPECT_EQ(program("init --brand Acme --yes" + here).code, 0);
  struct Case {
    const char* name;
    const char* rows;
    int code;
    const char* said;
  };
  const Case cases[] = {
      {"none.csv", "date,text\nsomeday,x\nnever,y\n", 3, "--map published_at=COLUMN"},
      {"empty.csv", "date,text\n2026-11-01,\n2026-11-02,\n", 3, "--map text=COLUMN"},
      {"mixed.csv", "date,text\nsomeday,x\n,y\nnever,z\n", 3, "2 for \"unreadable date\""},
      {"broken.jsonl", "{\"text\":\n{\"text\":\n", 3, "one JSON object"},
      {"some.csv", "date,text\nsomeday,x\n2026-11-01,good\n", 0, "1 skipped: unreadable date"},
      {"some.csv", "date,text\nsomeday,x\n2026-11-01,good\n", 0, "1 known"},
      {"head.csv", "date,text\n", 3, "it holds none below its column names"},
      {"title.csv", "id,title,text\n1,\n2,good\n", 0, "title.csv:3: 1 row has more"},
      {"program.csv",
       "\x7f"
       "ELF,\x01\x02\n",
       2, "this is no text"},
  };
  for (const Case& c : cases) {
    const std::string file = scratch.file(c.name, c.rows);
    const Outcome tried = program("import " + file + " --dry-run" + here, true);
    EXPECT_EQ(tried.code, c.code) << c.name << tried.out;
    const Outcome outcome = program("import " + file + here, true);
    EXPECT_EQ(outcome.code, c.code) << c.name << outcome.out;
    EXPECT_NE(outcome.out.find(c.said), std::string::npos) << c.name << outcome.out;
    EXPECT_EQ(outcome.out.find("could be taken") != std::string::npos, c.code == 3) << outcome.out;
  }
}

TEST(Program, AuditGoesOutAndComesBack) {
  const Scratch scratch;
  const std::string here = " --workspace " + scratch.path() + "/w";
  EXPECT_EQ(program("init --brand Acme --yes" + here).code, 0);
  EXPECT_EQ(program("audit --next 5" + here).code, 1) << "nothing is kept yet";
  std::string posts = "id,text\n";
  for (int i = 0; i < 30; ++i)
    posts += std::to_string(i) + (i % 2 ? ",Acme is great" : ",Acme is awful") + " order" +
             std::to_string(i * 37) + " town" + std::to_string(i * 11) + " code" +
             std::to_string(i * 13) + " lane" + std::to_string(i * 17) + "\n";
  EXPECT_EQ(program("import " + scratch.file("posts.csv", posts) + here).code, 0);
  EXPECT_EQ(program("audit" + here).code, 2);
  EXPECT_EQ(program("audit --show --next 5" + here).code, 2);
  const std::string first = program("audit --next 12" + here).out;
  EXPECT_EQ(first, program("audit --next 12" + here).out);
  EXPECT_EQ(first.rfind("id,text,label\r\nposts:", 0), 0u);
  const auto drawn = nlohmann::json::parse(program("audit --next 12 --json" + here).out);
  ASSERT_EQ(drawn["mentions"].size(), 12u);
  std::string labels;
  for (const auto& one : drawn["mentions"])
    labels += nlohmann::json{{"id", one["id"]}, {"label", "negative"}}.dump() + "\n";
  const std::string file = scratch.file("labels.jsonl", labels + "broken\n");
  const Outcome imported = program("audit --import " + file + here, true);
  EXPECT_EQ(imported.code, 3);
  EXPECT_NE(imported.out.find("labels.jsonl:13:"), std::string::npos) << imported.out;
  EXPECT_NE(imported.out.find("12 labels kept"), std::string::npos) << imported.out;
  const auto shown = nlohmann::json::parse(program("audit --show --json" + here).out);
  ASSERT_EQ(shown["figures"].size(), 1u);
  EXPECT_EQ(shown["figures"][0]["labelled"], 12);
  EXPECT_EQ(shown["figures"][0]["shares"][0]["label"], "negative");
  EXPECT_GT(shown["figures"][0]["shares"][0]["value"], shown["figures"][0]["shares"][0]["counted"]);
  EXPECT_NE(program("audit --show" + here).out.find("corrected"), std::string::npos);
  const Outcome few = program("train own" + here, true);
  EXPECT_EQ(few.code, 1);
  EXPECT_NE(few.out.find("50 are needed"), std::string::npos) << few.out;
}

TEST(Program, AnalyzeGivesTheContractsShape) {
  const Scratch scratch;
  const std::string lines_file =
      scratch.file("lines", "I need a refund, the delivery was late\n\n日本語の文章です\n");
  const Outcome outcome = program("analyze < " + lines_file);
  EXPECT_EQ(outcome.code, 0);
  std::istringstream lines(outcome.out);
  std::string line;
  int count = 0;
  while (std::getline(lines, line)) {
    ++count;
    const auto json = nlohmann::json::parse(line);
    EXPECT_EQ(json["id"], std::to_string(count));
    EXPECT_NEAR(json["sentiment"]["negative"].get<double>() +
                    json["sentiment"]["neutral"].get<double>() +
                    json["sentiment"]["positive"].get<double>(),
                1, 0.001);
    for (const char* key : {"lang", "aspects", "statements", "price_talk", "value_talk"})
      EXPECT_TRUE(json.contains(key)) << key;
  }
  EXPECT_EQ(count, 3);
}

}  // namespace
}  // namespace plumbline
