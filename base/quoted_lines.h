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

// "-----Original Message-----": what stands below is another's.
bool begins_original(std::string_view line);

// "From: Kim", above a line for which heads_mail is true.
bool names_sender(std::string_view line);
// "Sent: Monday", "To: support", "Subject: pump".
bool heads_mail(std::string_view line);

// "Best regards," by itself: below it stand names.
bool is_sign_off(std::string_view line);

}  // namespace plumbline
