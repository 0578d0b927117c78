// The tags of a piece of HTML, one after the other, in time linear in its length: enough to strip
// them, and to know beforehand whether a tree builder can take it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace plumbline {

struct HtmlTag {
  std::string name;  // lower case; empty for comments, doctypes and the like
  bool closing = false;
  bool self_closing = false;  // ends in "/>"
  std::size_t attributes = 0;
  std::string_view alt;  // raw values of the attributes that we use; references not resolved
  std::string_view href;
  std::string_view rel;
  std::string_view type;
  std::size_t begin = 0;  // of "<"
  std::size_t end = 0;    // after ">", or the end of the text where it breaks off
};

// The next tag, comment or declaration at or after `from`, by the tokenizer rules of HTML5. False:
// there is none, the rest is text.
bool next_tag(std::string_view html, std::size_t from, HtmlTag& tag);

// Elements whose content holds no tags: script, style, textarea, title, xmp, iframe, noembed,
// noframes, plaintext.
bool holds_raw_text(std::string_view name);
// The place of the "</name" that ends a raw text element whose content begins at `from`, or the end
// of the text.
std::size_t end_of_raw_text(std::string_view html, std::size_t from, std::string_view name);

// Elements that stand on lines of their own, br and the cells of tables included.
bool begins_line(std::string_view name);
// Elements whose content is not for readers: script, style, template, head and the like.
bool is_hidden(std::string_view name);

// Small enough, flat enough and tame enough for a tree builder that needs quadratic time on deep or
// unclosed markup: at most 1 MiB, 512 levels, 256 attributes in a tag, and a bounded number of
// elements that unclosed formatting would multiply. SVG and MathML count as too wild.
bool is_tame(std::string_view html);

}  // namespace plumbline
