// Links and handles in a text: not words of their author, so counting words leaves them out.
#pragma once

#include <string>
#include <string_view>

namespace plumbline {

// The text with each link (http, https, www) and each @handle blanked out, byte for byte, so that
// places stay the same. `buffer` holds it where something was blanked; else the text itself comes
// back.
std::string_view blank_marks(std::string_view text, std::string& buffer);

}  // namespace plumbline
