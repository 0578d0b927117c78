// The models of the full tier: one that reads English, and one that reads many languages.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "nlp/full_model.h"

namespace plumbline {

class FullModels {
 public:
  // `many`: the bytes of a model's file (nlp/tensor_file.h), or nothing. They must outlive this;
  // the model in them is opened when the first text wants it, its languages are known before.
  FullModels(std::shared_ptr<const FullModel> english, std::string_view many);
  // The same with a model that is open, or none.
  FullModels(std::shared_ptr<const FullModel> english, std::shared_ptr<const FullModel> many);

  // The one that reads texts in `lang`; nullptr: none does. English and what has no language are
  // the first one's; any other language is the second's if it learned from it, else the first's if
  // that one did. Any number of threads may ask.
  const FullModel* of(std::string_view lang) const;
  // Whether of() has one, without opening it; true of one that turns out to be broken.
  bool reads(std::string_view lang) const;

 private:
  bool first_reads(std::string_view lang) const;
  bool many_read(std::string_view lang) const;
  const FullModel* open_many() const;

  std::shared_ptr<const FullModel> english_;
  std::string_view bytes_;
  std::vector<std::string> first_languages_, languages_;  // of the first and the second one
  mutable std::once_flag opened_;
  mutable std::shared_ptr<const FullModel> many_;
};

}  // namespace plumbline
