#include "crawler/import.h"

#include <fmt/core.h>

#include "base/text.h"
#include "crawler/archive.h"

namespace plumbline {
namespace {

std::string_view stem_of(std::string_view file_name) {
  if (const auto slash = file_name.find_last_of("/\\"); slash != std::string_view::npos)
    file_name.remove_prefix(slash + 1);
  const auto dot = file_name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? file_name : file_name.substr(0, dot);
}

std::string names_of_importers() {
  std::string names;
  for (const Importer* importer : all_importers())
    names += fmt::format("{}{}", names.empty() ? "" : ", ", importer->name);
  return names;
}

Result<const Importer*> named_importer(std::string_view format) {
  std::vector<std::string_view> names;
  for (const Importer* importer : all_importers()) {
    if (importer->name == format) return importer;
    names.push_back(importer->name);
  }
  const std::string_view close = closest(format, names);
  return fail(ErrorCode::invalid,
              fmt::format("there is no format \"{}\"{}; the formats are: auto, {}", format,
                          close.empty() ? "" : fmt::format(" (did you mean {}?)", close),
                          names_of_importers()));
}

}  // namespace

std::string source_name_of(std::string_view file_name) {
  std::string name;
  for (const char c : ascii_lower(stem_of(file_name)))
    if (c >= 'a' && c <= 'z') name += c;
  return name;
}

Result<const Importer*> pick_importer(std::string_view format, std::string_view file_name,
                                      std::string_view head) {
  if (!format.empty() && format != "auto") return named_importer(format);
  const Importer* best = nullptr;
  int surest = 0;
  for (const Importer* importer : all_importers()) {
    const int sure = importer->sniff == nullptr ? 0 : importer->sniff(file_name, head);
    if (sure <= surest) continue;
    best = importer;
    surest = sure;
  }
  if (best != nullptr) return best;
  return fail(ErrorCode::parse,
              fmt::format("{}; looked for: {}. If it is one of them, say so with --format",
                          head.empty() ? "the file is empty" : "the file is of no known kind",
                          names_of_importers()),
              std::string(file_name));
}

Result<const Importer*> pick_archive_importer(std::string_view format, std::string_view file_name,
                                              std::span<const ArchiveMember> members) {
  std::string known;
  const Importer* best = nullptr;
  int surest = 0;
  for (const Importer* importer : all_importers()) {
    if (importer->read_archive == nullptr) continue;
    known += (known.empty() ? "" : ", ") + std::string(importer->name);
    const int sure = importer->recognise == nullptr ? 0 : importer->recognise(members);
    if (sure <= surest) continue;
    best = importer;
    surest = sure;
  }
  if (!format.empty() && format != "auto") {
    const Importer* named = PLUMBLINE_TRY(named_importer(format));
    if (named->read_archive != nullptr) return named;
    return fail(
        ErrorCode::invalid,
        fmt::format("\"{}\" reads files, not folders or zips; those may be: {}", format, known),
        std::string(file_name));
  }
  if (best != nullptr) return best;
  return fail(ErrorCode::parse,
              fmt::format("none of its {} files is of a known archive; looked for: {}. If it is "
                          "one of them, say so with --format",
                          members.size(), known),
              std::string(file_name));
}

}  // namespace plumbline
