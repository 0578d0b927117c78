#include "crawler/html_scan.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace plumbline {
namespace {

constexpr std::size_t kMostHtml = 1u << 20;
constexpr std::size_t kMostLevels = 512;
constexpr std::size_t kMostAttributes = 256;
constexpr std::size_t kMostCopies = 200000;    // elements that unclosed formatting makes again
constexpr std::size_t kMostSteps = 16u << 20;  // sum of depths over all tags

template <std::size_t N>
bool one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 9> kRaw = {
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"};
constexpr std::array<std::string_view, 14> kFormatting = {
    "a",    "b", "big",   "code",   "em",     "font", "i",
    "nobr", "s", "small", "strike", "strong", "tt",   "u"};
constexpr std::array<std::string_view, 17> kVoid = {
    "area",  "base", "basefont", "bgsound", "br",    "col",    "embed", "hr",   "img",
    "input", "link", "meta",     "param",   "track", "source", "wbr",   "frame"};
constexpr std::array<std::string_view, 8> kImplied = {"dd",       "dt", "li", "option",
                                                      "optgroup", "p",  "rp", "rt"};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }

std::size_t skip_space(std::string_view html, std::size_t at) {
  while (at < html.size() && is_space(html[at])) ++at;
  return at;
}

void keep_attribute(std::string_view name, std::string_view value, HtmlTag& tag) {
  ++tag.attributes;
  if (iequals_ascii(name, "alt")) tag.alt = value;
  if (iequals_ascii(name, "href")) tag.href = value;
  if (iequals_ascii(name, "rel")) tag.rel = value;
  if (iequals_ascii(name, "type")) tag.type = value;
}

// One attribute from `at`, which is neither space, slash nor ">". Returns where it ends.
std::size_t read_attribute(std::string_view html, std::size_t at, HtmlTag& tag) {
  std::size_t begin = at;
  ++at;  // a leading = belongs to the name
  while (at < html.size() && !is_space(html[at]) && html[at] != '/' && html[at] != '>' &&
         html[at] != '=') {
    ++at;
  }
  std::string_view name = html.substr(begin, at - begin);
  std::size_t after = skip_space(html, at);
  if (after >= html.size() || html[after] != '=') {
    keep_attribute(name, {}, tag);
    return at;
  }
  at = skip_space(html, after + 1);
  std::size_t value = at;
  if (at < html.size() && (html[at] == '"' || html[at] == '\'')) {
    at = html.find(html[at], at + 1);
    if (at == std::string_view::npos) return html.size();
    keep_attribute(name, html.substr(value + 1, at - value - 1), tag);
    return at + 1;
  }
  while (at < html.size() && !is_space(html[at]) && html[at] != '>') ++at;
  keep_attribute(name, html.substr(value, at - value), tag);
  return at;
}

void read_element(std::string_view html, std::size_t at, HtmlTag& tag) {
  std::size_t begin = at;
  while (at < html.size() && !is_space(html[at]) && html[at] != '/' && html[at] != '>') ++at;
  tag.name = ascii_lower(html.substr(begin, std::min<std::size_t>(at - begin, 64)));
  while (at < html.size() && html[at] != '>') {
    tag.self_closing = html[at] == '/';
    at = is_space(html[at]) || html[at] == '/' ? at + 1 : read_attribute(html, at, tag);
  }
  tag.end = std::min(at + 1, html.size());
}

std::size_t end_of_comment(std::string_view html, std::size_t at) {  // after "<!--"
  if (html.substr(at, 1) == ">") return at + 1;
  if (html.substr(at, 2) == "->") return at + 2;
  for (std::size_t dashes = html.find("--", at); dashes != std::string_view::npos;
       dashes = html.find("--", dashes + 1)) {
    if (html.substr(dashes + 2, 1) == ">") return dashes + 3;
    if (html.substr(dashes + 2, 2) == "!>") return dashes + 4;
  }
  return html.size();
}

// Open elements as the tree builder may have them: never fewer than it has, so that a bound on ours
// is a bound on its.
class OpenElements {
 public:
  bool add(const HtmlTag& tag) {
    if (tag.attributes > kMostAttributes || tag.name == "svg" || tag.name == "math") return false;
    if (tag.closing) {
      close(tag.name);
    } else if (!tag.name.empty() && !one_of(tag.name, kVoid)) {
      if (!names_.empty() && names_.back() == tag.name && one_of(tag.name, kImplied)) return step();
      names_.push_back(tag.name);
      if (one_of(tag.name, kFormatting)) ++formatting_;
    }
    return step();
  }

 private:
  void close(const std::string& name) {
    std::size_t top = names_.size();
    while (top > 0 && names_[top - 1] != name && one_of(names_[top - 1], kImplied)) --top;
    if (top == 0 || names_[top - 1] != name) return;
    names_.resize(top - 1);
    if (one_of(name, kFormatting)) --formatting_;
  }

  bool step() {
    copies_ += formatting_;
    steps_ += names_.size();
    return names_.size() <= kMostLevels && copies_ <= kMostCopies && steps_ <= kMostSteps;
  }

  std::vector<std::string> names_;
  std::size_t formatting_ = 0;
  std::size_t copies_ = 0;
  std::size_t steps_ = 0;
};

}  // namespace

bool next_tag(std::string_view html, std::size_t from, HtmlTag& tag) {
  for (std::size_t at = html.find('<', from); at != std::string_view::npos;
       at = html.find('<', at + 1)) {
    char next = at + 1 < html.size() ? html[at + 1] : ' ';
    bool closing = next == '/';
    if (closing) next = at + 2 < html.size() ? html[at + 2] : ' ';
    bool bogus = closing ? at + 2 < html.size() : next == '!' || next == '?';
    if (!is_letter(next) && !bogus) continue;
    tag = HtmlTag();
    tag.begin = at;
    tag.closing = closing;
    if (is_letter(next)) {
      read_element(html, at + (closing ? 2 : 1), tag);
    } else if (html.substr(at, 4) == "<!--") {
      tag.end = end_of_comment(html, at + 4);
    } else {
      tag.end = std::min(html.find('>', at), html.size() - 1) + 1;
    }
    return true;
  }
  return false;
}

bool holds_raw_text(std::string_view name) { return one_of(name, kRaw); }

std::size_t end_of_raw_text(std::string_view html, std::size_t from, std::string_view name) {
  for (std::size_t at = html.find("</", from); at != std::string_view::npos;
       at = html.find("</", at + 2)) {
    if (!iequals_ascii(html.substr(at + 2, name.size()), name)) continue;
    char after = at + 2 + name.size() < html.size() ? html[at + 2 + name.size()] : '>';
    if (is_space(after) || after == '/' || after == '>') return at;
  }
  return html.size();
}

bool begins_line(std::string_view name) {
  static constexpr std::array<std::string_view, 46> kLines = {
      "address", "article",  "aside",  "blockquote", "body",   "br",        "caption", "center",
      "dd",      "details",  "dialog", "dir",        "div",    "dl",        "dt",      "fieldset",
      "figure",  "footer",   "form",   "h1",         "h2",     "h3",        "h4",      "h5",
      "h6",      "header",   "hr",     "li",         "main",   "menu",      "nav",     "ol",
      "option",  "p",        "pre",    "section",    "select", "summary",   "table",   "tbody",
      "td",      "textarea", "tfoot",  "th",         "tr",     "figcaption"};
  return one_of(name, kLines) || name == "ul" || name == "thead" || name == "legend";
}

bool is_hidden(std::string_view name) {
  static constexpr std::array<std::string_view, 8> kHidden = {
      "script", "style", "template", "head", "iframe", "noembed", "noframes", "object"};
  return one_of(name, kHidden);
}

bool is_tame(std::string_view html) {
  if (html.size() > kMostHtml) return false;
  OpenElements open;
  HtmlTag tag;
  std::size_t at = 0;
  while (next_tag(html, at, tag)) {
    if (!open.add(tag)) return false;
    at = tag.end;
    if (!tag.closing && holds_raw_text(tag.name)) at = end_of_raw_text(html, at, tag.name);
  }
  return true;
}

}  // namespace plumbline
