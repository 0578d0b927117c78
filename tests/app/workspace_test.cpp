// What a workspace brings of its own, and what is said where it is broken.
#include "app/workspace.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/doctor.h"
#include "app/train_own.h"
#include "scratch.h"
#include "scripted_http.h"

namespace plumbline {
namespace {

TEST(Workspace, SaysHowToMendADamagedModel) {
  struct Case {
    const char *file, *said, *fix;
  };
  for (const Case& c :
       {Case{kOwnShiftedModel, "remove the file, or make it anew with: plumbline train own",
             "remove the file, or run: plumbline train own"},
        Case{kOwnFastModel, "plumbline train fast", "remove the file; the built-in one is used"},
        Case{kOwnAspectModel, "plumbline train aspects",
             "remove the file; the built-in one is used"}}) {
    const Scratch scratch;
    { const Workspace whole = open_workspace_of(scratch, "[brand]\nname = \"Acme\"\n"); }
    std::filesystem::create_directories(scratch.path() + "/models");
    const std::string file = scratch.file(c.file + 1, "PLBOWN01 but cut short");
    const auto opened = open_workspace(scratch.path(), Access::read);
    ASSERT_FALSE(opened) << c.file;
    EXPECT_EQ(opened.error().where, file);
    EXPECT_NE(opened.error().message.find(c.said), std::string::npos) << opened.error().message;
    const std::vector<Finding> found = examine(scratch.path(), {}, no_progress());
    const auto models = std::find_if(found.begin(), found.end(),
                                     [](const Finding& f) { return f.check == "models"; });
    ASSERT_NE(models, found.end()) << c.file;
    EXPECT_NE(models->seen.find(file), std::string::npos) << models->seen;
    EXPECT_TRUE(models->fix.starts_with(c.fix)) << models->fix;
  }
}

}  // namespace
}  // namespace plumbline
