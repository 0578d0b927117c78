// Lines of a mail or post that are not its writer's own words: quoted ones, those that introduce a
// quote, those a device adds.
#pragma once

#include <string_view>

namespace plumbline {

// "> so it said", also indented.
bool is_quoted_line(std::string_view line);

// "On Tue, 3 Mar 2026, Bo Kim wrote:" and its like in other languages, wherever it stands.
bool introduces_quote(std::string_view line);

// Any line that says that somebody wrote and ends with a colon ("Kim said:"): asked of a line right
// above a quote only, since people write such lines themselves.
bool names_a_writer(std::string_view line);

// "Sent from my phone".
bool is_device_line(std::string_view line);

}  // namespace plumbline
