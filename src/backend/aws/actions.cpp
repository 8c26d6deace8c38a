#include "backend/aws/actions.h"

#include <array>

#include "backend/aws/names.h"
#include "backend/aws/rights.h"
#include "model/settings.h"

namespace dpc::backend::aws {
namespace {

using access::Part;
using access::Right;

constexpr std::array<Action, 23> kActions = {{
    {"glue:BatchCreatePartition", {Right::Own, Part::Table}},
    {"glue:BatchDeletePartition", {Right::Own, Part::Table}},
    {"glue:BatchGetPartition", {Right::Read, Part::Table}},
    {"glue:CreatePartition", {Right::Own, Part::Table}},
    {"glue:CreateTable", {Right::Own, Part::Table}},
    {"glue:DeletePartition", {Right::Own, Part::Table}},
    {"glue:DeleteTable", {Right::Own, Part::Table}},
    {"glue:GetDatabase", {Right::Read, Part::Table}},
    {"glue:GetPartition", {Right::Read, Part::Table}},
    {"glue:GetPartitions", {Right::Read, Part::Table}},
    {"glue:GetTable", {Right::Read, Part::Table}},
    {"glue:GetTables", {Right::Read, Part::WholeDatabase}},
    {"glue:UpdatePartition", {Right::Own, Part::Table}},
    {"glue:UpdateTable", {Right::Own, Part::Table}},
    {"kms:Decrypt", {Right::Read, Part::Key}},
    {"kms:GenerateDataKey", {Right::Own, Part::Key}},
    {"lakeformation:GetDataAccess", {Right::Read, Part::Guarded}},
    {"s3:AbortMultipartUpload", {Right::Own, Part::Files}},
    {"s3:DeleteObject", {Right::Own, Part::Files}},
    {"s3:GetObject", {Right::Read, Part::Files}},
    {"s3:ListBucket", {Right::Read, Part::Listing}},
    {"s3:ListMultipartUploadParts", {Right::Own, Part::Files}},
    {"s3:PutObject", {Right::Own, Part::Files}},
}};

// Names as the build makes them; what is wrong with them the build reports.
template <class Function>
std::string WithNaming(const Input& input, model::EnvironmentId environment, Function function) {
  DiagnosticList unheard;
  Emitter emitter(unheard);
  Once once;
  Naming naming(input, environment, once, emitter);
  return function(naming);
}

}  // namespace

std::span<const Action> Actions() {
  return kActions;
}

std::string RoleArnOf(const Input& input, access::RoleId id) {
  const access::Role& role = input.access.roles[id];
  if (!model::EffectiveAws(input.model, role.environment).account.has_value()) {
    return "";
  }
  const std::string name =
      WithNaming(input, role.environment, [&](Naming& naming) { return naming.Role(role.product); });
  return name.empty() ? "" : RoleArn(PlaceOf(input, role.environment), name);
}

std::vector<std::string> CoordinatesOf(const Input& input, resolve::PlacementId id) {
  const model::Model& m = input.model;
  const resolve::Placement& placement = input.resolved.placements[id];
  const model::Asset& asset = m.assets[placement.asset];
  std::vector<std::string> coordinates;
  if (asset.kind == model::AssetKind::Glue) {
    const std::string database = WithNaming(input, placement.environment, [&](Naming& naming) {
      return naming.GlueDatabase(placement.asset, placement.environment);
    });
    coordinates.push_back("glue:" + database + "." + (asset.all_tables ? "*" : std::string(m.Text(asset.table))));
  }
  if (asset.kind == model::AssetKind::Redshift) {
    const std::string schema = asset.schema.has_value() ? std::string(m.Text(asset.schema)) : "public";
    coordinates.push_back("redshift:" + std::string(m.Text(asset.database)) + "." + schema + "." +
                          (asset.table.has_value() ? std::string(m.Text(asset.table)) : "*"));
  }
  if (placement.bucket.has_value() && (asset.path.has_value() || asset.whole_bucket)) {
    const std::string path = asset.path.has_value() ? std::string(m.Text(asset.path)) + "/" : "";
    coordinates.push_back("s3://" + std::string(m.Text(m.buckets[placement.bucket].bucket_name)) + "/" + path);
  }
  return coordinates;
}

}  // namespace dpc::backend::aws
