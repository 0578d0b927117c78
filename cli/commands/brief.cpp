#include "app/brief.h"

#include "app/files.h"
#include "cli/shared.h"

namespace plumbline {
namespace {

Result<int> run_brief(const Arguments& arguments) {
  const Workspace workspace = PLUMBLINE_TRY(open_here(arguments, Access::read));
  std::string words;
  for (const std::string& word : arguments.words) words += (words.empty() ? "" : " ") + word;
  const Person person = PLUMBLINE_TRY(find_person(workspace, words));
  const Seconds at =
      arguments.has("--at") ? PLUMBLINE_TRY(moment_of(workspace, arguments.get("--at"))) : now();
  const Brief brief = PLUMBLINE_TRY(make_brief(workspace, person, at));
  const std::string form = arguments.has("--json") ? "json" : arguments.get("--format", "text");
  const std::string page = PLUMBLINE_TRY(render_brief(brief, form));
  if (const std::string out = arguments.get("--out"); !out.empty()) {
    PLUMBLINE_CHECK(write_file(out, page, 0600));
    print(out + "\n");
  } else {
    print(page);
  }
  return 0;
}

}  // namespace

extern const Command brief_command;
const Command brief_command = {
    "brief",
    "PERSON [--format text|html|md|json] [--at TIME] [--out FILE]",
    "one page on one person before a call, each sentence with its evidence",
    "PERSON is source:handle, an e-mail address, or a name. A name that fits several people lists "
    "them.",
    "  plumbline brief \"Ada Example\"\n  plumbline brief mastodon:ada@mastodon.example --format "
    "html --out ada.html\n",
    {{"--format", "FORM", "text (default), html, md or json"},
     {"--at", "TIME", "as it would have read then; default: now"},
     {"--out", "FILE", "write to a file that only you can read"},
     {"--json", "", "the same as --format json"}},
    1,
    -1,
    run_brief};

}  // namespace plumbline
