// The rules of SourceTree::List that all trees share. Private to `source`.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace dpc::source {

// Ends in .yaml or .yml, in any case.
bool IsYamlName(std::string_view path);

// What is listed: YAML, and SQL (`.sql`, in any case), which policies are written in.
bool IsListedName(std::string_view path);

// A file or folder name that is passed over: it begins with a dot.
bool IsHiddenName(std::string_view name);

// Any segment of the path is hidden.
bool IsHiddenPath(std::string_view path);

// A repository as far as links need it; paths are relative to its top, "" is the top itself.
struct LinkView {
  std::function<std::optional<std::string>(const std::string& path)> target;  // what a link says; nothing for others
  std::function<bool(const std::string& path)> is_folder;
};

// The link at `path` leads to a folder, or out of the repository, also over other links. Decided by what links say, so
// that a snapshot and a work tree agree on every machine.
bool LeadsToFolder(const std::string& path, const LinkView& view);

}  // namespace dpc::source
