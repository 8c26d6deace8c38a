#include "backend/aws/redshift.h"

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/text.h"

namespace dpc::backend::aws {
namespace {

constexpr std::string_view kGroup = "redshift";

// A delimited identifier of SQL.
std::string Quoted(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name) {
    quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  }
  return quoted + "\"";
}

struct Schema {
  std::set<std::string> reads_all;
  std::set<std::string> owns_all;
  std::map<std::string, std::set<std::string>> reads;  // by table, the users
  std::map<std::string, std::set<std::string>> owns;
};

struct Database {
  std::map<std::string, Schema> schemas;
  std::set<std::string> users;
  Sources sources;
};

using Databases = std::map<std::string, Database>;

Databases Collect(const Input& input, const AccountPlan& plan) {
  Databases databases;
  const model::Model& m = input.model;
  for (const RolePlan& role : plan.roles) {
    for (const access::GrantId id : input.access.roles[role.role].grants) {
      const access::Grant& grant = input.access.grants[id];
      const resolve::Placement& placement = input.resolved.placements[grant.placement];
      const model::Asset& asset = m.assets[placement.asset];
      if (asset.kind != model::AssetKind::Redshift || placement.environment != plan.environment) {
        continue;
      }
      Database& database = databases[LowerCase(m.Text(asset.database))];
      Schema& schema =
          database.schemas[LowerCase(asset.schema.has_value() ? m.Text(asset.schema) : std::string_view("public"))];
      const std::string user = Quoted("IAMR:" + role.name);
      const bool own = grant.right == access::Right::Own;
      if (asset.table.has_value()) {
        (own ? schema.owns : schema.reads)[LowerCase(m.Text(asset.table))].insert(user);
      } else {
        (own ? schema.owns_all : schema.reads_all).insert(user);
      }
      database.users.insert(user);
      database.sources.insert(asset.name.range);
    }
  }
  return databases;
}

// What a schema gives, statement by statement.
void Give(const std::string& name, const Schema& schema, std::string& sql) {
  const std::string in = "SCHEMA " + Quoted(name);
  const auto grant = [&](std::string_view rights, const std::string& on, const std::string& user) {
    sql += "GRANT " + std::string(rights) + " ON " + on + " TO " + user + ";\n";
  };
  for (const std::string& user : schema.owns_all) {
    grant("USAGE, CREATE", in, user);
    grant("SELECT, INSERT, UPDATE, DELETE", "ALL TABLES IN " + in, user);
  }
  for (const std::string& user : schema.reads_all) {
    grant("USAGE", in, user);
    grant("SELECT", "ALL TABLES IN " + in, user);
    for (const std::string& owner : schema.owns_all) {
      sql += "ALTER DEFAULT PRIVILEGES FOR USER " + owner + " IN " + in + " GRANT SELECT ON TABLES TO " + user + ";\n";
    }
  }
  for (const auto& [table, users] : schema.owns) {
    for (const std::string& user : users) {
      grant("USAGE, CREATE", in, user);
      grant("SELECT, INSERT, UPDATE, DELETE", "TABLE " + Quoted(name) + "." + Quoted(table), user);
    }
  }
  for (const auto& [table, users] : schema.reads) {
    for (const std::string& user : users) {
      grant("USAGE", in, user);
      grant("SELECT", "TABLE " + Quoted(name) + "." + Quoted(table), user);
    }
  }
}

std::string Script(const std::string& name, const Database& database) {
  std::string sql =
      "-- Written by dpc: who may do what in database " + Quoted(name) +
      ". Run it as its owner, whole.\n"
      "-- The users are those of IAM roles; each exists once its role has asked for credentials, and the tables\n"
      "-- once their owner has made them.\n"
      "BEGIN;\n";
  for (const auto& [schema, rights] : database.schemas) {
    for (const std::string& user : database.users) {
      sql += "REVOKE ALL ON ALL TABLES IN SCHEMA " + Quoted(schema) + " FROM " + user + ";\n";
      sql += "REVOKE ALL ON SCHEMA " + Quoted(schema) + " FROM " + user + ";\n";
      for (const std::string& owner : rights.owns_all) {
        if (owner != user) {
          sql += "ALTER DEFAULT PRIVILEGES FOR USER " + owner + " IN SCHEMA " + Quoted(schema) +
                 " REVOKE ALL ON TABLES FROM " + user + ";\n";
        }
      }
    }
  }
  for (const auto& [schema, rights] : database.schemas) {
    Give(schema, rights, sql);
  }
  return sql + "COMMIT;\n";
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
    root.AddFile("redshift/" + terraform::Label({name}) + ".sql", Script(name, database),
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
