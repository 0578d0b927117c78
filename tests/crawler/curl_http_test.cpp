// The door to the network against a server that misbehaves in every way it can.
#include "crawler/curl_http.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <zlib.h>

#include <algorithm>

#include "base/time.h"
#include "tests/crawler/loopback.h"

namespace plumbline {
namespace {

std::string gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, static_cast<uLong>(text.size())) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

Result<HttpReply> get(const std::string& wire, const HttpOptions* given = nullptr) {
  Loopback server([&](const Asked&) { return Scripted{wire, -1, 0, 0, true}; });
  HttpOptions options = given ? *given : HttpOptions{};
  if (!given) options = quick(server);
  options.private_hosts = {server.place()};
  return make_curl_http(options)->get(ask(server.url()));
}

std::string times(int status) { return http_reply(status, "", ""); }

TEST(CurlHttp, GivesBodyAndHeaders) {
  Result<HttpReply> reply = get(http_reply(200,
                                           "Content-Type: text/x; charset=utf-8\r\nETag: \"a\"\r\n"
                                           "Last-Modified: Sun, 22 Nov 2026 08:00:00 GMT\r\n"
                                           "Link: <a>; rel=next\r\nLink: <b>; rel=prev\r\n",
                                           "hello"));
  ASSERT_TRUE(reply) << describe(reply.error());
  EXPECT_EQ(reply->status, 200);
  EXPECT_EQ(reply->body, "hello");
  EXPECT_EQ(reply->content_type, "text/x; charset=utf-8");
  EXPECT_EQ(reply->validators.etag, "\"a\"");
  EXPECT_EQ(reply->validators.last_modified, "Sun, 22 Nov 2026 08:00:00 GMT");
  EXPECT_EQ(reply->link, "<a>; rel=next, <b>; rel=prev");
  EXPECT_EQ(reply->retry_at, kNoTime);
}

TEST(CurlHttp, PostsABodyAndNeverTakesItElsewhere) {
  Loopback server([](const Asked& asked) {
    const bool turn = asked.path == "/turn";
    return Scripted{turn ? http_reply(302, "Location: /other\r\n", "") : http_reply(200, "", "in"),
                    -1, 0, 0, true};
  });
  auto http = make_curl_http(quick(server));
  HttpRequest request = ask(server.url("/log-in"));
  request.request.body = "{\"password\":\"x\"}";
  request.request.headers = {{"Content-Type", "application/json"}};
  const auto reply = http->get(request);
  ASSERT_TRUE(reply) << describe(reply.error());
  EXPECT_EQ(reply->body, "in");
  ASSERT_EQ(server.asked().size(), 1u);
  EXPECT_EQ(server.asked()[0].head.substr(0, 13), "POST /log-in ");
  EXPECT_NE(server.asked()[0].head.find("Content-Type: application/json"), std::string::npos);
  request.request.url = server.url("/turn");
  const auto turned = http->get(request);
  ASSERT_FALSE(turned);
  EXPECT_EQ(turned.error().code, ErrorCode::network);
  EXPECT_EQ(server.asked().size(), 2u);
}

TEST(CurlHttp, AsksTheSourceWhetherAReplyMeansAPause) {
  Loopback server([](const Asked&) {
    return Scripted{http_reply(400, "", "{\"error\":\"rate_limit_error\"}"), -1, 0, 0, true};
  });
  HttpRequest request = ask(server.url());
  request.told_to_wait = [](int status, std::string_view body) -> std::int64_t {
    return status == 400 && body.find("rate_limit") != std::string_view::npos ? 600 : 0;
  };
  const auto reply = make_curl_http(quick(server))->get(request);
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, ErrorCode::rate_limited);
  EXPECT_EQ(server.asked().size(), 1u);
}

TEST(CurlHttp, APauseThatABodyAskedForIsKept) {
  Loopback server([](const Asked&) { return Scripted{http_reply(200, "", "x")}; });
  auto http = make_curl_http(quick(server));
  const auto begin = Clock::now();
  http->pause(server.url(), 1);
  ASSERT_TRUE(http->get(ask(server.url())));
  EXPECT_GE(seconds_since(begin), 0.95);
}

TEST(CurlHttp, ReusesConnections) {
  Loopback server([](const Asked&) { return Scripted{http_reply(200, "", "x")}; });
  auto http = make_curl_http(quick(server));
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(http->get(ask(server.url())));
  EXPECT_EQ(server.asked().size(), 5u);
  EXPECT_EQ(server.connections(), 1);
}

TEST(CurlHttp, UnpacksGzip) {
  std::string text(100000, 'a');
  Result<HttpReply> reply = get(http_reply(200, "Content-Encoding: gzip\r\n", gzip(text)));
  ASSERT_TRUE(reply) << describe(reply.error());
  EXPECT_EQ(reply->body, text);
  reply = get(http_reply(200, "Content-Encoding: x-gzip\r\n", gzip("one") + gzip("two")));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->body, "onetwo");
}

TEST(CurlHttp, StopsGzipBombs) {
  std::string bomb = gzip(std::string(40u << 20, '\0'));
  HttpOptions options;
  options.most_decoded_bytes = 1u << 20;
  rusage before{}, after{};
  getrusage(RUSAGE_SELF, &before);
  Result<HttpReply> reply = get(http_reply(200, "Content-Encoding: gzip\r\n", bomb), &options);
  getrusage(RUSAGE_SELF, &after);
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, ErrorCode::network);
  EXPECT_NE(reply.error().message.find("larger than 1 MiB"), std::string::npos)
      << reply.error().message;
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 64 << 10);
}

TEST(CurlHttp, CapsPlainBodies) {
  HttpOptions options;
  options.most_decoded_bytes = 1000;
  EXPECT_TRUE(get(http_reply(200, "", std::string(1000, 'x')), &options));
  Result<HttpReply> reply = get(http_reply(200, "", std::string(1001, 'x')), &options);
  ASSERT_FALSE(reply);
  EXPECT_NE(reply.error().message.find("larger"), std::string::npos);
}

TEST(CurlHttp, CapsHeaders) {
  const std::string line = "X-Filler: " + std::string(1000, 'x') + "\r\n";
  std::string many;
  for (int i = 0; i < 400; ++i) many += line;
  const std::string one = "X-Filler: " + std::string(2u << 20, 'x') + "\r\n";
  for (const std::string& headers : {many, one}) {
    Result<HttpReply> reply = get(http_reply(200, headers, "x"));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::network);
    EXPECT_NE(reply.error().message.find("headers are larger"), std::string::npos)
        << reply.error().message;
  }
}

TEST(CurlHttp, NeverTakesCutBodies) {
  std::string packed = gzip("some text that is long enough to be cut in the middle");
  const std::string half = packed.substr(0, packed.size() / 2);
  const std::string rows[] = {
      "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\nonly this",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nonly\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nonly\r\n",
      http_reply(200, "Content-Encoding: gzip\r\n", half),
      http_reply(200, "Content-Encoding: gzip\r\n", packed.substr(0, packed.size() - 1)),
      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n" + half,
      "HTTP/1.1 200 OK\r\nContent-Le",
      ""};
  for (const std::string& wire : rows) {
    Result<HttpReply> reply = get(wire);
    ASSERT_FALSE(reply) << wire;
    EXPECT_EQ(reply.error().code, ErrorCode::network) << wire;
    EXPECT_NE(reply.error().message.find("broke off"), std::string::npos) << reply.error().message;
  }
}

TEST(CurlHttp, RefusesWrongEncodings) {
  std::string bad_sum = gzip("text");
  bad_sum[bad_sum.size() - 6] ^= 1;
  const std::string rows[] = {http_reply(200, "Content-Encoding: gzip\r\n", "plain text"),
                              http_reply(200, "Content-Encoding: br\r\n", "plain text"),
                              http_reply(200, "Content-Encoding: gzip\r\n", bad_sum)};
  for (const std::string& wire : rows) {
    Result<HttpReply> reply = get(wire);
    ASSERT_FALSE(reply);
    EXPECT_NE(reply.error().message.find("encoding"), std::string::npos) << reply.error().message;
  }
}

TEST(CurlHttp, RefusesWhatIsNotHttp) {
  Result<HttpReply> reply = get("220 mail.example ESMTP\r\n");
  ASSERT_FALSE(reply);
  EXPECT_NE(reply.error().message.find("not in HTTP"), std::string::npos) << reply.error().message;
  for (const char* url : {"file:///etc/passwd", "gopher://h/", "", "https://"}) {
    HttpOptions options;
    options.attempts = 1;
    Result<HttpReply> refused = make_curl_http(options)->get(ask(url));
    ASSERT_FALSE(refused) << url;
    EXPECT_EQ(refused.error().code, ErrorCode::invalid) << url << describe(refused.error());
  }
}

TEST(CurlHttp, EndsSlowReplies) {
  const std::string ok = http_reply(200, "", std::string(50, 'x'));
  const int head = static_cast<int>(ok.size()) - 50;
  const Scripted rows[] = {{ok, 10, 60000},         // within the headers
                           {ok, head + 25, 60000},  // at half of the body
                           {ok, head, 0, 500},      // two bytes a second
                           {ok, 0, 60000}};         // nothing at all
  for (const Scripted& row : rows) {
    Loopback server([&](const Asked&) { return row; });
    HttpOptions options = quick(server);
    options.attempts = 1;
    options.total_timeout_seconds = 1.2;
    const auto begin = Clock::now();
    Result<HttpReply> reply = make_curl_http(options)->get(ask(server.url()));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::network);
    EXPECT_NE(reply.error().message.find("took too long"), std::string::npos)
        << reply.error().message;
    EXPECT_LT(seconds_since(begin), 2.2);
  }
}

TEST(CurlHttp, AllAttemptsShareOneLimit) {
  // Cut off while it drips: each attempt would have got most of the time for itself.
  Loopback server([&](const Asked& asked) {
    Scripted reply{http_reply(200, "", std::string(40, 'x')), 20, 700};
    if (asked.connection > 1) reply.pause_millis = 60000;
    reply.bytes.resize(reply.bytes.size() - 1);
    reply.close = true;
    return reply;
  });
  HttpOptions options = quick(server);
  options.total_timeout_seconds = 1.5;
  options.stall_timeout_seconds = 20;
  const auto begin = Clock::now();
  EXPECT_FALSE(make_curl_http(options)->get(ask(server.url())));
  EXPECT_EQ(server.asked().size(), 2u);
  EXPECT_GT(seconds_since(begin), 1.4);
  EXPECT_LT(seconds_since(begin), 2.1);
}

TEST(CurlHttp, EndsStalls) {
  const std::string ok = http_reply(200, "", std::string(50, 'x'));
  Loopback server([&](const Asked&) {
    return Scripted{ok, static_cast<int>(ok.size()) - 25, 60000};
  });
  HttpOptions options = quick(server);
  options.attempts = 1;
  options.total_timeout_seconds = 20;
  const auto begin = Clock::now();
  EXPECT_FALSE(make_curl_http(options)->get(ask(server.url())));
  EXPECT_LT(seconds_since(begin), 4);
}

TEST(CurlHttp, SaysWhatStatusesMean) {
  struct Row {
    int status;
    ErrorCode code;
    std::size_t asked;
    const char* says;
  };
  const Row rows[] = {{400, ErrorCode::network, 1, "400"},
                      {401, ErrorCode::denied, 1, "check the token"},
                      {403, ErrorCode::denied, 1, "check the token"},
                      {404, ErrorCode::not_found, 1, "nothing at this address"},
                      {410, ErrorCode::not_found, 1, "nothing at this address"},
                      {304, ErrorCode::network, 1, "304"},
                      {418, ErrorCode::network, 1, "418"},
                      {429, ErrorCode::rate_limited, 3, "pause"},
                      {500, ErrorCode::network, 3, "out of order"},
                      {501, ErrorCode::network, 1, "501"},
                      {503, ErrorCode::network, 3, "pause"},
                      {302, ErrorCode::network, 1, "where"}};
  for (const Row& row : rows) {
    Loopback server([&](const Asked&) { return Scripted{times(row.status)}; });
    Result<HttpReply> reply = make_curl_http(quick(server))->get(ask(server.url("/a?key=b")));
    ASSERT_FALSE(reply) << row.status;
    EXPECT_EQ(reply.error().code, row.code) << row.status;
    EXPECT_EQ(server.asked().size(), row.asked) << row.status;
    EXPECT_NE(reply.error().message.find(row.says), std::string::npos) << reply.error().message;
    EXPECT_EQ(reply.error().where, server.url("/a"));
  }
}

TEST(CurlHttp, TakesEmptyBodies) {
  for (int status : {200, 204}) {
    Result<HttpReply> reply = get(times(status));
    ASSERT_TRUE(reply) << status;
    EXPECT_EQ(reply->status, status);
    EXPECT_TRUE(reply->body.empty());
  }
  EXPECT_TRUE(get(http_reply(200, "Content-Encoding: gzip\r\n", "")));
}

TEST(CurlHttp, TriesAgainAfterShortFaults) {
  for (const std::string& first :
       {times(503), times(500), times(429),
        std::string("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx"), std::string()}) {
    std::atomic<int> count{0};
    Loopback server([&](const Asked&) {
      return ++count < 3 ? Scripted{first, -1, 0, 0, true} : Scripted{http_reply(200, "", "ok")};
    });
    Result<HttpReply> reply = make_curl_http(quick(server))->get(ask(server.url()));
    ASSERT_TRUE(reply) << first << describe(reply.error());
    EXPECT_EQ(reply->body, "ok");
  }
}

TEST(CurlHttp, SaysNothingAnswers) {
  int port = 0;
  {
    Loopback gone([](const Asked&) { return Scripted{}; });
    port = gone.port();
  }
  HttpOptions options;
  options.private_hosts = {"127.0.0.1"};
  options.first_backoff_seconds = 0.01;
  auto reply = make_curl_http(options)->get(ask("http://127.0.0.1:" + std::to_string(port) + "/"));
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, ErrorCode::network);
  EXPECT_NE(reply.error().message.find("nothing answers"), std::string::npos);
}

TEST(CurlHttp, AsksWhetherItChanged) {
  Loopback server([](const Asked& asked) {
    bool known = asked.head.find("If-None-Match: \"v1\"\r\n") != std::string::npos &&
                 asked.head.find("If-Modified-Since: Sun, 22 Nov 2026") != std::string::npos;
    return Scripted{known ? "HTTP/1.1 304 X\r\nETag: \"v1\"\r\n\r\n"
                          : http_reply(200, "ETag: \"v1\"\r\n", "new")};
  });
  auto http = make_curl_http(quick(server));
  HttpRequest request = ask(server.url());
  Result<HttpReply> reply = http->get(request);
  ASSERT_TRUE(reply);
  request.validators = reply->validators;
  request.validators.last_modified = "Sun, 22 Nov 2026 08:00:00 GMT";
  reply = http->get(request);
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 304);
  EXPECT_TRUE(reply->body.empty());
  EXPECT_EQ(reply->validators.etag, "\"v1\"");
}

TEST(CurlHttp, KeepsNoCookies) {
  std::string flood;
  for (int i = 0; i < 200; ++i) flood += "Set-Cookie: c" + std::to_string(i) + "=v; Path=/\r\n";
  Loopback server([&](const Asked&) { return Scripted{http_reply(200, flood, "x")}; });
  auto http = make_curl_http(quick(server));
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(http->get(ask(server.url())));
  for (const Asked& asked : server.asked()) {
    EXPECT_EQ(asked.head.find("Cookie"), std::string::npos);
    EXPECT_NE(asked.head.find("User-Agent: Plumbline/0.1 (test)\r\n"), std::string::npos);
    EXPECT_NE(asked.head.find("Accept-Encoding: gzip\r\n"), std::string::npos);
  }
}

TEST(CurlHttp, RefusesHeadersWithLineBreaks) {
  Loopback server([](const Asked&) { return Scripted{times(200)}; });
  HttpRequest request = ask(server.url());
  request.request.headers = {{"Authorization", "Bearer x\r\nX-Other: y"}};
  Result<HttpReply> reply = make_curl_http(quick(server))->get(request);
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, ErrorCode::invalid);
  EXPECT_EQ(reply.error().message.find("Bearer"), std::string::npos);
  EXPECT_TRUE(server.asked().empty());
}

}  // namespace
}  // namespace plumbline
