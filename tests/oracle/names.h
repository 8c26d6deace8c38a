// Names of generated things as the workspace's templates say, for the expectations: filled here a second time, so that
// a back end that fills them differently is found out.
#pragma once

#include <string>

#include "driver/driver.h"

namespace dpc::oracle {

// Where an environment's resources live.
struct Place {
  std::string partition;
  std::string region;
  std::string account;
  auto operator<=>(const Place&) const = default;
};

Place PlaceOf(const driver::Compilation& c, model::EnvironmentId environment);

// "arn:aws:glue:eu-west-1:111122223333:catalog"
std::string Arn(const Place& place, std::string_view service, std::string_view resource);
// IAM is global: no region.
std::string IamArn(const Place& place, std::string_view resource);
// S3 has neither region nor account in its ARNs.
std::string S3Arn(const Place& place, std::string_view resource);

// Fills one of the workspace's templates for a product in an environment.
std::string FillProduct(const driver::Compilation& c, std::string_view text, model::ProductId product,
                        model::EnvironmentId environment);
std::string GlueDatabase(const driver::Compilation& c, model::AssetId asset, model::EnvironmentId environment);
// Conveyor's name of the product's workers: the project's, with `.` for `_`.
std::string WorkerName(const driver::Compilation& c, model::ProductId product);

}  // namespace dpc::oracle
