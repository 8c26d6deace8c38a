// Objects that git keeps in a file each. Private to `source`.
#pragma once

#include <git2.h>

#include <string>
#include <vector>

namespace dpc::source {

// From now on, `repository` reads such files through dpc, which bounds what it believes: libgit2 1.5 never ends with a
// file that is cut off, as a full disk or a crash leaves it. What is damaged becomes an error of libgit2 that names the
// file. Objects in packs are libgit2's.
void ReadLooseObjectsSafely(git_repository* repository);

// Where the repository keeps objects, with those that it borrows.
std::vector<std::string> ObjectFolders(git_repository* repository);

// Without libgit2, for any thread. False for what it has to read: there is no such file, it is large, or it is not what
// it says.
bool ReadLooseObject(const std::vector<std::string>& folders, const git_oid& id, git_object_t type, std::string& bytes);

}  // namespace dpc::source
