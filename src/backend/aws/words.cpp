#include "backend/aws/words.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <span>

#include "backend/aws/resource_types.h"
#include "base/text.h"

namespace dpc::backend::aws {
namespace {

// Sorts of things that a grant is about, in the order of their sentences.
enum class Sort : std::uint8_t {
  Folder,
  Table,
  Database,
  Catalog,
  Key,
  Bucket,
  Workgroup,
  Parameters,
  Redshift,
  Everything,
};

struct Verb {
  Sort sort;
  std::string_view verb;
  std::vector<std::string_view> actions;
};

// The rows of the access contract. A verb is said when all its actions are there.
const std::vector<Verb>& Verbs() {
  static const std::vector<std::string_view> kReadsTable = {"glue:BatchGetPartition", "glue:GetPartition",
                                                            "glue:GetPartitions", "glue:GetTable"};
  static const std::vector<std::string_view> kChangesTable = {
      "glue:BatchCreatePartition", "glue:BatchDeletePartition", "glue:CreatePartition", "glue:CreateTable",
      "glue:DeletePartition",      "glue:DeleteTable",          "glue:UpdatePartition", "glue:UpdateTable"};
  static const std::vector<Verb> kVerbs = {
      {Sort::Folder, "read", {"s3:GetObject"}},
      {Sort::Folder, "list", {"s3:ListBucket"}},
      {Sort::Folder, "write", {"s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject"}},
      {Sort::Folder, "delete", {"s3:DeleteObject"}},
      {Sort::Table, "read", kReadsTable},
      {Sort::Table, "list", {"glue:GetTables"}},
      {Sort::Table, "change", kChangesTable},
      {Sort::Database, "see", {"glue:GetDatabase"}},
      {Sort::Database, "find tables in", kReadsTable},
      {Sort::Database, "list tables of", {"glue:GetTables"}},
      {Sort::Database, "change tables of", kChangesTable},
      {Sort::Catalog, "find databases in", {"glue:GetDatabase"}},
      {Sort::Catalog, "find tables in", kReadsTable},
      {Sort::Catalog, "list tables of", {"glue:GetTables"}},
      {Sort::Catalog, "change tables of", kChangesTable},
      {Sort::Key, "decrypt", {"kms:Decrypt"}},
      {Sort::Key, "encrypt", {"kms:GenerateDataKey"}},
      {Sort::Bucket, "see the region of", {"s3:GetBucketLocation"}},
      {Sort::Workgroup,
       "use",
       {"athena:GetQueryExecution", "athena:GetQueryResults", "athena:GetWorkGroup", "athena:StartQueryExecution",
        "athena:StopQueryExecution"}},
      {Sort::Parameters, "read", {"ssm:GetParameter", "ssm:GetParameterHistory", "ssm:GetParameters"}},
      {Sort::Parameters, "list", {"ssm:GetParametersByPath"}},
      {Sort::Parameters, "write", {"ssm:PutParameter"}},
      {Sort::Parameters, "delete", {"ssm:DeleteParameter", "ssm:DeleteParameters"}},
      {Sort::Redshift, "connect to", {"redshift-serverless:GetCredentials"}},
      {Sort::Redshift, "query", {"redshift-data:BatchExecuteStatement", "redshift-data:ExecuteStatement"}},
      {Sort::Everything, "see the names of all buckets", {"s3:ListAllMyBuckets"}},
      {Sort::Everything, "read data that Lake Formation grants", {"lakeformation:GetDataAccess"}},
  };
  return kVerbs;
}

// What one sentence is about: permissions with the same thing go together.
struct Thing {
  Sort sort = Sort::Everything;
  std::string text;   // "s3://lake/raw/orders/"
  std::string limit;  // " before 2027-01-01", " when ..."
  auto operator<=>(const Thing&) const = default;
};

bool Says(Sort sort, std::string_view action) {
  return std::any_of(Verbs().begin(), Verbs().end(), [&](const Verb& verb) {
    return verb.sort == sort && std::find(verb.actions.begin(), verb.actions.end(), action) != verb.actions.end();
  });
}

std::string Ticked(std::string_view text) {
  return "`" + std::string(text) + "`";
}

// The rest of `text` behind `start`; nothing when it starts otherwise.
std::optional<std::string> Behind(const std::string& text, std::string_view start) {
  return text.starts_with(start) ? std::optional(text.substr(start.size())) : std::nullopt;
}

// One permission, taken apart.
class Reader {
 public:
  Reader(const Permission& permission, const AssetNames& assets)
      : permission_(permission), assets_(assets), resource_(PatternText(permission.resource)) {
    const auto fields = Split(resource_, ':');
    if (fields.size() >= 6) {
      service_ = fields[2];
      place_ = std::string(fields[4]) + " " + std::string(fields[3]);
      std::size_t at = 0;
      for (std::size_t i = 0; i < 5; ++i) {
        at += fields[i].size() + 1;
      }
      rest_ = resource_.substr(at);
    }
    limits_ = permission.limits;
  }

  // Nothing for what no row of the contract is about.
  std::optional<Thing> Read() {
    std::optional<Thing> thing = resource_ == "*" ? Thing{Sort::Everything, "", ""} : Named();
    if (!thing || !Says(thing->sort, permission_.action)) {
      return std::nullopt;
    }
    thing->limit = Limits();
    return thing;
  }

 private:
  std::optional<Thing> Named() {
    if (service_ == "s3") {
      return S3();
    }
    if (service_ == "glue") {
      return Glue();
    }
    if (service_ == "kms" && rest_.starts_with("key/")) {
      const bool s3 =
          Consume([](const Limit& l) { return l.key == "kms:viaservice" && l.value.text.starts_with("s3."); });
      return Thing{Sort::Key, "with key " + Ticked(resource_) + (s3 ? " (through S3)" : ""), ""};
    }
    if (const auto name = Behind(rest_, "workgroup/")) {
      return service_ == "athena" ? Thing{Sort::Workgroup, "Athena workgroup " + Ticked(*name), ""}
                                  : Thing{Sort::Redshift, "Redshift workgroup " + Ticked(*name), ""};
    }
    if (const auto name = Behind(rest_, "parameter/"); name && service_ == "ssm") {
      return Parameters(*name);
    }
    return std::nullopt;
  }

  Thing S3() {
    const std::size_t slash = rest_.find('/');
    if (slash != std::string::npos) {
      return Folder(rest_.substr(0, slash), rest_.substr(slash + 1));
    }
    if (permission_.action == "s3:ListBucket") {
      std::string prefix = "*";
      Consume([&](const Limit& l) {
        const bool is_prefix = l.key == "s3:prefix" && l.kind == LimitKind::Text;
        prefix = is_prefix ? PatternText(l.value) : prefix;
        return is_prefix;
      });
      return Folder(rest_, prefix);
    }
    return {Sort::Bucket, "bucket " + Ticked(rest_), ""};
  }

  // `key` is a pattern of keys: "raw/orders/*" is a folder.
  Thing Folder(const std::string& bucket, const std::string& key) const {
    const bool folder = key == "*" || key.ends_with("/*");
    const std::string path = folder ? key.substr(0, key.size() - 1) : key;
    const std::string asset = assets_.OfFolder(bucket, path);
    return {Sort::Folder, "s3://" + bucket + "/" + path + (asset.empty() ? "" : ", " + asset), ""};
  }

  std::optional<Thing> Glue() const {
    if (const auto table = Behind(rest_, "table/")) {
      const std::string asset = assets_.OfTable(resource_);
      std::string name = *table;
      std::replace(name.begin(), name.end(), '/', '.');
      return Thing{Sort::Table, "Glue table " + Ticked(name) + (asset.empty() ? "" : ", " + asset), ""};
    }
    if (const auto database = Behind(rest_, "database/")) {
      return Thing{Sort::Database, "Glue database " + Ticked(*database), ""};
    }
    return rest_ == "catalog" ? std::optional(Thing{Sort::Catalog, "the Glue catalog of " + place_, ""}) : std::nullopt;
  }

  Thing Parameters(const std::string& name) const {
    const bool below = name.ends_with("/*") || permission_.action == "ssm:GetParametersByPath";
    const std::string path = name.ends_with("/*") ? name.substr(0, name.size() - 2) : name;
    return {Sort::Parameters, (below ? "parameters below " : "parameter ") + Ticked("/" + path + (below ? "/" : "")),
            ""};
  }

  // Takes out the first condition that `test` knows, as it is told otherwise.
  template <class Test>
  bool Consume(const Test& test) {
    const auto found = std::find_if(limits_.begin(), limits_.end(), test);
    if (found == limits_.end()) {
      return false;
    }
    limits_.erase(found);
    return true;
  }

  std::string Limits() const {
    std::string text;
    for (const Limit& limit : limits_) {
      if (limit.kind == LimitKind::Before) {
        text += " before " + limit.value.text;
      } else {
        text += " when " + Ticked(limit.key) + " is " + (limit.value.form == PatternForm::Literal ? "" : "like ") +
                Ticked(PatternText(limit.value));
      }
    }
    return text;
  }

  const Permission& permission_;
  const AssetNames& assets_;
  std::string resource_;
  std::string service_;
  std::string place_;
  std::string rest_;
  std::vector<Limit> limits_;  // not yet told
};

std::string Sentence(const Thing& thing, const std::set<std::string>& actions) {
  std::vector<std::string> verbs;
  for (const Verb& verb : Verbs()) {
    std::vector<std::string> present;
    for (const std::string_view action : verb.actions) {
      if (verb.sort == thing.sort && actions.contains(std::string(action))) {
        present.emplace_back(action);
      }
    }
    if (!present.empty()) {
      const bool whole = present.size() == verb.actions.size();
      verbs.push_back(std::string(verb.verb) + (whole ? "" : " in part (" + Join(present, ", ") + ")"));
    }
  }
  return Enumerate(verbs) + (thing.text.empty() ? "" : " " + thing.text) + thing.limit;
}

}  // namespace

std::string Enumerate(const std::vector<std::string>& words) {
  if (words.size() < 2) {
    return words.empty() ? "" : words.front();
  }
  return Join(std::span(words).first(words.size() - 1), ", ") + " and " + words.back();
}

std::vector<std::string> InWords(const std::vector<Permission>& permissions, const AssetNames& assets) {
  std::map<Thing, std::set<std::string>> things;
  std::set<std::string> others;
  for (const Permission& permission : permissions) {
    if (!MayApply(permission.action, PatternText(permission.resource))) {
      continue;
    }
    if (const auto thing = Reader(permission, assets).Read()) {
      things[*thing].insert(permission.action);
    } else {
      others.insert(Describe(permission));
    }
  }
  std::vector<std::string> sentences;
  for (const auto& [thing, actions] : things) {
    sentences.push_back(Sentence(thing, actions));
  }
  sentences.insert(sentences.end(), others.begin(), others.end());
  return sentences;
}

}  // namespace dpc::backend::aws
