#include "documents.h"

#include <algorithm>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "base/sha256.h"
#include "emitted.h"
#include "facts.h"
#include "interview.h"
#include "model/settings.h"
#include "trust.h"

namespace dpc::oracle {
namespace {

// Fewer than these would not even touch each row of the contract.
constexpr std::size_t kLeastForDocument = 100;

// Stands for the owner's side of a read across accounts: open to this principal alone and for everything, so that the
// decision hangs on what was emitted for the role. dpc emits no owner's side (DPC6007); the questions "without the
// owner's side" have none.
Json OpenTo(const std::string& principal) {
  return {
      {"Version", "2012-10-17"},
      {"Statement",
       Json::array({{{"Effect", "Allow"}, {"Principal", {{"AWS", principal}}}, {"Action", "*"}, {"Resource", "*"}}})}};
}

Json Open(const std::string& match, const std::string& account, const std::string& principal) {
  return {{"match", match}, {"accountId", account}, {"policy", OpenTo(principal)}};
}

Json OwnersSides(const World& world, const Facts& facts, const std::string& principal) {
  Json sides = Json::array();
  std::set<std::string> accounts = {"999999999999"};
  for (const BucketPlace& bucket : world.buckets) {
    if (bucket.place.account != facts.place.account) {
      accounts.insert(bucket.place.account);
      sides.push_back(Open(S3Arn(bucket.place, bucket.name), bucket.place.account, principal));
      sides.push_back(Open(S3Arn(bucket.place, bucket.name + "/*"), bucket.place.account, principal));
    }
  }
  for (const TablePlace& table : world.tables) {
    accounts.insert(table.catalog.account);
  }
  accounts.erase(facts.place.account);
  for (const std::string& account : accounts) {
    for (const char* service : {"glue", "kms"}) {
      sides.push_back(Open("arn:*:" + std::string(service) + ":*:" + account + ":*", account, principal));
    }
  }
  return sides;
}

// Of each answer those with the lowest hashes: the same ones on every machine, and a mix of everything. Allowed calls
// are few; they get half of the room before the denied ones fill it.
std::vector<Json> Cut(std::vector<Json> queries, std::size_t limit) {
  if (queries.size() <= limit) {
    return queries;
  }
  std::vector<std::pair<std::string, std::size_t>> allowed;
  std::vector<std::pair<std::string, std::size_t>> denied;
  for (std::size_t i = 0; i < queries.size(); ++i) {
    (queries[i]["expect"] == "allow" ? allowed : denied).emplace_back(Sha256Hex(CompactJson(queries[i])), i);
  }
  std::sort(allowed.begin(), allowed.end());
  std::sort(denied.begin(), denied.end());
  std::vector<Json> kept;
  const std::size_t share = std::max(limit / 2, limit - std::min(limit, denied.size()));
  for (std::size_t i = 0; i < std::min(share, allowed.size()); ++i) {
    kept.push_back(std::move(queries[allowed[i].second]));
  }
  for (std::size_t i = 0; kept.size() < limit && i < denied.size(); ++i) {
    kept.push_back(std::move(queries[denied[i].second]));
  }
  return kept;
}

// The most questions that a document may keep so that all of them fit the budget: small documents leave room to large
// ones.
std::size_t LimitOf(std::vector<std::size_t> sizes, std::size_t budget) {
  std::sort(sizes.begin(), sizes.end());
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const std::size_t share = budget / (sizes.size() - i);
    if (sizes[i] > share) {
      return std::max(kLeastForDocument, share);
    }
    budget -= sizes[i];
  }
  return sizes.empty() ? 0 : sizes.back();
}

class Writer {
 public:
  explicit Writer(const driver::Compilation& c) : c_(c), world_(WorldOf(c)) {}

  Asked Write(std::size_t budget) {
    for (const access::RoleId role : Roles()) {
      const Facts facts = FactsOf(c_, role);
      const Emitted& emitted = RootOf(facts.environment);
      Rights(role, facts, "", IamArn(facts.place, "role/" + facts.role_name),
             emitted.OfRole(facts.place, facts.role_name));
      if (!facts.user_name.empty()) {
        Rights(role, facts, " (user)", IamArn(facts.place, "user/" + facts.user_name),
               emitted.OfUser(facts.place, facts.user_name));
      }
      Trust(role, facts, emitted.Trust(facts.role_name));
    }
    return Fit(budget);
  }

 private:
  std::vector<access::RoleId> Roles() const {
    std::vector<access::RoleId> roles;
    for (const access::RoleId role : c_.access.roles.All()) {
      const auto& selected = c_.environments;
      if (std::find(selected.begin(), selected.end(), c_.access.roles[role].environment) != selected.end()) {
        roles.push_back(role);
      }
    }
    return roles;
  }

  const Emitted& RootOf(const std::string& environment) {
    auto& root = roots_[environment];
    if (!root) {
      root = std::make_unique<Emitted>(c_.artifacts, environment);
    }
    return *root;
  }

  void Rights(access::RoleId role, const Facts& facts, const std::string& who, const std::string& principal,
              const std::vector<Attached>& attached) {
    Json document = {{"id", facts.label + who}, {"principalArn", principal}, {"defaultKmsKeyPolicy", true}};
    document["managedPoliciesPerRole"] = Quota(role);
    document["identityPolicies"] = Json::array();
    for (const Attached& policy : attached) {
      document["identityPolicies"].push_back({{"name", policy.name}, {"policy", policy.policy}});
    }
    document["resourcePolicies"] = OwnersSides(world_, facts, principal);
    document["resourceAccounts"] = Json::object();
    for (const BucketPlace& bucket : world_.buckets) {
      document["resourceAccounts"][bucket.name] = bucket.place.account;
    }
    Interview interview(facts, world_);
    AskFiles(interview);
    AskKeys(interview);
    AskTables(interview);
    AskServices(interview);
    AskAdministration(interview);
    Add(std::move(document), interview.Take());
  }

  void Trust(access::RoleId role, const Facts& facts, Json policy) {
    const TrustFacts trust = TrustFactsOf(c_, role);
    Json document = {{"id", facts.label + " (trust)"}, {"principalArn", IamArn(facts.place, "role/admin")}};
    // Whoever asks may do so at home, so that a denial comes from the trust policy.
    document["identityPolicies"] = Json::array({{{"name", "at-home"}, {"policy", AtHome(trust.role_arn)}}});
    document["resourcePolicy"] = std::move(policy);
    Add(std::move(document), TrustQueries(trust, world_));
  }

  static Json AtHome(const std::string& role) {
    const Json actions = {"sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"};
    const Json statement = {{"Effect", "Allow"}, {"Action", actions}, {"Resource", role}};
    return {{"Version", "2012-10-17"}, {"Statement", Json::array({statement})}};
  }

  std::int64_t Quota(access::RoleId role) const {
    return model::EffectiveAws(c_.model, c_.access.roles[role].environment).managed_policies_per_role.value_or(10);
  }

  void Add(Json document, std::vector<Json> queries) {
    documents_.push_back(std::move(document));
    queries_.push_back(std::move(queries));
  }

  Asked Fit(std::size_t budget) {
    std::vector<std::size_t> sizes;
    for (const std::vector<Json>& queries : queries_) {
      sizes.push_back(queries.size());
    }
    const std::size_t limit = LimitOf(sizes, budget);
    Asked asked;
    for (std::size_t i = 0; i < documents_.size(); ++i) {
      documents_[i]["queries"] = Cut(std::move(queries_[i]), limit);
      asked.left_out += sizes[i] - documents_[i]["queries"].size();
    }
    asked.documents = std::move(documents_);
    return asked;
  }

  const driver::Compilation& c_;
  World world_;
  std::map<std::string, std::unique_ptr<Emitted>> roots_;
  std::vector<Json> documents_;
  std::vector<std::vector<Json>> queries_;  // beside documents_
};

}  // namespace

Asked DocumentsOf(const driver::Compilation& c, std::size_t budget) {
  return Writer(c).Write(budget);
}

}  // namespace dpc::oracle
