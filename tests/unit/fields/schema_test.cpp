#include "fields/schema.h"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <set>

#include "fields/decode.h"
#include "fields/scalars.h"
#include "frontend/frontend.h"
#include "kinds.h"
#include "parsed.h"
#include "schema_checker.h"

namespace dpc::fields {
namespace {

// What a front end does with a document of the kind: it has chosen the table by the head.
bool Conforms(const KindSpec& kind, Parsed& parsed) {
  const syntax::NodeView root = parsed.Root();
  if (!IsGlossary(kind)) {
    const auto word = root.Find("kind");
    return Validate(root, *kind.record, parsed.emitter()) && word && word->text() == kind.kind;
  }
  if (root.kind() != syntax::NodeKind::Mapping) {
    return root.kind() == syntax::NodeKind::Null;
  }
  bool fine = true;
  for (std::size_t i = 0; i < root.size(); ++i) {
    fine = kPortalName.accepts(root.Key(i).text()) && Validate(root.Value(i), *kind.record, parsed.emitter()) && fine;
  }
  return fine;
}

// A tree as the JSON that validators of YAML see.
Json ToJson(const syntax::NodeView& node) {
  switch (node.kind()) {
    case syntax::NodeKind::Null:
      return nullptr;
    case syntax::NodeKind::Sequence: {
      Json list = Json::array();
      for (std::size_t i = 0; i < node.size(); ++i) {
        list.push_back(ToJson(node.Item(i)));
      }
      return list;
    }
    case syntax::NodeKind::Mapping: {
      Json map = Json::object();
      for (std::size_t i = 0; i < node.size(); ++i) {
        map[std::string(node.Key(i).text())] = ToJson(node.Value(i));
      }
      return map;
    }
    case syntax::NodeKind::Scalar:
      break;
  }
  const bool text = node.scalar_type() == syntax::ScalarType::Text;
  return text ? Json(node.text()) : Json::parse(LowerCase(node.text()));
}

Json ExampleOf(const FieldSpec& field) {
  return ToJson(*Parsed("field: " + std::string(field.example)).Root().Find("field"));
}

// How many different records a table describes: one for each field of which there must be exactly one.
std::size_t Alternatives(const RecordSpec& record) {
  return std::max<std::size_t>(1, record.exactly_one.size());
}

bool IsLeftOut(const RecordSpec& record, std::string_view field, std::size_t alternative) {
  const auto& names = record.exactly_one;
  const auto found = std::find(names.begin(), names.end(), field);
  return found != names.end() && found - names.begin() != static_cast<std::ptrdiff_t>(alternative % names.size());
}

// Every field of the record, with its example.
Json Flat(const RecordSpec& record, std::size_t alternative) {
  Json value = Json::object();
  for (const FieldSpec& field : record.fields) {
    if (!IsLeftOut(record, field.name, alternative)) {
      value[std::string(field.name)] = ExampleOf(field);
    }
  }
  return value;
}

Json Deep(const RecordSpec& record, std::size_t alternative);

// Records in full, everything else as in the example. The first alternative takes the short forms.
Json DeepValue(const TypeSpec& type, Json example, std::size_t alternative) {
  if (type.shape == Shape::Record || (type.shape == Shape::TextOrRecord && alternative > 0)) {
    return Deep(*type.record, alternative);
  }
  if (type.element != nullptr && type.element->record != nullptr && !example.empty()) {
    example.front() = DeepValue(*type.element, example.front(), alternative);
  }
  return example;
}

// Every field of the record and of the records in it.
Json Deep(const RecordSpec& record, std::size_t alternative) {
  Json value = Flat(record, alternative);
  for (const FieldSpec& field : record.fields) {
    if (const auto found = value.find(field.name); found != value.end()) {
      *found = DeepValue(*field.type, *found, alternative);
    }
  }
  return value;
}

// Valid documents of the kind.
std::vector<Json> Documents(const KindSpec& kind) {
  std::vector<const RecordSpec*> records;
  CollectRecords(*kind.record, records);
  std::size_t alternatives = 2;
  for (const RecordSpec* record : records) {
    alternatives = std::max(alternatives, Alternatives(*record));
  }
  std::vector<Json> documents = {ToJson(Parsed(std::string(kind.example)).Root())};
  for (std::size_t alternative = 0; alternative < alternatives; ++alternative) {
    Json document = Deep(*kind.record, alternative);
    if (IsGlossary(kind)) {
      document = {{"entry", document}};
    } else {
      document["kind"] = kind.kind;
    }
    if (std::find(documents.begin(), documents.end(), document) == documents.end()) {
      documents.push_back(document);
    }
  }
  return documents;
}

// Documents that differ from `value` in one place.
void AddVariants(Json& root, Json& value, std::vector<Json>& variants) {
  static const std::array<Json, 11> kOthers = {
      Json(nullptr), Json(true),     Json(7),   Json(1000),          Json(""), Json("x y*"), Json::array({"a"}),
      Json::array(), Json::object(), Json("a"), Json({{"nme", "a"}})};
  const Json original = value;
  for (const Json& other : kOthers) {
    value = other;
    variants.push_back(root);
  }
  if (original.is_object()) {
    for (const Json& extra : {Json("a"), original.empty() ? Json() : original.front()}) {
      value = original;
      value["Extra Key"] = extra;
      variants.push_back(root);
    }
  }
  for (std::size_t i = 0; original.is_structured() && i < original.size(); ++i) {
    value = original;
    if (original.is_array()) {
      value.push_back(original[i]);
      variants.push_back(root);
      value = original;
      AddVariants(root, value[i], variants);
    } else {
      const std::string key = std::next(original.begin(), static_cast<std::ptrdiff_t>(i)).key();
      value.erase(key);
      variants.push_back(root);
      value = original;
      AddVariants(root, value[key], variants);
    }
  }
  value = original;
}

// Objects with properties that let others pass, references that lead nowhere, definitions that nothing refers to.
void FindLooseEnds(const Json& schema, const Json& root, std::set<std::string>& unused,
                   std::vector<std::string>& loose) {
  if (schema.is_object() && schema.contains("additionalProperties") == false &&
      schema.value("type", Json()) == "object") {
    loose.push_back("open: " + schema.value("description", ""));
  }
  for (const auto& [key, part] : schema.items()) {
    if (key == "$ref") {
      unused.erase(part.get<std::string>());
      if (!root.contains(Json::json_pointer(part.get<std::string>().substr(1)))) {
        loose.push_back("dangling: " + part.get<std::string>());
      }
    } else if (part.is_structured()) {
      FindLooseEnds(part, root, unused, loose);
    }
  }
}

std::vector<std::string> LooseEnds(const Json& schema) {
  std::set<std::string> unused;
  std::vector<std::string> loose;
  const Json definitions = schema.value("$defs", Json::object());
  for (const auto& [key, definition] : definitions.items()) {
    unused.insert("#/$defs/" + key);
  }
  for (const auto& [key, part] : schema.items()) {
    if (part.is_structured()) {
      FindLooseEnds(part, schema, unused, loose);
    }
  }
  loose.insert(loose.end(), unused.begin(), unused.end());
  return loose;
}

std::set<std::string> RequiredOf(const RecordSpec& record) {
  std::set<std::string> names;
  for (const FieldSpec& field : record.fields) {
    if (field.presence == Presence::Required) {
      names.emplace(field.name);
    }
  }
  return names;
}

TEST_CASE("a schema has the same bytes each time") {
  for (const KindSpec* kind : AllKinds()) {
    INFO(kind->kind);
    CHECK(PrettyJson(KindSchema(*kind)) == PrettyJson(KindSchema(*kind)));
  }
}

TEST_CASE("a schema lists all fields in the order of the table, and those that are required") {
  for (const KindSpec* kind : AllKinds()) {
    INFO(kind->kind);
    const Json schema = KindSchema(*kind);
    const Json& record =
        IsGlossary(*kind) ? schema.at("$defs").at(schema["$defs"].begin().key()) : static_cast<const Json&>(schema);
    std::vector<std::string> names;
    for (const auto& [key, part] : record.at("properties").items()) {
      names.push_back(key);
      CHECK_FALSE(part.at("description").get<std::string>().empty());
    }
    std::vector<std::string> wanted;
    for (const FieldSpec& field : kind->record->fields) {
      wanted.emplace_back(field.name);
    }
    CHECK(names == wanted);
    CHECK(record.value("required", Json::array()).get<std::set<std::string>>() == RequiredOf(*kind->record));
  }
}

TEST_CASE("a schema is strict, and its definitions are those that it uses") {
  for (const KindSpec* kind : AllKinds()) {
    INFO(kind->kind);
    CHECK(LooseEnds(KindSchema(*kind)) == std::vector<std::string>());
  }
  for (const frontend::FrontendSpec* dialect : frontend::AllFrontendSpecs()) {
    CHECK(LooseEnds(DialectSchema(dialect->kinds)) == std::vector<std::string>());
  }
}

TEST_CASE("each record is defined once") {
  for (const KindSpec* kind : AllKinds()) {
    std::vector<const RecordSpec*> records;
    CollectRecords(*kind->record, records);
    INFO(kind->kind);
    CHECK(KindSchema(*kind).value("$defs", Json::object()).size() == records.size() - (IsGlossary(*kind) ? 0 : 1));
  }
}

TEST_CASE("the example of a kind is valid") {
  for (const KindSpec* kind : AllKinds()) {
    Parsed parsed{std::string(kind->example)};
    INFO(kind->example);
    REQUIRE(parsed.HasOneDocument());
    CHECK(Conforms(*kind, parsed));
    CHECK(parsed.Findings() == std::vector<std::string>());
  }
}

TEST_CASE("the examples of all fields are valid") {
  std::vector<const RecordSpec*> records;
  for (const KindSpec* kind : AllKinds()) {
    CollectRecords(*kind->record, records);
  }
  for (const RecordSpec* record : records) {
    for (std::size_t alternative = 0; alternative < Alternatives(*record); ++alternative) {
      const std::string text = CompactJson(Flat(*record, alternative));
      Parsed parsed(text);
      INFO(record->name << ": " << text);
      Validate(parsed.Root(), *record, parsed.emitter());
      CHECK(parsed.Findings() == std::vector<std::string>());
    }
  }
}

TEST_CASE("a schema accepts the documents that dpc accepts, and no others") {
  for (const KindSpec* kind : AllKinds()) {
    SchemaChecker checker(KindSchema(*kind));
    std::vector<Json> variants;
    for (Json& document : Documents(*kind)) {
      INFO(kind->kind << ": " << CompactJson(document));
      CHECK(checker.Accepts(document));
      AddVariants(document, document, variants);
    }
    std::size_t accepted = 0;
    for (const Json& variant : variants) {
      Parsed parsed(CompactJson(variant));
      const bool conforms = Conforms(*kind, parsed);
      accepted += conforms ? 1 : 0;
      if (checker.Accepts(variant) != conforms) {
        INFO(kind->kind << ": " << CompactJson(variant));
        CHECK(parsed.Findings() == std::vector<std::string>{conforms ? "refused by the schema" : "accepted by it"});
      }
    }
    INFO(kind->kind << ": " << accepted << " of " << variants.size());
    CHECK(accepted > variants.size() / 25);
    CHECK(accepted < variants.size());
  }
}

TEST_CASE("the schema of a dialect tells the kinds apart") {
  for (const frontend::FrontendSpec* dialect : frontend::AllFrontendSpecs()) {
    SchemaChecker checker(DialectSchema(dialect->kinds));
    for (const KindSpec* kind : dialect->kinds) {
      INFO(kind->kind);
      Json document = Documents(*kind).back();
      CHECK(checker.Accepts(document));
      (IsGlossary(*kind) ? document.front() : document)["extra"] = 1;
      CHECK_FALSE(checker.Accepts(document));
    }
  }
}

TEST_CASE("a head that names no kind of the dialect is refused") {
  for (const frontend::FrontendSpec* dialect : frontend::AllFrontendSpecs()) {
    if (IsGlossary(*dialect->kinds.front())) {
      continue;
    }
    SchemaChecker checker(DialectSchema(dialect->kinds));
    CHECK_FALSE(checker.Accepts({{"apiVersion", "dpc/v1"}, {"kind", "Dataproduct"}, {"name", "a"}}));
    CHECK_FALSE(checker.Accepts({{"apiVersion", "dpc/v2"}, {"kind", "Domain"}, {"name", "a"}}));
    CHECK_FALSE(checker.Accepts({{"kind", "Domain"}, {"name", "a"}}));
    CHECK_FALSE(checker.Accepts({{"apiVersion", "dpc/v1"}, {"name", "a"}}));
    CHECK(checker.Accepts({{"apiVersion", "dpc/v1"}, {"kind", "Domain"}, {"name", "a"}}));
  }
}

}  // namespace
}  // namespace dpc::fields
