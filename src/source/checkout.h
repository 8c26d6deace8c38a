// The work tree around dpc's outputs, and what of it is not checked out.
#pragma once

#include <memory>
#include <optional>
#include <string>

namespace dpc::source {

// A file of this name is in the folder: on disk, or tracked and not checked out (a sparse checkout).
bool HasFile(const std::string& folder, const std::string& name);

// The top of the repository that holds a folder: of its work tree, else where it lies; "" outside of git.
std::string FindTop(const std::string& directory);

// `path` as the repository that holds `directory` knows it, with a `/` at its end: "data/generated/", "" for the top
// itself. Nothing outside of that repository, or of git. Nothing need be there.
std::optional<std::string> FolderBelowTop(const std::string& directory, const std::string& path);

// A tracked file below `folder` that is not checked out, relative to the top of the work tree; nothing when all is
// there.
std::optional<std::string> FindNotCheckedOut(const std::string& folder);

// What lies in a folder as git would store it: where it turns line ends, CRLF on disk is LF.
class StoredBytes {
 public:
  explicit StoredBytes(const std::string& folder);
  ~StoredBytes();
  StoredBytes(StoredBytes&&) noexcept;
  StoredBytes& operator=(StoredBytes&&) noexcept;

  // `path` is relative to the folder.
  std::string Of(const std::string& path, std::string bytes) const;

 private:
  struct State;
  std::unique_ptr<State> state_;  // null outside of git
};

}  // namespace dpc::source
