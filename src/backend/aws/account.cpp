#include "backend/aws/account.h"

#include <nlohmann/json.hpp>

#include "backend/aws/access_grants.h"
#include "backend/aws/asset_folders.h"
#include "backend/aws/diagnostics.h"
#include "backend/aws/outlasting.h"
#include "backend/aws/pack.h"
#include "backend/aws/resource_policies.h"
#include "backend/aws/sure_fit.h"
#include "backend/aws/trust.h"
#include "backend/naming.h"
#include "base/text.h"
#include "model/settings.h"

namespace dpc::backend::aws {
namespace {

// Default quota of managed policies per role (IAM quotas, AWS documentation, March 2026).
constexpr std::int64_t kManagedPoliciesPerRole = 10;
// The same for users, which is a quota of its own (same page).
constexpr std::int64_t kManagedPoliciesPerUser = 10;

// Plans the roles of one environment.
class Planner {
 public:
  Planner(const Input& input, model::EnvironmentId environment, NameRegister& taken, Emitter& emitter)
      : input_(input),
        environment_(environment),
        taken_(taken),
        emitter_(emitter),
        settings_(model::EffectiveAws(input.model, environment)),
        names_(input, environment, taken.once(), emitter),
        place_(PlaceOf(input, environment)),
        default_bucket_(input, environment) {
    if (!input.renders) {
      sure_fit_.emplace(input, environment, names_);
    }
  }

  AccountPlan Plan() {
    AccountPlan plan{environment_, place_.account, {}, {}, {}};
    if (!settings_.assumed_by.declared) {
      const model::Environment& row = input_.model.environments[environment_];
      emitter_.Report(kNobodyMayAssume, row.name.range, Text(row.name))
          .Hint("say `aws: {assumedBy: ...}` in dpc.yaml, or in an Environment for it alone");
    }
    for (const access::RoleId role : input_.access.roles.All()) {
      if (input_.access.roles[role].environment == environment_) {
        if (auto planned = Role(role)) {
          plan.roles.push_back(std::move(*planned));
        }
      }
    }
    plan.location_role = PlanLocationRole(input_, plan, taken_, emitter_);
    plan.resource_policies = ResourcePolicies(input_, environment_, taken_, emitter_);
    return plan;
  }

 private:
  // What a role asks for; of one that surely fits its services only, and the sizes of its documents.
  struct Asked {
    Rights rights;
    bool exact = false;
    std::optional<TopicBytes> sure;
  };

  Asked Ask(access::RoleId id) {
    Asked asked{Rights(input_, id, names_, emitter_), false, std::nullopt};
    asked.sure = sure_fit_ ? sure_fit_->OfGrants(id) : std::nullopt;
    if (asked.sure) {
      asked.exact = asked.rights.DeriveServices();
      asked.sure->AddServices(asked.rights.statements());
      if (!asked.exact || asked.sure->Fit(QuotaOf(input_.access.roles[id].product))) {
        return asked;
      }
    }
    Asked all{Rights(input_, id, names_, emitter_), false, std::nullopt};
    all.exact = all.rights.Derive();
    return all;
  }

  // Nothing after a report, and for what surely fits: there is nothing to prove before a build writes it.
  std::optional<RolePlan> Role(access::RoleId id) {
    const access::Role& role = input_.access.roles[id];
    const model::Product& product = input_.model.products[role.product];
    const Asked asked = Ask(id);
    RolePlan plan;
    plan.role = id;
    plan.name = names_.Role(role.product);
    if (!asked.exact || plan.name.empty() || !Claim("role", plan.name, "the role", role.product, true)) {
      return std::nullopt;
    }
    plan.arn = RoleArn(place_, plan.name);
    if (IsDeploymentRole(plan.name)) {
      const Range range = settings_.deployment_role.has_value() ? settings_.deployment_role.range : product.name.range;
      emitter_
          .Report(kNameCollision, range, "the role that Terraform assumes",
                  "the role of `" + std::string(Text(product.name)) + "`", plan.name, place_.account)
          .Label(product.name.range, "the product");
      return std::nullopt;
    }
    if (product.services.Has(model::Service::Ssm) &&
        !Claim("parameters " + place_.region, names_.ParameterPath(role.product), "the parameters", role.product)) {
      return std::nullopt;
    }
    const auto documents = [&] {
      return asked.sure ? ClaimPolicies(role.product, *asked.sure) : Documents(role, asked.rights, plan);
    };
    if (!ClaimWorkers(role.product) || !documents()) {
      return std::nullopt;
    }
    WarnOfOutlastingReads(input_, id, emitter_);
    const bool trusted = (asked.sure && sure_fit_->TrustSurelyFits(id)) || Trusted(role, plan);
    const bool user = !product.services.Has(model::Service::IamUser) || User(role.product, plan);
    const bool athena = asked.rights.workgroup().empty() || Workgroup(role.product, asked.rights, plan);
    return trusted && user && athena && !asked.sure ? std::optional(std::move(plan)) : std::nullopt;
  }

  // The names of the policies that a build would write.
  bool ClaimPolicies(model::ProductId product, const TopicBytes& sizes) {
    bool named = true;
    for (std::size_t i = 0; i < Topics().size(); ++i) {
      if (sizes.bytes[i] != 0) {
        const std::string name = names_.Policy(product, PartOf(Topics()[i]));
        named = !name.empty() && Claim("policy", name, "a policy", product, true) && named;
      }
    }
    return named;
  }

  // IAM ignores case: Terraform would rewrite the role that it runs as.
  bool IsDeploymentRole(const std::string& name) const {
    std::string_view role = settings_.deployment_role.has_value() ? Text(settings_.deployment_role) : "dpc-deployment";
    role.remove_prefix(std::min(role.size(), role.rfind('/') + 1));
    return !settings_.deployment_role_ambient && LowerCase(role) == LowerCase(name);
  }

  // What the role may do, packed; with S3 Access Grants when it does not fit and the environment says so.
  bool Documents(const access::Role& role, const Rights& rights, RolePlan& plan) {
    const Quota quota = QuotaOf(role.product);
    const Packing packing = Pack(rights.statements().groups(), Topics(), quota);
    if (packing.fits) {
      return Take(role.product, rights, packing, plan);
    }
    if (settings_.when_full == model::WhenFull::AccessGrants) {
      Rights with_grants(input_, plan.role, names_, emitter_, true);
      if (!with_grants.Derive()) {
        return false;
      }
      const Packing rest = Pack(with_grants.statements().groups(), Topics(), quota);
      if (rest.fits) {
        return Take(role.product, with_grants, rest, plan);
      }
      ReportFull(role, rest, quota);
      return false;
    }
    ReportFull(role, packing, quota);
    return false;
  }

  Quota QuotaOf(model::ProductId product) const {
    Quota quota;
    quota.managed_policies =
        static_cast<std::size_t>(settings_.managed_policies_per_role.value_or(kManagedPoliciesPerRole));
    if (input_.model.products[product].services.Has(model::Service::IamUser)) {
      // The user has the same policies as the role, so both quotas hold.
      quota.managed_policies =
          std::min(quota.managed_policies,
                   static_cast<std::size_t>(settings_.managed_policies_per_user.value_or(kManagedPoliciesPerUser)));
      quota.may_inline = false;
    }
    return quota;
  }

  bool Take(model::ProductId product, const Rights& rights, const Packing& packing, RolePlan& plan) {
    bool named = true;
    for (const Document& document : packing.managed) {
      PolicyDocument policy = Named(product, document);
      named = !policy.name.empty() && Claim("policy", policy.name, "a policy", product, true) && named;
      plan.managed.push_back(std::move(policy));
    }
    if (packing.inline_document) {
      plan.inline_policy = Named(product, *packing.inline_document);
      named = !plan.inline_policy->name.empty() && named;
    }
    plan.asked = rights.statements().asked();
    plan.lake_formation = rights.lake_formation();
    plan.access_grants = rights.access_grants();
    return named;
  }

  PolicyDocument Named(model::ProductId product, const Document& document) {
    return {document.part, names_.Policy(product, document.part), document.text, document.sources};
  }

  void ReportFull(const access::Role& role, const Packing& packing, const Quota& quota) {
    const model::Product& product = input_.model.products[role.product];
    auto report = emitter_.Report(kTooManyPolicies, product.name.range, Text(product.name), EnvironmentName(),
                                  packing.needed_bytes, quota.managed_policies,
                                  quota.may_inline ? kInlinePolicyBytes : 0, packing.capacity_bytes);
    if (packing.needed_bytes <= packing.capacity_bytes) {
      report.Hint(
          "each document repeats the frame of the statements in it, and ends with room for no further item: too "
          "little is left for that");
    }
    constexpr std::size_t kMost = 25;
    constexpr std::size_t kMostOfUser = 20;
    if (!quota.may_inline && packing.needed_bytes <= kMostOfUser * kManagedPolicyBytes) {
      report.Hint("its IAM user has the same policies and none inline: raise the account's quotas to " +
                  std::to_string(std::min(packing.needed_bytes / kManagedPolicyBytes + 2, kMostOfUser)) +
                  " or more (a user has at most 20) and set `managedPoliciesPerUser` and `managedPoliciesPerRole`, or "
                  "do without the user");
    } else if (packing.needed_bytes <= kMost * kManagedPolicyBytes + kInlinePolicyBytes && quota.may_inline) {
      const std::size_t over =
          packing.needed_bytes > kInlinePolicyBytes ? packing.needed_bytes - kInlinePolicyBytes : 0;
      report.Hint("raise the account's quota to " + std::to_string(over / kManagedPolicyBytes + 2) +
                  " or more (at most 25) and set `managedPoliciesPerRole`, or offer folders rather than single assets");
    } else if (settings_.when_full != model::WhenFull::AccessGrants) {
      report.Hint("set `whenFull: access-grants`, or offer folders rather than single assets");
    } else {
      report.Hint("what the product owns and its tables stay in IAM: offer folders rather than single assets");
    }
  }

  bool Trusted(const access::Role& role, RolePlan& plan) {
    const model::Product& product = input_.model.products[role.product];
    Trust trust = TrustOf(input_, role);
    if (!TrustFits(input_, role, trust, emitter_)) {
      return false;
    }
    if (trust.nobody && settings_.assumed_by.declared) {
      auto report = emitter_.Report(kNobodyMayAssumeProduct, product.name.range, Text(product.name), EnvironmentName());
      const model::TeamId owner = input_.resolved.product_owner[role.product.index()];
      if (owner.has_value() && !input_.model.teams[owner].permission_set.has_value()) {
        report.Label(input_.model.teams[owner].name.range, "the owner team names no `permissionSet`");
      }
    }
    plan.trust = PrettyJson(trust.policy);
    plan.trust_sources = std::move(trust.sources);
    return true;
  }

  bool User(model::ProductId product, RolePlan& plan) {
    plan.user = names_.User(product);
    plan.user_arn = UserArn(place_, plan.user);
    return !plan.user.empty() && Claim("user", plan.user, "the user", product, true);
  }

  bool Workgroup(model::ProductId product, const Rights& rights, RolePlan& plan) {
    plan.workgroup = rights.workgroup();
    plan.results_path = rights.results_path();
    const model::Bucket& bucket =
        input_.model.buckets[input_.resolved.environment_default_bucket[environment_.index()]];
    const std::string folder = std::string(Text(bucket.bucket_name)) + "/" + plan.results_path;
    return Claim("workgroup " + place_.region, plan.workgroup, "the Athena workgroup", product) &&
           Claim(kResultsSort, folder, "the folder of query results", product) &&
           KeepsResultsApart(product, plan.results_path);
  }

  // Two projects must not share the service accounts that Conveyor starts their workers with.
  bool ClaimWorkers(model::ProductId product) {
    const bool trusts_conveyor = settings_.assumed_by.conveyor_issuer.has_value() &&
                                 input_.model.products[product].services.Has(model::Service::Conveyor);
    return !trusts_conveyor || Claim("Conveyor workers in " + EnvironmentName(),
                                     ConveyorWorker(ConveyorProject(input_, product)), "the Conveyor workers", product);
  }

  // Athena's results must lie in no asset: whoever may read the asset would read what others asked.
  bool KeepsResultsApart(model::ProductId product, const std::string& results_path) {
    const model::AssetId asset = default_bucket_.Overlapping(results_path);
    if (!asset.has_value()) {
      return true;
    }
    const model::Asset& row = input_.model.assets[asset];
    if (!taken_.once()("results", row.name.range)) {
      return false;
    }
    emitter_
        .Report(kResultsInAsset, row.path.has_value() ? row.path.range : row.range,
                model::AssetLabel(input_.model, asset), results_path + "/", Text(input_.model.products[product].name))
        .Label(input_.model.products[product].name.range, "the product with Athena");
    return false;
  }

  // True when the name is free; `what` is for the message.
  bool Claim(std::string_view sort, const std::string& name, std::string_view what, model::ProductId product,
             bool ignores_case = false) {
    const model::Product& row = input_.model.products[product];
    const NameRegister::Owner owner = {what, " of `", Text(row.name), "` in ",
                                       Text(input_.model.environments[environment_].name)};
    return taken_.Claim(place_.account, sort, name, owner, row.name.range, ignores_case, product);
  }

  std::string_view Text(const model::Name& name) const { return input_.model.Text(name); }

  std::string EnvironmentName() const { return std::string(Text(input_.model.environments[environment_].name)); }

  const Input& input_;
  model::EnvironmentId environment_;
  NameRegister& taken_;
  Emitter& emitter_;
  model::AwsSettings settings_;
  Naming names_;
  Place place_;
  AssetFolders default_bucket_;
  std::optional<SureFit> sure_fit_;  // nothing: every role is planned
};

}  // namespace

std::vector<std::string> RolePlan::Principals() const {
  return user.empty() ? std::vector{arn} : std::vector{arn, user_arn};
}

AccountPlan PlanAccount(const Input& input, model::EnvironmentId environment, NameRegister& taken, Emitter& emitter) {
  return Planner(input, environment, taken, emitter).Plan();
}

}  // namespace dpc::backend::aws
