#include "app/demo.h"

#include <filesystem>

#include "app/brief.h"
#include "app/files.h"
#include "app/group.h"
#include "app/import_files.h"
#include "app/make_report.h"
#include "base/embedded.h"
#include "base/text.h"

namespace plumbline {
namespace {

constexpr std::string_view kConfig = "demo/plumbline.toml";
constexpr std::string_view kMarker = "# The workspace of plumbline demo.\n";

Status lay_out(const std::string& folder) {
  PLUMBLINE_CHECK(make_folder(folder));
  const std::string config = folder + "/plumbline.toml";
  std::error_code ec;
  if (std::filesystem::exists(config, ec)) {
    const std::string there = PLUMBLINE_TRY(read_file(config, 4 << 20));
    if (there.rfind(kMarker, 0) != 0)
      return fail(ErrorCode::invalid, "holds a workspace already; choose another with --dir",
                  folder);
  }
  PLUMBLINE_CHECK(write_file(config, std::string(kMarker) + std::string(embedded(kConfig))));
  PLUMBLINE_CHECK(make_folder(folder + "/sample"));
  for (const EmbeddedFile& file : embedded_below("demo/"))
    if (file.path != kConfig)
      PLUMBLINE_CHECK(
          write_file(folder + "/sample/" + std::string(file.path.substr(5)), file.bytes));
  PLUMBLINE_CHECK(make_folder(folder + "/reports"));
  return make_folder(folder + "/briefs");
}

Status import_sample(Workspace& workspace, const std::string& folder, Progress& progress) {
  ImportJob chatter;
  chatter.files = {folder + "/sample/mentions.jsonl"};
  PLUMBLINE_TRY(import_files(workspace, chatter, progress));
  ImportJob groups;
  groups.source = "focusgroup";
  groups.format = "transcript";
  for (const EmbeddedFile& file : embedded_below("demo/focus-group"))
    groups.files.push_back(folder + "/sample/" + std::string(file.path.substr(5)));
  PLUMBLINE_TRY(import_files(workspace, groups, progress));
  return {};
}

std::string file_name_of(const std::string& person) {
  std::string name;
  for (const char c : ascii_lower(person)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain)
      name += c;
    else if (!name.empty() && name.back() != '-' && static_cast<unsigned char>(c) < 0x80)
      name += '-';
  }
  while (!name.empty() && name.back() == '-') name.pop_back();
  return name.empty() ? hex64(hash64(person)).substr(0, 8) : name;
}

}  // namespace

Result<DemoOutcome> make_demo(const std::string& folder, Progress& progress) {
  PLUMBLINE_CHECK(lay_out(folder));
  Workspace workspace = PLUMBLINE_TRY(open_workspace(folder, Access::write));
  PLUMBLINE_CHECK(import_sample(workspace, folder, progress));
  PLUMBLINE_CHECK(bring_up_to_date(workspace, progress));
  const StoreStatus status = PLUMBLINE_TRY(workspace.store->status(workspace.analyzer->version()));
  // The sample's own tomorrow, so that it reads the same in any year.
  const Seconds clock = status.newest + kSecondsPerDay;
  DemoOutcome outcome;
  outcome.workspace = folder;
  outcome.mentions = status.documents;
  outcome.report = folder + "/reports/report.html";
  ReportWish wish;
  wish.now = clock;
  const Report report = PLUMBLINE_TRY(make_report(workspace, wish));
  PLUMBLINE_CHECK(save_report(report, outcome.report));
  PLUMBLINE_CHECK(save_report(report, folder + "/reports/report.json"));
  for (const Person& person : workspace.config.people) {
    const Brief brief = PLUMBLINE_TRY(make_brief(workspace, person, clock));
    outcome.briefs.push_back(folder + "/briefs/" + file_name_of(person.name) + ".html");
    PLUMBLINE_CHECK(
        write_file(outcome.briefs.back(), PLUMBLINE_TRY(render_brief(brief, "html")), 0600));
  }
  return outcome;
}

}  // namespace plumbline
