// A brief in the forms it is read in. At most one page each.
#pragma once

#include <string>

#include "model/brief.h"

namespace plumbline {

std::string brief_text(const Brief& brief);  // at most 60 lines of 80 columns
std::string brief_html(const Brief& brief);  // prints on one A4 page; evidence opens in place
std::string brief_markdown(const Brief& brief);
std::string brief_json(const Brief& brief);  // the shape of the contract

}  // namespace plumbline
