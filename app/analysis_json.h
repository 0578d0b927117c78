// Analyses as JSON, the shape of the contract.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/analysis.h"
#include "model/entity.h"
#include "nlp/analyze.h"

namespace plumbline {

// One line without line feed; with `why` where it is given.
std::string analysis_json(std::string_view id, const Analysis& analysis, const Named& named,
                          const std::vector<Reason>* why);
// "entities":[…],"offers":[…]
void append_named(const Named& named, std::string& out);
// ,"why":[…]
void append_why(const std::vector<Reason>& why, std::string& out);

}  // namespace plumbline
