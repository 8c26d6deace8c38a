#include "fields/words.h"

#include <vector>

#include "base/text.h"

namespace dpc::fields {

using syntax::NodeKind;
using syntax::NodeView;
using syntax::ScalarType;

std::string_view KindWords(const NodeView& node) {
  switch (node.kind()) {
    case NodeKind::Null:
      return "empty";
    case NodeKind::Scalar:
      return "a single value";
    case NodeKind::Sequence:
      return "a list";
    case NodeKind::Mapping:
      return "a map";
  }
  return "";
}

std::string_view TypeWords(ScalarType type) {
  switch (type) {
    case ScalarType::Boolean:
      return "a boolean";
    case ScalarType::Integer:
    case ScalarType::Float:
      return "a number";
    default:
      return "null";
  }
}

std::string Quoted(std::span<const Choice> choices) {
  std::vector<std::string> names;
  for (const Choice& choice : choices) {
    names.push_back("`" + std::string(choice.name) + "`");
  }
  return Join(names, ", ");
}

std::string Quoted(std::span<const std::string_view> names) {
  std::vector<std::string> quoted;
  for (const std::string_view name : names) {
    quoted.push_back("`" + std::string(name) + "`");
  }
  return Join(quoted, ", ");
}

std::string FieldNames(const RecordSpec& record) {
  std::vector<std::string_view> names;
  for (const FieldSpec& field : record.fields) {
    names.push_back(field.name);
  }
  return Quoted(names);
}

std::string Expected(const TypeSpec& type) {
  switch (type.shape) {
    case Shape::Scalar:
      return std::string(type.scalar->rule);
    case Shape::Boolean:
      return "`true` or `false`";
    case Shape::Integer:
      return "a whole number";
    case Shape::Choice:
      return "one of " + Quoted(type.choices);
    case Shape::List:
      return "a list";
    case Shape::Map:
      return "a map";
    case Shape::Record:
      return "a map of its fields";
    case Shape::TextOrRecord:
      return std::string(type.scalar->rule) + ", or a map (" + std::string(type.record->name) + ")";
    case Shape::AnyMap:
      return "a map";
    case Shape::Literal:
      return "a text, a whole number, `true` or `false`, or a list of texts or of whole numbers";
  }
  return "";
}

std::string Article(std::string_view noun) {
  // "an S3 output": the letter is spoken.
  const bool spoken = noun.starts_with("S3");
  const bool vowel = !noun.empty() && std::string_view("aeiouAEIO").find(noun[0]) != std::string_view::npos;
  return (vowel || spoken ? "an " : "a ") + std::string(noun);
}

}  // namespace dpc::fields
