#include "crawler/robots.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "base/text.h"

namespace plumbline {
namespace {

constexpr std::size_t kMostRobots = 1u << 20;
constexpr std::size_t kMostShown = 200;  // bytes of a rule kept for messages
constexpr double kLongestDelay = 30;

bool is_unreserved(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

void append_encoded(std::string& out, unsigned char byte) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  out += '%';
  out += kHex[byte >> 4];
  out += kHex[byte & 15];
}

// One spelling for all that mean the same: unreserved characters plain, other bytes as %XX in upper
// case. In a query : / ? @ mean nothing, so there they are plain too. An address has no wildcards,
// so its own `*` and `$` are encoded; in a pattern `*` stays and `$` is encoded where it is a
// letter like any other.
std::string one_spelling(std::string_view text, bool is_pattern) {
  std::string out;
  out.reserve(text.size());
  bool in_query = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
        hex_value(text[i + 2]) >= 0) {
      byte = static_cast<unsigned char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
      const bool plain = is_unreserved(byte) ||
                         (in_query && (byte == ':' || byte == '/' || byte == '?' || byte == '@'));
      if (plain) {
        out += static_cast<char>(byte);
      } else {
        append_encoded(out, byte);
      }
      continue;
    }
    if (byte == '?') in_query = true;
    if (byte <= ' ' || byte >= 0x7f || byte == '$' || (byte == '*' && !is_pattern)) {
      append_encoded(out, byte);
    } else if (byte != '*' || out.empty() || out.back() != '*') {
      out += static_cast<char>(byte);
    }
  }
  return out;
}

// Leftmost pieces are enough: if any way to place them exists, the earliest one leaves most room.
bool matches(const RobotsRule& rule, std::string_view path) {
  const std::string_view pattern = rule.pattern;
  std::size_t star = pattern.find('*');
  if (path.substr(0, std::min(star, pattern.size())) != pattern.substr(0, star)) return false;
  if (star == std::string_view::npos) return !rule.to_end || path.size() == pattern.size();
  std::size_t at = star;
  for (;;) {
    const std::size_t begin = star + 1;
    star = pattern.find('*', begin);
    const std::string_view piece = pattern.substr(begin, star - begin);
    if (star == std::string_view::npos && rule.to_end) {
      return path.size() >= at + piece.size() && path.substr(path.size() - piece.size()) == piece;
    }
    const std::size_t found = path.find(piece, at);
    if (found == std::string_view::npos) return false;
    if (star == std::string_view::npos) return true;
    at = found + piece.size();
  }
}

// The lines of a file, ended by CR, LF or CRLF.
std::string_view next_line(std::string_view& body) {
  const std::size_t end = std::min(body.find_first_of("\r\n"), body.size());
  std::string_view line = body.substr(0, end);
  body.remove_prefix(std::min(end + 1, body.size()));
  return line;
}

class Reader {
 public:
  void line(std::string_view text) {
    text = trim(text.substr(0, text.find('#')));
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return;
    const std::string_view key = trim(text.substr(0, colon));
    const std::string_view value = trim(text.substr(colon + 1));
    if (iequals_ascii(key, "user-agent")) {
      agent(value);
    } else if (iequals_ascii(key, "allow") || iequals_ascii(key, "disallow")) {
      rule(text, value, iequals_ascii(key, "allow"));
    } else if (iequals_ascii(key, "crawl-delay")) {
      delay(value);
    }
  }

  Robots finish() {
    for (auto& [name, group] : robots_.groups) {
      auto longer = [](const RobotsRule& a, const RobotsRule& b) {
        const std::size_t a_size = a.pattern.size() + a.to_end;
        const std::size_t b_size = b.pattern.size() + b.to_end;
        return a_size != b_size ? a_size > b_size : a.allow && !b.allow;
      };
      std::stable_sort(group.rules.begin(), group.rules.end(), longer);
    }
    return std::move(robots_);
  }

 private:
  void agent(std::string_view value) {
    if (had_rules_) agents_.clear();
    had_rules_ = false;
    std::string token = value.substr(0, 1) == "*" ? "*" : product_token(value);
    if (token.empty()) return;
    robots_.groups[token];
    agents_.insert(std::move(token));
  }

  void rule(std::string_view text, std::string_view value, bool allow) {
    had_rules_ = true;
    if (value.empty() || agents_.empty()) return;
    RobotsRule made;
    made.line = clean_utf8(text.substr(0, kMostShown));
    made.allow = allow;
    made.to_end = value.back() == '$';
    if (made.to_end) value.remove_suffix(1);
    made.pattern = one_spelling(value, true);
    for (const std::string& agent : agents_) robots_.groups[agent].rules.push_back(made);
  }

  void delay(std::string_view value) {
    double seconds = 0;
    if (std::from_chars(value.data(), value.data() + value.size(), seconds).ec != std::errc()) {
      return;
    }
    if (!(seconds > 0)) return;
    for (const std::string& agent : agents_) {
      double& kept = robots_.groups[agent].crawl_delay;
      kept = std::max(kept, std::min(seconds, kLongestDelay));
    }
  }

  Robots robots_;
  std::set<std::string> agents_;
  bool had_rules_ = false;
};

}  // namespace

Robots parse_robots(std::string_view body) {
  if (body.size() > kMostRobots) {
    body = body.substr(0, kMostRobots);
    body = body.substr(0, body.find_last_of("\r\n") + 1);
  }
  if (body.substr(0, 3) == "\xEF\xBB\xBF") body.remove_prefix(3);
  Reader reader;
  while (!body.empty()) reader.line(next_line(body));
  return reader.finish();
}

std::string product_token(std::string_view agent) {
  agent = trim(agent);
  std::size_t end = 0;
  while (end < agent.size() && is_unreserved(static_cast<unsigned char>(agent[end])) &&
         agent[end] != '.' && agent[end] != '~') {
    ++end;
  }
  return ascii_lower(agent.substr(0, end));
}

const RobotsGroup* group_for(const Robots& robots, std::string_view agent) {
  auto found = robots.groups.find(product_token(agent));
  if (found == robots.groups.end()) found = robots.groups.find("*");
  return found == robots.groups.end() ? nullptr : &found->second;
}

RobotsVerdict verdict(const Robots& robots, std::string_view agent, std::string_view path) {
  path = path.substr(0, path.find('#'));
  const RobotsGroup* group = group_for(robots, agent);
  if (group == nullptr || path == "/robots.txt") return {};
  const std::string spelled = one_spelling(path.empty() ? "/" : path, false);
  for (const RobotsRule& rule : group->rules) {
    if (matches(rule, spelled)) return {rule.allow, rule.line};
  }
  return {};
}

bool allowed(const Robots& robots, std::string_view agent, std::string_view path) {
  return verdict(robots, agent, path).allowed;
}

}  // namespace plumbline
