// The rules of SourceTree::List that all trees share. Private to `source`.
#pragma once

#include <string_view>

namespace dpc::source {

// Ends in .yaml or .yml, in any case.
bool IsYamlName(std::string_view path);

// A file or folder name that is passed over: it begins with a dot.
bool IsHiddenName(std::string_view name);

// Any segment of the path is hidden.
bool IsHiddenPath(std::string_view path);

}  // namespace dpc::source
