// The default identity of a project: the IAM role that its jobs assume when they name none.
//
// Conveyor keeps one text per project and puts the environment's name for `{{ .Env }}` in it. It is given a role's
// name, not its ARN, so that the same text serves environments in different accounts; Conveyor looks the name up in the
// account of the environment's cluster. Source: docs.conveyordata.com, "Configuring a default IAM identity" and "Using
// AWS Roles".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "backend/backend.h"

namespace dpc::backend::conveyor {

// The emitted environments in which the product has a role in AWS, in model order.
std::vector<model::EnvironmentId> EnvironmentsWithRole(const Input& input, model::ProductId product);

// The text with `{{ .Env }}`, after a check that it means the product's role in each environment that has one. "" when
// none has, or after a report (DPC7104). `project` is for the message.
std::string DefaultIdentity(const Input& input, model::ProductId product, std::string_view project, Emitter& emitter);

}  // namespace dpc::backend::conveyor
