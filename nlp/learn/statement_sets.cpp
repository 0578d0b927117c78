#include "nlp/learn/statement_sets.h"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>
#include <utility>

namespace plumbline {
namespace {

using Json = nlohmann::json;

std::string word_of(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// The number of that name, `other` without one.
std::size_t number_of(const Json& object, const char* name, std::size_t other) {
  const auto found = object.find(name);
  return found != object.end() && found->is_number_unsigned() ? found->get<std::size_t>() : other;
}

bool read_mark(const Json& object, const std::string& text, MarkedStatement& out) {
  if (!object.is_object() || !kind_of(word_of(object, "kind"), out.said.kind)) return false;
  const std::string span = word_of(object, "span");
  const std::size_t begin = number_of(object, "begin", text.find(span));
  if (begin > text.size() || text.compare(begin, span.size(), span) != 0) return false;
  const std::size_t end = number_of(object, "end", begin + span.size());
  if (end <= begin || end > text.size()) return false;
  out.said.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  out.said.holder = word_of(object, "holder") == "other" ? Holder::other : Holder::author;
  const std::string tense = word_of(object, "tense");
  if (tense == "past") out.said.tense = Tense::past;
  if (tense == "future") out.said.tense = Tense::future;
  const std::string state = word_of(object, "state");
  out.real = state.empty() || state == "real";
  return true;
}

bool read_sentence(const std::string& line, StatementSentence& out, std::int64_t& skipped) {
  const Json json = Json::parse(line, nullptr, false);
  if (!json.is_object()) return false;
  const std::string id = word_of(json, "id");
  out.lang = id.substr(0, id.find('-'));
  out.text = word_of(json, "text");
  const auto marks = json.find("statements");
  if (out.lang.empty() || out.text.empty() || marks == json.end() || !marks->is_array())
    return false;
  for (const Json& each : *marks) {
    MarkedStatement mark;
    if (read_mark(each, out.text, mark))
      out.statements.push_back(mark);
    else
      ++skipped;
  }
  return true;
}

}  // namespace

Status read_statement_file(const std::string& file, std::vector<StatementSentence>& out,
                           std::int64_t& skipped) {
  std::ifstream in(file);
  if (!in) return fail(ErrorCode::not_found, "the marked sentences cannot be read", file);
  for (std::string line; std::getline(in, line);) {
    StatementSentence sentence;
    if (line.empty()) continue;
    if (read_sentence(line, sentence, skipped))
      out.push_back(std::move(sentence));
    else
      ++skipped;
  }
  return {};
}

Result<std::vector<StatementSentence>> read_statement_sets(const std::vector<std::string>& folders,
                                                           std::int64_t& skipped) {
  std::set<std::tuple<std::string, std::string, std::size_t>> files;  // name, path, folder
  for (std::size_t i = 0; i < folders.size(); ++i) {
    std::error_code ec;
    for (const auto& entry : std::filesystem::directory_iterator(folders[i], ec)) {
      const std::string name = entry.path().filename().string();
      const bool apart = name.ends_with(".kept.jsonl") || name.ends_with(".open.jsonl");
      if (name.ends_with(".jsonl") && !apart) files.emplace(name, entry.path().string(), i);
    }
    if (ec) return fail(ErrorCode::not_found, "the marked sentences cannot be read", folders[i]);
  }
  std::vector<StatementSentence> out;
  for (const auto& [name, path, folder] : files) {
    const std::size_t before = out.size();
    PLUMBLINE_CHECK(read_statement_file(path, out, skipped));
    for (std::size_t i = before; i < out.size(); ++i) out[i].folder = folder;
  }
  return out;
}

}  // namespace plumbline
