#include "app/brief.h"
#include "base/text.h"
#include "cli/shared.h"

namespace plumbline {
namespace {

Result<int> run_forget(const Arguments& arguments) {
  Workspace workspace = PLUMBLINE_TRY(open_here(arguments, Access::write));
  const Person person = PLUMBLINE_TRY(find_person(workspace, arguments.words.front()));
  for (const Account& account : person.accounts) {
    if (arguments.has("--dry-run")) {
      const auto documents =
          PLUMBLINE_TRY(workspace.store->documents_of(account.source, account.handle, 1 << 30));
      print(escape_terminal(fmt_line("{}:{}: {} documents would be erased", account.source,
                                     account.handle, documents.size())) +
            "\n");
      continue;
    }
    const std::int64_t erased =
        PLUMBLINE_TRY(workspace.store->forget(account.source, account.handle));
    print(escape_terminal(fmt_line("{}:{}: {} documents erased for good", account.source,
                                   account.handle, erased)) +
          "\n");
  }
  if (!arguments.has("--dry-run"))
    say("reports and briefs written before are files of their own: delete those that quote this "
        "person");
  return 0;
}

}  // namespace

extern const Command forget_command;
const Command forget_command = {
    "forget",
    "PERSON [--dry-run]",
    "erase a person's accounts and everything they wrote, for good",
    "Nothing of it stays in the store's file, its search index or its log.",
    "  plumbline forget mastodon:ada@mastodon.example --dry-run\n  plumbline forget \"Ada "
    "Example\"\n",
    {{"--dry-run", "", "say what would be erased"}},
    1,
    1,
    run_forget};

}  // namespace plumbline
