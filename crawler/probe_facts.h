// What a reply states about the owner of an account, taken out of it by the rules of its site.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crawler/json_reader.h"
#include "crawler/probe.h"

namespace plumbline {

// {name}, {local} and {host} replaced; percent-encoded for an address. A host stays as it is.
std::string fill_in(std::string_view text, const ProbeName& name, bool for_address);

// All values that a JSON pointer with * for "every" leads to, 1,000 at most; "." is the whole.
std::vector<Json> values_at(Json root, std::string_view pointer);

// Absent and empty values are left out, and so are links that are none. At most 100 facts, each of
// 1,000 characters at most; markup resolved to text.
std::vector<ProfileFact> json_facts(const std::vector<ProbeFactRule>& rules, Json root);
std::vector<ProfileFact> page_facts(const std::vector<ProbeFactRule>& rules, std::string_view body);

// The link of a WebFinger reply that leads to an ActivityPub actor; empty if there is none.
std::string actor_address(const std::vector<Json>& links);

// A value as a fact is shown: text of markup, white space folded. For links the first address in
// it, with https:// before a bare one; empty if there is none.
std::string fact_value(std::string_view kind, std::string_view raw);

}  // namespace plumbline
