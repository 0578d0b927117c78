// The call walk: a few words that name a person become one page that can be trusted.
#pragma once

#include <string>
#include <string_view>

#include "app/workspace.h"
#include "model/brief.h"

namespace plumbline {

// PERSON is source:handle, an e-mail address, or a name. Words that fit several people are an error
// of code ambiguous that lists them; words that fit nobody are not_found with the closest names.
Result<Person> find_person(const Workspace& workspace, std::string_view words);

// At `at` as the clock; nothing published after it is read.
Result<Brief> make_brief(const Workspace& workspace, const Person& person, Seconds at);

// text, html, md or json.
Result<std::string> render_brief(const Brief& brief, std::string_view form);

}  // namespace plumbline
