// The json format against its published schema.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "diag/emitter.h"
#include "json/json.h"
#include "report/output_schemas.h"
#include "report/report.h"

namespace dpc::report {
namespace {

constexpr DiagnosticDef<1> kSample = {{"DPC3003", "Sample", Severity::Error, "`{0}` is not known", ""}};

bool HasType(const Json& value, const std::string& type) {
  return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
         (type == "string" && value.is_string()) || (type == "null" && value.is_null()) ||
         (type == "integer" && value.is_number_integer());
}

bool HasAnyType(const Json& value, const Json& types) {
  if (types.is_string()) {
    return HasType(value, types.get<std::string>());
  }
  return std::any_of(types.begin(), types.end(),
                     [&](const Json& type) { return HasType(value, type.get<std::string>()); });
}

// The keywords that our schema uses; stricter than JSON Schema in one point: every key of an object must be described.
// Returns the places that do not conform.
std::vector<std::string> Check(const Json& root, const Json& schema, const Json& value, const std::string& at) {
  std::vector<std::string> wrong;
  const auto descend = [&](const Json& part, const Json& child, const std::string& name) {
    const auto below = Check(root, part, child, at + "/" + name);
    wrong.insert(wrong.end(), below.begin(), below.end());
  };
  if (schema.contains("$ref")) {
    return Check(root, root.at(Json::json_pointer(schema["$ref"].get<std::string>().substr(1))), value, at);
  }
  if (schema.contains("type") && !HasAnyType(value, schema["type"])) {
    wrong.push_back(at + ": type");
  }
  if (schema.contains("const") && schema["const"] != value) {
    wrong.push_back(at + ": const");
  }
  if (schema.contains("enum") &&
      std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end()) {
    wrong.push_back(at + ": enum");
  }
  if (schema.contains("minimum") && value.get<std::int64_t>() < schema["minimum"].get<std::int64_t>()) {
    wrong.push_back(at + ": minimum");
  }
  if (value.is_object()) {
    for (const auto& key : schema.value("required", Json::array())) {
      if (!value.contains(key.get<std::string>())) {
        wrong.push_back(at + ": required " + key.get<std::string>());
      }
    }
    for (const auto& [key, child] : value.items()) {
      if (!schema.value("properties", Json::object()).contains(key)) {
        wrong.push_back(at + ": not described: " + key);
        continue;
      }
      descend(schema["properties"][key], child, key);
    }
  }
  if (value.is_array()) {
    for (const auto& child : value) {
      descend(schema.at("items"), child, "items");
    }
  }
  return wrong;
}

TEST_CASE("the json format is what its published schema says") {
  source::SourceManager sources;
  DiagnosticList diagnostics;
  Emitter emitter(diagnostics);
  const auto file = sources.Add("a\xFF.yaml", "name: x\n");
  const Range range = {sources.Start(file), 4};
  emitter.Report(kSample, range, "cust").Label(range, "here").Label({}, "everywhere").Hint("do this");
  emitter.Report(kSample, Range{}, "all");
  for (Diagnostic& diagnostic : diagnostics.all()) {
    diagnostic.fingerprint = std::string(32, '0');
  }
  DiagnosticList waived;
  waived.Add(diagnostics.all().front());
  waived.all().front().policy = "owner-required";
  waived.all().front().suppression = "waived until 2026-12-31: soon";
  const DiagnosticList known;
  const Report report{sources, diagnostics, "check", "work tree",
                      1,       1,           2,       {"b.yaml"},
                      3,       waived,      known,   {{"owner-required", "Owners", "", "error", "ran", "", 0, 1}}};

  const auto schema = ParseJson(FindOutputSchema("findings"));
  const auto json = ParseJson(FindRenderer("json")->render(report, {}));
  REQUIRE(schema.has_value());
  REQUIRE(json.has_value());
  CHECK(Check(*schema, *schema, *json, "") == std::vector<std::string>{});
  CHECK((*json)["findings"].size() == 2);
  CHECK((*json)["waived"][0]["policy"] == "owner-required");
  CHECK((*json)["policies"][0]["pack"].is_null());
  CHECK((*json)["findings"][1]["location"].is_null());
  CHECK((*json)["findings"][0]["location"]["endColumn"] == 5);
  CHECK((*json)["notices"][0]["message"] == "3 references not judged, because a file could not be read completely");
}

TEST_CASE("without findings every list is there and empty") {
  const source::SourceManager sources;
  const DiagnosticList diagnostics;
  const Report report{sources, diagnostics, "build", "index", 0, 0, 0, {}, 0, diagnostics, diagnostics, {}};
  const auto json = ParseJson(FindRenderer("json")->render(report, {}));
  REQUIRE(json.has_value());
  for (const char* key : {"findings", "waived", "known", "policies", "notices"}) {
    CHECK((*json)[key] == Json::array());
  }
}

}  // namespace
}  // namespace dpc::report
