#include "interview.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace dpc::oracle {

Interview::Interview(const Facts& facts, const World& world) : facts_(facts), world_(world), contract_(facts) {}

void Interview::Object(std::string_view action, std::string_view bucket, std::string_view key, std::string_view why) {
  const Place owner = world_.OwnerOf(bucket, facts_.place);
  Ask(contract_.Object(action, bucket, key), action, {S3Arn(owner, std::string(bucket) + "/" + std::string(key))}, {},
      why);
}

void Interview::List(std::string_view bucket, const std::optional<std::string>& prefix, std::string_view why) {
  AskList("s3:ListBucket", bucket, prefix, why);
}

void Interview::ListVersions(std::string_view bucket, const std::string& prefix, std::string_view why) {
  AskList("s3:ListBucketVersions", bucket, prefix, why);
}

void Interview::AskList(std::string_view action, std::string_view bucket, const std::optional<std::string>& prefix,
                        std::string_view why) {
  Context context;
  if (prefix) {
    context["s3:prefix"] = *prefix;
  }
  Ask(contract_.List(action, bucket, prefix), action, {S3Arn(world_.OwnerOf(bucket, facts_.place), bucket)}, context,
      why);
}

void Interview::Bucket(std::string_view action, std::string_view bucket, std::string_view why) {
  Ask(contract_.Bucket(action, bucket), action, {S3Arn(world_.OwnerOf(bucket, facts_.place), bucket)}, {}, why);
}

void Interview::Key(std::string_view action, std::string_view key, const std::optional<std::string>& via,
                    std::string_view why) {
  Context context;
  if (via) {
    context["kms:ViaService"] = *via;
  }
  Ask(contract_.Key(action, key, via), action, {std::string(key)}, context, why);
}

void Interview::Table(std::string_view action, const Place& catalog, std::string_view database, std::string_view table,
                      std::string_view why) {
  const std::string in_database = "database/" + std::string(database);
  const std::string in_table = "table/" + std::string(database) + "/" + std::string(table);
  const Verdict verdict = contract_.Table(action, catalog, database, table);
  Ask(verdict, action,
      {Arn(catalog, "glue", "catalog"), Arn(catalog, "glue", in_database), Arn(catalog, "glue", in_table)}, {}, why);
  if (verdict == Verdict::Deny) {
    // A denial must not hang on the ancestors alone: another grant may bring them.
    Ask(verdict, action, {Arn(catalog, "glue", in_table)}, {}, std::string(why) + ", the table alone");
  }
  Ask(contract_.Ancestor(action, catalog, database), action, {Arn(catalog, "glue", in_database)}, {},
      std::string(why) + ", the database alone");
}

void Interview::Database(std::string_view action, const Place& catalog, std::string_view database,
                         std::string_view why) {
  const std::string arn = Arn(catalog, "glue", "database/" + std::string(database));
  const Verdict verdict = contract_.Database(action, catalog, database);
  Ask(verdict, action, {Arn(catalog, "glue", "catalog"), arn}, {}, why);
  if (verdict == Verdict::Deny) {
    Ask(verdict, action, {arn}, {}, std::string(why) + ", the database alone");
  }
}

void Interview::Workgroup(std::string_view action, const Place& place, std::string_view name, std::string_view why) {
  Ask(contract_.Workgroup(action, place, name), action, {Arn(place, "athena", "workgroup/" + std::string(name))}, {},
      why);
}

void Interview::Parameter(std::string_view action, const Place& place, std::string_view path, std::string_view why) {
  Ask(contract_.Parameter(action, place, path), action, {Arn(place, "ssm", "parameter/" + std::string(path))}, {}, why);
}

void Interview::DataAccess(const Place& place, std::string_view instance, std::string_view why) {
  Ask(contract_.DataAccess(place, instance), "s3:GetDataAccess",
      {Arn(place, "s3", "access-grants/" + std::string(instance))}, {}, why);
}

void Interview::Other(std::string_view action, std::string_view why) {
  Ask(contract_.Other(action), action, {"*"}, {}, why);
}

void Interview::Warehouse(std::string_view action, const std::string& workgroup, std::string_view why) {
  const bool in = action == "redshift-serverless:GetCredentials" || action == "redshift-data:ExecuteStatement";
  const bool own = in && !facts_.warehouse.empty() && workgroup == facts_.warehouse;
  Ask(own ? Verdict::Allow : Verdict::Deny, action, {workgroup}, {}, why);
}

void Interview::Statement(std::string_view action, const std::string& owner, std::string_view why) {
  static const std::string kMe = "AROA1:me";
  const bool results = action == "redshift-data:DescribeStatement" || action == "redshift-data:GetStatementResult" ||
                       action == "redshift-data:CancelStatement";
  Ask(results && !facts_.warehouse.empty() && owner == kMe ? Verdict::Allow : Verdict::Deny, action, {"*"},
      {{"aws:userid", kMe}, {"redshift-data:statement-owner-iam-userid", owner}}, why);
}

void Interview::Never(std::string_view action, const std::string& resource, std::string_view why) {
  Ask(Verdict::Deny, action, {resource}, {}, why);
}

void Interview::Encrypted(const FileGrant& file, const std::string& key, std::string_view why) {
  Json object = {{"action", "s3:GetObject"}, {"resource", S3Arn(file.place, file.bucket + "/" + key)}};
  Json decrypt = {{"action", "kms:Decrypt"}, {"resource", file.key}, {"context", {{"kms:ViaService", file.via}}}};
  Json query = {{"legs", Json::array({object, decrypt})}, {"expect", "allow"}};
  Push(std::move(query), why);
}

void Interview::Ask(Verdict verdict, std::string_view action, const std::vector<std::string>& resources,
                    const Context& context, std::string_view why) {
  if (verdict == Verdict::Free) {
    return;
  }
  Json query = {{"action", std::string(action)}};
  query["resource"] = resources.size() == 1 ? Json(resources.front()) : Json(resources);
  if (!context.empty()) {
    query["context"] = context;
  }
  query["expect"] = verdict == Verdict::Allow ? "allow" : "deny";
  if (verdict == Verdict::Allow && IsForeign(resources)) {
    AskOneSided(query, why);
  }
  Push(std::move(query), why);
}

void Interview::AskOneSided(const Json& query, std::string_view why) {
  Json alone = query;
  alone["resourcePolicy"] = nullptr;
  alone["expect"] = "deny";
  Push(std::move(alone), std::string(why) + ", without the owner's side");
}

void Interview::Push(Json query, std::string_view why) {
  if (!asked_.insert(CompactJson(query)).second) {
    return;
  }
  Json named = {{"id", std::to_string(queries_.size()) + " " + std::string(why)}};
  named.update(query);
  queries_.push_back(std::move(named));
}

std::vector<Json> Interview::TakeManagedElsewhere() {
  const auto managed = [&](const Json& leg) {
    const Json resources = leg["resource"].is_array() ? leg["resource"] : Json::array({leg["resource"]});
    return std::all_of(resources.begin(), resources.end(), [&](const Json& resource) {
      return world_.IsManagedElsewhere(resource.get<std::string>(), facts_.place);
    });
  };
  std::vector<Json> some;
  for (const Json& query : Take()) {
    const Json legs = query.contains("legs") ? query["legs"] : Json::array({query});
    // "resourcePolicy": the question is asked without the owner's side.
    if (!query.contains("resourcePolicy") && std::all_of(legs.begin(), legs.end(), managed)) {
      some.push_back(query);
    }
  }
  return some;
}

std::string Interview::AccountOf(const std::string& arn) const {
  const std::vector<std::string_view> parts = Split(arn, ':');
  if (parts.size() < 6 || parts[2] != "s3" || !parts[4].empty()) {
    return parts.size() < 6 ? facts_.place.account : std::string(parts[4]);
  }
  return world_.OwnerOf(Split(parts[5], '/').front(), facts_.place).account;
}

bool Interview::IsForeign(const std::vector<std::string>& resources) const {
  return std::any_of(resources.begin(), resources.end(),
                     [&](const std::string& arn) { return AccountOf(arn) != facts_.place.account; });
}

}  // namespace dpc::oracle
