// ARNs are computed, never references, so that a pull request shows what is granted. Formats: AWS service authorization
// reference, "resource types" of each service.
#include "backend/aws/rights.h"
#include "model/settings.h"

namespace dpc::backend::aws {

Place PlaceOf(const Input& input, model::EnvironmentId environment) {
  const model::AwsSettings aws = model::EffectiveAws(input.model, environment);
  Place place;
  place.partition = model::PartitionOf(input.model, environment);
  place.account = input.model.Text(aws.account);
  place.region = input.model.Text(aws.region);
  place.suffix = model::DomainSuffix(place.partition);
  return place;
}

std::string BucketArn(const Place& place, std::string_view bucket) {
  return "arn:" + place.partition + ":s3:::" + std::string(bucket);
}

std::string GlueArn(const Place& place, std::string_view resource) {
  return "arn:" + place.partition + ":glue:" + place.region + ":" + place.account + ":" + std::string(resource);
}

std::string RoleArn(const Place& place, std::string_view name) {
  return "arn:" + place.partition + ":iam::" + place.account + ":role/" + std::string(name);
}

std::string LakeFormationRoleArn(const Place& place) {
  return RoleArn(place, "aws-service-role/lakeformation.amazonaws.com/AWSServiceRoleForLakeFormationDataAccess");
}

std::string UserArn(const Place& place, std::string_view name) {
  return "arn:" + place.partition + ":iam::" + place.account + ":user/" + std::string(name);
}

std::string PolicyArn(const Place& place, std::string_view name) {
  return "arn:" + place.partition + ":iam::" + place.account + ":policy/" + std::string(name);
}

std::string WorkgroupArn(const Place& place, std::string_view name) {
  return "arn:" + place.partition + ":athena:" + place.region + ":" + place.account + ":workgroup/" + std::string(name);
}

std::string AccessGrantsArn(const Place& place) {
  return "arn:" + place.partition + ":s3:" + place.region + ":" + place.account + ":access-grants/default";
}

}  // namespace dpc::backend::aws
