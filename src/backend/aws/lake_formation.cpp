#include "backend/aws/lake_formation.h"

#include <nlohmann/json.hpp>
#include <set>

namespace dpc::backend::aws {
namespace {

constexpr std::string_view kGroup = "lake_formation";
constexpr std::string_view kPermissions = "aws_lakeformation_permissions";

// The role of a product, or the user beside it: Lake Formation knows neither from the other.
struct Principal {
  const RolePlan& role;
  bool user = false;

  const std::string& arn() const { return user ? role.user_arn : role.arn; }
};

class Writer {
 public:
  Writer(const Input& input, const AccountPlan& plan, const Json& block, terraform::Root& root)
      : input_(input), plan_(plan), block_(block), root_(root) {}

  void Write() {
    for (const RolePlan& role : plan_.roles) {
      Write({role, false});
      if (!role.user.empty()) {
        Write({role, true});
      }
    }
  }

 private:
  void Write(const Principal& principal) {
    for (const LakeFormationRight& right : principal.role.lake_formation) {
      Database(principal, right);
      if (right.own) {
        Location(principal, right);
      }
      if (!right.own || right.table.empty()) {
        Table(principal, right);
      }
      root_.AddSources(kGroup, {right.sources.begin(), right.sources.end()});
    }
  }

  // A part of labels.
  static std::string Whose(const Principal& principal, std::string_view sort) {
    return (principal.user ? "user_" : "") + std::string(sort);
  }

  std::string_view ProductName(const RolePlan& role) const {
    return input_.model.Text(input_.model.products[input_.access.roles[role.role].product].name);
  }

  Json Permission(const Principal& principal, const Json& permissions) const {
    Json body = block_;
    body["principal"] = principal.arn();
    body["permissions"] = permissions;
    body["depends_on"] = Json::array(
        {(principal.user ? "aws_iam_user." : "aws_iam_role.") + terraform::Label({ProductName(principal.role)})});
    return body;
  }

  // Databases of other environments are in their own roots.
  void AfterDatabase(const LakeFormationRight& right, Json& body) const {
    if (right.environment == plan_.environment) {
      body["depends_on"].push_back("aws_glue_catalog_database." + terraform::Label({right.database}));
    }
  }

  // Once for a principal and database: owning tables of it and reading others of it meet.
  void Database(const Principal& principal, const LakeFormationRight& right) {
    const std::string label =
        terraform::Label({ProductName(principal.role), Whose(principal, "database"), right.database});
    bool own = right.own;
    for (const LakeFormationRight& other : principal.role.lake_formation) {
      own = own || (other.own && other.database == right.database);
    }
    if (!said_.insert(label).second) {
      return;
    }
    Json body = Permission(principal, own ? Json::array({"CREATE_TABLE", "DESCRIBE"}) : Json::array({"DESCRIBE"}));
    body["database"] = Json{{"name", right.database}};
    AfterDatabase(right, body);
    root_.AddResource(kGroup, kPermissions, label, body);
  }

  void Table(const Principal& principal, const LakeFormationRight& right) {
    const std::string label = terraform::Label({ProductName(principal.role), Whose(principal, "table"), right.database,
                                                right.table.empty() ? std::string_view("*") : right.table});
    if (!said_.insert(label).second) {
      return;
    }
    Json body =
        Permission(principal, right.own ? Json::array({"ALTER", "DELETE", "DESCRIBE", "DROP", "INSERT", "SELECT"})
                                        : Json::array({"DESCRIBE", "SELECT"}));
    body["table"] = Json{{"database_name", right.database}};
    if (right.table.empty()) {
      body["table"]["wildcard"] = true;
    } else {
      body["table"]["name"] = right.table;
    }
    AfterDatabase(right, body);
    root_.AddResource(kGroup, kPermissions, label, body);
  }

  // The place of the data: registered, so that Lake Formation reads it for others, and open to its owner.
  void Location(const Principal& principal, const LakeFormationRight& right) {
    if (right.location.empty()) {
      return;
    }
    const std::string place = terraform::Label({right.location});
    if (said_.insert("location " + place).second) {
      Json body = block_;
      body["arn"] = right.location;
      body["use_service_linked_role"] = true;
      root_.AddResource(kGroup, "aws_lakeformation_resource", place, body);
    }
    const std::string label =
        terraform::Label({ProductName(principal.role), Whose(principal, "location"), right.location});
    if (said_.insert(label).second) {
      Json body = Permission(principal, Json::array({"DATA_LOCATION_ACCESS"}));
      body["data_location"] = Json{{"arn", right.location}};
      body["depends_on"].push_back("aws_lakeformation_resource." + place);
      root_.AddResource(kGroup, kPermissions, label, body);
    }
  }

  const Input& input_;
  const AccountPlan& plan_;
  const Json& block_;
  terraform::Root& root_;
  std::set<std::string> said_;
};

}  // namespace

void AddLakeFormation(const Input& input, const AccountPlan& plan, const Json& block, terraform::Root& root) {
  Writer(input, plan, block, root).Write();
}

}  // namespace dpc::backend::aws
