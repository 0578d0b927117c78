#include "nlp/full_models.h"

#include <algorithm>

#include "base/text.h"
#include "nlp/tensor_file.h"

namespace plumbline {
namespace {

std::vector<std::string> languages_in(std::string_view said) {
  std::vector<std::string> out;
  for (const std::string_view code : split(said, ' '))
    if (!code.empty()) out.emplace_back(code);
  return out;
}

bool is_english(std::string_view lang) { return lang == "en" || lang == "und"; }

}  // namespace

FullModels::FullModels(std::shared_ptr<const FullModel> english, std::string_view many)
    : english_(std::move(english)), bytes_(many) {
  const auto file = many.empty() ? Result<TensorFile>(TensorFile()) : TensorFile::read(many);
  if (!file) return;
  languages_ = languages_in(file->metadata("languages"));
  stated_ = languages_in(file->metadata("statements"));
}

FullModels::FullModels(std::shared_ptr<const FullModel> english,
                       std::shared_ptr<const FullModel> many)
    : english_(std::move(english)), many_(std::move(many)) {
  if (many_ == nullptr) return;
  languages_ = languages_in(many_->metadata("languages"));
  stated_ = languages_in(many_->metadata("statements"));
}

bool FullModels::many_read(std::string_view lang) const {
  return !is_english(lang) && std::ranges::find(languages_, lang) != languages_.end();
}

bool FullModels::english_reads(std::string_view lang) const {
  if (is_english(lang)) return true;
  const std::vector<std::string> said = languages_in(english_->metadata("languages"));
  return std::ranges::find(said, lang) != said.end();
}

bool FullModels::reads(std::string_view lang) const {
  return english_reads(lang) || many_read(lang);
}

const FullModel* FullModels::open_many() const {
  std::call_once(opened_, [this] {
    if (many_ != nullptr) return;
    if (auto read = FullModel::open(bytes_))
      many_ = std::make_shared<const FullModel>(std::move(*read));
  });
  return many_.get();
}

const FullModel* FullModels::of(std::string_view lang) const {
  const FullModel* const english = english_reads(lang) ? english_.get() : nullptr;
  if (!many_read(lang)) return english;
  const FullModel* const many = open_many();
  return many != nullptr ? many : english;
}

const FullModel* FullModels::stating(std::string_view lang) const {
  const std::string_view code = is_english(lang) ? "en" : lang;
  if (std::ranges::find(stated_, code) != stated_.end()) {
    const FullModel* const many = open_many();
    if (many != nullptr && many->tells_statements()) return many;
  }
  const std::vector<std::string> said = languages_in(english_->metadata("statements"));
  const bool told = english_->tells_statements() && std::ranges::find(said, code) != said.end();
  return told ? english_.get() : nullptr;
}

}  // namespace plumbline
