// What a reader sees of a piece of HTML, as plain text.
#pragma once

#include <string>
#include <string_view>

namespace plumbline {

// Paragraphs, list items, cells and the like each on a line of their own; runs of white space
// folded to one blank; references resolved; the text of links and the alt text of images kept;
// scripts, styles, templates and the head dropped. Valid UTF-8 for any bytes, in time linear in
// their number: markup that is larger than 1 MiB or nested deeper than 512 levels is read without
// building a tree.
std::string html_to_text(std::string_view html);

// True for text that holds a tag or a character reference: what a field of unknown kind must show
// to be taken for HTML.
bool looks_like_html(std::string_view text);

}  // namespace plumbline
