#include "crawler/html_text.h"

#include <memory>
#include <vector>

#include <gumbo.h>

#include "base/text.h"
#include "crawler/html_entities.h"
#include "crawler/html_scan.h"

namespace plumbline {
namespace {

// Folds white space while text comes in pieces.
class Lines {
 public:
  void text(std::string_view piece) {
    for (std::size_t i = 0; i < piece.size(); ++i) {
      char c = piece[i];
      bool no_break = c == '\xC2' && i + 1 < piece.size() && piece[i + 1] == '\xA0';
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || no_break) {
        blank_ = true;
        if (no_break) ++i;
        continue;
      }
      if (!out_.empty()) {
        if (line_) {
          out_ += '\n';
        } else if (blank_) {
          out_ += ' ';
        }
      }
      blank_ = line_ = false;
      out_ += c;
    }
  }
  void line() { line_ = true; }
  // A picture's words stand apart from the words beside them.
  void apart(std::string_view piece) {
    blank_ = true;
    text(piece);
    blank_ = true;
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  bool blank_ = false;
  bool line_ = false;
};

std::string strip_tags(std::string_view html) {
  Lines lines;
  HtmlTag tag;
  std::size_t at = 0;
  while (next_tag(html, at, tag)) {
    lines.text(decode_references(html.substr(at, tag.begin - at)));
    at = tag.end;
    if (begins_line(tag.name)) lines.line();
    if (tag.name == "img") lines.apart(decode_references(tag.alt));
    bool raw = holds_raw_text(tag.name) && tag.name != "textarea";
    if (raw && !tag.closing) at = end_of_raw_text(html, at, tag.name);
  }
  lines.text(decode_references(html.substr(at)));
  return lines.take();
}

std::string_view element_name(const GumboElement& element) {
  return gumbo_normalized_tagname(element.tag);
}

bool opens(const GumboNode& node, Lines& lines) {
  if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE ||
      node.type == GUMBO_NODE_CDATA) {
    lines.text(node.v.text.text);
    return false;
  }
  if (node.type != GUMBO_NODE_ELEMENT) return node.type == GUMBO_NODE_DOCUMENT;
  std::string_view name = element_name(node.v.element);
  if (is_hidden(name)) return false;
  if (begins_line(name)) lines.line();
  if (name == "img") {
    const GumboAttribute* alt = gumbo_get_attribute(&node.v.element.attributes, "alt");
    if (alt != nullptr) lines.apart(alt->value);
  }
  return true;
}

std::string tree_text(const GumboNode* root) {
  struct Level {
    const GumboNode* node;
    unsigned next;
  };
  Lines lines;
  std::vector<Level> path;
  if (opens(*root, lines)) path.push_back({root, 0});
  while (!path.empty()) {
    Level& level = path.back();
    bool document = level.node->type == GUMBO_NODE_DOCUMENT;
    const GumboVector& children =
        document ? level.node->v.document.children : level.node->v.element.children;
    if (level.next == children.length) {
      if (!document && begins_line(element_name(level.node->v.element))) lines.line();
      path.pop_back();
      continue;
    }
    const auto* child = static_cast<const GumboNode*>(children.data[level.next++]);
    if (opens(*child, lines)) path.push_back({child, 0});
  }
  return lines.take();
}

}  // namespace

std::string html_to_text(std::string_view html) {
  std::string cleaned;
  if (!is_utf8(html) || html.find('\0') != std::string_view::npos) {
    cleaned = clean_utf8(html);
    html = cleaned;
  }
  if (html.find_first_of("<&") == std::string_view::npos) {
    Lines lines;
    lines.text(html);
    return lines.take();
  }
  if (!is_tame(html)) return strip_tags(html);
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  auto destroy = [&options](GumboOutput* output) { gumbo_destroy_output(&options, output); };
  std::unique_ptr<GumboOutput, decltype(destroy)> parsed(
      gumbo_parse_with_options(&options, html.data(), html.size()), destroy);
  if (parsed == nullptr) return strip_tags(html);
  std::string text = tree_text(parsed->document);
  // Numeric references that overflow come out of the tree builder as anything.
  return is_utf8(text) ? text : clean_utf8(text);
}

bool looks_like_html(std::string_view text) {
  for (std::size_t at = text.find_first_of("<&"); at != std::string_view::npos;
       at = text.find_first_of("<&", at + 1)) {
    char next = at + 1 < text.size() ? text[at + 1] : ' ';
    if (text[at] == '<' && next == '/') next = at + 2 < text.size() ? text[at + 2] : ' ';
    bool letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
    if (text[at] == '<' && letter) return true;
    std::string ignored;
    if (text[at] == '&' && read_reference(text.substr(at), ignored) > 0) return true;
  }
  return false;
}

}  // namespace plumbline
