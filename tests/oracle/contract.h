// The access contract (reference/access-contract.md) as a decision: may this role make this call? A second writing of
// the table, for the expectations; it shares no code with src/backend/aws.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "facts.h"

namespace dpc::oracle {

// Free: the contract leaves it open, so nothing is asked.
enum class Verdict { Allow, Deny, Free };

class Contract {
 public:
  explicit Contract(const Facts& facts) : facts_(facts) {}

  Verdict Object(std::string_view action, std::string_view bucket, std::string_view key) const;
  // Listing keys, or their versions. `prefix` is the request's s3:prefix; none when it has none.
  Verdict List(std::string_view action, std::string_view bucket, const std::optional<std::string>& prefix) const;
  // The bucket itself, other than listing its keys.
  Verdict Bucket(std::string_view action, std::string_view bucket) const;
  Verdict Key(std::string_view action, std::string_view key, const std::optional<std::string>& via) const;
  // A call on one table, with the database and the catalog that it lies in.
  Verdict Table(std::string_view action, const Place& catalog, std::string_view database, std::string_view table) const;
  // The database as an ancestor of a call on some table of it.
  Verdict Ancestor(std::string_view action, const Place& catalog, std::string_view database) const;
  Verdict Database(std::string_view action, const Place& catalog, std::string_view database) const;
  Verdict Workgroup(std::string_view action, const Place& place, std::string_view name) const;
  Verdict Parameter(std::string_view action, const Place& place, std::string_view path) const;
  // s3:GetDataAccess on an instance of S3 Access Grants.
  Verdict DataAccess(const Place& place, std::string_view instance) const;
  // Calls without a resource.
  Verdict Other(std::string_view action) const;

 private:
  const Facts& facts_;
};

}  // namespace dpc::oracle
