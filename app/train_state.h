// What learning either model has in common: the state file to go on from, and what is told of the
// outcome.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/files.h"
#include "app/progress.h"
#include "nlp/fast_model.h"
#include "nlp/language_files.h"

namespace plumbline {

// The fast model of a file, or the built-in one where no file is named.
Result<FastModel> open_fast_model(const std::string& file);
// The word lists that are built in and those of a workspace's lang/ folder (`languages`, may be
// empty), English with the words that go with that fast model.
Result<Lexicons> open_lexicons(const std::string& languages, const std::string& fast);

struct Trained {
  std::string file, model;  // where it is and its name, "fast-1a2b3c4d"
  std::size_t bytes = 0;
  std::int64_t learned_from = 0;     // texts, repeats not counted
  std::int64_t known = 0;            // left out because they are held out elsewhere
  std::int64_t skipped = 0;          // lines that could not be read
  std::vector<std::string> missing;  // sets that are not in the folder
};

// Goes on from the state file where there is one of the same data and options, and says so; `unit`
// is what the trainer counts.
template <class Trainer>
void resume_from(const std::string& file, std::size_t most_bytes, std::string_view unit,
                 Trainer& trainer, Progress& progress) {
  std::error_code ec;
  if (!std::filesystem::exists(file, ec)) return;
  const auto bytes = read_file(file, most_bytes);
  const Status status = bytes ? trainer.resume(*bytes) : tl::unexpected(bytes.error());
  if (status)
    progress.say(fmt::format("going on after {} {} from {}", unit, trainer.done(), file));
  else
    progress.say(fmt::format("{}: {}; beginning anew", file, status.error().message));
}

}  // namespace plumbline
