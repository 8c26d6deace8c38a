// The Terraform root of one environment: provider, data-holding resources, then each product's role with its policies.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "backend/aws/account.h"
#include "backend/aws/names.h"
#include "backend/aws/rights.h"
#include "backend/backend.h"
#include "terraform/terraform.h"

namespace dpc::backend::aws {

class EnvironmentRoot {
 public:
  EnvironmentRoot(const Input& input, model::EnvironmentId environment, terraform::Root& root, NameRegister& taken,
                  Emitter& emitter);
  // Reports what is wrong; writes when the input renders. Resource policies go to `shared`, a root of its own that is
  // applied after all roles.
  void Emit(terraform::Roots& roots);

 private:
  // A managed policy of a product: its name and its Terraform label.
  struct Policy {
    std::string name;
    std::string label;
  };

  void Provider(terraform::Root& root, std::string_view root_name);
  void Buckets();
  // The databases by name, each with the asset that says where it lies; those whose name is fine and free.
  using Databases = std::map<std::string, model::AssetId>;
  Databases ClaimGlueDatabases();
  void GlueDatabases(const Databases& databases);
  void Render(terraform::Roots& roots, const AccountPlan& plan, const Databases& databases, const std::string& name);
  void Product(const RolePlan& plan);
  std::vector<Policy> Policies(const RolePlan& plan, const std::string& group);
  void Role(const RolePlan& plan, const std::string& group, const std::vector<Policy>& policies);
  void Attachments(const RolePlan& plan, const std::string& group, const std::vector<Policy>& policies);
  void Inline(const RolePlan& plan, const std::string& group);
  void User(const RolePlan& plan, const std::string& group, const std::vector<Policy>& policies);
  void OnlyForUser(const RolePlan& plan, const std::string& group, const Json& arns, const Json& depends_on);
  void Workgroup(const RolePlan& plan, const std::string& group);
  void ResourcePolicies(terraform::Root& root, const std::vector<ResourcePolicy>& policies);
  bool IsEnvironment(std::string_view name) const;
  Json Block() const;  // with the provider's alias

  model::ProductId ProductOf(const RolePlan& plan) const { return input_.access.roles[plan.role].product; }

  std::string Label(const RolePlan& plan) const;
  std::string Folder(const RolePlan& plan) const;

  std::string_view Text(const model::Name& name) const { return input_.model.Text(name); }

  const Input& input_;
  model::EnvironmentId environment_;
  terraform::Root& root_;
  NameRegister& taken_;
  Emitter& emitter_;
  Naming names_;
  Place place_;
  std::string alias_;
};

}  // namespace dpc::backend::aws
