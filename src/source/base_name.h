// Which commit the name of a base means. Private to `source`.
#pragma once

#include <git2.h>

#include <string>

namespace dpc::source {

// Whoever writes commits may also push refs, and choose messages: so a name that several refs have, and what searches
// for a text, are refused. A full id and a full ref name mean themselves. Throws EnvironmentError.
git_oid FindBaseId(git_repository* repository, const std::string& name);

}  // namespace dpc::source
