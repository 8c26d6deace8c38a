// What a merge would give, as one more tree to read: no index, no work tree and no object is written.
#pragma once

#include <memory>
#include <vector>

#include "source/source_tree.h"

namespace dpc::source {

// Merges `head` into `tip`, as git does path by path: what only one of them changed since `commons` is that one's, also
// where the other one moved it; what both changed is merged by lines, and head's where that conflicts. With several
// common commits (at least one) a path is as it was for head only when it is so for all of them, so that in doubt a
// change is the head's. `tip` and `head` outlive the result.
std::unique_ptr<SourceTree> MergeTrees(const std::vector<const SourceTree*>& commons, const SourceTree& tip,
                                       const SourceTree& head);

}  // namespace dpc::source
