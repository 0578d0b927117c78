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
#include "nlp/brands.h"
#include "nlp/full_models.h"
#include "store/store.h"

namespace plumbline {

enum class Access { read, write };

struct Workspace {
  Config config;
  std::unique_ptr<Store> store;
  std::shared_ptr<const Analyzer>
      analyzer;  // the languages of the program and of the workspace's own lang/ folder
  std::shared_ptr<const BrandWords> brand_words;  // of the configuration

  // Own brand first.
  std::vector<std::string> brands() const;
};

// `folder` empty: the nearest plumbline.toml upward. A reader of a store that does not exist yet
// gets not_found with the fix.
Result<Workspace> open_workspace(const std::string& folder, Access access);

// A fast model of the workspace's own, made by `plumbline train fast`; it replaces the built-in
// one.
inline constexpr const char* kOwnFastModel = "/models/fast.bin";
// And one of aspects, made by `plumbline train aspects`.
inline constexpr const char* kOwnAspectModel = "/models/aspects.bin";
// And one of statements, made by `plumbline train statements`.
inline constexpr const char* kOwnStatementModel = "/models/statements.bin";
// The built-in languages and model with what the workspace puts in their place; an empty folder
// name: the built-in ones. An error names the file of the workspace that is to be mended or
// removed.
Result<std::shared_ptr<const Analyzer>> load_analyzer(const std::string& workspace_folder);

// The full models, of English and of many languages: the workspace's own, made by `plumbline train
// full`, else the built-in ones; code invalid, with the fix, where there is none of English. Those
// of many languages may be missing.
inline constexpr const char* kOwnFullModel = "/models/full.safetensors";
inline constexpr const char* kOwnManyModel = "/models/many.safetensors";
Result<std::shared_ptr<const FullModels>> load_full_models(const std::string& workspace_folder);

// Brands and products as the language part wants them; the own brand first.
std::vector<BrandTerms> brand_terms(const Config& config);
// The names with what the built-in languages, and the workspace's own, say of common words.
Result<BrandWords> load_brands(std::vector<BrandTerms> terms, const std::string& workspace_folder);

// Which brand a text speaks of: the first one that it names and, as its context has it, means.
class BrandFinder {
 public:
  explicit BrandFinder(const Workspace& workspace)
      : words_(*workspace.brand_words), own_(workspace.config.brand.name) {}
  // The brand that is meant, empty if none is. `doubted` is set where the own brand's word stands
  // but means something else: such a mention is no brand's. `lang` is the source's claim.
  std::string find(std::string_view text, std::string_view lang, bool& doubted) const;
  const std::string& own() const { return own_; }

 private:
  const BrandWords& words_;
  const std::string& own_;
};

}  // namespace plumbline
