// A workspace opened: its configuration, its store, its analyzer.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/config.h"
#include "app/progress.h"
#include "base/result.h"
#include "nlp/analyze.h"
#include "nlp/full_model.h"
#include "store/store.h"

namespace plumbline {

enum class Access { read, write };

struct Workspace {
  Config config;
  std::unique_ptr<Store> store;
  std::shared_ptr<const Analyzer>
      analyzer;  // the languages of the program and of the workspace's own lang/ folder

  // Own brand first.
  std::vector<std::string> brands() const;
};

// `folder` empty: the nearest plumbline.toml upward. A reader of a store that does not exist yet
// gets not_found with the fix.
Result<Workspace> open_workspace(const std::string& folder, Access access);

// A fast model of the workspace's own, made by `plumbline train fast`; it replaces the built-in
// one.
inline constexpr const char* kOwnFastModel = "/models/fast.bin";
// The built-in languages and model with what the workspace puts in their place; an empty folder
// name: the built-in ones.
Result<std::shared_ptr<const Analyzer>> load_analyzer(const std::string& workspace_folder);

// The full model: the workspace's own, made by `plumbline train full`, else the built-in one; code
// invalid, with the fix, where there is neither.
inline constexpr const char* kOwnFullModel = "/models/full.safetensors";
Result<std::shared_ptr<const FullModel>> load_full_model(const std::string& workspace_folder);

// Which brand a text speaks of, by names and aliases as whole words, case and accents folded: the
// first one named.
class BrandFinder {
 public:
  explicit BrandFinder(const Config& config);
  // Empty if none is named.
  std::string_view find(std::string_view text) const;
  const std::string& own() const { return names_.front(); }

 private:
  struct Spelling {
    std::vector<std::string> words;
    std::size_t brand;
  };
  std::vector<std::string> names_;
  std::vector<Spelling> spellings_;
};

}  // namespace plumbline
