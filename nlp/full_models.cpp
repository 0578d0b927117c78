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
  first_languages_ = languages_in(english_->metadata("languages"));
  const auto file = many.empty() ? Result<TensorFile>(TensorFile()) : TensorFile::read(many);
  if (!file) return;
  languages_ = languages_in(file->metadata("languages"));
}

FullModels::FullModels(std::shared_ptr<const FullModel> english,
                       std::shared_ptr<const FullModel> many)
    : english_(std::move(english)), many_(std::move(many)) {
  first_languages_ = languages_in(english_->metadata("languages"));
  if (many_ == nullptr) return;
  languages_ = languages_in(many_->metadata("languages"));
}

bool FullModels::many_read(std::string_view lang) const {
  return !is_english(lang) && std::ranges::find(languages_, lang) != languages_.end();
}

bool FullModels::first_reads(std::string_view lang) const {
  return is_english(lang) || std::ranges::find(first_languages_, lang) != first_languages_.end();
}

bool FullModels::reads(std::string_view lang) const { return first_reads(lang) || many_read(lang); }

const FullModel* FullModels::open_many() const {
  std::call_once(opened_, [this] {
    if (many_ != nullptr) return;
    if (auto read = FullModel::open(bytes_))
      many_ = std::make_shared<const FullModel>(std::move(*read));
  });
  return many_.get();
}

const FullModel* FullModels::of(std::string_view lang) const {
  const FullModel* const first = first_reads(lang) ? english_.get() : nullptr;
  if (!many_read(lang)) return first;
  const FullModel* const many = open_many();
  return many != nullptr ? many : first;
}

}  // namespace plumbline
