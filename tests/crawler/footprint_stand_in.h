// Every site of data/sites/sites.json as it answers for a name that exists and for one that does
// not, and the many ways in which sites answer neither. The replies stand in
// tests/outside/footprint_replies.json and are read by the server of tests/outside too.
#pragma once

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "crawler/probe.h"
#include "crawler/probe_facts.h"
#include "crawler/url.h"

namespace plumbline {

inline std::string file_of_tree(const std::string& path) {
  std::ifstream in(std::string(PLUMBLINE_SOURCE_DIR) + "/" + path);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

class FootprintStandIn {
 public:
  FootprintStandIn()
      : replies_(
            nlohmann::ordered_json::parse(file_of_tree("tests/outside/footprint_replies.json"))) {}

  // "found", "missing" or "actor"; {base} is filled in too.
  HttpReply reply(const std::string& site, const std::string& kind, const ProbeName& name,
                  const std::string& base = "https://stand-in.example") const {
    const auto& from = replies_.at(site).at(kind);
    HttpReply out;
    out.status = from.at("status").get<int>();
    out.content_type = from.at("type").get<std::string>();
    std::string body =
        from.contains("text") ? from.at("text").get<std::string>() : from.at("body").dump();
    for (auto at = body.find("{base}"); at != std::string::npos; at = body.find("{base}"))
      body.replace(at, 6, base);
    out.body = fill_in(body, name, false);
    return out;
  }

  static std::vector<std::string> traps() {
    return {"not-found page", "search page",       "home",         "login",
            "consent",        "cloudflare",        "too often",    "javascript",
            "empty object",   "profile as 404",    "error object", "endless redirect",
            "no body",        "other user",        "nearest user", "name in the title",
            "out of order",   "half a profile",    "empty list",   "default user",
            "bytes",          "missing and found", "captcha",      "log-in wall"};
  }

  HttpReply trap(const std::string& kind, const ProbeSite& site, const ProbeName& name) const {
    const std::string& who = name.local;
    const auto page = [](int status, const std::string& body) {
      HttpReply out;
      out.status = status;
      out.content_type = "text/html; charset=utf-8";
      out.body = "<!doctype html><html>" + body + "</html>";
      return out;
    };
    const auto leads = [&](const std::string& to) {
      HttpReply out = page(302, "");
      out.redirect = to;
      return out;
    };
    const auto json = [](int status, const std::string& body) {
      HttpReply out;
      out.status = status;
      out.content_type = "application/json";
      out.body = body;
      return out;
    };
    const auto profile_of = [&](const std::string& local) {
      ProbeName other = name;
      other.local = local;
      other.whole = name.host.empty() ? local : local + "@" + name.host;
      return reply(site.name, "found", other);
    };
    HttpReply out = reply(site.name, "found", name);
    if (kind == "not-found page")
      return page(200, "<title>" + who + "</title><h1>Sorry, this page does not exist</h1>");
    if (kind == "search page")
      return page(200, "<h1>Results for " + who + "</h1><a href='/" + who + "'>@" + who + "</a>");
    if (kind == "home") return leads("https://site.example/");
    if (kind == "login") return leads("https://site.example/login?next=%2F" + who);
    if (kind == "consent") return leads("https://consent.site.example/m?continue=" + who);
    if (kind == "cloudflare") {
      out = page(403, "<title>Just a moment...</title>");
      out.challenge.cloudflare = "challenge";
    } else if (kind == "too often") {
      out = json(429, R"({"message":"slow down"})");
    } else if (kind == "javascript") {
      out = page(200, "<noscript>Enable JavaScript and cookies to continue</noscript>" + who);
    } else if (kind == "empty object") {
      out = json(200, "{}");
    } else if (kind == "profile as 404") {
      out.status = 404;
    } else if (kind == "error object") {
      out = json(200, R"({"error":{"code":404,"message":"no such user"},"name":")" + who + "\"}");
    } else if (kind == "endless redirect") {
      out = leads("https://site.example/" + who);
    } else if (kind == "no body") {
      out = json(200, "");
    } else if (kind == "other user") {
      out = profile_of("somebodyelse");
    } else if (kind == "nearest user") {
      out = profile_of(who + "s");
    } else if (kind == "name in the title") {
      out = page(200, "<title>" + who + " (@" + who + ") | profile</title><h1>" + who +
                          "</h1><meta property='og:title' content='" + who + "'>");
    } else if (kind == "out of order") {
      out = page(503, "<h1>Service unavailable</h1>");
    } else if (kind == "half a profile") {
      out.body.resize(out.body.size() / 2);
    } else if (kind == "empty list") {
      out = json(200, "[]");
    } else if (kind == "default user") {
      out = profile_of("undefined");
    } else if (kind == "bytes") {
      out.body = std::string("\x1f\x8b\x00\xff", 4) + who;
    } else if (kind == "missing and found") {
      const HttpReply missing = reply(site.name, "missing", name);
      out.body += missing.body;
      out.status = missing.status;
    } else if (kind == "captcha") {
      out = page(200, out.body + "<div class=\"g-recaptcha\"></div>" + who);
    } else if (kind == "log-in wall") {
      out.status = 999;
    }
    return out;
  }

  // The name that an address asks for, by the site's path: "" where it is not of that shape.
  static std::string asked_name(const ProbeSite& site, const std::string& url) {
    const bool in_host = site.path.find('{') == std::string::npos;
    const std::string& shape = in_host ? site.url : site.path;
    const std::size_t open = shape.find('{');
    std::string before = shape.substr(0, open);
    if (in_host) before = "://";
    const std::size_t scheme = url.find("://");
    std::size_t at = url.find(before, in_host || scheme == std::string::npos ? 0 : scheme + 3);
    if (at == std::string::npos) return {};
    at += before.size();
    std::size_t end = url.find_first_of(in_host ? "./" : "&?/", at);
    std::string name = url.substr(at, end == std::string::npos ? end : end - at);
    if (site.name == "hackernews" && name.size() > 5) name.resize(name.size() - 5);
    return percent_decode(name);
  }

 private:
  nlohmann::ordered_json replies_;
};

}  // namespace plumbline
