// Values of Shape::Literal. Private to `fields`.
#pragma once

#include <optional>

#include "fields/decode.h"
#include "fields/spec.h"
#include "syntax/syntax_tree.h"

namespace dpc::fields {

// A text that the type takes, or a number within its bounds and written in plain decimals: `007` lost its quotes.
bool IsLiteralItem(const syntax::NodeView& node, const TypeSpec& type);
// The same, or a boolean.
bool IsLiteralScalar(const syntax::NodeView& node, const TypeSpec& type);
// Nothing when any part of it does not conform.
std::optional<Literal> ReadLiteral(const syntax::NodeView& node, const TypeSpec& type);

}  // namespace dpc::fields
