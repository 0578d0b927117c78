#include "app/workspace.h"

#include <filesystem>

#include "app/files.h"
#include "base/embedded.h"
#include "base/words.h"
#include "store/sqlite_store.h"

namespace plumbline {
namespace {

std::vector<std::string> folded_words(std::string_view text) {
  std::vector<Piece> pieces;
  split_words(text, pieces);
  std::vector<std::string> words;
  words.reserve(pieces.size());
  for (const Piece& piece : pieces)
    words.push_back(fold_word_plain(text.substr(piece.begin, piece.end - piece.begin)));
  return words;
}

class Silent : public Progress {
 public:
  void begin(std::string_view, std::string_view, double) override {}
  void at(double, std::int64_t) override {}
  void end(std::string_view) override {}
  void say(std::string_view) override {}
};

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
  std::string folder;
  std::error_code ec;
  if (!workspace_folder.empty() && std::filesystem::is_directory(workspace_folder + "/lang", ec))
    folder = workspace_folder + "/lang";
  std::string model;
  if (!workspace_folder.empty() && std::filesystem::exists(workspace_folder + kOwnFastModel, ec))
    model = workspace_folder + kOwnFastModel;
  return std::make_shared<const Analyzer>(PLUMBLINE_TRY(Analyzer::load(folder, model)));
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

}  // namespace

Result<std::shared_ptr<const FullModel>> load_full_model(const std::string& workspace_folder) {
  constexpr std::size_t kMostBytes = std::size_t{1} << 30;
  const std::string own = workspace_folder + kOwnFullModel;
  std::error_code ec;
  if (!workspace_folder.empty() && std::filesystem::exists(own, ec))
    return std::make_shared<const FullModel>(
        PLUMBLINE_TRY(FullModel::open_owned(PLUMBLINE_TRY(read_file(own, kMostBytes)))
                          .map_error([&](Error error) {
                            error.where = own;
                            return error;
                          })));
  return built_in_full_model();
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
  return workspace;
}

BrandFinder::BrandFinder(const Config& config) {
  const auto add = [this](const BrandConfig& brand) {
    const std::size_t index = names_.size();
    names_.push_back(brand.name);
    spellings_.push_back({folded_words(brand.name), index});
    for (const std::string& alias : brand.aliases)
      spellings_.push_back({folded_words(alias), index});
  };
  add(config.brand);
  for (const BrandConfig& brand : config.competitors) add(brand);
  std::erase_if(spellings_, [](const Spelling& spelling) { return spelling.words.empty(); });
}

std::string_view BrandFinder::find(std::string_view text) const {
  const std::vector<std::string> words = folded_words(text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (const Spelling& spelling : spellings_) {
      if (spelling.words.front() != words[i] || i + spelling.words.size() > words.size()) continue;
      if (std::equal(spelling.words.begin(), spelling.words.end(),
                     words.begin() + static_cast<std::ptrdiff_t>(i)))
        return names_[spelling.brand];
    }
  }
  return {};
}

}  // namespace plumbline
