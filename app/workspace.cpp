#include "app/workspace.h"

#include <filesystem>

#include "app/files.h"
#include "app/train_own.h"
#include "base/embedded.h"
#include "nlp/language_files.h"
#include "nlp/prepared.h"
#include "store/sqlite_store.h"

namespace plumbline {
namespace {

class Silent : public Progress {
 public:
  void begin(std::string_view, std::string_view, double) override {}
  void at(double, std::int64_t) override {}
  void end(std::string_view) override {}
  void say(std::string_view) override {}
};

// The workspace's own lang/ folder; empty where it has none.
std::string own_languages(const std::string& workspace_folder) {
  std::error_code ec;
  const std::string folder = workspace_folder + "/lang";
  return !workspace_folder.empty() && std::filesystem::is_directory(folder, ec) ? folder : "";
}

// A file of the workspace's own in place of a built-in one; empty where it has none.
std::string own_file(const std::string& workspace_folder, const char* name) {
  std::error_code ec;
  const std::string file = workspace_folder + name;
  return !workspace_folder.empty() && std::filesystem::exists(file, ec) ? file : std::string();
}

}  // namespace

Progress& no_progress() {
  static Silent silent;
  return silent;
}

std::vector<std::string> Workspace::brands() const {
  std::vector<std::string> names{config.brand.name};
  for (const BrandConfig& brand : config.competitors) names.push_back(brand.name);
  return names;
}

Result<std::shared_ptr<const Analyzer>> load_analyzer(const std::string& workspace_folder) {
  const std::string folder = own_languages(workspace_folder);
  const std::string shifted = own_file(workspace_folder, kOwnShiftedModel);
  const Analyzer::ModelFiles files{
      shifted.empty() ? own_file(workspace_folder, kOwnFastModel) : shifted,
      own_file(workspace_folder, kOwnAspectModel), own_file(workspace_folder, kOwnStatementModel)};
  return std::make_shared<const Analyzer>(
      PLUMBLINE_TRY(Analyzer::load(folder, files).map_error([&](Error error) {
        if (!shifted.empty() && error.where == shifted && error.code == ErrorCode::parse)
          error.message =
              "the model shifted for your texts is damaged or of another version; remove the "
              "file, or make it anew with: plumbline train own";
        return error;
      })));
}

namespace {

// It never changes, so a process opens it once.
const Result<std::shared_ptr<const FullModel>>& built_in_full_model() {
  static const auto opened = []() -> Result<std::shared_ptr<const FullModel>> {
    const std::string_view bytes = embedded("models/full.safetensors");
    if (bytes.empty())
      return fail(
          ErrorCode::invalid,
          "no full model is installed; leave --tier out, or train one with: plumbline train "
          "full (docs/train.md)");
    return std::make_shared<const FullModel>(PLUMBLINE_TRY(FullModel::open(bytes)));
  }();
  return opened;
}

Result<std::shared_ptr<const FullModels>> built_in_full_models() {
  static const auto opened = []() -> Result<std::shared_ptr<const FullModels>> {
    return std::make_shared<const FullModels>(PLUMBLINE_TRY(built_in_full_model()),
                                              embedded("models/many.safetensors"));
  }();
  return opened;
}

Result<std::shared_ptr<const FullModel>> open_full_model(const std::string& file) {
  constexpr std::size_t kMostBytes = std::size_t{1} << 30;
  return std::make_shared<const FullModel>(PLUMBLINE_TRY(
      FullModel::open_owned(PLUMBLINE_TRY(read_file(file, kMostBytes))).map_error([&](Error error) {
        error.where = file;
        return error;
      })));
}

}  // namespace

Result<std::shared_ptr<const FullModels>> load_full_models(const std::string& workspace_folder) {
  const std::string own = own_file(workspace_folder, kOwnFullModel);
  const std::string own_many = own_file(workspace_folder, kOwnManyModel);
  if (own.empty() && own_many.empty()) return built_in_full_models();
  const auto english =
      own.empty() ? PLUMBLINE_TRY(built_in_full_model()) : PLUMBLINE_TRY(open_full_model(own));
  if (own_many.empty())
    return std::make_shared<const FullModels>(english, embedded("models/many.safetensors"));
  return std::make_shared<const FullModels>(english, PLUMBLINE_TRY(open_full_model(own_many)));
}

Result<Workspace> open_workspace(const std::string& folder, Access access) {
  std::string file;
  if (folder.empty()) {
    file = PLUMBLINE_TRY(find_config("."));
  } else {
    file = folder + "/plumbline.toml";
    std::error_code ec;
    if (!std::filesystem::exists(file, ec))
      return fail(ErrorCode::invalid,
                  "no plumbline.toml there; make one with: plumbline init --workspace " + folder +
                      " --brand NAME",
                  folder);
  }
  Workspace workspace;
  workspace.config = PLUMBLINE_TRY(read_config(file));
  SqliteOptions options{workspace.config.store_path, access == Access::read,
                        access == Access::write, workspace.config.zone};
  auto store = open_sqlite(options);
  if (!store && store.error().code == ErrorCode::not_found)
    return fail(ErrorCode::not_found,
                "nothing is kept here yet; begin with: plumbline import FILE, or plumbline fetch",
                options.path);
  workspace.store = PLUMBLINE_TRY(std::move(store));
  workspace.analyzer = PLUMBLINE_TRY(load_analyzer(workspace.config.workspace));
  workspace.brand_words = std::make_shared<const BrandWords>(
      PLUMBLINE_TRY(load_brands(brand_terms(workspace.config), workspace.config.workspace)));
  return workspace;
}

std::vector<BrandTerms> brand_terms(const Config& config) {
  std::vector<BrandTerms> terms;
  const auto add = [&terms](const BrandConfig& brand) {
    terms.push_back({brand.name, brand.aliases, brand.products, brand.context});
  };
  add(config.brand);
  for (const BrandConfig& brand : config.competitors) add(brand);
  return terms;
}

Result<BrandWords> load_brands(std::vector<BrandTerms> terms, const std::string& workspace_folder) {
  LanguageFolders folders = built_in_languages();
  PLUMBLINE_CHECK(add_own_languages(own_languages(workspace_folder), folders));
  return BrandWords::load(std::move(terms), folders);
}

std::string BrandFinder::find(std::string_view text, std::string_view lang, bool& doubted) const {
  thread_local Prepared prepared;
  thread_local std::vector<EntityFinding> found;
  if (text.empty()) return {};
  prepare(text, prepared);
  found.clear();
  words_.find(prepared, lang, found);
  for (const EntityFinding& finding : found) {
    const std::string& brand = finding.kind == EntityKind::brand ? finding.name : finding.brand;
    if (finding.probability >= 0.5F) return brand;
    doubted = doubted || brand == own_;
  }
  return {};
}

}  // namespace plumbline
