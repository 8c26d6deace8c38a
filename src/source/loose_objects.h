// Objects that git keeps in a file each. Private to `source`.
#pragma once

#include <git2.h>

namespace dpc::source {

// From now on, `repository` reads such files through dpc, which bounds what it believes: libgit2 1.5 never ends with a
// file that is cut off, as a full disk or a crash leaves it. What is damaged becomes an error of libgit2 that names the
// file. Objects in packs are libgit2's.
void ReadLooseObjectsSafely(git_repository* repository);

}  // namespace dpc::source
