// Objects of a repository in the cheapest way that is sure. Private to `source`.
#pragma once

#include <git2.h>

#include <optional>
#include <string>
#include <vector>

#include "source/packed_objects.h"
#include "source/packs.h"

namespace dpc::source {

// Where they are. Nothing of it changes once it is made.
class ObjectFiles {
 public:
  explicit ObjectFiles(git_repository* repository);

  const std::vector<std::string>& folders() const { return folders_; }

  const Packs& packs() const { return packs_; }

 private:
  std::vector<std::string> folders_;
  Packs packs_;
};

// For one thread.
class ObjectReader {
 public:
  // `files` outlives it.
  explicit ObjectReader(const ObjectFiles& files) : files_(files) {}

  // False for what libgit2 has to read, or to refuse with a reason. `place`: where Find says that it is.
  bool Read(const git_oid& id, const std::optional<Packs::Place>& place, git_object_t type, std::string& bytes);

  bool Read(const git_oid& id, git_object_t type, std::string& bytes) {
    return Read(id, files_.packs().Find(id), type, bytes);
  }

 private:
  const ObjectFiles& files_;
  PackedObjects packed_;
};

// The bytes of each blob, by its position in `ids`, read by so many threads in the order of packs: nothing for what
// libgit2 has to read, or to refuse, and once all together are more than kMostBytesOfAll.
std::vector<std::optional<std::string>> ReadBlobs(const ObjectFiles& files, const std::vector<git_oid>& ids,
                                                  unsigned threads);

}  // namespace dpc::source
