#include "app/footprint.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <set>
#include <thread>

#include "app/footprint_words.h"
#include "app/open_http.h"
#include "base/text.h"
#include "crawler/decoy.h"
#include "tests/crawler/footprint_stand_in.h"
#include "tests/crawler/loopback.h"

namespace plumbline {
namespace {

const ProbeSites& sites() {
  static const ProbeSites read = *built_in_probe_sites();
  return read;
}

// All sites in one process; each at an address of its own, so that a request tells its site.
class SitesHttp : public Http {
 public:
  using Answer = std::function<Result<HttpReply>(const ProbeSite&, const ProbeName&)>;
  explicit SitesHttp(Answer answer) : answer_(std::move(answer)) {}

  static Config config() {
    Config config;
    for (const ProbeSite& site : sites().sites) {
      SiteConfig own;
      own.name = site.name;
      const bool named = site.url.find("{name}") != std::string::npos;
      own.url = "http://" + std::string(named ? "{name}." : "") + site.name + ".test";
      own.token = site.key_header.empty() ? "" : "sesame";
      config.sites.push_back(own);
    }
    return config;
  }

  Result<HttpReply> get(const HttpRequest& request) override {
    const std::string& url = request.request.url;
    const std::lock_guard<std::mutex> lock(mutex_);
    asked.push_back(url);
    for (const ProbeSite& site : sites().sites) {
      if (url.find("." + site.name + ".test") == std::string::npos &&
          url.find("//" + site.name + ".test") == std::string::npos)
        continue;
      ProbeName name;
      name.whole = name.local = FootprintStandIn::asked_name(site, url);
      if (const auto at = name.whole.find('@'); at != std::string::npos) {
        name.local = name.whole.substr(0, at);
        name.host = name.whole.substr(at + 1);
      }
      auto reply = answer_(site, name);
      if (reply && reply->url.empty()) reply->url = url;
      return reply;
    }
    if (const auto page = pages.find(url); page != pages.end()) {
      HttpReply reply;
      reply.status = 200;
      reply.url = url;
      reply.body = page->second;
      return reply;
    }
    return fail(ErrorCode::not_found, "no such page", url);
  }
  void pause(const std::string&, std::int64_t) override {}

  std::map<std::string, std::string> pages;
  std::vector<std::string> asked;

 private:
  Answer answer_;
  std::mutex mutex_;
};

bool is_claimed(const ProbeSite& site, const ProbeName& name) {
  const auto known = claimed_name(site, "");
  return known && (known->whole == name.whole || known->local == name.local);
}

FootprintWish wish_for(std::vector<std::string> names) {
  FootprintWish wish;
  wish.names = std::move(names);
  wish.registries = {{"npm", "http://npm.test"}, {"crates", "http://crates.test"}};
  wish.email = "ada@example.org";
  wish.seed = 7;
  return wish;
}

Footprint run(SitesHttp& http, const FootprintWish& wish) {
  auto found = find_footprint(SitesHttp::config(), http, sites(), wish, no_progress());
  if (!found) ADD_FAILURE() << describe(found.error());
  return found ? std::move(*found) : Footprint();
}

const SiteAnswer& of(const Footprint& found, const std::string& site) {
  for (const SiteAnswer& answer : found.answers)
    if (answer.site == site && answer.verdict.state != ProbeState::illegal_name) return answer;
  ADD_FAILURE() << site;
  static const SiteAnswer none;
  return none;
}

const FootprintStandIn& stand_in() {
  static const FootprintStandIn one;
  return one;
}

// A site that knows its claimed name and these, and says of others what it says of missing ones.
SitesHttp::Answer honest(std::set<std::string> known) {
  return [known = std::move(known)](const ProbeSite& site, const ProbeName& name) {
    const bool exists = is_claimed(site, name) || known.count(name.local) > 0;
    return Result<HttpReply>(stand_in().reply(site.name, exists ? "found" : "missing", name));
  };
}

TEST(Footprint, FindsWhatIsThereOnEverySite) {
  SitesHttp http(honest({"adaexample", "adaexample.bsky.social", "0000-0001-5000-0007", "Q77",
                         name_at(*sites().find("gravatar"), "ada@example.org")->whole}));
  const Footprint found = run(
      http, wish_for({"adaexample", "adaexample@social.example", "0000-0001-5000-0007", "Q77"}));
  std::set<std::string> where;
  for (const SiteAnswer& answer : found.answers) {
    if (answer.verdict.state != ProbeState::found) continue;
    where.insert(answer.site);
    EXPECT_FALSE(answer.address.empty());
    EXPECT_NE(answer.fetched_at, kNoTime);
    EXPECT_EQ(answer.hash.size(), 16u);
    EXPECT_EQ(answer.decoys.size(), 3u) << answer.site;
  }
  EXPECT_EQ(where.size(), sites().sites.size());
  EXPECT_EQ(found.set_aside, 0);
}

TEST(Footprint, IllegalNamesAreNotAsked) {
  SitesHttp http(honest({}));
  FootprintWish wish;
  wish.names = {"ada_example"};
  wish.sites = {"github", "orcid"};
  const Footprint found = run(http, wish);
  ASSERT_EQ(found.answers.size(), 2u);
  for (const SiteAnswer& answer : found.answers) {
    EXPECT_EQ(answer.verdict.state, ProbeState::illegal_name);
    EXPECT_NE(answer.verdict.reason.find("has no such names"), std::string::npos);
  }
  EXPECT_TRUE(http.asked.empty());
  EXPECT_EQ(found.not_sure, 0);
}

TEST(Footprint, ASiteThatFindsEverybodyIsSetAside) {
  SitesHttp http([](const ProbeSite& site, const ProbeName& name) {
    return Result<HttpReply>(stand_in().reply(site.name, "found", name));
  });
  FootprintWish wish;
  wish.names = {"adaexample"};
  wish.sites = {"github"};
  const Footprint found = run(http, wish);
  EXPECT_TRUE(of(found, "github").set_aside);
  EXPECT_EQ(of(found, "github").verdict.state, ProbeState::unknown);
  EXPECT_EQ(found.set_aside, 1);
  for (const std::string& url : http.asked)
    EXPECT_EQ(url.find("adaexample"), std::string::npos) << "the name was given away for nothing";
}

TEST(Footprint, ASiteThatFindsNobodyIsSetAside) {
  SitesHttp http([](const ProbeSite& site, const ProbeName& name) {
    return Result<HttpReply>(stand_in().reply(site.name, "missing", name));
  });
  FootprintWish wish;
  wish.names = {"adaexample"};
  const Footprint found = run(http, wish);
  for (const SiteAnswer& answer : found.answers) {
    if (answer.verdict.state == ProbeState::illegal_name) continue;
    if (!claimed_name(*sites().find(answer.site), "")) continue;  // nobody is known to exist there
    EXPECT_TRUE(answer.set_aside) << answer.site;
    EXPECT_NE(answer.verdict.reason.find("which exists"), std::string::npos);
  }
}

TEST(Footprint, ABlockedSiteIsAskedOnce) {
  SitesHttp http([](const ProbeSite& site, const ProbeName& name) {
    return Result<HttpReply>(stand_in().trap("cloudflare", site, name));
  });
  FootprintWish wish;
  wish.names = {"adaexample"};
  wish.sites = {"github"};
  const Footprint found = run(http, wish);
  EXPECT_EQ(of(found, "github").verdict.state, ProbeState::blocked);
  EXPECT_FALSE(of(found, "github").set_aside);
  EXPECT_EQ(http.asked.size(), 1u);
  EXPECT_EQ(found.not_sure, 1);
}

TEST(Footprint, KeysAndHostsAreAskedFor) {
  SitesHttp http(honest({}));
  FootprintWish wish;
  wish.names = {"adaexample"};
  const auto told = [&](const FootprintWish& what) {
    const auto found = find_footprint(Config{}, http, sites(), what, no_progress());
    return found ? std::string("nothing") : describe(found.error());
  };
  wish.sites = {"youtube"};
  EXPECT_EQ(find_footprint(Config{}, http, sites(), wish, no_progress()).error().code,
            ErrorCode::denied);
  wish.sites = {"npm"};
  EXPECT_NE(told(wish).find("--registry npm=HOST"), std::string::npos);
  wish.sites = {"gravatar"};
  EXPECT_NE(told(wish).find("--email"), std::string::npos);
  wish.sites = {"gihub"};
  EXPECT_NE(told(wish).find("did you mean 'github'"), std::string::npos);
  wish.sites = {};
  wish.registries = {{"github", "x.example"}};
  EXPECT_NE(told(wish).find("KIND=HOST"), std::string::npos);
  EXPECT_NE(told({}).find("NAME"), std::string::npos);
  FootprintWish page;
  page.pages = {"file:///etc/passwd"};
  EXPECT_NE(told(page).find("http://"), std::string::npos);
  EXPECT_TRUE(http.asked.empty());
}

TEST(Footprint, SaysWhatWasNotAsked) {
  SitesHttp http(honest({}));
  FootprintWish wish;
  wish.names = {"adaexample"};
  wish.all = true;
  const auto found = find_footprint(Config{}, http, sites(), wish, no_progress());
  ASSERT_TRUE(found);
  int not_asked = 0;
  for (const SiteAnswer& answer : found->answers)
    not_asked += answer.verdict.reason.rfind("not asked: needs ", 0) == 0;
  EXPECT_EQ(not_asked, 4);  // two registries, a key, an address
}

TEST(Footprint, PagesAndAccountsThatNameEachOtherAreTied) {
  SitesHttp http(honest({"adaexample"}));
  http.pages["https://ada.example/"] =
      "<a rel=me href='https://github.com/adaexample'>code</a><a href='/ada.vcf'>card</a>";
  http.pages["https://ada.example/ada.vcf"] =
      "BEGIN:VCARD\nVERSION:4.0\nFN:Ada Example\nEND:VCARD\n";
  FootprintWish wish;
  wish.names = {"adaexample"};
  wish.sites = {"github", "devto"};
  wish.pages = {"https://ada.example/"};
  const Footprint found = run(http, wish);
  ASSERT_EQ(found.pages.size(), 1u);
  EXPECT_EQ(found.pages[0].verdict.state, ProbeState::found);
  EXPECT_EQ(found.pages[0].verdict.facts.back().where, "vCard");
  ASSERT_EQ(found.ties.size(), 2u);
  for (const AddressTie& tie : found.ties) {
    const bool github = tie.from.find("github") != std::string::npos;
    EXPECT_EQ(tie.both_ways, github) << tie.from << " " << tie.to;
  }
}

TEST(Footprint, TextAndJsonSayTheSame) {
  SitesHttp http(honest({"adaexample"}));
  FootprintWish wish;
  wish.names = {"adaexample"};
  wish.sites = {"github", "gitlab", "orcid", "lemmy"};
  const Footprint found = run(http, wish);
  const std::string text = footprint_text(found, wish, Zone());
  const auto json = nlohmann::json::parse(footprint_json(found, wish, 1795000000));
  EXPECT_EQ(json["counts"]["found"], 3);
  EXPECT_EQ(json["counts"]["illegal name"], 1);
  EXPECT_EQ(json["note"], std::string(kNotYetAPerson));
  for (const char* part : {"github: adaexample", "https://github.com/adaexample", "/login",
                           "Example Ltd", "decoys", "Illegal name", "not yet the same person"})
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  for (const auto& site : json["sites"])
    if (site["state"] == "found") {
      EXPECT_TRUE(site.contains("evidence") && site.contains("fetched_at") && site.contains("url"));
    }
}

TEST(Footprint, TextIsSafeForATerminal) {
  SitesHttp http([](const ProbeSite& site, const ProbeName& name) {
    HttpReply reply = stand_in().reply(
        site.name, is_claimed(site, name) || name.local == "adaexample" ? "found" : "missing",
        name);
    const auto at = reply.body.find("Ada Example");
    if (at != std::string::npos) reply.body.replace(at, 3, "\\u001b[31m\\u202e");
    return Result<HttpReply>(reply);
  });
  FootprintWish wish;
  wish.names = {"adaexample"};
  wish.sites = {"github"};
  const std::string text = footprint_text(run(http, wish), wish, Zone());
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find("\xE2\x80\xAE"), std::string::npos);
}

// The promise: 1,000 names that nobody has, on every site, and none is found, whatever the site
// answers. Half of them are random, half look like people's; decoys are answered honestly, so that
// no site is set aside and every name is really asked.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kRandomNames = 100;  // a sanitizer's checks take their time
#else
constexpr int kRandomNames = 1000;
#endif

TEST(Footprint, FindsNoneOfAThousandRandomNames) {
  const auto traps = FootprintStandIn::traps();
  std::atomic<int> trapped{0};
  std::set<std::string> names;
  SitesHttp http([&](const ProbeSite& site, const ProbeName& name) -> Result<HttpReply> {
    if (is_claimed(site, name)) return stand_in().reply(site.name, "found", name);
    if (names.count(name.local) == 0) return stand_in().reply(site.name, "missing", name);
    const std::size_t kind = hash64(name.local + site.name) % (traps.size() + 1);
    ++trapped;
    if (kind == traps.size()) return fail(ErrorCode::network, "the reply broke off");
    return stand_in().trap(traps[kind], site, name);
  });
  std::mt19937_64 random(20261128);
  std::map<ProbeState, int> states;
  for (int batch = 0; batch < kRandomNames; ++batch) {
    names.clear();
    FootprintWish wish = wish_for({});
    wish.seed = static_cast<std::uint64_t>(batch);
    std::set<std::string> asked;
    for (const ProbeSite& site : sites().sites) {
      const std::string host = site.needs_host ? "social.example" : "";
      const ProbeName name = batch % 2 == 0 ? random_name(site, host, random)
                                            : lookalike_name(sites(), site, host, random);
      if (!site.email) asked.insert(name.whole);
      names.insert(name.local);
    }
    wish.names.assign(asked.begin(), asked.end());
    wish.email = "nobody" + std::to_string(batch) + "@post.example";
    names.insert(name_at(*sites().find("gravatar"), wish.email)->whole);
    for (const SiteAnswer& answer : run(http, wish).answers) {
      ++states[answer.verdict.state];
      EXPECT_NE(answer.verdict.state, ProbeState::found)
          << answer.site << " " << answer.name << ": " << answer.verdict.quote;
      EXPECT_FALSE(answer.set_aside) << answer.site << ": " << answer.verdict.reason;
    }
  }
  EXPECT_GT(trapped, 20 * kRandomNames);
  EXPECT_GT(states[ProbeState::blocked], kRandomNames);
  EXPECT_GT(states[ProbeState::unknown], kRandomNames);
}

// What the person's own page, or the host behind an @, may lead to.
TEST(Footprint, PrivateAddressesAreRefused) {
  std::atomic<int> reached{0};
  Loopback server([&](const Asked&) {
    ++reached;
    return Scripted{
        http_reply(200, "Content-Type: text/html\r\n", "<a rel=me href='https://x.example'>"), -1,
        0, 0, false};
  });
  Config config;
  const auto http = open_probe_http(config, no_progress());
  FootprintWish wish;
  wish.names = {"ada@127.0.0.1:" + std::to_string(server.port())};
  wish.sites = {"webfinger", "mastodon"};
  wish.pages = {server.url()};
  const auto found = find_footprint(config, *http, sites(), wish, no_progress());
  ASSERT_TRUE(found);
  EXPECT_EQ(reached, 0);
  for (const SiteAnswer& answer : found->answers)
    EXPECT_EQ(answer.verdict.state, ProbeState::blocked) << answer.verdict.reason;
  EXPECT_EQ(found->pages[0].verdict.state, ProbeState::blocked);

  config.sites.push_back({"page", server.url(), "", "", 0});
  wish.names.clear();
  const auto allowed = open_probe_http(config, no_progress());
  const auto read = find_footprint(config, *allowed, sites(), wish, no_progress());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->pages[0].verdict.state, ProbeState::found) << read->pages[0].verdict.reason;
  EXPECT_GT(reached, 0);
}

TEST(Footprint, ASilentSiteDoesNotHoldTheOthersUp) {
  Loopback slow([](const Asked&) { return Scripted{"HTTP/1.1 200 X\r\n", 5, 60000, 0, false}; });
  Loopback quick_one([](const Asked& asked) {
    const ProbeSite& site = *sites().find("github");
    ProbeName name;
    name.whole = name.local = FootprintStandIn::asked_name(site, asked.path);
    const bool exists = is_claimed(site, name) || name.local == "adaexample";
    const HttpReply reply = stand_in().reply("github", exists ? "found" : "missing", name);
    return Scripted{http_reply(reply.status, "Content-Type: application/json\r\n", reply.body), -1,
                    0, 0, false};
  });
  Config config;
  config.sites.push_back({"github", quick_one.url(""), "", "", 1000});
  config.sites.push_back({"gitlab", slow.url(""), "", "", 1000});
  const auto http = open_probe_http(config, no_progress());
  FootprintWish wish;
  wish.names = {"adaexample"};
  wish.sites = {"github", "gitlab"};
  const auto begin = std::chrono::steady_clock::now();
  const auto found = find_footprint(config, *http, sites(), wish, no_progress());
  ASSERT_TRUE(found);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(9));
  EXPECT_EQ(of(*found, "github").verdict.state, ProbeState::found);
  EXPECT_EQ(of(*found, "gitlab").verdict.state, ProbeState::unknown);
  EXPECT_EQ(slow.asked().size(), 1u);
}

}  // namespace
}  // namespace plumbline
