// What a person says of themselves on their own page: rel=me links, a JSON-LD Person, an h-card, an
// address card. Mail addresses, telephone numbers and birthdays are passed over.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crawler/probe.h"

namespace plumbline {

struct PersonalPage {
  std::vector<ProfileFact> facts;  // `where` is "JSON-LD Person", "h-card", "vCard" or "rel=me"
  std::vector<std::string> me;     // links that the page says are the same person, absolute
  std::string card;                // address of a vCard on the same host; empty: none is named
};

// `url` is where the page came from, after redirects. Any bytes are fine; time is linear in their
// number, and markup that is too wild for a tree is searched for all but the h-card.
PersonalPage read_personal_page(std::string_view html, std::string_view url);

// The first card of the bytes.
std::vector<ProfileFact> read_personal_card(std::string_view bytes);
bool looks_like_card(std::string_view bytes, std::string_view content_type);

}  // namespace plumbline
