// The encodings that mail and address cards share.
#pragma once

#include <string>
#include <string_view>

namespace plumbline {

// "=C3=A4" and soft line ends; `underscores`: "_" is a blank, as in headers. Bad escapes stay as
// they are.
std::string decode_quoted_printable(std::string_view text, bool underscores = false);
// "=?utf-8?B?…?=" and "=?iso-8859-1?Q?…?=" in a header, blanks between two of them dropped. Valid
// UTF-8 for any bytes.
std::string decode_header(std::string_view raw);

struct MediaType {
  std::string type;  // "text/plain", lower case
  std::string charset, boundary, name;
};
MediaType media_type_of(std::string_view header);

}  // namespace plumbline
