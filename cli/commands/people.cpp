#include <nlohmann/json.hpp>

#include "app/brief.h"
#include "base/text.h"
#include "cli/shared.h"

namespace plumbline {
namespace {

using Json = nlohmann::ordered_json;

Result<int> list(const Workspace& workspace, const Arguments& arguments) {
  const int limit = static_cast<int>(PLUMBLINE_TRY(arguments.number("--limit", 30, 1, 100000)));
  const std::string words = arguments.words.empty() ? "" : arguments.words.front();
  const auto rows = words.empty() ? PLUMBLINE_TRY(workspace.store->busiest_accounts(limit))
                                  : PLUMBLINE_TRY(workspace.store->accounts(words, limit));
  Json json = Json::array();
  std::vector<std::vector<std::string>> lines{{"person", "name", "mentions", "newest"}};
  if (words.empty())
    for (const Person& person : workspace.config.people) {
      lines.push_back(
          {person.name, fmt_line("{} accounts joined by hand", person.accounts.size()), "", ""});
      json.push_back({{"person", person.name}, {"accounts", person.accounts.size()}});
    }
  for (const AccountRow& row : rows) {
    const std::string person = row.source + ":" + row.author.handle;
    lines.push_back({person, row.author.name == row.author.handle ? "" : row.author.name,
                     std::to_string(row.documents), workspace.config.zone.format(row.newest)});
    json.push_back({{"person", person},
                    {"name", row.author.name},
                    {"mentions", row.documents},
                    {"newest", format_utc(row.newest)}});
  }
  print(arguments.has("--json") ? json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"
                                : table(lines, 2));
  return 0;
}

Result<int> show(const Workspace& workspace, const Arguments& arguments) {
  const Person person = PLUMBLINE_TRY(find_person(workspace, arguments.words[1]));
  Json json = {{"name", person.name},
               {"role", person.role},
               {"firm", person.firm},
               {"accounts", Json::array()}};
  std::string text = escape_terminal(person.name) + "\n";
  for (const Account& account : person.accounts) {
    json["accounts"].push_back({{"source", account.source},
                                {"handle", account.handle},
                                {"probability", account.probability},
                                {"reason", account.reason}});
    text += escape_terminal(fmt_line("  {}:{}  p = {:.2f}, {}", account.source, account.handle,
                                     account.probability, account.reason)) +
            "\n";
  }
  print(arguments.has("--json") ? json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"
                                : text);
  return 0;
}

Result<int> run_people(const Arguments& arguments) {
  const Workspace workspace = PLUMBLINE_TRY(open_here(arguments, Access::read));
  if (arguments.words.size() == 2 && arguments.words[0] == "show")
    return show(workspace, arguments);
  if (arguments.words.size() > 1)
    return fail(ErrorCode::invalid, "people takes words to look for, or: people show PERSON");
  return list(workspace, arguments);
}

}  // namespace

extern const Command people_command;
const Command people_command = {
    "people",
    "[QUERY] | show PERSON",
    "accounts kept here, the busiest first, or those whose name holds QUERY",
    "",
    "  plumbline people\n  plumbline people ada --json\n",
    {{"--limit", "N", "default 30"}, {"--json", "", "as JSON"}},
    0,
    2,
    run_people};

}  // namespace plumbline
