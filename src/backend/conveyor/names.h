// Names in Conveyor, and what it makes of them.
//
// Conveyor does not document which names it takes; it does document where they go. An environment is a namespace of its
// Kubernetes cluster; a project's workers run there as service accounts `<project>-<uuid>`, with `.` for each `_` of
// the project's name. So the rules here are those of Kubernetes (RFC 1123: labels, subdomains). Sources:
// docs.conveyordata.com, "Environments" and "Using AWS Roles".
#pragma once

#include <string>
#include <string_view>

#include "backend/backend.h"

namespace dpc::backend::conveyor {

bool IsEnvironmentName(std::string_view name);
bool IsProjectName(std::string_view name);

// The project's name as its service accounts bear it. Not injective: `a_b` and `a.b` are one.
std::string WorkerName(std::string_view project);

// The workspace's template for projects, filled for the product.
std::string ProjectName(const Input& input, model::ProductId product);

}  // namespace dpc::backend::conveyor
