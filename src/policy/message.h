// Message templates: text with columns of the row in braces, `{name}`; `{{` is a brace. Private to this folder.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dpc::policy {

// The columns that a template names, in order. Nothing when a brace is not closed or holds no name.
std::optional<std::vector<std::string>> HolesOf(std::string_view message);

// User text becomes printable and is cut at 300 bytes, the message at 3,000, so that a row cannot forge or flood a
// report.
std::string Fill(std::string_view message, const std::function<std::string(std::string_view column)>& value);

}  // namespace dpc::policy
