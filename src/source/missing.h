// Objects, and what to type where this clone has not fetched one. Private to `source`.
#pragma once

#include <git2.h>

#include <functional>
#include <string>
#include <vector>

#include "source/git.h"

namespace dpc::source {

// `path` is the folder's, `shown` the snapshot's: "revision 0123", "the index".
GitTree ReadTree(git_repository* repository, const git_oid& id, const std::string& path, const std::string& shown);

// `others`: all objects that the snapshot may need, asked for to say how many lack.
std::string ReadBlob(git_repository* repository, const git_oid& id, const std::string& path, const std::string& shown,
                     const std::function<std::vector<git_oid>()>& others = {});

// Made with a filter: what is missing is fetched when git needs it, and dpc opens no connection.
bool IsPartial(git_repository* repository);

}  // namespace dpc::source
