// RFC 6901: "/data/items/0/user~1name" names one value in a JSON document.
#pragma once

#include <string_view>

#include "crawler/json_reader.h"

namespace plumbline {

// Nothing where the pointer leads nowhere; the value itself for an empty pointer. A bare name means
// a member of that name: "text" is "/text".
Json at_pointer(Json value, std::string_view pointer);

}  // namespace plumbline
