// A JSON Schema validator for the keywords that our schemas use; any other keyword is a failure of the test. It stands
// in for the validators of editors, which the build does not need.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <string>

#include "json/json.h"
#include "pattern.h"

namespace dpc::fields {

class SchemaChecker {
 public:
  explicit SchemaChecker(Json root) : root_(std::move(root)) {}

  bool Accepts(const Json& value) { return Accepts(root_, value); }

 private:
  bool Accepts(const Json& schema, const Json& value) {
    if (schema.is_boolean()) {
      return schema.get<bool>();
    }
    for (const auto& [keyword, argument] : schema.items()) {
      if (!Holds(schema, keyword, argument, value)) {
        return false;
      }
    }
    return true;
  }

  bool Holds(const Json& schema, const std::string& keyword, const Json& argument, const Json& value) {
    static const std::set<std::string> kSilent = {"$schema", "title", "description", "examples", "$defs", "then"};
    if (kSilent.contains(keyword)) {
      return true;
    }
    if (keyword == "$ref") {
      return Accepts(root_.at(Json::json_pointer(argument.get<std::string>().substr(1))), value);
    }
    if (keyword == "if") {
      return !Accepts(argument, value) || Accepts(schema.at("then"), value);
    }
    if (keyword == "anyOf" || keyword == "oneOf" || keyword == "allOf") {
      return HoldsOf(keyword, argument, value);
    }
    if (keyword == "const") {
      return value == argument;
    }
    if (keyword == "enum") {
      return std::find(argument.begin(), argument.end(), value) != argument.end();
    }
    if (keyword == "type") {
      return HasType(argument, value);
    }
    return HoldsFor(schema, keyword, argument, value);
  }

  bool HoldsOf(const std::string& keyword, const Json& schemas, const Json& value) {
    const auto count = static_cast<std::size_t>(
        std::count_if(schemas.begin(), schemas.end(), [&](const Json& schema) { return Accepts(schema, value); }));
    return keyword == "anyOf" ? count > 0 : keyword == "oneOf" ? count == 1 : count == schemas.size();
  }

  // Keywords that bind values of one type and let all others pass.
  bool HoldsFor(const Json& schema, const std::string& keyword, const Json& argument, const Json& value) {
    if (keyword == "pattern") {
      return !value.is_string() || PatternOf(argument.get<std::string>()).Matches(value.get<std::string>());
    }
    if (keyword == "minimum" || keyword == "maximum") {
      return !value.is_number() || (keyword == "minimum" ? value >= argument : value <= argument);
    }
    if (keyword == "items" || keyword == "uniqueItems" || keyword == "minItems") {
      return !value.is_array() || HoldsForArray(keyword, argument, value);
    }
    return !value.is_object() || HoldsForObject(schema, keyword, argument, value);
  }

  bool HoldsForArray(const std::string& keyword, const Json& argument, const Json& value) {
    if (keyword == "minItems") {
      return value.size() >= argument.get<std::size_t>();
    }
    if (keyword == "uniqueItems") {
      return std::set<Json>(value.begin(), value.end()).size() == value.size();
    }
    return std::all_of(value.begin(), value.end(), [&](const Json& item) { return Accepts(argument, item); });
  }

  bool HoldsForObject(const Json& schema, const std::string& keyword, const Json& argument, const Json& value) {
    if (keyword == "required") {
      return std::all_of(argument.begin(), argument.end(), [&](const Json& name) { return value.contains(name); });
    }
    if (keyword == "minProperties") {
      return value.size() >= argument.get<std::size_t>();
    }
    if (keyword != "properties" && keyword != "additionalProperties" && keyword != "propertyNames") {
      throw std::logic_error("unknown keyword " + keyword);
    }
    for (const auto& [key, child] : value.items()) {
      const bool named = schema.contains("properties") && schema["properties"].contains(key);
      const bool fine = keyword == "propertyNames" ? Accepts(argument, key)
                        : keyword == "properties"  ? !named || Accepts(argument.at(key), child)
                                                   : named || Accepts(argument, child);
      if (!fine) {
        return false;
      }
    }
    return true;
  }

  static bool HasType(const Json& type, const Json& value) {
    if (type.is_array()) {
      return std::any_of(type.begin(), type.end(), [&](const Json& one) { return HasType(one, value); });
    }
    const std::string name = type.get<std::string>();
    return (name == "object" && value.is_object()) || (name == "array" && value.is_array()) ||
           (name == "string" && value.is_string()) || (name == "boolean" && value.is_boolean()) ||
           (name == "null" && value.is_null()) || (name == "integer" && value.is_number_integer());
  }

  const Pattern& PatternOf(const std::string& text) { return patterns_.try_emplace(text, text).first->second; }

  Json root_;
  std::map<std::string, Pattern> patterns_;
};

}  // namespace dpc::fields
