#include <nlohmann/json.hpp>

#include "backend/aws/actions.h"
#include "backend/aws/diagnostics.h"
#include "backend/aws/environment_root.h"
#include "backend/aws/holders.h"
#include "backend/aws/trust_order.h"
#include "backend/backend.h"
#include "model/settings.h"

namespace dpc::backend {
namespace {

// An ARN with an empty account or region would mean every one.
bool IsPlaced(const Input& input, model::EnvironmentId environment, Emitter& emitter) {
  const model::Environment& row = input.model.environments[environment];
  const model::AwsSettings settings = model::EffectiveAws(input.model, environment);
  for (const auto& [what, name] : {std::pair("account", settings.account), std::pair("region", settings.region)}) {
    if (!name.has_value()) {
      emitter.Report(aws::kNoAccount, row.aws_range.has_value() ? row.aws_range : row.name.range,
                     input.model.Text(row.name), what);
      return false;
    }
  }
  return true;
}

void Emit(const Input& input, terraform::Roots& roots, Emitter& emitter) {
  aws::NameRegister names(emitter);
  aws::CheckTrustOrder(input, emitter);
  for (const model::EnvironmentId environment : input.model.environments.All()) {
    const bool wanted = input.Wants(environment) && input.model.environments[environment].has_aws;
    if (wanted && IsPlaced(input, environment, emitter)) {
      aws::EnvironmentRoot(input, environment, roots.Get(input.model.Text(input.model.environments[environment].name)),
                           names, emitter)
          .Emit(roots);
    }
  }
}

}  // namespace

extern const BackendSpec backend_aws;
const BackendSpec backend_aws = {
    "aws",
    "IAM roles and policies, Athena workgroups, Glue databases and, where asked for, S3 buckets, as Terraform",
    Emit,
    aws::Actions,
    aws::RoleArnOf,
    aws::CoordinatesOf,
    aws::Holders,
};

}  // namespace dpc::backend
