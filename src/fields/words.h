// How messages name what was found and what is expected. Private to `fields`.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "fields/spec.h"
#include "syntax/syntax_tree.h"

namespace dpc::fields {

// "a list"
std::string_view KindWords(const syntax::NodeView& node);
// "a number": what YAML takes a scalar for that is no text.
std::string_view TypeWords(syntax::ScalarType type);
// "`a`, `b`"
std::string Quoted(std::span<const Choice> choices);
std::string Quoted(std::span<const std::string_view> names);
std::string FieldNames(const RecordSpec& record);
// "a whole number": completes "expected ...".
std::string Expected(const TypeSpec& type);
// What an item of a literal list is, likewise.
inline constexpr std::string_view kExpectedLiteralItem = "a text or a whole number";
// "an output port"
std::string Article(std::string_view noun);

}  // namespace dpc::fields
