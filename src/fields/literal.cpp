#include "fields/literal.h"

#include <string>

#include "base/text.h"
#include "fields/shape.h"

namespace dpc::fields {

using syntax::NodeKind;
using syntax::NodeView;
using syntax::ScalarType;

namespace {

// The text of a conforming scalar, in one spelling: `True` is `true`.
Text TextOf(const NodeView& node) {
  if (node.scalar_type() != ScalarType::Boolean) {
    return {node.text(), node.range()};
  }
  return {LowerCase(node.text()) == "true" ? "true" : "false", node.range()};
}

}  // namespace

bool IsLiteralItem(const NodeView& node, const TypeSpec& type) {
  if (node.kind() != NodeKind::Scalar) {
    return false;
  }
  if (node.scalar_type() == ScalarType::Text) {
    return type.scalar->accepts(node.text());
  }
  const auto value = node.scalar_type() == ScalarType::Integer ? ParseInteger(node.text()) : std::nullopt;
  return value && *value >= type.minimum && *value <= type.maximum && std::to_string(*value) == node.text();
}

bool IsLiteralScalar(const NodeView& node, const TypeSpec& type) {
  const bool boolean = node.kind() == NodeKind::Scalar && node.scalar_type() == ScalarType::Boolean;
  return boolean || IsLiteralItem(node, type);
}

std::optional<Literal> ReadLiteral(const NodeView& node, const TypeSpec& type) {
  if (IsLiteralScalar(node, type)) {
    return Literal{{TextOf(node)}, false, node.scalar_type() == ScalarType::Text};
  }
  if (node.kind() != NodeKind::Sequence) {
    return std::nullopt;
  }
  Literal literal{{}, true, node.size() == 0 || node.Item(0).scalar_type() == ScalarType::Text};
  for (std::size_t i = 0; i < node.size(); ++i) {
    const NodeView item = node.Item(i);
    if (!IsLiteralItem(item, type) || (item.scalar_type() == ScalarType::Text) != literal.is_text) {
      return std::nullopt;
    }
    literal.items.push_back(TextOf(item));
  }
  return literal;
}

}  // namespace dpc::fields
