// Microformats: the h-card that speaks for a page.
#pragma once

#include <string_view>
#include <vector>

#include "crawler/probe.h"

namespace plumbline {

// The card whose u-url is the page itself, else the only one there is. Name, note, organisation,
// job, place and links; nothing where several cards stand there and none is the page's.
std::vector<ProfileFact> representative_h_card(std::string_view html, std::string_view url);

}  // namespace plumbline
