#include "crawler/robots.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>

namespace plumbline {
namespace {

struct Path {
  const char* why;
  const char* body;
  const char* agent;
  const char* path;
  bool allowed;
};

// The example of RFC 9309, section 5.1.
constexpr const char* kSimple =
    "User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\n"
    "User-Agent: foobot\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n\n"
    "User-Agent: barbot\nUser-Agent: bazbot\nDisallow: /example/page.html\n\n"
    "User-Agent: quxbot\n";
// Section 5.2: the longest match.
constexpr const char* kLongest =
    "User-Agent: foobot\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n";

TEST(Robots, FollowsEveryRuleOfTheRfc) {
  const Path cases[] = {
      {"5.1 any agent", kSimple, "anybot", "/a.gif", false},
      {"5.1 $ ends", kSimple, "anybot", "/a.gif?x", true},
      {"5.1 any agent", kSimple, "anybot", "/example/x", false},
      {"5.1 any agent", kSimple, "anybot", "/publications/", true},
      {"5.1 own group", kSimple, "foobot", "/", false},
      {"5.1 own group", kSimple, "foobot", "/example/page.html", true},
      {"5.1 own group", kSimple, "foobot", "/example/allowed.gif", true},
      {"5.1 shared group", kSimple, "barbot", "/example/page.html", false},
      {"5.1 shared group", kSimple, "bazbot", "/example/page.html", false},
      {"5.1 only the own group counts", kSimple, "barbot", "/a.gif", true},
      {"5.1 group without rules", kSimple, "quxbot", "/example/", true},
      {"5.2 longest match", kLongest, "foobot", "/example/page/x", true},
      {"5.2 longest match", kLongest, "foobot", "/example/page/disallowed.gif", false},
      {"2.2.1 case of the agent", "user-agent: FooBot\ndisallow: /\n", "foobot", "/x", false},
      {"2.2.1 product token", "User-agent: plumbline\nDisallow: /\n", "Plumbline/0.1 (+x)", "/x",
       false},
      {"2.2.1 groups merge",
       "User-agent: a\nDisallow: /x\n\nUser-agent: b\nDisallow: /\n\nUser-agent: a\nDisallow: /y\n",
       "a", "/y", false},
      {"2.2.2 allow wins a tie", "User-agent: *\nDisallow: /p\nAllow: /p\n", "a", "/p", true},
      {"2.2.2 case of the path", "User-agent: *\nDisallow: /Private\n", "a", "/private", true},
      {"2.2.2 robots.txt itself", "User-agent: *\nDisallow: /\n", "a", "/robots.txt", true},
      {"2.2.2 empty disallow", "User-agent: *\nDisallow:\n", "a", "/x", true},
      {"2.2.2 percent-encoding", "User-agent: *\nDisallow: /foo/bar?baz=https://foo.bar\n", "a",
       "/foo/bar?baz=https%3A%2F%2Ffoo.bar", false},
      {"2.2.2 octets outside ASCII", "User-agent: *\nDisallow: /foo/bar/ツ\n", "a",
       "/foo/bar/%E3%83%84", false},
      {"2.2.2 unreserved octets", "User-agent: *\nDisallow: /foo/bar/%62%61%7A\n", "a",
       "/foo/bar/baz", false},
      {"2.2.3 star inside", "User-agent: *\nDisallow: /a*z\n", "a", "/abcz/more", false},
      {"2.2.3 comment", "User-agent: * # all\nDisallow: /x # secret\n", "a", "/x", false},
      {"2.2.4 other records do not end a group",
       "User-agent: a\nSitemap: https://x.example/s.xml\nDisallow: /\n", "a", "/x", false},
      {"rules before any agent", "Disallow: /\nUser-agent: b\nDisallow: /\n", "a", "/x", true},
      {"no file", "", "a", "/x", true},
      {"byte order mark", "\xEF\xBB\xBFUser-agent: *\nDisallow: /x\n", "a", "/x", false},
      {"CR alone", "User-agent: *\rDisallow: /x\r", "a", "/x", false},
      {"CRLF", "User-agent: *\r\nDisallow: /x\r\n", "a", "/x", false},
      {"a page in its place", "<html><body>not found</body></html>", "a", "/x", true},
  };
  for (const Path& c : cases)
    EXPECT_EQ(allowed(parse_robots(c.body), c.agent, c.path), c.allowed)
        << c.why << ": " << c.agent << " " << c.path << "\n"
        << c.body;
}

TEST(Robots, NamesTheRuleThatDecided) {
  const Robots robots = parse_robots("User-agent: *\nDisallow: /private\n");
  EXPECT_EQ(verdict(robots, "a", "/private/x").rule, "Disallow: /private");
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr double kSlower = 50;  // a sanitizer's checks take their time
#else
constexpr double kSlower = 1;
#endif

// The quickest of several: what else the machine does is not the point.
double seconds_to_answer(const Robots& robots, const std::string& path) {
  double best = 1e9;
  for (int i = 0; i < 20; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    allowed(robots, "a", path);
    const std::chrono::duration<double> each = std::chrono::steady_clock::now() - begin;
    best = std::min(best, each.count());
  }
  return best / kSlower;
}

TEST(Robots, AnswersLargeFilesAtOnce) {
  const auto of_500_kib = [](const std::function<std::string(std::size_t)>& rule) {
    std::string body = "User-agent: *\n";
    while (body.size() < 500 * 1024) body += "Disallow: " + rule(body.size()) + "\n";
    return parse_robots(body + "Disallow: /last\n");
  };
  const Robots plain = of_500_kib([](std::size_t n) { return "/a/" + std::to_string(n) + "*x"; });
  EXPECT_FALSE(allowed(plain, "a", "/last"));
  EXPECT_LT(seconds_to_answer(plain, "/a/" + std::string(1000, 'y')), 0.001);
  EXPECT_LT(seconds_to_answer(plain, "/b/" + std::string(1000, 'y')), 0.001);
  // Stars that would have a naive reader try every way to part the path.
  const Robots stars = of_500_kib([](std::size_t) { return "/" + std::string("*a*a*a*a*a*a*b$"); });
  EXPECT_LT(seconds_to_answer(stars, "/" + std::string(1000, 'a')), 0.25);
  const Robots one = parse_robots("User-agent: *\nDisallow: /*a*a*a*a*a*a*a*a*a*a*a*a*b$\n");
  EXPECT_LT(seconds_to_answer(one, "/" + std::string(2000, 'a')), 0.001);
}

}  // namespace
}  // namespace plumbline
