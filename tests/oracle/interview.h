// Collects the questions about one role: each call is judged by the contract and written down as an oracle query.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "contract.h"
#include "facts.h"
#include "json/json.h"
#include "world.h"

namespace dpc::oracle {

using Context = std::map<std::string, std::string>;

class Interview {
 public:
  Interview(const Facts& facts, const World& world);

  const Facts& facts() const { return facts_; }

  const World& world() const { return world_; }

  // Each asks one call; `why` is for the reader of a failure.
  void Object(std::string_view action, std::string_view bucket, std::string_view key, std::string_view why);
  void List(std::string_view bucket, const std::optional<std::string>& prefix, std::string_view why);
  void ListVersions(std::string_view bucket, const std::string& prefix, std::string_view why);
  void Bucket(std::string_view action, std::string_view bucket, std::string_view why);
  void Key(std::string_view action, std::string_view key, const std::optional<std::string>& via, std::string_view why);
  // One call on catalog, database and table.
  void Table(std::string_view action, const Place& catalog, std::string_view database, std::string_view table,
             std::string_view why);
  void Database(std::string_view action, const Place& catalog, std::string_view database, std::string_view why);
  void Workgroup(std::string_view action, const Place& place, std::string_view name, std::string_view why);
  void Parameter(std::string_view action, const Place& place, std::string_view path, std::string_view why);
  void DataAccess(const Place& place, std::string_view instance, std::string_view why);
  void Other(std::string_view action, std::string_view why);
  // Row "Redshift Serverless": getting in, and the results of a statement that `owner` began, asked by "AROA1:me".
  void Warehouse(std::string_view action, const std::string& workgroup, std::string_view why);
  void Statement(std::string_view action, const std::string& owner, std::string_view why);
  // What no row of the contract grants.
  void Never(std::string_view action, const std::string& resource, std::string_view why);
  // An object and its key together: what reading an encrypted object takes.
  void Encrypted(const FileGrant& file, const std::string& key, std::string_view why);

  std::vector<Json> Take() { return std::move(queries_); }

  // Only those about what dpc owns the policies of, in other accounts.
  std::vector<Json> TakeManagedElsewhere();

 private:
  void Ask(Verdict verdict, std::string_view action, const std::vector<std::string>& resources, const Context& context,
           std::string_view why);
  void AskList(std::string_view action, std::string_view bucket, const std::optional<std::string>& prefix,
               std::string_view why);
  void Push(Json query, std::string_view why);
  // The same call, allowed by the role, without the other account's consent: denied.
  void AskOneSided(const Json& query, std::string_view why);
  bool IsForeign(const std::vector<std::string>& resources) const;
  std::string AccountOf(const std::string& arn) const;

  const Facts& facts_;
  const World& world_;
  Contract contract_;
  std::vector<Json> queries_;
  std::set<std::string> asked_;
};

// One file for each part of the contract.
void AskFiles(Interview& interview);
void AskKeys(Interview& interview);
void AskTables(Interview& interview);
void AskServices(Interview& interview);
// What ends with day `last`, by the facts of that day.
void AskEnd(Interview& interview, const Facts& that_day, Date last);
void AskAdministration(Interview& interview);

}  // namespace dpc::oracle
