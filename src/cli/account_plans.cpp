#include "cli/account_plans.h"

#include <algorithm>

#include "base/environment_error.h"
#include "model/settings.h"

namespace dpc::cli {
namespace {

bool IsPlaced(const model::Model& model, model::EnvironmentId environment) {
  const model::AwsSettings settings = model::EffectiveAws(model, environment);
  return model.environments[environment].has_aws && settings.account.has_value() && settings.region.has_value();
}

[[noreturn]] void ThrowErrors() {
  throw EnvironmentError("the repository has errors, so nothing would be emitted: `dpc check` shows them");
}

}  // namespace

backend::Input BackendInput(const driver::Compilation& compilation) {
  const auto all = compilation.model.environments.All();
  return {compilation.model, compilation.resolved, compilation.access, {all.begin(), all.end()}};
}

std::vector<backend::aws::AccountPlan> PlanAccounts(const driver::Compilation& compilation) {
  if (compilation.failed()) {
    ThrowErrors();
  }
  const backend::Input input = BackendInput(compilation);
  DiagnosticList diagnostics;
  Emitter emitter(diagnostics);
  backend::aws::NameRegister names(emitter);
  std::vector<backend::aws::AccountPlan> plans;
  for (const model::EnvironmentId environment : input.environments) {
    if (IsPlaced(compilation.model, environment)) {
      plans.push_back(backend::aws::PlanAccount(input, environment, names, emitter));
    }
  }
  if (emitter.errors() != 0) {
    ThrowErrors();
  }
  return plans;
}

bool IsChosen(const driver::Compilation& compilation, model::EnvironmentId environment) {
  const auto& chosen = compilation.environments;
  return std::find(chosen.begin(), chosen.end(), environment) != chosen.end();
}

std::string EnvironmentName(const driver::Compilation& compilation, model::EnvironmentId environment) {
  return std::string(compilation.model.Text(compilation.model.environments[environment].name));
}

void AddEnvironments(CommandLine& app, std::vector<std::string>& environments) {
  app.add_option("--env", environments, "This environment only; may be repeated")
      ->type_name("NAME")
      ->allow_extra_args(false);
}

}  // namespace dpc::cli
