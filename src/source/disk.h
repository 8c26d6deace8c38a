// What lies on disk: absence is ENOENT (or a file where a folder would be), and nothing else is. Private to `source`.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace dpc::source {

// Of the path itself, a link not followed; `not_found` for what is not there. Throws EnvironmentError with the path
// when that cannot be told.
std::filesystem::file_type KindOf(const std::filesystem::path& path);

// The same of an entry of a folder that is being read, which knows it on most file systems.
std::filesystem::file_type KindOf(const std::filesystem::directory_entry& entry);

bool IsThere(const std::filesystem::path& path);

// The bytes of a small file that git wrote; nothing when there is none.
std::optional<std::string> ReadIfThere(const std::filesystem::path& path);

// Absolute, links resolved as far as there is something, without a slash at the end.
std::filesystem::path Canonical(const std::filesystem::path& path);

// `path` is `folder`, or lies below it; both as Canonical makes them.
bool IsIn(const std::filesystem::path& path, const std::filesystem::path& folder);

}  // namespace dpc::source
