// From grants and services to statements: the access contract (reference/access-contract.md) in AWS's words. Each
// function names the row of the contract that it writes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "backend/aws/names.h"
#include "backend/aws/statements.h"
#include "backend/backend.h"

namespace dpc::backend::aws {

// An environment in ARNs.
struct Place {
  std::string partition;
  std::string account;
  std::string region;
  std::string suffix;  // "amazonaws.com"
};

Place PlaceOf(const Input& input, model::EnvironmentId environment);

std::string BucketArn(const Place& place, std::string_view bucket);
// `resource` as "database/orders".
std::string GlueArn(const Place& place, std::string_view resource);
std::string RoleArn(const Place& place, std::string_view name);
std::string UserArn(const Place& place, std::string_view name);
// The service-linked role by which Lake Formation gets at registered locations.
std::string LakeFormationRoleArn(const Place& place);
std::string PolicyArn(const Place& place, std::string_view name);
std::string WorkgroupArn(const Place& place, std::string_view name);
// The instance of S3 Access Grants of an account and region.
std::string AccessGrantsArn(const Place& place);

// The actions of the contract's rows; sure_fit.cpp counts their bytes. Sorted.
using ActionList = std::vector<std::string>;
const ActionList& ReadFileActions();
const ActionList& OwnFileActions();
const ActionList& ListFilesActions();
const ActionList& LocationActions();
const ActionList& KeyActions(bool own);
const ActionList& ReadTableActions();
const ActionList& ListTablesActions();
const ActionList& WriteTableActions();

// The condition of rows on keys: through S3 of the region only.
Condition ThroughS3(const Place& place);

namespace topics {
inline constexpr std::string_view kReadGeneric = "read-generic";
inline constexpr std::string_view kBucketRead = "bucket-read";
inline constexpr std::string_view kWriteGeneric = "write-generic";
inline constexpr std::string_view kBucketWrite = "bucket-write";
inline constexpr std::string_view kGlueWrite = "glue-write";
inline constexpr std::string_view kService = "service";
}  // namespace topics

// The topics of documents, in order. Their names are those of the Data Product Portal's policies, so that an existing
// estate keeps its policies' names.
const std::vector<Topic>& Topics();

// The ARN holds an id that AWS makes up: of a workgroup that dpc creates it is kWorkgroupToCome, which Terraform
// replaces.
inline constexpr std::string_view kWorkgroupToCome = "00000000-0000-0000-0000-000000000000";

// A right on a table that Lake Formation gives, beside what IAM must allow.
struct LakeFormationRight {
  std::string database;
  std::string table;  // "" for all tables
  bool own = false;
  std::string location;              // ARN of where its data lies; "" for a catalog entry only
  model::EnvironmentId environment;  // whose database it is
  Sources sources;
  auto operator<=>(const LakeFormationRight&) const = default;
};

// A prefix that S3 Access Grants opens for reading.
struct AccessGrant {
  model::BucketId bucket;
  std::string prefix;  // "" for the whole bucket
  Sources sources;
  auto operator<=>(const AccessGrant&) const = default;
};

// Statements for every grant and service of one role.
class Rights {
 public:
  // `reads_through_grants`: prefixes that the role reads become S3 Access Grants rather than statements.
  Rights(const Input& input, access::RoleId role, Naming& names, Emitter& emitter, bool reads_through_grants = false);

  // False when something could not be granted exactly; it has been reported.
  bool Derive();

  // The same for its services alone.
  bool DeriveServices();

  // Only what the role reads from `owner`, an environment of another account; nothing of its services.
  bool DeriveReadsFrom(model::EnvironmentId owner);

  const Statements& statements() const { return statements_; }

  // Of the Athena service; "" without it.
  const std::string& workgroup() const { return workgroup_; }

  const std::string& results_path() const { return results_path_; }

  const std::vector<LakeFormationRight>& lake_formation() const { return lake_formation_; }

  const std::vector<AccessGrant>& access_grants() const { return access_grants_; }

 private:
  GroupKey Group(std::string_view topic, std::vector<std::string> actions,
                 std::vector<Condition> conditions = {}) const;
  void Add(const GroupKey& key, const std::string& item, const Sources& sources);
  void GrantPlacement(const access::Grant& grant);
  void GrantFiles(const resolve::Placement& placement, bool own, const Sources& sources);
  // Row "Lake Formation table". False when nothing can be granted, which is reported.
  bool Guarded(const resolve::Placement& placement, bool own, const Sources& sources);
  void CheckGuardedKey(const resolve::Placement& placement);
  // Rows "read an S3 prefix" and "own (write) an S3 prefix". `path` "" is the whole bucket.
  void Files(model::BucketId bucket, std::string_view path, bool own, const Sources& sources);
  void List(model::BucketId bucket, std::string_view path, const Sources& sources);
  // Key use through S3 only, as the rows on S3 say.
  void Key(model::BucketId bucket, bool own, std::string_view topic, const Sources& sources);
  // Rows "read a Glue table", "own a Glue table", "a whole Glue database".
  void Table(const resolve::Placement& placement, bool own, const Sources& sources);
  // Row "Redshift Serverless". What is read there is SQL's affair (redshift.h).
  void Warehouse(const resolve::Placement& placement, const Sources& sources);
  // Row "Athena service".
  bool Athena(const Sources& sources);
  // Parameters of the product in this environment.
  bool Parameters(const Sources& sources);
  void Console(const Sources& sources);
  Sources SourcesOf(const access::Grant& grant) const;
  bool Exact(std::string_view what, std::string_view text, Range range);

  const Input& input_;
  const access::Role& role_;
  Naming& names_;
  Emitter& emitter_;
  Statements statements_;
  std::string workgroup_;
  std::string results_path_;
  bool exact_ = true;
  bool reads_through_grants_;
  std::string parcel_;            // of the grant or service at hand
  std::optional<Date> last_day_;  // likewise, where AWS is to end it
  std::vector<LakeFormationRight> lake_formation_;
  std::vector<AccessGrant> access_grants_;
};

}  // namespace dpc::backend::aws
