// What IAM must hold, for the questions of `dpc access` about AWS. Private to access_*.cpp.
#pragma once

#include <string>
#include <vector>

#include "backend/aws/account.h"
#include "cli/arguments.h"
#include "driver/driver.h"

namespace dpc::cli {

// The back ends' view of a compilation.
backend::Input BackendInput(const driver::Compilation& compilation);

// The plan of every environment with AWS, chosen or not, in model order. Throws EnvironmentError when the repository
// has errors: nothing could be said of what is not emitted.
std::vector<backend::aws::AccountPlan> PlanAccounts(const driver::Compilation& compilation);

// The environment was chosen (--env).
bool IsChosen(const driver::Compilation& compilation, model::EnvironmentId environment);

std::string EnvironmentName(const driver::Compilation& compilation, model::EnvironmentId environment);

// --env NAME, repeatable.
void AddEnvironments(CommandLine& app, std::vector<std::string>& environments);

}  // namespace dpc::cli
