// Names in Conveyor, and what it makes of them.
//
// Conveyor does not document which names it takes; it does document where they go. An environment is a namespace of its
// Kubernetes cluster; a project's workers run there as service accounts `<project>-<uuid>`, with `.` for each `_` of
// the project's name. So the rules here are those of Kubernetes (RFC 1123: labels, subdomains). Sources:
// docs.conveyordata.com, "Environments" and "Using AWS Roles".
#pragma once

#include <string_view>

namespace dpc::backend::conveyor {

bool IsEnvironmentName(std::string_view name);
bool IsProjectName(std::string_view name);

}  // namespace dpc::backend::conveyor
