// The SQL script that says who may do what in one Redshift database. Private to this folder.
//
// In every schema it first takes all rights from every database user of an IAM role or user, known to dpc or not, and
// then gives what is declared, in one transaction: an agreement that ended, an input port that is gone and a product
// that is retired lose what they had, and running it again changes nothing. What it does not end: rights in a schema
// that is in no declaration any more; what a user has through PUBLIC, a group or a role of the database, or because it
// owns a table; and what superusers may.
#pragma once

#include <map>
#include <set>
#include <string>

namespace dpc::backend::aws {

// Who may do what in a schema, by database user: `IAMR:<role>` or `IAM:<user>`.
struct SchemaRights {
  std::set<std::string> reads_all;  // every table, also those to come
  std::set<std::string> owns_all;
  std::map<std::string, std::set<std::string>> reads;  // by table, the users
  std::map<std::string, std::set<std::string>> owns;
};

// Schemas by name; one with no rights is closed to all.
using DatabaseRights = std::map<std::string, SchemaRights>;

std::string RedshiftScript(const std::string& database, const DatabaseRights& rights);

}  // namespace dpc::backend::aws
