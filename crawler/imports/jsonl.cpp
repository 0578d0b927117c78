// JSON lines: our own exports, those of other tools, and replies saved to a file.
#include <fmt/core.h>
#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/text.h"
#include "crawler/charset.h"
#include "crawler/import.h"
#include "crawler/import_fields.h"
#include "crawler/import_rows.h"
#include "crawler/json_objects.h"

namespace plumbline {
namespace {

constexpr int kMostDepth = 256;
constexpr int kMostPath = 4;              // members nested deeper are not looked at
constexpr std::size_t kMostPaths = 4096;  // distinct ones, per file

int sniff(std::string_view, std::string_view head) {
  const std::string text = decode_head(head);
  const std::string_view begin = trim(text);
  const auto opens_object = [](std::string_view rest) {
    rest = trim(rest);
    if (rest.size() < 2 || rest[0] != '{') return false;
    rest = trim(rest.substr(1));
    return !rest.empty() && (rest[0] == '"' || rest[0] == '}');
  };
  if (opens_object(begin)) return 90;
  return !begin.empty() && begin[0] == '[' && opens_object(begin.substr(1)) ? 85 : 0;
}

std::string number_text(double value) {
  if (std::floor(value) == value && std::fabs(value) < 9e15)
    return fmt::format("{}", static_cast<std::int64_t>(value));
  return fmt::format("{}", value);
}

// Which fields a member may stand for, and how well; learned once per path.
struct PathUse {
  struct Candidate {
    ImportField field;
    int rank;
  };
  std::vector<Candidate> candidates;
  bool used = false;
};

class JsonFile {
 public:
  JsonFile(ByteSource& bytes, std::string_view file_name, const ImportOptions& options,
           const DocumentSink& sink)
      : text_(bytes),
        objects_(text_),
        rows_(file_name, "jsonl", options, sink),
        options_(options) {}

  Result<ImportOutcome> read() {
    PLUMBLINE_CHECK(check_mapped_fields(options_));
    find_mapped();
    JsonPiece piece;
    while (PLUMBLINE_TRY(objects_.next(piece))) PLUMBLINE_CHECK(add(piece));
    PLUMBLINE_CHECK(rows_.finish());
    finish();
    return std::move(rows_.outcome);
  }

 private:
  void find_mapped() {
    for (const auto& [name, path] : options_.columns) {
      ImportField field{};
      import_field_of(name, field);
      mapped_[static_cast<std::size_t>(field)] = path;
      if (field != ImportField::text || path.find('+') == std::string::npos) continue;
      for (const std::string_view part : split(path, '+')) {
        parts_.insert(std::string(trim(part)));
        part_order_.emplace_back(trim(part));
      }
    }
  }

  Status add(const JsonPiece& piece) {
    if (!piece.problem.empty()) {
      rows_.skip(piece.line, "unreadable JSON", piece.problem);
      return {};
    }
    if (!json_depth_within(piece.bytes, kMostDepth)) {
      rows_.skip(piece.line, "unreadable JSON", fmt::format("nested deeper than {}", kMostDepth));
      return {};
    }
    simdjson::dom::element root;
    if (const auto error = parser_.parse(piece.bytes.data(), piece.bytes.size(), true).get(root)) {
      rows_.skip(piece.line, "unreadable JSON", simdjson::error_message(error));
      return {};
    }
    simdjson::dom::object object;
    if (root.get_object().get(object)) {
      rows_.skip(piece.line, "not a JSON object");
      return {};
    }
    ranks_.fill(-1);
    values_.cells = {};
    values_.line = piece.line;
    path_.clear();
    walk(object, 1);
    join_mapped_text();
    return rows_.add(values_);
  }

  void walk(simdjson::dom::object object, int depth) {
    for (const auto member : object) {
      const std::size_t length = path_.size();
      if (length > 0) path_ += '.';
      path_ += member.key;
      take(member.value, depth);
      path_.resize(length);
    }
  }

  void take(simdjson::dom::element value, int depth) {
    switch (value.type()) {
      case simdjson::dom::element_type::OBJECT:
        if (depth < kMostPath) walk(value.get_object().value(), depth + 1);
        return;
      case simdjson::dom::element_type::STRING: offer(value.get_string().value()); return;
      case simdjson::dom::element_type::INT64:
        offer(fmt::format("{}", value.get_int64().value()));
        return;
      case simdjson::dom::element_type::UINT64:
        offer(fmt::format("{}", value.get_uint64().value()));
        return;
      case simdjson::dom::element_type::DOUBLE:
        offer(number_text(value.get_double().value()));
        return;
      case simdjson::dom::element_type::BOOL:
        offer(value.get_bool().value() ? "true" : "false");
        return;
      default: return;  // lists and null hold no field
    }
  }

  // Puts the value where its path fits better than what this object offered before.
  void offer(std::string_view value) {
    PathUse& use = use_of(path_);
    for (const PathUse::Candidate& candidate : use.candidates) {
      const auto field = static_cast<std::size_t>(candidate.field);
      if (ranks_[field] >= 0 && ranks_[field] <= candidate.rank) continue;
      if (trim(value).empty()) continue;
      ranks_[field] = candidate.rank;
      values_.cells[field] = std::string(value);
      taken_[field].insert(path_);
      use.used = true;
      break;  // one member, one field
    }
    if (parts_.count(path_) > 0) {
      part_values_[path_] = std::string(value);
      use.used = true;
    }
  }

  PathUse& use_of(const std::string& path) {
    const auto found = paths_.find(path);
    if (found != paths_.end()) return found->second;
    if (paths_.size() >= kMostPaths) return too_many_;
    PathUse use;
    const std::string folded = fold_column(path);
    for (std::size_t i = 0; i < kImportFields; ++i) {
      const auto field = static_cast<ImportField>(i);
      if (!mapped_[i].empty()) {
        if (mapped_[i] == path) use.candidates.insert(use.candidates.begin(), {field, 0});
      } else if (const int rank = spelling_rank(field, folded); rank >= 0) {
        use.candidates.push_back({field, rank + 1});
      }
    }
    std::stable_sort(use.candidates.begin(), use.candidates.end(),
                     [](const auto& a, const auto& b) { return a.rank < b.rank; });
    return paths_.emplace(path, std::move(use)).first->second;
  }

  // --map text=pros+cons.
  void join_mapped_text() {
    if (parts_.empty()) return;
    std::string joined;
    for (const std::string& part : part_order_) {
      const auto found = part_values_.find(part);
      if (found == part_values_.end()) continue;
      joined += (joined.empty() ? "" : " ") + found->second;
    }
    if (values_[ImportField::text].empty()) values_[ImportField::text] = joined;
    part_values_.clear();
  }

  void finish() {
    for (std::size_t i = 0; i < kImportFields; ++i) {
      const auto name = name_of(static_cast<ImportField>(i));
      for (const std::string& path : taken_[i]) rows_.outcome.mapped.emplace_back(name, path);
      if (!mapped_[i].empty() && paths_.count(mapped_[i]) == 0 && parts_.empty())
        rows_.note(1, fmt::format("no object has \"{}\", named by --map for {}{}", mapped_[i], name,
                                  close_path(mapped_[i])));
    }
    for (const auto& [path, use] : paths_)
      if (!use.used) rows_.outcome.unused.push_back(path);
    if (text_.replaced() > 0)
      rows_.note(
          1, fmt::format("{} bad {} sequences became U+FFFD", text_.replaced(), text_.charset()));
  }

  std::string close_path(const std::string& wanted) const {
    std::vector<std::string_view> known;
    for (const auto& [path, use] : paths_) known.push_back(path);
    const std::string_view close = closest(wanted, known);
    return close.empty() ? "" : fmt::format(" (did you mean \"{}\"?)", close);
  }

  TextReader text_;
  JsonObjects objects_;
  RowImport rows_;
  const ImportOptions& options_;
  simdjson::dom::parser parser_;
  RowValues values_;
  std::string path_;
  std::array<int, kImportFields> ranks_{};
  std::array<std::string, kImportFields> mapped_;
  std::array<std::set<std::string>, kImportFields> taken_;
  std::map<std::string, PathUse> paths_;
  PathUse too_many_;
  std::set<std::string> parts_;
  std::vector<std::string> part_order_;
  std::map<std::string, std::string> part_values_;
};

Result<ImportOutcome> read(ByteSource& bytes, std::string_view file_name,
                           const ImportOptions& options, const DocumentSink& sink) {
  auto outcome = JsonFile(bytes, file_name, options, sink).read();
  if (!outcome && outcome.error().where.empty())
    return fail(outcome.error().code, outcome.error().message, std::string(file_name));
  return outcome;
}

}  // namespace

extern const Importer jsonl_importer;
const Importer jsonl_importer = {
    "jsonl", "JSON lines",
    "One object a line, or one array of objects, in Plumbline's document shape or with the usual "
    "names (id, text, author or user, created_at …). The author may be a string or an object. "
    "Other members are named by --map FIELD=PATH, with dots: --map author=user.screen_name.",
    sniff, read};

}  // namespace plumbline
