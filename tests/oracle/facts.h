// What one role was granted, in the words of the contract's rows (reference/access-contract.md): from the access model
// and the resolved placements, never from the back end.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "driver/driver.h"
#include "names.h"

namespace dpc::oracle {

enum class Row { Read, Own, Results };

// "read an S3 prefix", "own an S3 prefix", and Athena's results.
struct FileGrant {
  std::string bucket;
  std::string prefix;  // without a slash at the end; "" is the whole bucket
  Row row = Row::Read;
  bool lists_bucket = false;  // the environment chose `listing: bucket`
  std::string key;            // KMS key ARN; "" for none
  std::string via;            // the only service that may use the key: "s3.eu-west-1.amazonaws.com"
  Place place;                // of the bucket's owner
  std::optional<Date> until;  // the last day, when AWS itself ends it
  bool own_environment = false;
  // Read by way of S3 Access Grants: IAM itself gives nothing on the bucket.
  bool through_grants = false;
};

// "read a Glue table", "own a Glue table", "a whole Glue database".
struct TableGrant {
  Place catalog;
  std::string database;
  std::string table;  // "" for all
  bool own = false;
  std::optional<Date> until;
  bool guarded = false;  // by Lake Formation
  std::string location;  // of a guarded table's files: the ARN of their prefix; "" for none
};

struct Facts {
  std::string label;  // "orders in development"
  std::string environment;
  Place place;
  std::string role_name;
  std::vector<FileGrant> files;
  std::vector<TableGrant> tables;
  std::string workgroup;   // "" without Athena
  std::string parameters;  // "data_product/orders/development"; "" without ssm
  bool console = false;
  std::string user_name;  // "" without iam-user
  std::string warehouse;  // ARN of the Redshift workgroup with assets of its grants; "" without

  // Row "Lake Formation table": some table is guarded.
  bool HasGuarded() const;
  bool ReadsThroughGrants() const;
  // The last days of its grants that AWS itself ends, in order, without repetition.
  std::vector<Date> Ends() const;
};

// What holds on day `on`; without a day, everything that holds today.
Facts FactsOf(const driver::Compilation& c, access::RoleId role, std::optional<Date> on = std::nullopt);

// The only service through which the key of a bucket of `place` may be used.
std::string ThroughS3(const Place& place);

}  // namespace dpc::oracle
