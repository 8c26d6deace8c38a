// A literal against its type.
#include <optional>
#include <set>
#include <string>

#include "base/text.h"
#include "fields/diagnostics.h"
#include "fields/literal.h"
#include "fields/shape.h"
#include "fields/validator.h"
#include "fields/words.h"

namespace dpc::fields {

using syntax::NodeKind;
using syntax::NodeView;
using syntax::ScalarType;

namespace {

// A number that is wrong for its size only, not for how it is written.
bool IsPlainNumber(const NodeView& node) {
  const auto value = ParseInteger(node.text());
  return node.scalar_type() == ScalarType::Integer &&
         (value ? std::to_string(*value) == node.text() : IsDigits(node.text()) && !node.text().starts_with('0'));
}

}  // namespace

void Validator::CheckLiteral(const NodeView& node, const TypeSpec& type, std::string_view name) {
  if (node.kind() == NodeKind::Sequence) {
    CheckLiteralList(node, type, name);
  } else if (node.kind() == NodeKind::Mapping) {
    emitter_.Report(kWrongShape, node.range(), "`" + std::string(name) + "`", KindWords(node), Expected(type));
  } else if (!IsLiteralScalar(node, type)) {
    CheckLiteralScalar(node, type, name, Expected(type));
  }
}

// A scalar that does not conform.
void Validator::CheckLiteralScalar(const NodeView& node, const TypeSpec& type, std::string_view name,
                                   std::string_view expected) {
  if (node.scalar_type() == ScalarType::Text) {
    CheckScalar(node, type, name);
  } else if (IsPlainNumber(node)) {
    emitter_.Report(kNumberOutOfRange, node.range(), name, node.text(), std::to_string(type.minimum),
                    std::to_string(type.maximum));
  } else {
    emitter_.Report(kScalarRule, node.range(), name, node.text(), expected)
        .Hint("if it is a text, put it in quotes: \"" + std::string(node.text()) + "\"");
  }
}

void Validator::CheckLiteralList(const NodeView& node, const TypeSpec& type, std::string_view name) {
  std::set<std::string_view> seen;
  std::optional<NodeView> first;
  for (std::size_t i = 0; i < node.size(); ++i) {
    const NodeView item = node.Item(i);
    if (item.kind() == NodeKind::Null) {
      emitter_.Report(kNoValue, item.range(), name, kExpectedLiteralItem).Hint("write it, or take the item away");
    } else if (item.kind() != NodeKind::Scalar) {
      emitter_.Report(kWrongShape, item.range(), "an item of `" + std::string(name) + "`", KindWords(item),
                      kExpectedLiteralItem);
    } else if (!IsLiteralItem(item, type)) {
      CheckLiteralScalar(item, type, name, kExpectedLiteralItem);
    } else if (first && first->scalar_type() != item.scalar_type()) {
      emitter_.Report(kMixedList, item.range(), name, item.text(), first->text())
          .Label(first->range(), "the other one")
          .Hint("write all of them in quotes, or none");
    } else if (!seen.insert(item.text()).second) {
      emitter_.Report(kRepeatedItem, item.range(), name, item.text()).Hint("take one of them away");
    } else if (!first) {
      first = item;
    }
  }
}

}  // namespace dpc::fields
