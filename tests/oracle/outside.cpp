#include "outside.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace dpc::oracle {
namespace {

using Names = std::set<std::string>;

void Require(bool holds, const Facts& facts, const std::string& what) {
  if (!holds) {
    throw std::runtime_error(facts.label + ": " + what);
  }
}

// "raw/orders" of "raw/orders/*"; "" of "*", which is the whole bucket.
std::string PrefixOf(const Facts& facts, const std::string& scope) {
  Require(scope == "*" || (scope.size() > 2 && scope.ends_with("/*")), facts,
          "an access grant's scope is `" + scope + "`, which does not end in /*");
  return scope == "*" ? "" : scope.substr(0, scope.size() - 2);
}

// Dated reads are no business of Access Grants, which know no end.
bool MayBeGranted(const FileGrant& file, const AccessGrantBlock& grant, const std::string& prefix) {
  return file.row == Row::Read && file.own_environment && !file.until && file.bucket == grant.bucket &&
         file.prefix == prefix;
}

// What a role may do in Lake Formation to one table, by what it was granted.
Names OnTable(const TableGrant& grant) {
  return grant.own ? Names{"ALTER", "DELETE", "DESCRIBE", "DROP", "INSERT", "SELECT"} : Names{"DESCRIBE", "SELECT"};
}

class LakeFormation {
 public:
  LakeFormation(const Facts& facts, const std::vector<Json>& blocks) : facts_(facts), blocks_(blocks) {}

  void Check() const {
    for (const Json& block : blocks_) {
      const Names permissions = PermissionsOf(block);
      const bool known = Any([&](const TableGrant& grant) { return Covers(grant, block, permissions); });
      Require(known, facts_, "no grant explains " + CompactJson(block));
    }
    for (const TableGrant& grant : facts_.tables) {
      const bool there = !grant.guarded || grant.own || std::any_of(blocks_.begin(), blocks_.end(), [&](const Json& b) {
        return IsTable(grant, b) && PermissionsOf(b).contains("SELECT");
      });
      Require(there, facts_, "Lake Formation does not let it read " + grant.database + "." + grant.table);
    }
  }

 private:
  template <class F>
  bool Any(F holds) const {
    return std::any_of(facts_.tables.begin(), facts_.tables.end(),
                       [&](const TableGrant& grant) { return grant.guarded && holds(grant); });
  }

  static Names PermissionsOf(const Json& block) {
    const auto list = block.at("permissions").get<std::vector<std::string>>();
    return {list.begin(), list.end()};
  }

  static bool IsTable(const TableGrant& grant, const Json& block) {
    if (!block.contains("table") || block["table"].value("database_name", "") != grant.database) {
      return false;
    }
    const bool all = block["table"].value("wildcard", false);
    return all ? grant.table.empty() : !grant.table.empty() && block["table"].value("name", "") == grant.table;
  }

  // The permissions are of the region that the role's root is about.
  bool Covers(const TableGrant& grant, const Json& block, const Names& permissions) const {
    const auto within = [&](const Names& most) {
      return std::includes(most.begin(), most.end(), permissions.begin(), permissions.end());
    };
    if (grant.catalog != facts_.place) {
      return false;
    }
    if (block.contains("data_location")) {
      return grant.own && block["data_location"]["arn"] == grant.location && within({"DATA_LOCATION_ACCESS"});
    }
    if (block.contains("database")) {
      return block["database"]["name"] == grant.database &&
             within(grant.own ? Names{"CREATE_TABLE", "DESCRIBE"} : Names{"DESCRIBE"});
    }
    return IsTable(grant, block) && within(OnTable(grant));
  }

  const Facts& facts_;
  const std::vector<Json>& blocks_;
};

}  // namespace

void CheckAccessGrants(const Emitted& emitted, const std::string& role_arn, Facts& facts) {
  for (const AccessGrantBlock& grant : emitted.AccessGrantsOf(role_arn)) {
    const std::string prefix = PrefixOf(facts, grant.scope);
    bool known = false;
    for (FileGrant& file : facts.files) {
      if (MayBeGranted(file, grant, prefix)) {
        file.through_grants = true;
        known = true;
      }
    }
    Require(known, facts, "no read explains the access grant on " + grant.bucket + "/" + grant.scope);
  }
}

void CheckLakeFormation(const Emitted& emitted, const std::string& role_arn, const Facts& facts) {
  LakeFormation(facts, emitted.LakeFormationOf(role_arn)).Check();
}

}  // namespace dpc::oracle
