#include "documents.h"

#include <algorithm>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "budget.h"
#include "emitted.h"
#include "facts.h"
#include "interview.h"
#include "intruders.h"
#include "model/settings.h"
#include "outside.h"
#include "owners.h"
#include "trust.h"

namespace dpc::oracle {
namespace {

// A document's `part` tells the scripts what it is about: "rights" of a role or user, "both" (with the owner's side),
// "owners" (the owner's side alone), "trust".

// When a document's questions are asked.
struct Moment {
  std::string suffix;        // of the document's id
  std::string time;          // aws:CurrentTime; "" for none
  std::optional<Date> on;    // the day whose grants hold
  std::optional<Date> last;  // only what ends with this day is asked about
};

// Today, then the last second of each day with which something ends, and the instant after it.
std::vector<Moment> MomentsOf(const driver::Compilation& c, const Facts& facts) {
  std::vector<Moment> moments = {{"", c.today ? c.today->ToString() + "T12:00:00Z" : "", {}, {}}};
  for (const Date day : facts.Ends()) {
    const Date next(day.days_since_epoch() + 1);
    moments.push_back({" at the end of " + day.ToString(), day.ToString() + "T23:59:59Z", day, day});
    moments.push_back({" after " + day.ToString(), next.ToString() + "T00:00:00Z", next, day});
  }
  return moments;
}

Json Everything() {
  const Json statement = {{"Effect", "Allow"}, {"Action", "*"}, {"Resource", "*"}};
  const Json policy = {{"Version", "2012-10-17"}, {"Statement", Json::array({statement})}};
  return Json::array({{{"name", "at-home"}, {"policy", policy}}});
}

Json PoliciesJson(const std::vector<Attached>& attached) {
  Json policies = Json::array();
  for (const Attached& policy : attached) {
    policies.push_back({{"name", policy.name}, {"policy", policy.policy}});
    if (policy.is_inline) {
      policies.back()["inline"] = true;
    }
  }
  return policies;
}

Facts WithoutManagedElsewhere(Facts facts, const World& world) {
  std::erase_if(facts.files, [&](const FileGrant& file) {
    return world.IsManagedElsewhere(S3Arn(file.place, file.bucket), facts.place);
  });
  std::erase_if(facts.tables, [&](const TableGrant& table) {
    return world.IsManagedElsewhere(Arn(table.catalog, "glue", "catalog"), facts.place);
  });
  return facts;
}

class Writer {
 public:
  explicit Writer(const driver::Compilation& c) : c_(c), world_(WorldOf(c)), owners_(c, world_) {}

  Asked Write(std::size_t budget) {
    for (const access::RoleId role : Roles()) {
      const Facts today = FactsOf(c_, role);
      expected_roles_[today.environment].insert(today.role_name);
      for (const Moment& moment : MomentsOf(c_, today)) {
        Role(role, moment);
      }
      Trust(role, today, RootOf(today.environment).Trust(today.role_name));
    }
    RefuseOtherRoles();
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

  // Besides the products' roles there is at most the one with which S3 Access Grants reads.
  void RefuseOtherRoles() {
    for (const auto& [environment, expected] : expected_roles_) {
      const Emitted& root = RootOf(environment);
      const std::set<std::string> readers = root.LocationRoles();
      for (const std::string& name : root.Roles()) {
        const bool reader = std::any_of(readers.begin(), readers.end(),
                                        [&](const std::string& arn) { return arn.ends_with(":role/" + name); });
        if (!expected.contains(name) && !reader) {
          throw std::runtime_error(environment + " has a role " + name + ", which is no product's");
        }
      }
    }
  }

  Facts FactsAt(access::RoleId role, std::optional<Date> on) {
    Facts facts = FactsOf(c_, role, on);
    CheckOutside(IamArn(facts.place, "role/" + facts.role_name), on, facts);
    if (!facts.user_name.empty()) {
      Facts of_user = FactsOf(c_, role, on);
      CheckOutside(IamArn(facts.place, "user/" + facts.user_name), on, of_user);
      if (!SameGrants(facts, of_user)) {
        throw std::runtime_error(facts.label + ": the user's access grants are not the role's");
      }
    }
    return facts;
  }

  void CheckOutside(const std::string& arn, std::optional<Date> on, Facts& facts) {
    CheckAccessGrants(RootOf(facts.environment), arn, facts);
    // Lake Formation knows no end either: its permissions are those of the day of the build.
    if (!on) {
      CheckLakeFormation(RootOf(facts.environment), arn, facts);
    }
  }

  static bool SameGrants(const Facts& one, const Facts& other) {
    return std::equal(one.files.begin(), one.files.end(), other.files.begin(), other.files.end(),
                      [](const FileGrant& a, const FileGrant& b) { return a.through_grants == b.through_grants; });
  }

  void Role(access::RoleId role, const Moment& moment) {
    const Facts facts = FactsAt(role, moment.on);
    const Facts that_day = moment.last ? FactsAt(role, moment.last) : facts;
    const Emitted& emitted = RootOf(facts.environment);
    const std::string arn = IamArn(facts.place, "role/" + facts.role_name);
    Json policies = PoliciesJson(emitted.OfRole(facts.place, facts.role_name));
    OwnersSide(role, facts, that_day, moment, arn);
    Principal(role, facts, that_day, moment, {"", arn, std::move(policies)}, facts);
    // A user has the role's policies, and the owners of other accounts name it beside the role.
    if (!facts.user_name.empty()) {
      const std::string user = IamArn(facts.place, "user/" + facts.user_name);
      OwnersSide(role, facts, that_day, moment, user, " (user)");
      Principal(role, facts, that_day, moment,
                {" (user)", user, PoliciesJson(emitted.OfUser(facts.place, facts.user_name))}, facts);
    }
  }

  struct Who {
    std::string suffix;
    std::string arn;
    Json policies;
  };

  void Ask(Interview& interview, const Facts& that_day, const Moment& moment) {
    if (moment.last) {
      AskEnd(interview, that_day, *moment.last);
      return;
    }
    AskFiles(interview);
    AskKeys(interview);
    AskTables(interview);
    AskServices(interview);
    AskAdministration(interview);
  }

  // The principal's own policies: alone (other accounts are open to it), and together with what owners of other
  // accounts allow, which may be less.
  void Principal(access::RoleId role, const Facts& facts, const Facts& that_day, const Moment& moment, Who who,
                 const Facts& with_owners) {
    Json document = Frame(role, facts.label + who.suffix + moment.suffix, moment, who.arn);
    document["identityPolicies"] = std::move(who.policies);
    Json both = document;
    both["part"] = "both";
    both["id"] = facts.label + who.suffix + moment.suffix + " (both sides)";
    document["resourcePolicies"] = owners_.Open(facts.place, who.arn);
    Interview interview(facts, world_);
    Ask(interview, that_day, moment);
    Add(std::move(document), interview.Take());
    if (ReachesManaged(that_day)) {
      both["resourcePolicies"] = owners_.Emitted();
      Interview again(with_owners, world_);
      Ask(again, that_day, moment);
      AddSome(std::move(both), again.TakeManagedElsewhere());
    }
  }

  bool ReachesManaged(const Facts& facts) const {
    const Facts rest = WithoutManagedElsewhere(facts, world_);
    return rest.files.size() != facts.files.size() || rest.tables.size() != facts.tables.size();
  }

  // What owners of other accounts allow, asked as somebody who may do everything at home.
  void OwnersSide(access::RoleId role, const Facts& facts, const Facts& that_day, const Moment& moment,
                  const std::string& arn, const std::string& suffix = "") {
    Json document = Frame(role, facts.label + suffix + moment.suffix + " (owner's side)", moment, arn);
    document["part"] = "owners";
    document["identityPolicies"] = Everything();
    document["resourcePolicies"] = owners_.Emitted();
    Interview interview(facts, world_);
    Ask(interview, that_day, moment);
    AddSome(std::move(document), WithIntruders(interview.TakeManagedElsewhere(), facts, world_));
  }

  Json Frame(access::RoleId role, const std::string& id, const Moment& moment, const std::string& arn) const {
    Json document = {{"id", id}, {"part", "rights"}, {"principalArn", arn}, {"defaultKmsKeyPolicy", true}};
    const model::AwsSettings aws = model::EffectiveAws(c_.model, c_.access.roles[role].environment);
    const bool user = arn.find(":user/") != std::string::npos;
    document["attachments"] = (user ? aws.managed_policies_per_user : aws.managed_policies_per_role).value_or(10);
    document["resourceAccounts"] = Json::object();
    for (const BucketPlace& bucket : world_.buckets) {
      document["resourceAccounts"][bucket.name] = bucket.place.account;
    }
    document["dated"] = moment.last.has_value();
    if (!moment.time.empty()) {
      document["context"] = Json{{"aws:CurrentTime", moment.time}};
    }
    return document;
  }

  void Trust(access::RoleId role, const Facts& facts, Json policy) {
    const TrustFacts trust = TrustFactsOf(c_, role);
    Json document = {
        {"id", facts.label + " (trust)"}, {"part", "trust"}, {"principalArn", IamArn(facts.place, "role/admin")}};
    const model::AwsSettings aws = model::EffectiveAws(c_.model, c_.access.roles[role].environment);
    document["trustPolicyBytes"] = aws.trust_policy_bytes.value_or(2048);
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

  void AddSome(Json document, std::vector<Json> queries) {
    if (!queries.empty()) {
      Add(std::move(document), std::move(queries));
    }
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
    asked.resource_policies = owners_.ForLint();
    return asked;
  }

  const driver::Compilation& c_;
  World world_;
  Owners owners_;
  std::map<std::string, std::unique_ptr<Emitted>> roots_;
  std::map<std::string, std::set<std::string>> expected_roles_;  // by environment
  std::vector<Json> documents_;
  std::vector<std::vector<Json>> queries_;  // beside documents_
};

}  // namespace

Asked DocumentsOf(const driver::Compilation& c, std::size_t budget) {
  return Writer(c).Write(budget);
}

}  // namespace dpc::oracle
