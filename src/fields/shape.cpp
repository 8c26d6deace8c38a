#include "fields/shape.h"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "fields/literal.h"

namespace dpc::fields {

using syntax::NodeKind;
using syntax::NodeView;
using syntax::ScalarType;

namespace {

bool IsWithin(const NodeView& node, const TypeSpec& type) {
  const auto value = ParseInteger(node.text());
  return value && *value >= type.minimum && *value <= type.maximum;
}

}  // namespace

const FieldSpec* FindField(const RecordSpec& record, std::string_view name) {
  const auto found = std::find_if(record.fields.begin(), record.fields.end(),
                                  [&](const FieldSpec& field) { return field.name == name; });
  return found == record.fields.end() ? nullptr : &*found;
}

bool HasRequired(const RecordSpec& record) {
  return !record.exactly_one.empty() ||
         std::any_of(record.fields.begin(), record.fields.end(),
                     [](const FieldSpec& field) { return field.presence == Presence::Required; });
}

std::optional<std::int64_t> ParseInteger(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

bool FitsShape(const NodeView& node, const TypeSpec& type) {
  switch (type.shape) {
    case Shape::Scalar:
      return node.kind() == NodeKind::Scalar && node.scalar_type() == ScalarType::Text &&
             type.scalar->accepts(node.text());
    case Shape::Boolean:
      return node.kind() == NodeKind::Scalar && node.scalar_type() == ScalarType::Boolean;
    case Shape::Integer:
      return node.kind() == NodeKind::Scalar && node.scalar_type() == ScalarType::Integer && IsWithin(node, type);
    case Shape::Choice:
      return node.kind() == NodeKind::Scalar &&
             std::any_of(type.choices.begin(), type.choices.end(),
                         [&](const Choice& choice) { return choice.name == node.text(); });
    case Shape::List:
      return node.kind() == NodeKind::Sequence;
    case Shape::Map:
      return node.kind() == NodeKind::Mapping;
    case Shape::Record:
      return node.kind() == NodeKind::Mapping || node.kind() == NodeKind::Null;
    case Shape::TextOrRecord:
      return node.kind() == NodeKind::Mapping ||
             (node.kind() == NodeKind::Scalar && node.scalar_type() == ScalarType::Text &&
              type.scalar->accepts(node.text()));
    case Shape::AnyMap:
      return node.kind() == NodeKind::Mapping || node.kind() == NodeKind::Null;
    case Shape::Literal:
      return node.kind() == NodeKind::Sequence || IsLiteralScalar(node, type);
  }
  return false;
}

}  // namespace dpc::fields
