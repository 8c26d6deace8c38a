// Rows "read a Glue table", "own a Glue table", "a whole Glue database".
#include <algorithm>
#include <array>

#include "interview.h"

namespace dpc::oracle {
namespace {

constexpr std::array<std::string_view, 13> kRows = {
    "glue:GetTable",        "glue:GetPartition",         "glue:GetPartitions",   "glue:BatchGetPartition",
    "glue:CreateTable",     "glue:UpdateTable",          "glue:DeleteTable",     "glue:CreatePartition",
    "glue:UpdatePartition", "glue:BatchCreatePartition", "glue:DeletePartition", "glue:BatchDeletePartition",
    "glue:GetTables"};
constexpr std::array<std::string_view, 8> kBeyond = {"glue:GetTableVersion",
                                                     "glue:GetTableVersions",
                                                     "glue:DeleteTableVersion",
                                                     "glue:BatchDeleteTableVersion",
                                                     "glue:BatchDeleteTable",
                                                     "glue:BatchUpdatePartition",
                                                     "glue:UpdateColumnStatisticsForTable",
                                                     "glue:DeleteColumnStatisticsForTable"};
// One that reads, one that lists, one that writes: what stands for its row where all of them would be too many.
constexpr std::array<std::string_view, 3> kSome = {"glue:GetTable", "glue:GetTables", "glue:CreateTable"};

std::vector<std::string> OtherTables(const TableGrant& grant) {
  if (grant.table.empty()) {
    return {};
  }
  std::vector<std::string> others = {grant.table + "2", grant.table + "_x", "x" + grant.table, "other"};
  if (grant.table.size() > 1) {
    others.push_back(grant.table.substr(0, grant.table.size() - 1));
  }
  return others;
}

// Catalogs that are not the grant's: another account, another region.
std::vector<Place> OtherCatalogs(const Place& catalog) {
  Place account = catalog;
  account.account = "999999999999";
  Place region = catalog;
  region.region = catalog.region == "us-east-1" ? "us-east-2" : "us-east-1";
  return {account, region};
}

void Inside(Interview& ask, const TableGrant& grant, const std::string& table) {
  for (const std::string_view action : kRows) {
    ask.Table(action, grant.catalog, grant.database, table, "a granted table");
  }
  for (const std::string_view action : kBeyond) {
    ask.Table(action, grant.catalog, grant.database, table, "beyond the row's actions");
  }
  for (const std::string_view action :
       {"glue:GetDatabase", "glue:CreateDatabase", "glue:UpdateDatabase", "glue:DeleteDatabase"}) {
    ask.Database(action, grant.catalog, grant.database, "the database itself");
  }
}

void Beside(Interview& ask, const TableGrant& grant, const std::string& table) {
  for (const std::string_view action : kSome) {
    for (const std::string& other : OtherTables(grant)) {
      ask.Table(action, grant.catalog, grant.database, other, "another table of the database");
    }
    for (const std::string& database : {grant.database + "2", grant.database + "_x", "x" + grant.database,
                                        grant.database.substr(0, grant.database.size() - 1), std::string("default")}) {
      ask.Table(action, grant.catalog, database, table, "another database");
    }
    for (const Place& catalog : OtherCatalogs(grant.catalog)) {
      ask.Table(action, catalog, grant.database, table, "another catalog");
    }
  }
  for (const Place& catalog : OtherCatalogs(grant.catalog)) {
    ask.Database("glue:GetDatabase", catalog, grant.database, "another catalog");
  }
  ask.Database("glue:GetDatabase", grant.catalog, grant.database + "2", "another database");
}

void OtherAssets(Interview& ask) {
  for (const TablePlace& place : Sample(ask.world().tables, 60, ask.facts().label)) {
    for (const std::string_view action : kSome) {
      ask.Table(action, place.catalog, place.database, place.table, "somebody's table");
    }
    ask.Database("glue:GetDatabase", place.catalog, place.database, "somebody's database");
  }
}

// Queries start at `default`; it shows no table, and nothing is made there.
void Default(Interview& ask) {
  for (const std::string_view action : {"glue:GetDatabase", "glue:CreateDatabase", "glue:DeleteDatabase"}) {
    ask.Database(action, ask.facts().place, "default", "the default database");
  }
  for (const std::string_view action : kRows) {
    ask.Table(action, ask.facts().place, "default", "orders", "a table of the default database");
  }
}

}  // namespace

void AskTables(Interview& ask) {
  for (const TableGrant& grant : ask.facts().tables) {
    const bool all = grant.table.empty();
    for (const std::string& table : all ? std::vector<std::string>{"existing", "not_yet"} : std::vector{grant.table}) {
      Inside(ask, grant, table);
      Beside(ask, grant, table);
    }
  }
  OtherAssets(ask);
  Default(ask);
}

}  // namespace dpc::oracle
