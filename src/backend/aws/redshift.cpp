#include "backend/aws/redshift.h"

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "backend/aws/redshift_sql.h"
#include "base/text.h"

namespace dpc::backend::aws {
namespace {

constexpr std::string_view kGroup = "redshift";

struct Database {
  DatabaseRights schemas;
  Sources sources;
};

using Databases = std::map<std::string, Database>;

bool InRedshift(const Input& input, const resolve::Placement& placement, model::EnvironmentId environment) {
  return placement.environment == environment && input.model.assets[placement.asset].kind == model::AssetKind::Redshift;
}

// Redshift folds names to lower case; a schema that is not named is `public`.
SchemaRights& SchemaOf(const model::Model& m, const model::Asset& asset, Database& database) {
  return database.schemas[LowerCase(asset.schema.has_value() ? m.Text(asset.schema) : std::string_view("public"))];
}

Database& DatabaseOf(const model::Model& m, const model::Asset& asset, Databases& databases) {
  return databases[LowerCase(m.Text(asset.database))];
}

// Every schema that an asset is declared in, whoever has rights there today: also of retired products.
Databases Declared(const Input& input, model::EnvironmentId environment) {
  Databases databases;
  for (const resolve::PlacementId id : input.resolved.placements.All()) {
    const resolve::Placement& placement = input.resolved.placements[id];
    if (InRedshift(input, placement, environment)) {
      const model::Asset& asset = input.model.assets[placement.asset];
      Database& database = DatabaseOf(input.model, asset, databases);
      SchemaOf(input.model, asset, database);
      database.sources.insert(asset.name.range);
    }
  }
  return databases;
}

void AddGrant(const Input& input, const RolePlan& role, const access::Grant& grant, Databases& databases) {
  const model::Asset& asset = input.model.assets[input.resolved.placements[grant.placement].asset];
  SchemaRights& schema = SchemaOf(input.model, asset, DatabaseOf(input.model, asset, databases));
  const bool own = grant.right == access::Right::Own;
  std::set<std::string>* users = own ? &schema.owns_all : &schema.reads_all;
  if (asset.table.has_value()) {
    users = &(own ? schema.owns : schema.reads)[LowerCase(input.model.Text(asset.table))];
  }
  users->insert("IAMR:" + role.name);
  if (!role.user.empty()) {
    users->insert("IAM:" + role.user);
  }
}

Databases Collect(const Input& input, const AccountPlan& plan) {
  Databases databases = Declared(input, plan.environment);
  for (const RolePlan& role : plan.roles) {
    for (const access::GrantId id : input.access.roles[role.role].grants) {
      const access::Grant& grant = input.access.grants[id];
      if (InRedshift(input, input.resolved.placements[grant.placement], plan.environment)) {
        AddGrant(input, role, grant, databases);
      }
    }
  }
  return databases;
}

void Create(const Input& input, const model::RedshiftServerless& redshift, const Json& block, terraform::Root& root) {
  Json space = block;
  space["namespace_name"] = std::string(input.model.Text(redshift.namespace_name));
  // A secret of its own; nobody reads a password from Terraform's state.
  space["manage_admin_password"] = true;
  space["lifecycle"] = Json{{"prevent_destroy", true}};
  root.AddResource(kGroup, "aws_redshiftserverless_namespace", "redshift", space);
  Json group = block;
  group["workgroup_name"] = std::string(input.model.Text(redshift.workgroup));
  group["namespace_name"] = terraform::Expression("aws_redshiftserverless_namespace.redshift.namespace_name");
  group["publicly_accessible"] = false;
  root.AddResource(kGroup, "aws_redshiftserverless_workgroup", "redshift", group);
  root.AddSources(kGroup, {redshift.range});
}

}  // namespace

void AddRedshift(const Input& input, const AccountPlan& plan, const Json& block, terraform::Root& root) {
  const model::RedshiftServerless& redshift = input.model.environments[plan.environment].aws.redshift;
  if (!redshift.declared) {
    return;
  }
  if (redshift.create) {
    Create(input, redshift, block, root);
  }
  for (const auto& [name, database] : Collect(input, plan)) {
    root.AddFile("redshift/" + terraform::Label({name}) + ".sql", RedshiftScript(name, database.schemas),
                 {database.sources.begin(), database.sources.end()});
  }
}

Json PolicyContents(const std::string& path, const std::string& text) {
  if (text.find(kWorkgroupToCome) == std::string::npos) {
    return terraform::FileContents(path);
  }
  terraform::FileContents(path);  // refuses a path that is not plain
  return terraform::Expression("replace(file(\"${path.module}/" + path + "\"), \"" + std::string(kWorkgroupToCome) +
                               "\", aws_redshiftserverless_workgroup.redshift.workgroup_id)");
}

}  // namespace dpc::backend::aws
