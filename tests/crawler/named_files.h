// A test's archive: members by name, held in memory.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "crawler/archive.h"
#include "tests/crawler/string_source.h"

namespace plumbline {

class NamedFiles : public Archive {
 public:
  explicit NamedFiles(const std::map<std::string, std::string>& files) {
    for (const auto& [name, bytes] : files)
      if (admit(name, bytes.size())) bytes_.push_back(bytes);
  }
  Result<std::unique_ptr<ByteSource>> open(std::size_t member) override {
    return std::unique_ptr<ByteSource>(new StringSource(bytes_[member], 4096));
  }

 private:
  std::vector<std::string> bytes_;
};

// Runs one importer over an archive of these files.
inline Imported import_archive(const Importer& importer,
                               const std::map<std::string, std::string>& files,
                               const ImportOptions& options = {}) {
  Imported result;
  NamedFiles archive(files);
  auto outcome =
      importer.read_archive(archive, "Export.zip", options, [&](Document&& document) -> Status {
        result.documents.push_back(std::move(document));
        return {};
      });
  if (outcome)
    result.outcome = std::move(*outcome);
  else
    result.error = describe(outcome.error());
  return result;
}

// Every field of a document that is set, in one line, so that a test says all of it at once.
inline std::string all_of(const Document& document) {
  std::string out = document.source + " " + document.id + " | " + document.author.id + " / " +
                    document.author.handle + " / " + document.author.name + " | " +
                    format_utc(document.published_at);
  const auto add = [&out](const char* name, const std::string& value) {
    if (!value.empty()) out += std::string(" | ") + name + "=" + value;
  };
  add("title", document.title);
  add("text", document.text);
  add("url", document.url);
  add("lang", document.lang);
  add("parent", document.parent);
  add("place", document.place);
  add("brand", document.brand);
  if (document.rating) add("rating", std::to_string(*document.rating).substr(0, 3));
  if (document.likes) add("likes", std::to_string(*document.likes));
  if (document.shares) add("shares", std::to_string(*document.shares));
  return out;
}

// Those of all documents, without the ids that are made of what is said.
inline std::vector<std::string> all_of(const std::vector<Document>& documents) {
  std::vector<std::string> out;
  for (Document document : documents) {
    const bool made =
        document.id.size() >= 16 && document.id.find_first_not_of("0123456789abcdef") >= 16;
    if (made) document.id = "made";
    out.push_back(all_of(document));
  }
  return out;
}

}  // namespace plumbline
