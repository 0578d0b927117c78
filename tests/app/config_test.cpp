#include "app/config.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "scratch.h"

namespace plumbline {
namespace {

TEST(Config, ReadsTheExample) {
  const std::string path = PLUMBLINE_SOURCE_DIR "/plumbline.example.toml";
  const auto config = read_config(path);
  ASSERT_TRUE(config) << describe(config.error());
  EXPECT_EQ(config->brand.name, "Acme Pumps");
  ASSERT_EQ(config->sources.size(), 3u);
  EXPECT_EQ(config->sources[1].label, "our forum");
  EXPECT_EQ(config->sources[2].token_from, "env MASTODON_TOKEN");
  EXPECT_EQ(config->claims.front().answers, (std::vector<std::string>{"price", "running"}));
  EXPECT_EQ(config->zone.name(), "Europe/Berlin");
  ASSERT_EQ(config->people.size(), 1u);
  EXPECT_EQ(config->people[0].accounts[0].handle, "ada@mastodon.example");
  ASSERT_EQ(config->sites.size(), 2u);
  EXPECT_EQ(config->sites[1].url, "https://git.acme.example");
  EXPECT_EQ(config->sites[1].per_second, 10);
  EXPECT_EQ(config->warnings.size(), 2u);  // the tokens' variables are not set here
}

TEST(Config, SitesAreCheckedLikeSources) {
  const auto told = [](const std::string& site) {
    const auto config = parse_config("[brand]\nname = \"Acme\"\n[[site]]\n" + site, "a.toml");
    return config ? std::string() : describe(config.error());
  };
  for (const char* name : {"bluesky", "github", "webfinger", "wikidata"})
    EXPECT_EQ(told("name = \"" + std::string(name) + "\""), "");
  EXPECT_EQ(told("name = \"page\"\nurl = \"http://127.0.0.1:80\""), "");
  EXPECT_NE(told("name = \"gihub\"").find("did you mean 'github'"), std::string::npos);
  EXPECT_NE(told("name = \"github\"\nurl = \"ftp://x\"").find("http://"), std::string::npos);
  EXPECT_NE(told("name = \"github\"\ncolour = 1").find("colour"), std::string::npos);
  EXPECT_NE(told("name = \"youtube\"\ntoken = \"secret\"").find("never written here"),
            std::string::npos);
}

TEST(Config, DumpReadsBackTheSame) {
  const auto config = read_config(PLUMBLINE_SOURCE_DIR "/plumbline.example.toml");
  ASSERT_TRUE(config);
  const std::string dump = dump_config(*config);
  const auto again = parse_config(dump, "again.toml");
  ASSERT_TRUE(again) << describe(again.error()) << dump;
  EXPECT_EQ(dump_config(*again), dump);
}

TEST(Config, WhatInitWritesIsGood) {
  Config config;
  config.brand.name = "A \"quoted\" \\ brand\n";
  config.competitors.push_back({"Rival", {}, {}, {}});
  config.claims.push_back({"It lasts.", {}, {}, {}});
  const auto read = parse_config(example_config(config), "x.toml");
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->competitors.front().name, "Rival");
  EXPECT_EQ(read->claims.front().text, "It lasts.");
}

struct Mistake {
  const char* text;
  const char* said;  // must stand in the message
};

TEST(Config, NamesLineAndFix) {
  const Mistake mistakes[] = {
      {"", "needs a name"},
      {"[brand]\nname = \"A\"\nalliases = [\"x\"]\n",
       "x.toml:3: unknown key 'alliases' in [brand]; did you mean 'aliases'?"},
      {"[brand]\nname = 3\n", "must be text in quotes"},
      {"[brand]\nname = \"A\"\n[[source]]\nkind = \"mastodn\"\nurl=\"https://a.example\"\n",
       "did you mean 'mastodon'?"},
      {"[brand]\nname = \"A\"\n[[source]]\nkind = \"rss\"\n", "needs a url"},
      {"[brand]\nname = \"A\"\n[[source]]\nkind = \"rss\"\nurl = \"ftp://a.example\"\n",
       "must begin with http"},
      {"[brand]\nname = \"A\"\n[[source]]\nkind = \"hackernews\"\nquery=\"a\"\ntoken = "
       "\"secret\"\n",
       "never written here"},
      {"[brand]\nname = \"A\"\n[report]\ntimezone = \"Europe/Olso\"\n", "Europe/Oslo"},
      {"[brand]\nname = \"A\"\n[source]\nkind = \"rss\"\n", "two brackets"},
      {"[brand]\nname = \"A\"\n[[person]]\nname = \"B\"\naccounts = [\"b\"]\n", "source:handle"},
      {"[brand]\nname = \"A\"\n[run]\nthreads = 100000\n", "whole number"},
      {"[brand\n", "x.toml:1"},
      {"[brand]\nname = \"\xff\"\n", "UTF-8"},
  };
  for (const Mistake& mistake : mistakes) {
    const auto config = parse_config(mistake.text, "x.toml");
    ASSERT_FALSE(config) << mistake.text;
    EXPECT_EQ(config.error().code, ErrorCode::invalid);
    EXPECT_NE(describe(config.error()).find(mistake.said), std::string::npos)
        << describe(config.error());
  }
}

TEST(Config, PerSecondIsANumberWithinReason) {
  const std::string source =
      "[brand]\nname = \"A\"\n[[source]]\nkind = \"rss\"\nurl = "
      "\"https://a.example/\"\nper_second = ";
  const auto config = parse_config(source + "50\n", "x.toml");
  ASSERT_TRUE(config) << describe(config.error());
  EXPECT_EQ(config->sources[0].per_second, 50);
  EXPECT_FALSE(parse_config(source + "-1\n", "x.toml"));
  EXPECT_FALSE(parse_config(source + "\"many\"\n", "x.toml"));
  const auto odd = parse_config(source + "1\nsite = \"x\"\n", "x.toml");
  ASSERT_FALSE(odd) << "a key of another kind of source";
  EXPECT_NE(odd.error().message.find("'site'"), std::string::npos);
}

TEST(Config, SecretsStayOut) {
  const Scratch scratch;
  scratch.file("token", "s3cret-canary\n");
  const std::string toml =
      "[brand]\nname = \"A\"\n[[source]]\nkind = \"mastodon\"\nurl = \"https://a.example\"\nquery "
      "= \"#a\"\ntoken = { file = \"token\" }\n";
  const auto config = parse_config(toml, scratch.path() + "/plumbline.toml");
  ASSERT_TRUE(config) << describe(config.error());
  EXPECT_EQ(config->sources.front().query.token, "s3cret-canary");
  EXPECT_EQ(dump_config(*config).find("s3cret"), std::string::npos);
}

TEST(FindConfig, LooksUpward) {
  const Scratch scratch;
  scratch.file("plumbline.toml", "[brand]\nname = \"A\"\n");
  std::filesystem::create_directories(scratch.path() + "/a/b");
  EXPECT_EQ(find_config(scratch.path() + "/a/b").value(), scratch.path() + "/plumbline.toml");
  const Scratch empty;
  EXPECT_NE(find_config(empty.path()).error().message.find("plumbline init"), std::string::npos);
}

}  // namespace
}  // namespace plumbline
