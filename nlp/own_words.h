// Which of the words of a post are its writer's own: not the lines quoted from others, nor what
// introduces them, nor a signature.
#pragma once

#include <string>
#include <string_view>

namespace plumbline {

// Whether anything would be set aside; cheap, and false for nearly every text: for those who would
// rather not copy it.
bool holds_others_words(std::string_view text);

// The text with blanks, byte for byte, in place of
// - lines that begin with ">", and the line above them that says who wrote them ("Kim wrote:"), and
//   what stands between [quote] and [/quote],
// - the mail that is answered below: from "-----Original Message-----" or "From: ..., Sent: ..."
// on,
// - what follows a line of "--" near the end, a last line that a device put there ("Sent from my
//   phone"), and "Best regards" with the names below it,
// so that places in it are places in `text`. As it is where no other words would be left.
std::string with_own_words(std::string_view text);

}  // namespace plumbline
