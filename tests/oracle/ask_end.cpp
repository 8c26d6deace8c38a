// Both sides of an end that AWS itself brings: what was granted until that day, asked while it lasts and after it.

#include "interview.h"

namespace dpc::oracle {
namespace {

void File(Interview& ask, const FileGrant& file) {
  const std::string folder = file.prefix.empty() ? "" : file.prefix + "/";
  for (const std::string_view action : {"s3:GetObject", "s3:PutObject"}) {
    ask.Object(action, file.bucket, folder + "part-0.parquet", "a dated prefix");
    ask.Object(action, file.bucket, folder + "2024/01/x", "deep below a dated prefix");
    ask.Object(action, file.bucket, file.prefix + "2/x", "beside a dated prefix");
  }
  ask.List(file.bucket, folder, "listing a dated prefix");
  ask.List(file.bucket, folder + "2024/", "listing below a dated prefix");
  ask.List(file.bucket, std::nullopt, "listing the bucket of a dated prefix");
  if (!file.key.empty()) {
    ask.Key("kms:Decrypt", file.key, file.via, "the key of a dated prefix");
    ask.Key("kms:GenerateDataKey", file.key, file.via, "the key of a dated prefix");
  }
}

// Inside it or around it another grant may last longer, and then is all that is left.
void Neighbours(Interview& ask, const FileGrant& file, const Facts& that_day) {
  for (const FileGrant& other : that_day.files) {
    if (other.bucket == file.bucket) {
      const std::string folder = other.prefix.empty() ? "" : other.prefix + "/";
      ask.Object("s3:GetObject", other.bucket, folder + "part-0.parquet", "a grant beside a dated one");
      ask.List(other.bucket, folder, "listing a grant beside a dated one");
    }
  }
}

void Table(Interview& ask, const TableGrant& grant) {
  const std::string table = grant.table.empty() ? "anything" : grant.table;
  for (const std::string_view action :
       {"glue:GetTable", "glue:GetPartition", "glue:GetPartitions", "glue:BatchGetPartition", "glue:CreateTable"}) {
    ask.Table(action, grant.catalog, grant.database, table, "a dated table");
  }
  ask.Database("glue:GetDatabase", grant.catalog, grant.database, "the database of a dated table");
  ask.Other("lakeformation:GetDataAccess", "data of a dated table");
}

}  // namespace

void AskEnd(Interview& ask, const Facts& that_day, Date last) {
  for (const FileGrant& file : that_day.files) {
    if (file.until == last) {
      File(ask, file);
      Neighbours(ask, file, that_day);
    }
  }
  for (const TableGrant& grant : that_day.tables) {
    if (grant.until == last) {
      Table(ask, grant);
    }
  }
}

}  // namespace dpc::oracle
