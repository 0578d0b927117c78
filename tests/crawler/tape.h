// Recorded replies, invented people only.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace plumbline {

inline std::string read_whole(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

inline std::filesystem::path tapes_of(const std::string& source) {
  return std::filesystem::path(PLUMBLINE_SOURCE_DIR) / "tests/tapes" / source;
}

inline std::string tape(const std::string& source, const std::string& name) {
  return read_whole(tapes_of(source) / name);
}

}  // namespace plumbline
