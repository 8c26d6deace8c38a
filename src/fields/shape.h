// What a node is, as far as its table says without looking below it. Private to `fields`.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "fields/spec.h"
#include "syntax/syntax_tree.h"

namespace dpc::fields {

// Null when the record has no such field.
const FieldSpec* FindField(const RecordSpec& record, std::string_view name);
// The record cannot be left empty.
bool HasRequired(const RecordSpec& record);
// Decimal; nothing when it is not, or too large.
std::optional<std::int64_t> ParseInteger(std::string_view text);
// A value of this type, shallowly: what a list, map or record holds is not looked at.
bool FitsShape(const syntax::NodeView& node, const TypeSpec& type);

}  // namespace dpc::fields
