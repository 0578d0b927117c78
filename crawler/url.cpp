#include "crawler/url.h"

#include <vector>

#include "base/text.h"

namespace plumbline {
namespace {

// The five parts of RFC 3986, appendix B. Views into the address.
struct Parts {
  std::string_view scheme, authority, path, query, fragment;
  bool has_authority = false;
  bool has_query = false;
  bool has_fragment = false;
};

std::size_t scheme_length(std::string_view url) {
  if (url.empty() || !is_letter(url[0])) return 0;
  for (std::size_t i = 1; i < url.size(); ++i) {
    char c = url[i];
    if (c == ':') return i;
    if (!is_letter(c) && !is_digit(c) && c != '+' && c != '-' && c != '.') return 0;
  }
  return 0;
}

Parts take_apart(std::string_view url) {
  Parts parts;
  if (std::size_t at = url.find('#'); at != std::string_view::npos) {
    parts.fragment = url.substr(at + 1);
    parts.has_fragment = true;
    url = url.substr(0, at);
  }
  if (std::size_t length = scheme_length(url); length > 0) {
    parts.scheme = url.substr(0, length);
    url.remove_prefix(length + 1);
  }
  if (std::size_t at = url.find('?'); at != std::string_view::npos) {
    parts.query = url.substr(at + 1);
    parts.has_query = true;
    url = url.substr(0, at);
  }
  if (url.substr(0, 2) == "//") {
    std::size_t slash = url.find('/', 2);
    parts.authority = url.substr(2, slash == std::string_view::npos ? slash : slash - 2);
    parts.has_authority = true;
    url = slash == std::string_view::npos ? std::string_view() : url.substr(slash);
  }
  parts.path = url;
  return parts;
}

// RFC 3986, 5.2.4.
std::string remove_dot_segments(std::string_view path) {
  bool absolute = !path.empty() && path[0] == '/';
  if (absolute) path.remove_prefix(1);
  std::vector<std::string_view> kept;
  bool directory = false;
  for (std::string_view segment : split(path, '/')) {
    directory = segment == "." || segment == "..";
    if (segment == "..") {
      if (!kept.empty()) kept.pop_back();
    } else if (segment != ".") {
      kept.push_back(segment);
    }
  }
  std::string out = absolute ? "/" : "";
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (i > 0) out += '/';
    out += kept[i];
  }
  if (directory && !kept.empty()) out += '/';
  return out;
}

std::string merge_paths(const Parts& base, std::string_view path) {
  if (base.has_authority && base.path.empty()) return "/" + std::string(path);
  std::size_t slash = base.path.rfind('/');
  if (slash == std::string_view::npos) return std::string(path);
  return std::string(base.path.substr(0, slash + 1)) + std::string(path);
}

std::string_view without_user(std::string_view authority) {
  std::size_t at = authority.rfind('@');
  return at == std::string_view::npos ? authority : authority.substr(at + 1);
}

// Splits at commas and semicolons that stand outside of quotes and angle brackets.
std::vector<std::string_view> split_header(std::string_view header, char separator) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  bool quoted = false;
  bool angled = false;
  for (std::size_t i = 0; i < header.size(); ++i) {
    char c = header[i];
    if (c == '"' && !angled) quoted = !quoted;
    if (c == '<' && !quoted) angled = true;
    if (c == '>' && !quoted) angled = false;
    if (c != separator || quoted || angled) continue;
    out.push_back(header.substr(begin, i - begin));
    begin = i + 1;
  }
  out.push_back(header.substr(begin));
  return out;
}

// The value of `name=value` or `name="value"`; empty if the parameter has another name.
std::string_view parameter(std::string_view text, std::string_view name) {
  std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return {};
  if (!iequals_ascii(trim(text.substr(0, equals)), name)) return {};
  std::string_view value = trim(text.substr(equals + 1));
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
    value = value.substr(1, value.size() - 2);
  }
  return value;
}

}  // namespace

std::string percent_encode(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (char c : text) {
    if (is_letter(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      out += c;
      continue;
    }
    auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  }
  return out;
}

std::string percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      int high = hex_value(text[i + 1]);
      int low = hex_value(text[i + 2]);
      if (high >= 0 && low >= 0) {
        out += static_cast<char>(high * 16 + low);
        i += 2;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

std::string resolve_url(std::string_view base_url, std::string_view reference) {
  reference = trim(reference);
  Parts target = take_apart(reference);
  if (!target.scheme.empty() || base_url.empty()) return std::string(reference);
  Parts base = take_apart(trim(base_url));
  if (base.scheme.empty()) return std::string(reference);
  std::string path;
  if (target.has_authority) {
    path = remove_dot_segments(target.path);
  } else {
    target.authority = base.authority;
    target.has_authority = base.has_authority;
    if (target.path.empty()) {
      path = base.path;
      if (!target.has_query) {
        target.query = base.query;
        target.has_query = base.has_query;
      }
    } else if (target.path[0] == '/') {
      path = remove_dot_segments(target.path);
    } else {
      path = remove_dot_segments(merge_paths(base, target.path));
    }
  }
  std::string out = std::string(base.scheme) + ":";
  if (target.has_authority) out += "//" + std::string(target.authority);
  out += path;
  if (target.has_query) out += "?" + std::string(target.query);
  if (target.has_fragment) out += "#" + std::string(target.fragment);
  return out;
}

bool is_web_url(std::string_view url) {
  Parts parts = take_apart(url);
  bool web = iequals_ascii(parts.scheme, "http") || iequals_ascii(parts.scheme, "https");
  return web && !without_user(parts.authority).empty();
}

std::string host_of(std::string_view url) {
  std::string_view host = without_user(take_apart(url).authority);
  std::size_t bracket = host.find(']');
  std::size_t colon = host.find(':', bracket == std::string_view::npos ? 0 : bracket);
  return ascii_lower(host.substr(0, colon));
}

std::string origin_of(std::string_view url) {
  if (!is_web_url(url)) return {};
  Parts parts = take_apart(url);
  return ascii_lower(parts.scheme) + "://" + ascii_lower(without_user(parts.authority));
}

std::string below(std::string_view base, std::string_view path) {
  base = trim(base);
  base = base.substr(0, base.find_first_of("?#"));
  while (!base.empty() && base.back() == '/') base.remove_suffix(1);
  std::string out(base);
  if (path.empty() || path[0] != '/') out += '/';
  out += path;
  return out;
}

std::string query_parameter(std::string_view url, std::string_view key) {
  for (std::string_view pair : split(take_apart(url).query, '&')) {
    std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || percent_decode(pair.substr(0, equals)) != key) continue;
    return percent_decode(pair.substr(equals + 1));
  }
  return {};
}

std::string link_target(std::string_view link_header, std::string_view relation) {
  for (std::string_view link : split_header(link_header, ',')) {
    std::vector<std::string_view> pieces = split_header(link, ';');
    std::string_view target = trim(pieces[0]);
    if (target.size() < 2 || target.front() != '<' || target.back() != '>') continue;
    for (std::size_t i = 1; i < pieces.size(); ++i) {
      for (std::string_view value : split(parameter(pieces[i], "rel"), ' ')) {
        if (!iequals_ascii(value, relation) || value.empty()) continue;
        return std::string(trim(target.substr(1, target.size() - 2)));
      }
    }
  }
  return {};
}

std::string charset_of(std::string_view content_type) {
  for (std::string_view piece : split_header(content_type, ';')) {
    std::string_view value = parameter(piece, "charset");
    if (!value.empty()) return ascii_lower(value);
  }
  return {};
}

namespace {

std::string page_of(std::string_view url) {
  url = url.substr(0, url.find('#'));
  const auto slashes = url.find("://");
  if (slashes == std::string_view::npos) return {};
  const std::size_t end = std::min(url.find_first_of("/?", slashes + 3), url.size());
  std::string place = host_of(url);
  if (place.substr(0, 4) == "www.") place.erase(0, 4);
  const std::string origin = origin_of(url);
  const auto colon = origin.find(':', 6);
  if (colon != std::string::npos && origin.find(']', colon) == std::string::npos) {
    const std::string port = origin.substr(colon);
    if (port != ":80" && port != ":443") place += port;
  }
  std::string path(url.substr(end));
  while (!path.empty() && path.back() == '/') path.pop_back();
  return place + path;
}

}  // namespace

bool same_page(std::string_view a, std::string_view b) {
  const std::string page = page_of(a);
  return !page.empty() && page == page_of(b);
}

}  // namespace plumbline
