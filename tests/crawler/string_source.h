// A test's bytes as a file, given out in pieces of any size.
#pragma once

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "crawler/import.h"

namespace plumbline {

class StringSource : public ByteSource {
 public:
  explicit StringSource(std::string bytes, std::size_t piece = std::string::npos)
      : bytes_(std::move(bytes)), piece_(piece) {}
  Result<std::size_t> read(char* into, std::size_t most) override {
    const std::size_t count = std::min({most, piece_, bytes_.size() - at_});
    if (count > 0) std::memcpy(into, bytes_.data() + at_, count);
    at_ += count;
    return count;
  }

 private:
  std::string bytes_;
  std::size_t piece_;
  std::size_t at_ = 0;
};

struct Imported {
  std::vector<Document> documents;
  ImportOutcome outcome;
  std::string error;  // empty when it worked
};

// Runs one importer over the bytes given.
inline Imported import_bytes(const Importer& importer, const std::string& bytes,
                             const ImportOptions& options = {},
                             const std::string& file_name = "file.txt",
                             std::size_t piece = std::string::npos) {
  Imported result;
  StringSource source(bytes, piece);
  auto outcome = importer.read(source, file_name, options, [&](Document&& document) -> Status {
    result.documents.push_back(std::move(document));
    return {};
  });
  if (outcome)
    result.outcome = std::move(*outcome);
  else
    result.error = describe(outcome.error());
  return result;
}

}  // namespace plumbline
