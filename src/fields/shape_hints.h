// What to write instead of a value of another shape, as a hint. Private to `fields`.
#pragma once

#include <string>
#include <string_view>

#include "fields/spec.h"
#include "syntax/syntax_tree.h"

namespace dpc::fields {

// "a list of one is written `[orders]`"; "" where nobody can tell.
std::string ShapeHint(const syntax::NodeView& node, const TypeSpec& type);

}  // namespace dpc::fields
