// Settings after defaults: what holds for one environment or product once the workspace's defaults are laid under it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"

namespace dpc::model {

// The environment's AWS settings with the workspace's filled in where it says nothing.
AwsSettings EffectiveAws(const Model& model, EnvironmentId environment);
ConveyorSettings EffectiveConveyor(const Model& model, EnvironmentId environment);

// As declared; else when its name or an alias is `prod`, `prd`, `production` or `live` in any case, alone or with a
// region (`prod-eu`).
bool IsProduction(const Model& model, EnvironmentId environment);

// Lake Formation guards the Glue asset's database in the environment.
bool IsGuarded(const Model& model, EnvironmentId environment, AssetId asset);

// The team that may allow what concerns everybody: as the workspace names it, else `data-governance`, whether there is
// one or not.
std::string_view GovernanceTeam(const Model& model);

// "aws-cn" for cn-*, "aws-us-gov" for us-gov-*, "aws-iso" for us-iso-*, "aws-iso-b" for us-isob-*, "aws-eusc" for
// eusc-*, else "aws". An environment may name another one. Source: AWS general reference, "Partitions".
std::string_view PartitionOfRegion(std::string_view region);
std::string PartitionOf(const Model& model, EnvironmentId environment);

// Of endpoints and service principals: "amazonaws.com", "amazonaws.com.cn" in aws-cn, and so on.
std::string_view DomainSuffix(std::string_view partition);

// People with a role on the product: the person that owns it, its own members, then its team's that it does not name
// itself. Sorted by email.
struct Person {
  Name email;
  MemberRole role = MemberRole::Member;
};

std::vector<Person> PeopleOf(const Model& model, ProductId product, TeamId owner);

}  // namespace dpc::model
