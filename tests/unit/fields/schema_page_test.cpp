// Reference pages, and names that are awkward in pages and schemas.
#include <array>
#include <catch2/catch.hpp>

#include "fields/scalars.h"
#include "fields/schema.h"
#include "kinds.h"
#include "schema_checker.h"

namespace dpc::fields {
namespace {

// A table with what the dialects do not use.
constexpr std::array<Choice, 2> kChoices = {{{"a|b", "one | two"}, {"c", "three"}}};
const TypeSpec kChoiceType = {.shape = Shape::Choice, .choices = kChoices};
const TypeSpec kTextType = {.shape = Shape::Scalar, .scalar = &kAnyText};
const TypeSpec kMapType = {.shape = Shape::Map, .scalar = &kName, .element = &kTextType, .non_empty = true};
const std::array<FieldSpec, 2> kInnerFields = {{
    {"choice", &kChoiceType, Presence::Optional, "*_`", "A | B.", "a|b"},
    {"map", &kMapType, Presence::Optional, "", "A map.", "{a: \"`\"}"},
}};
const RecordSpec kInner = {"a thing / 100%", "It is loose.", kInnerFields};
const RecordSpec kTwin = {"a thing / 100%", "It has the same name.", kInnerFields};
const TypeSpec kInnerType = {.shape = Shape::Record, .record = &kInner};
const TypeSpec kTwinType = {.shape = Shape::Record, .record = &kTwin};
const std::array<FieldSpec, 2> kOuterFields = {{
    {"inner", &kInnerType, Presence::Optional, "", "The one.", "{}"},
    {"twin", &kTwinType, Presence::Optional, "", "The other.", "{}"},
}};
const RecordSpec kOuter = {"Odd", "An odd kind.", kOuterFields};
const KindSpec kOdd = {"native", "v1", "Odd", &kOuter, "inner: {}\n"};

TEST_CASE("two records of one name are two definitions") {
  const Json schema = KindSchema(kOdd);
  CHECK(schema["$defs"].size() == 2);
  for (const auto& [key, definition] : schema["$defs"].items()) {
    CHECK(key.find_first_of(" /%#~") == std::string::npos);
  }
  SchemaChecker checker(schema);
  CHECK(checker.Accepts({{"inner", nullptr}, {"twin", {{"choice", "a|b"}}}}));
  CHECK_FALSE(checker.Accepts({{"inner", {{"map", Json::object()}}}}));
}

TEST_CASE("a cell of a reference page cannot break its table") {
  const std::string page = ReferencePage(kOdd);
  CHECK(page.find("| `choice` | `a\\|b` or `c` | \\*\\_\\` | A \\| B. | `a\\|b` |\n") != std::string::npos);
  CHECK(page.find("| `map` | map of name to line of text, at least one | | A map. | `` {a: \"`\"} `` |\n") !=
        std::string::npos);
  CHECK(page.find("- `a|b`: one | two\n") != std::string::npos);
}

TEST_CASE("a reference page has the kind, its example, and a table for each record") {
  for (const KindSpec* kind : AllKinds()) {
    const std::string page = ReferencePage(*kind);
    INFO(page);
    CHECK(page.starts_with("# " + std::string(kind->kind) + "\n\n" + std::string(kind->record->doc) + "\n\n```yaml\n"));
    CHECK(page.find(std::string(kind->example) + "```\n") != std::string::npos);
    std::vector<const RecordSpec*> records;
    CollectRecords(*kind->record, records);
    for (const RecordSpec* record : records) {
      const bool root = record == kind->record && !IsGlossary(*kind);
      CHECK((root || page.find("\n## " + std::string(record->name) + "\n") != std::string::npos));
      for (const FieldSpec& field : record->fields) {
        CHECK(page.find("\n| `" + std::string(field.name) + "` | ") != std::string::npos);
      }
    }
  }
}

TEST_CASE("a page has the same bytes each time") {
  for (const KindSpec* kind : AllKinds()) {
    CHECK(ReferencePage(*kind) == ReferencePage(*kind));
  }
}

}  // namespace
}  // namespace dpc::fields
