// Writes zips by hand, so that a test can say in one what no honest program would.
#pragma once

#include <zlib.h>

#include <cstdint>
#include <string>
#include <vector>

namespace plumbline {

struct ZipEntry {
  std::string name;
  std::string bytes;
  std::uint32_t mode = 0100644;  // as Unix writes it; 0120777 is a symbolic link
  bool packed = false;
};

inline std::string deflated(const std::string& bytes) {
  std::string out(compressBound(bytes.size()) + 64, '\0');
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

inline std::string make_zip(const std::vector<ZipEntry>& entries) {
  std::string out, directory;
  const auto put = [](std::string& into, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) into += static_cast<char>(value >> (8 * i) & 0xFF);
  };
  for (const ZipEntry& entry : entries) {
    const std::string body = entry.packed ? deflated(entry.bytes) : entry.bytes;
    const std::uint64_t at = out.size();
    const auto sum = crc32(0, reinterpret_cast<const Bytef*>(entry.bytes.data()),
                           static_cast<uInt>(entry.bytes.size()));
    const auto common = [&](std::string& into) {
      put(into, 20, 2);
      put(into, 0x0800, 2);  // names in UTF-8
      put(into, entry.packed ? 8 : 0, 2);
      put(into, 0, 4);
      put(into, sum, 4);
      put(into, body.size(), 4);
      put(into, entry.bytes.size(), 4);
      put(into, entry.name.size(), 2);
      put(into, 0, 2);
    };
    out += "PK\3\4";
    common(out);
    out += entry.name + body;
    directory += "PK\1\2";
    put(directory, 0x0314, 2);  // made on Unix
    common(directory);
    put(directory, 0, 6);
    put(directory, static_cast<std::uint64_t>(entry.mode) << 16, 4);
    put(directory, at, 4);
    directory += entry.name;
  }
  const std::uint64_t begin = out.size();
  out += directory;
  out += "PK\5\6";
  put(out, 0, 4);
  put(out, entries.size(), 2);
  put(out, entries.size(), 2);
  put(out, directory.size(), 4);
  put(out, begin, 4);
  put(out, 0, 2);
  return out;
}

}  // namespace plumbline
