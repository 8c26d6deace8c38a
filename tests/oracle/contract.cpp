#include "contract.h"

#include <algorithm>
#include <set>

namespace dpc::oracle {
namespace {

using Actions = std::set<std::string_view>;

// Row "read an S3 prefix"; row "own (write) an S3 prefix"; row "Athena service", under the results prefix.
bool MayOnObject(Row row, std::string_view action) {
  static const Actions kRead = {"s3:GetObject"};
  static const Actions kOwn = {"s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload",
                               "s3:ListMultipartUploadParts"};
  static const Actions kResults = {"s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload",
                                   "s3:ListMultipartUploadParts"};
  return (row == Row::Read ? kRead : row == Row::Own ? kOwn : kResults).contains(action);
}

// Rows "read a Glue table" and "own a Glue table".
bool MayOnTable(const TableGrant& grant, std::string_view action) {
  static const Actions kRead = {"glue:GetTable", "glue:GetPartition", "glue:GetPartitions", "glue:BatchGetPartition"};
  static const Actions kWrite = {"glue:CreateTable",          "glue:UpdateTable",         "glue:DeleteTable",
                                 "glue:CreatePartition",      "glue:UpdatePartition",     "glue:DeletePartition",
                                 "glue:BatchCreatePartition", "glue:BatchDeletePartition"};
  return kRead.contains(action) || (grant.own && kWrite.contains(action)) ||
         (grant.table.empty() && action == "glue:GetTables");
}

// The prefix and its slash, the start of everything below it.
std::string Folder(const FileGrant& file) {
  return file.prefix.empty() ? "" : file.prefix + "/";
}

}  // namespace

Verdict Contract::Object(std::string_view action, std::string_view bucket, std::string_view key) const {
  bool open = false;
  for (const FileGrant& file : facts_.files) {
    if (file.bucket != bucket || file.through_grants) {
      continue;
    }
    const std::string folder = Folder(file);
    if (key.starts_with(folder) && key.size() > folder.size() && MayOnObject(file.row, action)) {
      return Verdict::Allow;
    }
    // The bare key is free. The key that is the slash alone (a folder's marker) is "not under" the prefix by the
    // contract's first sentence and under it by `prefix/*`, the form that iam.md prescribes: not asked until the two
    // agree.
    open = open || key == file.prefix || key == folder;
  }
  return open ? Verdict::Free : Verdict::Deny;
}

Verdict Contract::List(std::string_view action, std::string_view bucket,
                       const std::optional<std::string>& prefix) const {
  if (action != "s3:ListBucket") {
    return Verdict::Deny;
  }
  for (const FileGrant& file : facts_.files) {
    const bool whole = file.prefix.empty() || file.lists_bucket;
    if (file.bucket == bucket && !file.through_grants && (whole || (prefix && prefix->starts_with(Folder(file))))) {
      return Verdict::Allow;
    }
  }
  return Verdict::Deny;
}

Verdict Contract::Bucket(std::string_view action, std::string_view bucket) const {
  static const Actions kFree = {"s3:GetBucketLocation", "s3:ListBucketMultipartUploads"};
  bool granted = false;
  for (const FileGrant& file : facts_.files) {
    if (file.bucket == bucket && file.row == Row::Results && action == "s3:GetBucketLocation") {
      return Verdict::Allow;
    }
    granted = granted || (file.bucket == bucket && !file.through_grants);
  }
  return granted && kFree.contains(action) ? Verdict::Free : Verdict::Deny;
}

Verdict Contract::Key(std::string_view action, std::string_view key, const std::optional<std::string>& via) const {
  for (const FileGrant& file : facts_.files) {
    // Nobody gets direct use of a key; a reader never generates data keys.
    const bool may = action == "kms:Decrypt" || (action == "kms:GenerateDataKey" && file.row != Row::Read);
    if (may && !file.through_grants && file.key == key && via == file.via) {
      return Verdict::Allow;
    }
  }
  return Verdict::Deny;
}

Verdict Contract::Table(std::string_view action, const Place& catalog, std::string_view database,
                        std::string_view table) const {
  bool in_database = false;
  for (const TableGrant& grant : facts_.tables) {
    if (grant.catalog != catalog || grant.database != database) {
      continue;
    }
    in_database = true;
    if ((grant.table.empty() || grant.table == table) && MayOnTable(grant, action)) {
      return Verdict::Allow;
    }
  }
  return in_database && action == "glue:GetTables" ? Verdict::Free : Verdict::Deny;
}

Verdict Contract::Ancestor(std::string_view action, const Place& catalog, std::string_view database) const {
  const bool needed = std::any_of(facts_.tables.begin(), facts_.tables.end(), [&](const TableGrant& grant) {
    return grant.catalog == catalog && grant.database == database &&
           (action == "glue:GetTables" || MayOnTable(grant, action));
  });
  // Alone it gives nothing, so that it may be there; where no call needs it, it must not.
  return needed ? Verdict::Free : Verdict::Deny;
}

Verdict Contract::Database(std::string_view action, const Place& catalog, std::string_view database) const {
  const bool granted = std::any_of(facts_.tables.begin(), facts_.tables.end(), [&](const TableGrant& grant) {
    return grant.catalog == catalog && grant.database == database;
  });
  if (action == "glue:GetDatabases") {
    return Verdict::Free;
  }
  if (action != "glue:GetDatabase") {
    return Verdict::Deny;
  }
  const bool option = database == "default" && !facts_.workgroup.empty() && catalog == facts_.place;
  return granted ? Verdict::Allow : option ? Verdict::Free : Verdict::Deny;
}

Verdict Contract::Workgroup(std::string_view action, const Place& place, std::string_view name) const {
  static const Actions kUse = {"athena:StartQueryExecution", "athena:StopQueryExecution", "athena:GetQueryExecution",
                               "athena:GetQueryResults", "athena:GetWorkGroup"};
  const bool own = !facts_.workgroup.empty() && name == facts_.workgroup && place == facts_.place;
  return own && kUse.contains(action) ? Verdict::Allow : Verdict::Deny;
}

// Not in the contract's table: dpc gives a product the parameters below its own path, and their list.
Verdict Contract::Parameter(std::string_view action, const Place& place, std::string_view path) const {
  static const Actions kOwn = {"ssm:GetParameter", "ssm:GetParameters",   "ssm:GetParameterHistory",
                               "ssm:PutParameter", "ssm:DeleteParameter", "ssm:DeleteParameters"};
  if (facts_.parameters.empty() || place != facts_.place) {
    return Verdict::Deny;
  }
  const std::string folder = facts_.parameters + "/";
  const bool below = path.starts_with(folder) && path.size() > folder.size();
  const bool listed = action == "ssm:GetParametersByPath" && (below || path == facts_.parameters);
  return listed || (below && kOwn.contains(action)) ? Verdict::Allow : Verdict::Deny;
}

Verdict Contract::DataAccess(const Place& place, std::string_view instance) const {
  const bool own = place == facts_.place && instance == "default";
  return own && facts_.ReadsThroughGrants() ? Verdict::Allow : Verdict::Deny;
}

Verdict Contract::Other(std::string_view action) const {
  if (action == "lakeformation:GetDataAccess" && facts_.HasGuarded()) {
    return Verdict::Allow;
  }
  if (action == "s3:ListAllMyBuckets") {
    return facts_.console ? Verdict::Allow : Verdict::Free;
  }
  return Verdict::Deny;
}

}  // namespace dpc::oracle
