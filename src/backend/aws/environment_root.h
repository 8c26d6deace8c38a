// The Terraform root of one environment: provider, data-holding resources, then each product's role with its policies.
#pragma once

#include <string>
#include <vector>

#include "backend/aws/asset_folders.h"
#include "backend/aws/names.h"
#include "backend/aws/pack.h"
#include "backend/aws/rights.h"
#include "backend/backend.h"
#include "terraform/terraform.h"

namespace dpc::backend::aws {

class EnvironmentRoot {
 public:
  EnvironmentRoot(const Input& input, model::EnvironmentId environment, terraform::Root& root, NameRegister& taken,
                  Emitter& emitter);
  void Emit();

 private:
  // A managed policy of a product: its name and its Terraform label.
  struct Policy {
    std::string name;
    std::string label;
  };

  void Provider();
  void Buckets();
  void GlueDatabases();
  void Product(access::RoleId role);
  bool FitsQuota(const access::Role& role, const std::vector<Document>& documents);
  std::vector<Policy> Policies(model::ProductId product, std::string_view group,
                               const std::vector<Document>& documents);
  void RoleOf(const access::Role& role, const std::string& name, std::string_view group,
              const std::vector<Policy>& policies);
  void UserOf(model::ProductId product, std::string_view group, const std::vector<Policy>& policies);
  void Workgroup(model::ProductId product, const Rights& rights, std::string_view group);
  // Two projects must not share the service accounts that Conveyor starts their workers with.
  bool ClaimWorkers(model::ProductId product);
  // Athena's results must lie in no asset: whoever may read the asset would read what others asked.
  bool KeepsResultsApart(model::ProductId product, const std::string& results_path);
  // True when the name is free; `what` is for the message.
  bool Claim(std::string_view sort, const std::string& name, std::string_view what, model::ProductId product,
             bool ignores_case = false);
  Json Block() const;  // with the provider's alias

  std::string_view Text(const model::Name& name) const { return input_.model.Text(name); }

  std::string Folder(model::ProductId product) const;

  const Input& input_;
  model::EnvironmentId environment_;
  terraform::Root& root_;
  NameRegister& taken_;
  Emitter& emitter_;
  Naming names_;
  Place place_;
  std::string alias_;
  AssetFolders default_bucket_;
};

}  // namespace dpc::backend::aws
