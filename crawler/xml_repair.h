// Makes of the bytes that feeds really send the XML that a parser can read: in UTF-8, without a
// document type, with every reference resolved.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace plumbline {

// Re-encodes to UTF-8. What says the encoding, in this order: a byte order mark, the charset of the
// Content-Type header, the XML declaration, else UTF-8; where the bytes contradict it, the next in
// the row and at last a guess by their statistics. Never fails: bytes that fit nothing become
// U+FFFD.
std::string xml_to_utf8(std::string_view bytes, std::string_view http_charset);

struct RepairedXml {
  std::string text;     // one root element and what is in it; CDATA turned into escaped text
  std::string root;     // the name of the root element, prefix included
  bool closed = false;  // the root's end tag is there: false for a body that breaks off
};

// Declarations, comments and the document type with all its entity definitions are dropped, so that
// no entity can expand to anything large or fetch anything; named references of HTML become
// characters, unknown ones text; stray & and < are escaped. An error of code parse: no element at
// all, or more than 256 levels.
Result<RepairedXml> repair_xml(std::string_view utf8);

}  // namespace plumbline
