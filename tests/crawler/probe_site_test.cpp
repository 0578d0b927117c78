#include "crawler/probe_site.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "crawler/decoy.h"
#include "crawler/url.h"
#include "footprint_stand_in.h"
#include "json_schema.h"

namespace plumbline {
namespace {

using TestJson = nlohmann::json;

TestJson data(const std::string& name) {
  return TestJson::parse(file_of_tree("data/sites/" + name));
}

TEST(ProbeSite, EveryEntryFitsTheSchema) {
  const TestJson schema = data("schema.json");
  const auto problems = JsonSchema(schema).problems(data("sites.json"));
  for (const std::string& problem : problems) ADD_FAILURE() << problem;
}

TEST(ProbeSite, TheSchemaRefusesWhatItShould) {
  const TestJson schema = data("schema.json");
  TestJson sites = data("sites.json");
  sites["sites"][0]["category"] = "dating";
  sites["sites"][1]["documentation"] = "http://nowhere.example";
  sites["sites"][2].erase("missing");
  sites["sites"][3]["colour"] = "red";
  sites["sites"][4]["exists"]["all"] = TestJson::array();
  sites["sites"][5]["names"] = 7;
  EXPECT_EQ(JsonSchema(schema).problems(sites).size(), 6u);
}

TEST(ProbeSite, EveryEntryKeepsTheRules) {
  const auto sites = built_in_probe_sites();
  ASSERT_TRUE(sites) << describe(sites.error());
  EXPECT_GE(sites->sites.size(), 20u);
  for (const ProbeSite& site : sites->sites) {
    // A name known to exist, unless the host is only known at run time.
    const bool host_is_given = site.registry || site.needs_host;
    EXPECT_NE(host_is_given, bool(claimed_name(site, ""))) << site.name;
    EXPECT_TRUE(is_web_url(site.documentation)) << site.name;
    // A status alone never makes an account: something must be read, and the name be in it.
    bool about_name = false;
    for (const ProbeCheck& check : site.exists.checks) {
      about_name = about_name || check.expected.find("{") != std::string::npos;
      for (const std::string& text : check.texts)
        about_name = about_name || text.find("{name}") != std::string::npos;
    }
    EXPECT_TRUE(about_name) << site.name;
    EXPECT_GE(site.exists.checks.size(), 2u) << site.name;
    EXPECT_FALSE(site.missing.empty()) << site.name;
    const std::string shape = site.url + site.path;
    EXPECT_TRUE(shape.find("{name}") != std::string::npos ||
                shape.find("{local}") != std::string::npos)
        << site.name;
    EXPECT_GT(site.per_second, 0) << site.name;
    EXPECT_LE(site.per_second, 2) << site.name;
  }
}

TEST(ProbeSite, NoSiteSpeaksOfWhatIsNobodysBusiness) {
  const auto sites = built_in_probe_sites();
  ASSERT_TRUE(sites);
  for (const ProbeSite& site : sites->sites) {
    const std::string all = ascii_lower(site.name + " " + site.title + " " + site.url + " " +
                                        site.note + " " + site.category);
    for (const char* word :
         {"dating", "tinder",  "grindr",   "porn",     "adult",    "xxx",   "onlyfans", "escort",
          "health", "patient", "medic",    "church",   "bible",    "islam", "jewish",   "party",
          "vote",   "union",   "linkedin", "facebook", "password", "login", "signup",   "recover"})
      EXPECT_TRUE(all.find(word) == std::string::npos || site.name == "medium")
          << site.name << " " << word;
  }
}

TEST(ProbeSite, EveryEntryHasItsReplies) {
  const auto replies = TestJson::parse(file_of_tree("tests/outside/footprint_replies.json"));
  const auto sites = built_in_probe_sites();
  ASSERT_TRUE(sites);
  for (const ProbeSite& site : sites->sites) EXPECT_TRUE(replies.contains(site.name)) << site.name;
}

TEST(ProbeSite, MistakesAreNamed) {
  const TestJson good = data("sites.json");
  const auto broken = [&](const char* key, const TestJson& value) {
    TestJson sites = good;
    sites["sites"][0][key] = value;
    const auto read = read_probe_sites(sites.dump());
    EXPECT_FALSE(read) << key;
    return read ? std::string() : read.error().message;
  };
  EXPECT_NE(broken("colour", "red").find("'bluesky'"), std::string::npos);
  EXPECT_NE(broken("names", "[").find("pattern"), std::string::npos);
  EXPECT_NE(broken("missing", TestJson::array()).find("missing"), std::string::npos);
  EXPECT_NE(broken("exists", {{"status", {200}}}).find("status alone"), std::string::npos);
  EXPECT_NE(broken("title", 7).find("title"), std::string::npos);
  TestJson twice = good;
  twice["sites"].push_back(twice["sites"][0]);
  EXPECT_FALSE(read_probe_sites(twice.dump()));
  EXPECT_FALSE(read_probe_sites("{"));
  EXPECT_FALSE(read_probe_sites("[]"));
}

}  // namespace
}  // namespace plumbline
