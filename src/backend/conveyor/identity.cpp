#include "backend/conveyor/identity.h"

#include "backend/conveyor/diagnostics.h"
#include "backend/naming.h"

namespace dpc::backend::conveyor {
namespace {

constexpr std::string_view kEnvironmentHole = "{{ .Env }}";

// The name that the role template gives; what the aws back end names the role when `environment` is an environment's
// name.
std::string RoleName(const Input& input, model::ProductId product, std::string_view environment) {
  return FillForProduct(input, input.model.workspace.naming.role, product, environment).value_or("");
}

// As Conveyor does it.
std::string Fill(std::string identity, std::string_view environment) {
  for (std::size_t at = identity.find(kEnvironmentHole); at != std::string::npos;
       at = identity.find(kEnvironmentHole, at + environment.size())) {
    identity.replace(at, kEnvironmentHole.size(), environment);
  }
  return identity;
}

}  // namespace

std::vector<model::EnvironmentId> EnvironmentsWithRole(const Input& input, model::ProductId product) {
  std::vector<model::EnvironmentId> environments;
  for (const auto reference : input.resolved.product_environments[product.index()]) {
    const model::EnvironmentId environment = input.resolved.environment_refs[reference];
    if (input.Wants(environment) && input.model.environments[environment].has_aws) {
      environments.push_back(environment);
    }
  }
  return environments;
}

std::string DefaultIdentity(const Input& input, model::ProductId product, std::string_view project, Emitter& emitter) {
  const std::vector<model::EnvironmentId> environments = EnvironmentsWithRole(input, product);
  const std::string identity = RoleName(input, product, kEnvironmentHole);
  for (const model::EnvironmentId id : environments) {
    const model::Name& environment = input.model.environments[id].name;
    const std::string role = RoleName(input, product, input.model.Text(environment));
    const std::string meant = Fill(identity, input.model.Text(environment));
    if (meant != role) {
      emitter
          .Report(kIdentityDiffers, input.model.products[product].name.range, project, meant,
                  input.model.Text(environment), role)
          .Label(environment.range, "the environment");
      return "";
    }
  }
  return environments.empty() ? "" : identity;
}

}  // namespace dpc::backend::conveyor
