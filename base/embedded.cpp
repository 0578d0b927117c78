#include "base/embedded.h"

#include <algorithm>

namespace plumbline {

std::string_view embedded(std::string_view path) {
  for (const EmbeddedFile& file : embedded_files())
    if (file.path == path) return file.bytes;
  return {};
}

std::vector<EmbeddedFile> embedded_below(std::string_view folder) {
  std::vector<EmbeddedFile> found;
  for (const EmbeddedFile& file : embedded_files())
    if (file.path.substr(0, folder.size()) == folder) found.push_back(file);
  return found;
}

}  // namespace plumbline
