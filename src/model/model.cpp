#include "model/model.h"

#include <array>

namespace dpc::model {

std::string PortLabel(const Model& model, PortId port) {
  const OutputPort& row = model.ports[port];
  std::string label(model.Text(row.name));
  if (!row.product.has_value()) {
    return label;
  }
  return std::string(model.Text(model.products[row.product].name)) + "/" + label;
}

std::string AssetLabel(const Model& model, AssetId asset) {
  const Asset& row = model.assets[asset];
  const std::string name(model.Text(row.name));
  return row.product.has_value() ? std::string(model.Text(model.products[row.product].name)) + "/" + name : name;
}

std::string_view AssetKindName(AssetKind kind) {
  static constexpr std::array<std::string_view, 7> kNames = {"s3",        "glue",  "redshift",  "databricks",
                                                             "snowflake", "azure", "postgresql"};
  return kNames.at(static_cast<std::size_t>(kind));
}

std::string_view AccessTypeName(AccessType type) {
  static constexpr std::array<std::string_view, 3> kNames = {"unrestricted", "restricted", "private"};
  return kNames.at(static_cast<std::size_t>(type));
}

std::string_view ClassificationName(Classification classification) {
  static constexpr std::array<std::string_view, 5> kNames = {"", "public", "internal", "confidential", "restricted"};
  return kNames.at(static_cast<std::size_t>(classification));
}

std::string_view StatusName(Status status) {
  static constexpr std::array<std::string_view, 4> kNames = {"draft", "active", "deprecated", "retired"};
  return kNames.at(static_cast<std::size_t>(status));
}

std::string_view MemberRoleName(MemberRole role) {
  return role == MemberRole::Owner ? "owner" : "member";
}

std::string_view DeclassifyMethodName(DeclassifyMethod method) {
  switch (method) {
    case DeclassifyMethod::Aggregated:
      return "aggregated";
    case DeclassifyMethod::Masked:
      return "masked";
    case DeclassifyMethod::Anonymised:
      return "anonymised";
  }
  return "";
}

std::span<const std::pair<Service, std::string_view>> ServiceNames() {
  static constexpr std::array<std::pair<Service, std::string_view>, 5> kNames = {{{Service::Athena, "athena"},
                                                                                  {Service::Console, "console"},
                                                                                  {Service::Ssm, "ssm"},
                                                                                  {Service::Conveyor, "conveyor"},
                                                                                  {Service::IamUser, "iam-user"}}};
  return kNames;
}

}  // namespace dpc::model
