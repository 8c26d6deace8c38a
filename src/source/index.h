// What is staged, and what git does not look at the disk for. Private to `source`.
#pragma once

#include <git2.h>

#include <string>
#include <vector>

#include "source/index_file.h"
#include "source/listing.h"

namespace dpc::source {

// The index that git uses now (GIT_INDEX_FILE), sorted by path and stage; a split one is joined, and folders that a
// sparse one sums up are written out. None before the first `git add`. Throws EnvironmentError.
std::vector<IndexEntry> ReadIndex(git_repository* repository);

// As links see it. `entries` are sorted and outlive the result; `shown` is what messages call it.
LinkView ViewOf(git_repository* repository, const std::vector<IndexEntry>& entries, const std::string& shown);

// That of a path, stage 0; null when there is none.
const IndexEntry* FindEntry(const std::vector<IndexEntry>& entries, const std::string& path);

// Some entry lies below the folder.
bool HasBelow(const std::vector<IndexEntry>& entries, const std::string& folder);

}  // namespace dpc::source
