#include "crawler/probe.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "base/sha256.h"
#include "base/text.h"
#include "crawler/decoy.h"
#include "footprint_stand_in.h"

namespace plumbline {
namespace {

const ProbeSites& sites() {
  static const ProbeSites read = [] {
    auto out = built_in_probe_sites();
    if (!out) ADD_FAILURE() << describe(out.error());
    return out ? *out : ProbeSites();
  }();
  return read;
}

const ProbeSite& site(const std::string& name) { return *sites().find(name); }

std::string host_for(const ProbeSite& site) { return site.needs_host ? "social.example" : ""; }

ProbeName name_for(const std::string& site_name, const std::string& name) {
  const auto out = name_at(site(site_name), name);
  if (!out) ADD_FAILURE() << describe(out.error());
  return out ? *out : ProbeName();
}

HttpReply json_reply(int status, const std::string& body) {
  HttpReply reply;
  reply.status = status;
  reply.content_type = "application/json";
  reply.body = body;
  return reply;
}

ProbeState state_at(const std::string& site_name, const std::string& name, const HttpReply& reply) {
  return judge(sites(), site(site_name), name_for(site_name, name), reply).state;
}

TEST(Probe, FindsAnAccountOnEverySite) {
  const FootprintStandIn stand_in;
  std::mt19937_64 random(1);
  for (const ProbeSite& one : sites().sites) {
    const ProbeName name = random_name(one, host_for(one), random);
    const auto said = judge(sites(), one, name, stand_in.reply(one.name, "found", name));
    EXPECT_EQ(said.state, ProbeState::found) << one.name << ": " << said.reason;
    EXPECT_FALSE(said.quote.empty()) << one.name;
    EXPECT_FALSE(said.facts.empty()) << one.name;
  }
}

TEST(Probe, KnowsAMissingNameOnEverySite) {
  const FootprintStandIn stand_in;
  std::mt19937_64 random(2);
  for (const ProbeSite& one : sites().sites) {
    const ProbeName name = random_name(one, host_for(one), random);
    const auto said = judge(sites(), one, name, stand_in.reply(one.name, "missing", name));
    EXPECT_EQ(said.state, ProbeState::missing) << one.name << ": " << said.reason;
    EXPECT_TRUE(said.facts.empty()) << one.name;
  }
}

// What a status alone, a challenge, a redirect or somebody else's profile must never do.
TEST(Probe, TakesNoTrapForAnAccount) {
  const FootprintStandIn stand_in;
  std::mt19937_64 random(3);
  for (const ProbeSite& one : sites().sites)
    for (const std::string& trap : FootprintStandIn::traps())
      for (int i = 0; i < 20; ++i) {
        const ProbeName name = i % 2 == 0 ? random_name(one, host_for(one), random)
                                          : lookalike_name(sites(), one, host_for(one), random);
        const auto said = judge(sites(), one, name, stand_in.trap(trap, one, name));
        EXPECT_NE(said.state, ProbeState::found) << one.name << ", " << trap << ", " << name.whole;
        EXPECT_FALSE(said.reason.empty());
      }
}

TEST(Probe, SaysWhatStoodBetween) {
  const FootprintStandIn stand_in;
  const ProbeName name = name_for("github", "ada-example");
  for (const std::string trap :
       {"login", "consent", "cloudflare", "too often", "javascript", "captcha", "log-in wall"}) {
    const auto said =
        judge(sites(), site("github"), name, stand_in.trap(trap, site("github"), name));
    EXPECT_EQ(said.state, ProbeState::blocked) << trap << ": " << said.reason;
  }
}

TEST(Probe, AnswersAboutOthersAreUnknown) {
  const auto said = judge(sites(), site("github"), name_for("github", "ada"),
                          json_reply(200, R"({"login":"adam","id":1})"));
  EXPECT_EQ(said.state, ProbeState::unknown);
  EXPECT_NE(said.reason.find("'adam'"), std::string::npos) << said.reason;
}

TEST(Probe, CaseCountsWhereTheSiteSaysSo) {
  EXPECT_EQ(state_at("github", "Ada", json_reply(200, R"({"login":"ada","id":1})")),
            ProbeState::found);
  EXPECT_EQ(state_at("hackernews", "Ada", json_reply(200, R"({"id":"ada","created":1})")),
            ProbeState::unknown);
}

TEST(Probe, NamesEndWhereTheyEnd) {
  HttpReply page = json_reply(200, "<rss><channel><link>https://medium.com/@adam</link></channel>");
  EXPECT_EQ(state_at("medium", "ada", page), ProbeState::unknown);
  EXPECT_EQ(state_at("medium", "adam", page), ProbeState::found);
}

TEST(Probe, SeveralAccountsOfOneNameAreCounted) {
  const auto said = judge(
      sites(), site("stackexchange"), name_for("stackexchange", "Ada Example"),
      json_reply(200, R"({"items":[{"display_name":"Ada Example","link":"https://s.example/1"},
                        {"display_name":"Ada Example","link":"https://s.example/2"}],
                        "has_more":false,"quota_remaining":3})"));
  EXPECT_EQ(said.state, ProbeState::found);
  EXPECT_NE(said.reason.find("2 accounts"), std::string::npos) << said.reason;
  EXPECT_EQ(said.facts.size(), 2u);
}

TEST(Probe, FactsKeepTheirPlaceAndTheCheckOfTheSite) {
  const FootprintStandIn stand_in;
  const ProbeName name = name_for("mastodon", "ada");
  const auto said =
      judge(sites(), site("mastodon"), name, stand_in.reply("mastodon", "found", name));
  bool seen = false;
  for (const ProfileFact& fact : said.facts) {
    if (fact.kind == "text" && fact.where == "/note") {
      EXPECT_EQ(fact.value, "Pumps & gardens");
    }
    if (fact.kind != "link" || fact.label != "Site") continue;
    seen = true;
    EXPECT_EQ(fact.value, "https://ada.example");
    EXPECT_TRUE(fact.verified);
  }
  EXPECT_TRUE(seen);
}

TEST(Probe, WebFingerLeadsToTheActor) {
  const FootprintStandIn stand_in;
  const ProbeName name = name_for("webfinger", "ada@social.example");
  const auto said =
      judge(sites(), site("webfinger"), name, stand_in.reply("webfinger", "found", name));
  EXPECT_EQ(said.actor, "https://stand-in.example/users/ada");
  const HttpReply actor = stand_in.reply("webfinger", "actor", name);
  EXPECT_FALSE(actor_facts(site("webfinger"), name, actor.body).empty());
  EXPECT_TRUE(
      actor_facts(site("webfinger"), name_for("webfinger", "bob@social.example"), actor.body)
          .empty());
}

TEST(Probe, NoReplyIsNoAnswer) {
  EXPECT_EQ(judge_failure({ErrorCode::network, "took too long", {}}).state, ProbeState::unknown);
  EXPECT_EQ(judge_failure({ErrorCode::refused, "private", {}}).state, ProbeState::blocked);
  EXPECT_EQ(judge_failure({ErrorCode::rate_limited, "later", {}}).state, ProbeState::blocked);
}

struct NameCase {
  const char* site;
  const char* name;
  bool legal;
};

TEST(ProbeName, IsWhatTheSiteAllows) {
  const NameCase cases[] = {{"github", "ada-example", true},
                            {"github", "-ada", false},
                            {"github", "ada-", false},
                            {"github", "a--b", false},
                            {"github", "ada_example", false},
                            {"github", "ada@social.example", false},
                            {"github", "@ada", true},
                            {"github", "", false},
                            {"hackernews", "a", false},
                            {"hackernews", "ada_example_the_", false},
                            {"webfinger", "ada", false},
                            {"webfinger", "ada@social.example", true},
                            {"webfinger", "ada@social.example:8080", true},
                            {"webfinger", "ada@social/../x", false},
                            {"webfinger", "ada@", false},
                            {"webfinger", "ada@-x.example", false},
                            {"mastodon", "ada", true},
                            {"orcid", "0000-0002-1825-0097", true},
                            {"orcid", "0000-0002-1825-0098", false},
                            {"orcid", "ada", false},
                            {"wikidata", "Q42", true},
                            {"wikidata", "Q042", false},
                            {"bluesky", "ada", true},
                            {"bluesky", "ada.example", true},
                            {"bluesky", "ada..example", false},
                            {"substack", "Ada", false},
                            {"telegram", "1ada", false},
                            {"gitlab", "ada%2f..", false},
                            {"github", "ad\xC3\xA4", false}};
  for (const NameCase& one : cases)
    EXPECT_EQ(bool(name_at(site(one.site), one.name)), one.legal) << one.site << " " << one.name;
}

TEST(ProbeName, IsAskedForWhereItLives) {
  EXPECT_EQ(plan_probe(site("mastodon"), name_for("mastodon", "ada@social.example")).url,
            "https://social.example/api/v1/accounts/lookup?acct=ada");
  EXPECT_EQ(plan_probe(site("bluesky"), name_for("bluesky", "ada")).url,
            "https://public.api.bsky.app/xrpc/app.bsky.actor.getProfile?actor=ada.bsky.social");
  EXPECT_EQ(plan_probe(site("substack"), name_for("substack", "ada")).url,
            "https://ada.substack.com/feed");
  EXPECT_EQ(plan_probe(site("webfinger"), name_for("webfinger", "ada@social.example"),
                       "http://127.0.0.1:7")
                .url,
            "http://127.0.0.1:7/.well-known/webfinger?resource=acct%3Aada%40social.example");
  EXPECT_EQ(profile_address(site("mastodon"), name_for("mastodon", "ada@social.example")),
            "https://social.example/@ada");
}

TEST(ProbeName, AddressesOfMailLeaveAsHashes) {
  const ProbeName name = name_for("gravatar", " Ada@Example.org ");
  EXPECT_EQ(name.whole, sha256_hex("ada@example.org"));
  EXPECT_EQ(plan_probe(site("gravatar"), name).url.find("ada"), std::string::npos);
  EXPECT_FALSE(name_at(site("gravatar"), "ada"));
}

TEST(Sha256, GivesTheStandardsValues) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256_hex(std::string(1000000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(NamePattern, FitsWholeNamesOnly) {
  const auto pattern = NamePattern::parse("[a-c]{2,3}x?|Q[0-9]");
  ASSERT_TRUE(pattern);
  for (const char* name : {"ab", "abc", "abcx", "abx", "Q7"})
    EXPECT_TRUE(pattern->fits(name)) << name;
  for (const char* name : {"", "a", "abcc", "abxx", "Q", "Q77", "q7"})
    EXPECT_FALSE(pattern->fits(name)) << name;
}

TEST(NamePattern, RefusesWhatItCannotRead) {
  for (const char* text : {"", "[", "[]", "[z-a]", "a{", "a{2", "a{3,2}", "a{0}", "a{999}", "a|",
                           "|a", "(a)", "a*", "a+", "[^a]", "a**"})
    EXPECT_FALSE(NamePattern::parse(text)) << text;
}

TEST(NamePattern, InventsNamesThatFit) {
  std::mt19937_64 random(4);
  for (const ProbeSite& one : sites().sites) {
    std::set<std::string> seen;
    for (int i = 0; i < 200; ++i) {
      const ProbeName name = random_name(one, host_for(one), random);
      EXPECT_TRUE(one.pattern.fits(name.local)) << one.name << " " << name.local;
      seen.insert(name.whole);
    }
    EXPECT_GT(seen.size(), 190u) << one.name;
  }
}

TEST(Decoy, LookalikesAreLegalEverywhere) {
  std::mt19937_64 random(5);
  for (const ProbeSite& one : sites().sites)
    for (int i = 0; i < 50; ++i) {
      const ProbeName name = lookalike_name(sites(), one, host_for(one), random);
      EXPECT_TRUE(one.pattern.fits(name.local)) << one.name << " " << name.local;
    }
}

TEST(Decoy, NoAccountIsKnownAtOtherHosts) {
  EXPECT_TRUE(claimed_name(site("mastodon"), ""));
  EXPECT_FALSE(claimed_name(site("mastodon"), "social.example"));
  EXPECT_FALSE(claimed_name(site("npm"), ""));
}

}  // namespace
}  // namespace plumbline
