// No request reaches an address that is not public, however it is written and whoever names it.
#include <gtest/gtest.h>

#include "base/text.h"
#include "crawler/curl_http.h"
#include "crawler/source.h"
#include "tests/crawler/alone.h"
#include "tests/crawler/loopback.h"

namespace plumbline {
namespace {

// Spellings of loopback, private, link-local, shared and metadata addresses. The names are those of
// kNames, a resolver that lies.
const char* const kSpellings[] = {
    "127.0.0.1", "127.1", "127.0.1", "127.0.0.1.", "127.000.000.001", "2130706433", "0x7f000001",
    "0x7f.0.0.1", "0x7f.1", "017700000001", "0177.0.0.1", "0177.0.0.01", "127.255.255.254", "0",
    "00", "0x0", "0.0.0.0", "localhost", "LOCALHOST", "localhost.", "a.localhost",
    // Metadata of clouds
    "169.254.169.254", "0xa9fea9fe", "2852039166", "0xa9.0xfe.0xa9.0xfe", "0251.0376.0251.0376",
    "169.254.43518", "169.16689662", "100.100.100.200", "192.0.0.192", "[fd00:ec2::254]",
    // Private networks
    "10.0.0.1", "0x0a000001", "167772161", "012.0.0.1", "10.1", "172.16.0.1", "172.31.255.255",
    "192.168.0.1", "192.168.1", "0xc0a80001", "3232235521", "0300.0250.0.1", "100.64.0.1",
    "198.18.0.1", "224.0.0.1", "255.255.255.255", "%31%30.0.0.1",
    // IPv6 and what it embeds
    "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[0000::0001]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "[::127.0.0.1]", "[::7f00:1]", "[fe80::1]", "[fc00::1]", "[fec0::1]", "[ff02::1]",
    "[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::a00:1]", "[2002:7f00:1::]",
    "[2002:a00:1::]", "[2001:0:7f00:1::]", "[::ffff:169.254.169.254]",
    // Who is meant and who is asked
    "user:pw@10.0.0.1", "8.8.8.8@10.0.0.1", "8.8.8.8:80@10.0.0.1", "inner.example", "meta.example",
    "Inner.Example.", "six.example", "both.example"};
const std::vector<std::string> kNames = {"inner.example:80:10.0.0.1", "inner.example.:80:10.0.0.1",
                                         "meta.example:80:169.254.169.254", "six.example:80:[::1]",
                                         "both.example:80:127.0.0.1,[::1],10.0.0.1"};

HttpOptions once() {
  HttpOptions options;
  options.attempts = 1;
  options.connect_timeout_seconds = 2;
  options.total_timeout_seconds = 4;
  options.resolve = kNames;
  return options;
}

// Refused by the guard; a name that stands for no address at all is not asked either.
void expect_refused(const Result<HttpReply>& reply, const std::string& host) {
  ASSERT_FALSE(reply) << host;
  const bool unknown = reply.error().message.find("is not known") != std::string::npos;
  EXPECT_TRUE(reply.error().code == ErrorCode::refused || unknown)
      << host << ": " << describe(reply.error());
}

TEST(HttpGuard, RefusesEverySpelling) {
  const bool done = alone([] {
    auto http = make_curl_http(once());
    int refused = 0;
    for (const std::string host : kSpellings) {
      const auto reply = http->get(ask("http://" + host + "/"));
      expect_refused(reply, host);
      refused += !reply && reply.error().code == ErrorCode::refused;
    }
    EXPECT_GE(refused, 60);
  });
  if (!done) GTEST_SKIP() << "this system gives no process a network of its own";
}

TEST(HttpGuard, HoldsAfterRedirects) {
  const bool done = alone([] {
    std::string to;
    Loopback server(
        [&](const Asked&) { return Scripted{http_reply(302, "Location: " + to + "\r\n", "")}; });
    // The same server by a name that nobody allowed, and an address without a port of its own.
    const std::string other = "other.example:" + std::to_string(server.port());
    std::vector<std::string> addresses = {"http://" + other + "/", "//10.0.0.1/",
                                          "http://localhost:" + std::to_string(server.port() + 1)};
    for (const std::string host : kSpellings) addresses.push_back("http://" + host + "/");
    HttpOptions options = once();
    options.private_hosts = {server.place()};
    options.resolve.push_back(other + ":127.0.0.1");
    auto http = make_curl_http(options);
    for (const std::string& address : addresses) {
      to = address;
      expect_refused(http->get(ask(server.url())), address);
    }
    EXPECT_EQ(server.asked().size(), addresses.size()) << "nothing but the first requests came";
  });
  if (!done) GTEST_SKIP() << "this system gives no process a network of its own";
}

// A feed that names an address inside as its next page, and as the page of an item.
TEST(HttpGuard, FeedsLeadNowhereElse) {
  const Source& rss = *find_source("rss");
  SourceQuery query;
  query.url = "https://feeds.example/all";
  for (const std::string host : kSpellings) {
    const std::string body =
        "<rss version='2.0' xmlns:a='http://www.w3.org/2005/Atom' xml:base='http://" + host +
        "/'><channel><a:link rel='next' href='http://" + host +
        "/2'/><item><guid>1</guid><pubDate>Mon, 02 Nov 2026 08:10:00 GMT</pubDate>"
        "<description>x</description></item></channel></rss>";
    const auto page = rss.parse(body, query, {"", "", query.url, "application/rss+xml"});
    if (!page || page->next.empty()) continue;
    const auto request = rss.plan(query, page->next);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->url.rfind("https://feeds.example/", 0), 0u) << request->url;
  }
}

}  // namespace
}  // namespace plumbline
