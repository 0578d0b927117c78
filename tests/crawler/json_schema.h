// As much of JSON Schema as our data files use: what of `value` does not fit, in words.
#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>
#include <vector>

namespace plumbline {

class JsonSchema {
 public:
  explicit JsonSchema(const nlohmann::json& schema) : root_(schema) {}

  std::vector<std::string> problems(const nlohmann::json& value) {
    problems_.clear();
    check(value, root_, "");
    return problems_;
  }

 private:
  void say(const std::string& at, const std::string& what) {
    problems_.push_back(at + ": " + what);
  }

  static bool is_of(const nlohmann::json& value, const std::string& type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    return type == "boolean" && value.is_boolean();
  }

  void check(const nlohmann::json& value, const nlohmann::json& schema, const std::string& at) {
    if (schema.contains("type") && !is_of(value, schema["type"]))
      return say(at, "is no " + schema["type"].get<std::string>());
    if (schema.contains("enum") &&
        std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end())
      say(at, "is none of the values allowed");
    if (value.is_string()) check_text(value, schema, at);
    if (value.is_array()) {
      if (schema.contains("minItems") && value.size() < schema["minItems"]) say(at, "is too short");
      for (std::size_t i = 0; schema.contains("items") && i < value.size(); ++i)
        check(value[i], schema["items"], at + "/" + std::to_string(i));
    }
    if (value.is_object()) check_object(value, schema, at);
  }

  void check_text(const std::string& text, const nlohmann::json& schema, const std::string& at) {
    if (schema.contains("minLength") && text.size() < schema["minLength"]) say(at, "is empty");
    if (schema.contains("pattern") &&
        !std::regex_search(text, std::regex(schema["pattern"].get<std::string>())))
      say(at, "does not fit " + schema["pattern"].get<std::string>());
  }

  void check_object(const nlohmann::json& value, const nlohmann::json& schema,
                    const std::string& at) {
    for (const auto& key : schema.value("required", nlohmann::json::array()))
      if (!value.contains(key)) say(at, "lacks " + key.get<std::string>());
    const nlohmann::json known = schema.value("properties", nlohmann::json::object());
    for (const auto& [key, one] : value.items()) {
      if (known.contains(key))
        check(one, known[key], at + "/" + key);
      else if (schema.contains("additionalProperties"))
        say(at, "has an unknown key " + key);
    }
  }

  const nlohmann::json& root_;
  std::vector<std::string> problems_;
};

}  // namespace plumbline
