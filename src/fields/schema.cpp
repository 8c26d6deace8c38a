#include "fields/schema.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/text.h"
#include "fields/schema_shared.h"
#include "fields/words.h"
#include "syntax/syntax_tree.h"

namespace dpc::fields {
namespace {

constexpr std::string_view kDraft = "https://json-schema.org/draft/2020-12/schema";

// A record without required fields may be left empty, which YAML reads as null.
bool MayBeNull(const RecordSpec& record) {
  return record.exactly_one.empty() &&
         std::none_of(record.fields.begin(), record.fields.end(),
                      [](const FieldSpec& field) { return field.presence == Presence::Required; });
}

std::string ChoiceLines(std::span<const Choice> choices) {
  std::vector<std::string> lines;
  for (const Choice& choice : choices) {
    lines.push_back("`" + std::string(choice.name) + "`: " + std::string(choice.doc));
  }
  return Join(lines, "\n");
}

// What a pattern cannot say to a reader; "" for types that explain themselves.
// NOLINTNEXTLINE(misc-no-recursion)
std::string Rules(const TypeSpec& type, std::string_view subject) {
  const auto rule = [&](std::string_view about) { return std::string(about) + ": " + std::string(type.scalar->rule); };
  switch (type.shape) {
    case Shape::Scalar:
      return rule(subject);
    case Shape::TextOrRecord:
      return rule(subject) + ", or a map";
    case Shape::Choice:
      return ChoiceLines(type.choices);
    case Shape::List:
      return Rules(*type.element, "Each item");
    case Shape::Map: {
      const bool inner = subject == "Each value";
      const std::string values = Rules(*type.element, inner ? "Each of its values" : "Each value");
      return rule(inner ? "Each of its keys" : "Each key") + (values.empty() ? "" : "\n") + values;
    }
    case Shape::Literal:
      return std::string(subject) + ": " + Expected(type);
    default:
      return "";
  }
}

// The example is YAML. Where its text and its value are surely the same, it can be an example in JSON, too.
bool IsPlainExample(const FieldSpec& field) {
  static constexpr std::string_view kIndicators = "-?:,[]{}#&*!|>'\"%@`";
  const std::string_view text = field.example;
  const TypeSpec& type = *field.type;
  const bool takes_text =
      type.shape == Shape::Choice || (type.scalar != nullptr && type.shape != Shape::Map && type.scalar->accepts(text));
  return takes_text && !text.empty() && kIndicators.find(text.front()) == std::string_view::npos &&
         text.find(": ") == std::string_view::npos && text.find(" #") == std::string_view::npos &&
         text.find('\n') == std::string_view::npos && syntax::CoreType(text) == syntax::ScalarType::Text;
}

std::string Description(const FieldSpec& field) {
  std::vector<std::string> lines;
  if (std::string rules = Rules(*field.type, "Expected"); !rules.empty()) {
    lines.push_back(std::move(rules));
  }
  if (!field.default_text.empty()) {
    lines.push_back("Default: " + std::string(field.default_text));
  }
  if (!field.example.empty() && !IsPlainExample(field)) {
    lines.push_back("Example: " + std::string(field.example));
  }
  return std::string(field.doc) + (lines.empty() ? "" : "\n\n") + Join(lines, "\n");
}

Json ScalarValue(const ScalarSpec& scalar) {
  return {{"type", "string"}, {"pattern", scalar.pattern}};
}

Json OrNull(Json schema) {
  return {{"anyOf", Json::array({std::move(schema), {{"type", "null"}}})}};
}

// Characters that need no escaping in a reference.
std::string DefinitionKey(std::string_view name) {
  std::string key(name);
  std::replace_if(
      key.begin(), key.end(), [](char c) { return std::string_view(" /#%~").find(c) != std::string_view::npos; }, '-');
  return key;
}

// Schemas of documents. The records in them go under $defs, each once, in the order of their first use.
class SchemaBuilder {
 public:
  // The schema of one document, without the head.
  Json Document(const KindSpec& kind) {
    if (IsGlossary(kind)) {
      Json schema = {{"description", kind.record->doc}, {"type", Json::array({"object", "null"})}};
      schema["propertyNames"] = ScalarValue(GlossaryNames());
      schema["additionalProperties"] = RecordValue(*kind.record);
      return schema;
    }
    Json schema = Record(*kind.record);
    for (const FieldSpec& field : kind.record->fields) {
      if (const std::string_view text = FixedText(kind, field.name); !text.empty()) {
        schema["properties"][std::string(field.name)] = {{"description", field.doc}, {"const", text}};
      }
    }
    return schema;
  }

  // The same under $defs; the reference to it.
  Json DocumentReference(const KindSpec& kind) {
    const std::string key = NewKey(kind.kind);
    Json schema = Document(kind);
    definitions_[key] = std::move(schema);
    return {{"$ref", "#/$defs/" + key}};
  }

  const Json& definitions() const { return definitions_; }

 private:
  // Keeps the place, so that the order is that of first use. Two records of one name get two keys.
  std::string NewKey(std::string_view name) {
    std::string key = DefinitionKey(name);
    for (std::size_t number = 2; definitions_.contains(key); ++number) {
      key = DefinitionKey(name) + "-" + std::to_string(number);
    }
    definitions_[key] = nullptr;
    return key;
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  Json Reference(const RecordSpec& record) {
    auto found = keys_.find(&record);
    if (found == keys_.end()) {
      found = keys_.emplace(&record, NewKey(record.name)).first;
      Json schema = {{"title", record.name}};
      schema.update(Record(record));
      definitions_[found->second] = std::move(schema);
    }
    return {{"$ref", "#/$defs/" + found->second}};
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  Json RecordValue(const RecordSpec& record) {
    return MayBeNull(record) ? OrNull(Reference(record)) : Reference(record);
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  Json Record(const RecordSpec& record) {
    Json properties = Json::object();
    Json required = Json::array();
    for (const FieldSpec& field : record.fields) {
      properties[std::string(field.name)] = Field(field);
      if (field.presence == Presence::Required) {
        required.push_back(field.name);
      }
    }
    Json schema = {{"description", record.doc}, {"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) {
      schema["required"] = std::move(required);
    }
    for (const std::string_view name : record.exactly_one) {
      schema["oneOf"].push_back({{"required", Json::array({name})}});
    }
    schema["additionalProperties"] = false;
    return schema;
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  Json Field(const FieldSpec& field) {
    Json schema = {{"description", Description(field)}};
    Json value = Value(*field.type);
    for (auto& [key, part] : value.items()) {
      schema.emplace(key, std::move(part));
    }
    if (IsPlainExample(field)) {
      schema["examples"] = Json::array({field.example});
    }
    return schema;
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  Json Value(const TypeSpec& type) {
    switch (type.shape) {
      case Shape::Scalar:
        return ScalarValue(*type.scalar);
      case Shape::Boolean:
        return {{"type", "boolean"}};
      case Shape::Integer:
        return IntegerValue(type);
      case Shape::Choice:
        return ChoiceValue(type);
      case Shape::List:
        return ListValue(type);
      case Shape::Map:
        return MapValue(type);
      case Shape::Record:
        return RecordValue(*type.record);
      case Shape::TextOrRecord:
        return {{"anyOf", Json::array({ScalarValue(*type.scalar), Reference(*type.record)})}};
      case Shape::AnyMap:
        return {{"type", Json::array({"object", "null"})}};
      case Shape::Literal:
        return LiteralValue(type);
    }
    return {};
  }

  static Json ChoiceValue(const TypeSpec& type) {
    Json schema = {{"description", ChoiceLines(type.choices)}, {"type", "string"}, {"enum", Json::array()}};
    for (const Choice& choice : type.choices) {
      schema["enum"].push_back(choice.name);
    }
    return schema;
  }

  static Json IntegerValue(const TypeSpec& type) {
    return {{"type", "integer"}, {"minimum", type.minimum}, {"maximum", type.maximum}};
  }

  static Json LiteralValue(const TypeSpec& type) {
    const Json text = ScalarValue(*type.scalar);
    const Json number = IntegerValue(type);
    const auto list = [](const Json& item) { return Json{{"type", "array"}, {"items", item}, {"uniqueItems", true}}; };
    return {{"anyOf", Json::array({text, number, {{"type", "boolean"}}, list(text), list(number)})}};
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  Json ListValue(const TypeSpec& type) {
    Json schema = {{"type", "array"}, {"items", Value(*type.element)}};
    if (type.element->shape == Shape::Scalar || type.element->shape == Shape::Choice) {
      schema["uniqueItems"] = true;
    }
    if (type.non_empty) {
      schema["minItems"] = 1;
    }
    return schema;
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  Json MapValue(const TypeSpec& type) {
    Json schema = {{"type", "object"}, {"propertyNames", ScalarValue(*type.scalar)}};
    schema["additionalProperties"] = Value(*type.element);
    if (type.non_empty) {
      schema["minProperties"] = 1;
    }
    return schema;
  }

  std::map<const RecordSpec*, std::string> keys_;
  Json definitions_ = Json::object();
};

Json Head(std::string_view title) {
  return {{"$schema", kDraft}, {"title", title}};
}

// Tells the kinds apart by what the head of a document says, so that an editor reports within the kind that was meant.
void AddKinds(Json& schema, std::span<const KindSpec* const> kinds, SchemaBuilder& builder) {
  Json versions = Json::array();
  Json names = Json::array();
  std::vector<Choice> choices;
  Json branches = Json::array();
  for (const KindSpec* kind : kinds) {
    if (std::find(versions.begin(), versions.end(), kind->api_version) == versions.end()) {
      versions.push_back(kind->api_version);
    }
    names.push_back(kind->kind);
    choices.push_back({kind->kind, kind->record->doc});
    const Json head = {{"apiVersion", {{"const", kind->api_version}}}, {"kind", {{"const", kind->kind}}}};
    branches.push_back(
        {{"if", {{"properties", head}, {"required", {"kind"}}}}, {"then", builder.DocumentReference(*kind)}});
  }
  schema["type"] = "object";
  schema["properties"] = {{"apiVersion", {{"enum", versions}}},
                          {"kind", {{"description", ChoiceLines(choices)}, {"enum", names}}}};
  schema["required"] = {"apiVersion", "kind"};
  schema["allOf"] = std::move(branches);
}

void AddDefinitions(Json& schema, const SchemaBuilder& builder) {
  if (!builder.definitions().empty()) {
    schema["$defs"] = builder.definitions();
  }
}

}  // namespace

Json KindSchema(const KindSpec& kind) {
  SchemaBuilder builder;
  Json schema = Head(kind.kind);
  schema.update(builder.Document(kind));
  AddDefinitions(schema, builder);
  return schema;
}

Json DialectSchema(std::span<const KindSpec* const> kinds) {
  DPC_CHECK(!kinds.empty(), "a dialect without kinds");
  SchemaBuilder builder;
  Json schema = Head(std::string(kinds.front()->dialect) + " declarations");
  if (std::none_of(kinds.begin(), kinds.end(), [](const KindSpec* kind) { return IsGlossary(*kind); })) {
    AddKinds(schema, kinds, builder);
  } else {
    // Glossaries do not say what they are: their file names do.
    for (const KindSpec* kind : kinds) {
      schema["anyOf"].push_back(builder.DocumentReference(*kind));
    }
  }
  AddDefinitions(schema, builder);
  return schema;
}

}  // namespace dpc::fields
