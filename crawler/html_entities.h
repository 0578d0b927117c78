// Character references of HTML and XML, resolved without a parser around them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace plumbline {

// The reference that `text` begins with ("&eacute;", "&#233;", "&#xE9;"): appends what it stands
// for in UTF-8 and returns its length; 0 if it is none that we know (then nothing is appended). The
// names are those of HTML 4 and "apos"; a semicolon is needed. Numbers 128 to 159 mean windows-1252
// as browsers read them; numbers that are no character give U+FFFD.
std::size_t read_reference(std::string_view text, std::string& out);

// All references of the text resolved; a lone & stays.
std::string decode_references(std::string_view text);

void append_utf8(char32_t character, std::string& out);

}  // namespace plumbline
