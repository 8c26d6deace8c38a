// Names of generated things, from the workspace's templates. Pure: the same template and values give the same name.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace dpc::model {

// One hole of a template and what fills it.
using NamingValue = std::pair<std::string_view, std::string_view>;

// `{hole}` replaced by its value; nothing when the template names a hole that is not among the values, or a brace is
// open.
std::optional<std::string> FillTemplate(std::string_view template_text, std::span<const NamingValue> values);

}  // namespace dpc::model
