#include "model/settings.h"
#include "policy/tables/table.h"

namespace dpc::policy {
namespace {

using Row = model::EnvironmentId;

const std::array kColumns = {
    Column<Row>{{"key", ColumnType::Key, Null::Never, Lookup::Index, "", "environment:NAME."},
                [](const Side& s, const Row& row) { return s.Key(row); }},
    Column<Row>{{"name", ColumnType::Text, Null::Never, Lookup::Index, "/name", "Its name."},
                [](const Side& s, const Row& row) { return s.Text(s.m().environments[row].name); }},
    Column<Row>{{"production", ColumnType::Flag, Null::Never, Lookup::Index, "/production",
                 "As declared; else its name or an alias is prod or production."},
                [](const Side& s, const Row& row) { return Cell::Flag(s.IsProduction(row)); }},
    Column<Row>{{"aws", ColumnType::Flag, Null::Never, Lookup::Scan, "/aws", "It has an AWS account."},
                [](const Side& s, const Row& row) { return Cell::Flag(s.m().environments[row].has_aws); }},
    Column<Row>{{"account", ColumnType::Text, Null::Possible, Lookup::Index, "/aws/account", "The account: 12 digits."},
                [](const Side& s, const Row& row) { return s.Text(model::EffectiveAws(s.m(), row).account); }},
    Column<Row>{{"region", ColumnType::Text, Null::Possible, Lookup::Scan, "/aws/region", "The region."},
                [](const Side& s, const Row& row) { return s.Text(model::EffectiveAws(s.m(), row).region); }},
    Column<Row>{{"default_bucket", ColumnType::Key, Null::Possible, Lookup::Scan, "/aws/buckets",
                 "The bucket that assets are in when they name none."},
                [](const Side& s, const Row& row) { return s.Key(s.r().environment_default_bucket[row.index()]); }},
    Column<Row>{{"listing", ColumnType::Text, Null::Never, Lookup::Scan, "/aws/listing",
                 "What a role may list: exact or bucket."},
                [](const Side& s, const Row& row) {
                  return Cell::Text(model::EffectiveAws(s.m(), row).listing.value_or(model::Listing::Exact) ==
                                            model::Listing::Bucket
                                        ? "bucket"
                                        : "exact");
                }},
    Column<Row>{
        {"expiry", ColumnType::Text, Null::Never, Lookup::Scan, "/aws/expiry", "Who ends access: build or platform."},
        [](const Side& s, const Row& row) {
          return Cell::Text(model::EffectiveAws(s.m(), row).expiry.value_or(model::Expiry::Build) ==
                                    model::Expiry::Platform
                                ? "platform"
                                : "build");
        }},
    Column<Row>{{"whole_account", ColumnType::Flag, Null::Never, Lookup::Scan, "/aws/assumedBy/wholeAccount",
                 "Everybody in the account may assume the roles."},
                [](const Side& s, const Row& row) {
                  return Cell::Flag(model::EffectiveAws(s.m(), row).assumed_by.whole_account);
                }},
    Column<Row>{{"resource_policies", ColumnType::Flag, Null::Never, Lookup::Scan, "/aws/resourcePolicies",
                 "dpc owns the policies of buckets, keys and the catalog."},
                [](const Side& s, const Row& row) {
                  return Cell::Flag(model::EffectiveAws(s.m(), row).owns_resource_policies.value_or(false));
                }},
    Column<Row>{{"description", ColumnType::Text, Null::Possible, Lookup::Scan, "/description", "What it is for."},
                [](const Side& s, const Row& row) { return s.Text(s.m().environments[row].description); }},
};

std::vector<Row> List(const Side& side) {
  return SoundRows(side.m().environments);
}

}  // namespace

extern const TableSpec table_environment;
const TableSpec table_environment =
    MakeTable<Row>("environment", "Environments, with the defaults of the workspace filled in.", kColumns, List);

}  // namespace dpc::policy
