// Redirects, the guard, pacing, robots.txt and stopping, against servers on loopback.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>

#include "base/time.h"
#include "crawler/curl_http.h"
#include "crawler/redirect.h"
#include "tests/crawler/loopback.h"

namespace plumbline {
namespace {

Scripted redirect_to(const std::string& where, int status = 302) {
  return {http_reply(status, "Location: " + where + "\r\n", "")};
}

Scripted text(const std::string& body, const std::string& headers = {}) {
  return {http_reply(200, headers, body)};
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// "/5" leads to "/4" and so on to "/0".
Scripted countdown(const Asked& asked) {
  int left = asked.path[1] - '0';
  return left == 0 ? text("there") : redirect_to("/" + std::to_string(left - 1), 301);
}

TEST(Redirect, FollowsAFew) {
  Loopback server(countdown);
  auto http = make_curl_http(quick(server));
  Result<HttpReply> reply = http->get(ask(server.url("/5")));
  ASSERT_TRUE(reply) << describe(reply.error());
  EXPECT_EQ(reply->url, server.url("/0"));
  reply = http->get(ask(server.url("/6")));
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, ErrorCode::network);
  EXPECT_TRUE(contains(reply.error().message, "more than 5 redirects"));
}

TEST(Redirect, EndsLoops) {
  Loopback server([](const Asked&) { return redirect_to("/", 307); });
  EXPECT_FALSE(make_curl_http(quick(server))->get(ask(server.url())));
  EXPECT_EQ(server.asked().size(), 6u);
}

TEST(Redirect, GoesToTheWebOnly) {
  for (const char* where : {"file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:70/x",
                            "javascript:alert(1)", "data:text/plain,x"}) {
    Loopback server([&](const Asked&) { return redirect_to(where); });
    Result<HttpReply> reply = make_curl_http(quick(server))->get(ask(server.url()));
    ASSERT_FALSE(reply) << where;
    EXPECT_EQ(reply.error().code, ErrorCode::refused) << where << describe(reply.error());
    EXPECT_EQ(server.asked().size(), 1u);
  }
}

TEST(Redirect, KeepsTokensAtHome) {
  Loopback other([](const Asked&) { return text("x"); });
  Loopback server(
      [&](const Asked& asked) { return redirect_to(asked.path == "/" ? "/again" : other.url()); });
  HttpOptions options = quick(server);
  options.private_hosts.push_back(other.place());
  HttpRequest request = ask(server.url());
  request.request.headers = {
      {"Authorization", "Bearer t"}, {"X-Api-Key", "t"}, {"Accept", "text/plain"}};
  ASSERT_TRUE(make_curl_http(options)->get(request));
  ASSERT_EQ(server.asked().size(), 2u);
  for (const Asked& asked : server.asked()) {
    EXPECT_TRUE(contains(asked.head, "Authorization: Bearer t"));
  }
  ASSERT_EQ(other.asked().size(), 1u);
  EXPECT_FALSE(contains(other.asked()[0].head, "Authorization"));
  EXPECT_FALSE(contains(other.asked()[0].head, "X-Api-Key"));
  EXPECT_TRUE(contains(other.asked()[0].head, "Accept: text/plain"));
}

TEST(Redirect, NeverLeavesHttps) {
  Hop hop{*parse_target("https://a.example/x"), {{"Authorization", "t"}}, 0, false};
  Status turned = turn(hop, "http://a.example/x");
  ASSERT_FALSE(turned);
  EXPECT_EQ(turned.error().code, ErrorCode::refused);
  hop.headers = {{"Accept", "text/plain"}};
  EXPECT_FALSE(turn(hop, "http://a.example/x"));
  EXPECT_EQ(hop.target.origin(), "https://a.example:443");
}

TEST(HttpGuard, LetsNamedHostsThrough) {
  Loopback server([](const Asked&) { return text("x"); });
  HttpOptions options = quick(server);
  const std::string place = "inner.example:" + std::to_string(server.port());
  options.resolve = {place + ":127.0.0.1"};
  options.private_hosts = {place};
  EXPECT_TRUE(make_curl_http(options)->get(ask("http://" + place + "/")));
  options.private_hosts = {"inner.example:1"};
  EXPECT_FALSE(make_curl_http(options)->get(ask("http://" + place + "/")));
}

TEST(HttpGuard, IgnoresProxyVariables) {
  Loopback server([](const Asked&) { return text("x"); });
  setenv("http_proxy", "http://127.0.0.1:9", 1);
  setenv("ALL_PROXY", "http://127.0.0.1:9", 1);
  EXPECT_TRUE(make_curl_http(quick(server))->get(ask(server.url())));
  unsetenv("http_proxy");
  unsetenv("ALL_PROXY");
}

double between(const Loopback& server, std::size_t a, std::size_t b) {
  const std::vector<Asked> asked = server.asked();
  if (asked.size() <= std::max(a, b)) return -1;
  return std::chrono::duration<double>(asked[b].at - asked[a].at).count();
}

TEST(HttpPace, StaysBelowTheRate) {
  Loopback server([](const Asked&) { return text("x"); });
  auto http = make_curl_http(quick(server));
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      HttpRequest request = ask(server.url());
      request.requests_per_second = 20;
      for (int j = 0; j < 5; ++j) EXPECT_TRUE(http->get(request));
    });
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_EQ(server.asked().size(), 20u);
  EXPECT_GE(between(server, 0, 19), 19 / 20.0 - 0.05);
}

TEST(HttpPace, ObeysRetryAfter) {
  const char* rows[] = {"Retry-After: 1\r\n",
                        "Date: Sat, 22 Nov 2025 08:00:00 GMT\r\n"
                        "Retry-After: Sat, 22 Nov 2025 08:00:01 GMT\r\n"};
  for (const char* headers : rows) {
    std::atomic<int> count{0};
    Loopback server([&](const Asked&) {
      return ++count == 1 ? Scripted{http_reply(429, headers, "")} : text("ok");
    });
    Result<HttpReply> reply = make_curl_http(quick(server))->get(ask(server.url()));
    ASSERT_TRUE(reply) << describe(reply.error());
    EXPECT_GE(between(server, 0, 1), 0.99);
    EXPECT_LT(between(server, 0, 1), 2);
  }
}

TEST(HttpPace, WaitsForTheReset) {
  Loopback server([](const Asked&) {
    return text("x", "X-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 1\r\n");
  });
  auto http = make_curl_http(quick(server));
  Result<HttpReply> reply = http->get(ask(server.url()));
  ASSERT_TRUE(reply);
  EXPECT_NEAR(static_cast<double>(reply->retry_at - now()), 1, 1);
  ASSERT_TRUE(http->get(ask(server.url())));
  EXPECT_GE(between(server, 0, 1), 0.99);
}

TEST(HttpPace, GivesUpLongWaits) {
  const std::pair<int, const char*> rows[] = {
      {429, "Retry-After: 1000000000\r\n"},
      {429, "Retry-After: 1e9\r\n"},
      {503, "Retry-After: Fri, 31 Dec 2099 23:59:59 GMT\r\n"},
      {403, "X-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 4102444799\r\n"},
      {429, "RateLimit: \"day\";r=0;t=86400\r\n"}};
  for (const auto& [status, headers] : rows) {
    Loopback server([&, status = status, headers = headers](const Asked&) {
      return Scripted{http_reply(status, headers, "")};
    });
    auto http = make_curl_http(quick(server));
    for (int i = 0; i < 2; ++i) {
      Result<HttpReply> reply = http->get(ask(server.url()));
      ASSERT_FALSE(reply) << headers;
      EXPECT_EQ(reply.error().code, ErrorCode::rate_limited) << headers;
      EXPECT_TRUE(contains(reply.error().message, "until 20")) << reply.error().message;
    }
    EXPECT_EQ(server.asked().size(), 1u) << "the second call knew";
  }
}

// Some sites say "not there" with another status.
TEST(HttpGone, IsKnownByTheSourcesOwnRule) {
  Loopback server([](const Asked&) -> Scripted { return {http_reply(400, "", "{\"code\":33}")}; });
  auto http = make_curl_http(quick(server));
  HttpRequest request = ask(server.url("/"));
  EXPECT_EQ(http->get(request).error().code, ErrorCode::network);
  request.is_gone = [](int status, std::string_view body) {
    return status == 400 && body.find("33") != std::string_view::npos;
  };
  EXPECT_EQ(http->get(request).error().code, ErrorCode::not_found);
}

TEST(HttpStop, StopsWithinATenth) {
  const Scripted rows[] = {{"HTTP/1.1 200 OK\r\n", 5, 60000},
                           {http_reply(429, "Retry-After: 60\r\n", "")}};
  for (const Scripted& row : rows) {
    Loopback server([&](const Asked&) { return row; });
    std::atomic<bool> stop{false};
    HttpOptions options = quick(server);
    options.total_timeout_seconds = 20;
    options.stall_timeout_seconds = 20;
    options.cancelled = [&] { return stop.load(); };
    auto http = make_curl_http(options);
    Clock::time_point stopped_at;
    std::thread stopper([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
      stopped_at = Clock::now();
      stop = true;
    });
    Result<HttpReply> reply = http->get(ask(server.url()));
    const auto ended = Clock::now();
    stopper.join();
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::partial);
    EXPECT_LT(std::chrono::duration<double>(ended - stopped_at).count(), 0.5);
  }
}

TEST(HttpThreads, ShareOneDoor) {
  Loopback server([](const Asked& asked) { return text(asked.path); });
  auto http = make_curl_http(quick(server));
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      for (int j = 0; j < 20; ++j) {
        const std::string path = "/" + std::to_string(i) + "/" + std::to_string(j);
        HttpRequest request = ask(server.url(path));
        request.requests_per_second = 1e6;
        Result<HttpReply> reply = http->get(request);
        if (reply && reply->body == path) ++right;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 160);
  EXPECT_LE(server.connections(), 4);
}

HttpRequest page(const std::string& url) {
  HttpRequest request = ask(url);
  request.request.api = false;
  return request;
}

long robots_asked(const Loopback& server) {
  const std::vector<Asked> asked = server.asked();
  return std::count_if(asked.begin(), asked.end(),
                       [](const Asked& one) { return one.path == "/robots.txt"; });
}

TEST(HttpRobots, ObeysTheFileAndAsksOnce) {
  Loopback server([](const Asked& asked) {
    if (asked.path == "/robots.txt")
      return text("User-agent: plumbline\nDisallow: /private\n\nUser-agent: *\nDisallow: /\n");
    if (asked.path == "/turn") return redirect_to("/private/2");
    return text("x");
  });
  auto http = make_curl_http(quick(server));
  EXPECT_TRUE(http->get(page(server.url("/public"))));
  Result<HttpReply> reply = http->get(page(server.url("/private/1")));
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, ErrorCode::refused);
  EXPECT_TRUE(contains(reply.error().message, "\"Disallow: /private\"")) << reply.error().message;
  EXPECT_FALSE(http->get(page(server.url("/turn")))) << "a redirect is asked about, too";
  EXPECT_TRUE(http->get(ask(server.url("/private/1")))) << "an API is no page";
  EXPECT_EQ(robots_asked(server), 1);
  const auto begin = Clock::now();
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(http->get(page(server.url("/private/1"))));
  EXPECT_LT(seconds_since(begin), 0.1) << "a millisecond each";
}

TEST(HttpRobots, AsksOnceForManyCallers) {
  Loopback server([](const Asked& asked) {
    if (asked.path != "/robots.txt") return text("x");
    Scripted slow = text("");
    slow.pause_after = 0;
    slow.pause_millis = 200;
    return slow;
  });
  auto http = make_curl_http(quick(server));
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] { EXPECT_TRUE(http->get(page(server.url("/a")))); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(robots_asked(server), 1);
}

TEST(HttpRobots, KnowsMissingFromUnreachable) {
  for (int status : {400, 401, 403, 404, 410, 429, 500, 503}) {
    Loopback server([&](const Asked& asked) {
      return asked.path == "/robots.txt" ? Scripted{http_reply(status, "", "")} : text("x");
    });
    Result<HttpReply> reply = make_curl_http(quick(server))->get(page(server.url("/a")));
    EXPECT_EQ(reply.has_value(), status < 500) << status;
    if (status < 500) continue;
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::network);
    EXPECT_TRUE(contains(reply.error().message, "robots.txt cannot be read"));
    for (const Asked& asked : server.asked()) EXPECT_EQ(asked.path, "/robots.txt");
  }
}

TEST(HttpRobots, FollowsFiveRedirects) {
  for (int redirects : {5, 6}) {
    Loopback server([&](const Asked& asked) {
      if (asked.path == "/robots.txt") return redirect_to("/" + std::to_string(redirects - 1));
      if (asked.path.size() == 2 && asked.path != "/0") return countdown(asked);
      return text("User-agent: *\nDisallow: /page\n");
    });
    Result<HttpReply> reply = make_curl_http(quick(server))->get(page(server.url("/page")));
    EXPECT_EQ(reply.has_value(), redirects == 6) << "beyond five, there is no file";
  }
}

TEST(HttpRobots, ReadsTheStartOfEndlessFiles) {
  Loopback server([](const Asked& asked) {
    std::string file = "User-agent: *\nDisallow: /page\n" + std::string(3u << 20, '#');
    return text(asked.path == "/robots.txt" ? file : "x");
  });
  auto http = make_curl_http(quick(server));
  EXPECT_FALSE(http->get(page(server.url("/page"))));
  EXPECT_TRUE(http->get(page(server.url("/other"))));
}

TEST(HttpRobots, SlowsDownByCrawlDelay) {
  Loopback server([](const Asked&) { return text("User-agent: *\nCrawl-delay: 0.4\n"); });
  auto http = make_curl_http(quick(server));
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(http->get(page(server.url("/a"))));
  EXPECT_GE(between(server, 1, 2), 0.38);
}

}  // namespace
}  // namespace plumbline
