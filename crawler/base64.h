// Base64 as mails and feeds carry it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace plumbline {

// White space between the characters is skipped, missing padding forgiven. Nothing for any other
// character, and for data after the padding.
std::optional<std::string> decode_base64(std::string_view text);
std::string encode_base64(std::string_view bytes);  // padded, in one line

}  // namespace plumbline
