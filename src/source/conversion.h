// Bytes on disk as git would store them: line ends, where git's attributes and settings turn them. Private to `source`.
#pragma once

#include <git2.h>

#include <string>
#include <string_view>
#include <vector>

#include "source/index.h"

namespace dpc::source {

class Conversion {
 public:
  // Both outlive it.
  Conversion(git_repository* repository, const std::vector<IndexEntry>& index)
      : repository_(repository), index_(index) {}

  // Only such bytes are stored as others.
  static bool MayChange(std::string_view bytes) { return bytes.find("\r\n") != std::string_view::npos; }

  // `path` is relative to the top of the repository.
  std::string ToGit(const std::string& path, std::string bytes) const;

 private:
  void Prepare() const;

  git_repository* repository_;
  const std::vector<IndexEntry>& index_;
  mutable bool prepared_ = false;
};

}  // namespace dpc::source
