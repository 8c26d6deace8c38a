#include "fields/repairs.h"

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "fields/scalars.h"

namespace dpc::fields {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

void Check(std::string (*repair)(std::string_view), const Pairs& pairs) {
  for (const auto& [text, hint] : pairs) {
    INFO(text);
    CHECK(repair(text) == hint);
  }
}

TEST_CASE("days in other forms are written anew") {
  Check(RepairDate, {{"30/06/2027", "write `2027-06-30`"},
                     {"06/30/2027", "write `2027-06-30`"},
                     {"30.6.2027", "write `2027-06-30`"},
                     {"2027-6-30", "write `2027-06-30`"},
                     {"2027/06/30", "write `2027-06-30`"},
                     {"30 June 2027", "write `2027-06-30`"},
                     {"30 Jun 2027", "write `2027-06-30`"},
                     {"June 30th, 2027", "write `2027-06-30`"},
                     {"2027-06-30T00:00:00Z", "write `2027-06-30`"},
                     {"20270630", "write `2027-06-30`"},
                     {"3/4/2027", "write `2027-04-03` or `2027-03-04`: the month comes before the day"},
                     {"4/4/2027", "write `2027-04-04`"},
                     {"2027-06-31", "write `2027-06-30`, the last day of that month"},
                     {"2027-02-29", "write `2027-02-28`, the last day of that month"},
                     {"2028-02-30", "write `2028-02-29`, the last day of that month"},
                     {"2027-13-01", "the month comes before the day: write `2027-01-13`"},
                     {"2027-00-40", "a year has 12 months"},
                     {"never", "take it away: without it there is no end"},
                     {"soon", ""},
                     {"99/99/2027", ""},
                     {"", ""}});
}

TEST_CASE("names become names") {
  Check(RepairName, {{"Customers", "write `customers`"},
                     {"CustomerProfiles", "write `customer-profiles`"},
                     {"Customer Profiles", "write `customer-profiles`"},
                     {"a.b", "write `a-b`"},
                     {"a/b", "write `a`: one name, without `/`"},
                     {"s\u0430les", ""},
                     {"1st", "begin it with a letter"},
                     {"a@b.example", "it is somebody's address, and a declared name is meant"},
                     {std::string(64, 'a'), "shorten it by 1 character"}});
  Check(RepairTeam, {{"a@b.example", "name a team: a person may own a data product only"}});
  Check(RepairReference, {{"Customers/Profiles", "names are in lower case: write `customers/profiles`"},
                          {"customers.profiles", "write `customers/profiles`"},
                          {"port:customers/profiles", "write `customers/profiles`"},
                          {"a/b/c", "write `b/c`, without the domain"}});
}

TEST_CASE("places become paths, buckets and regions") {
  Check(
      RepairPath,
      {{"s3://lake/raw/x/",
        "an environment knows its buckets, and `bucket` names one of them by its identifier; here "
        "write `raw/x`"},
       {"s3://lake", "an environment knows its buckets, and `bucket` names one of them by its identifier"},
       {"/raw/x", "write `raw/x`"},
       {"raw//x", "write `raw/x`"},
       {"raw/x/*", "all below a path belongs to it: write `raw/x`"},
       {"raw/${env}/x", "take the variable out: a path is the same in every environment, which has buckets of its own"},
       {std::string(1025, 'a'), "shorten it by 1 byte"},
       {"raw/../customers", "write `customers`"},
       {"../customers", "write `customers`"}});
  Check(RepairBucketName, {{"Acme_Lake", "write `acme-lake`"},
                           {"s3://acme-lake", "write `acme-lake`"},
                           {"s3://acme-lake/raw", "write `acme-lake`; paths are said by assets"},
                           {"arn:aws:s3:::acme-lake", "write `acme-lake`"}});
  Check(RepairRegion, {{"EU_WEST_1", "write `eu-west-1`"},
                       {"eu-west-1a", "`eu-west-1a` is an availability zone: write `eu-west-1`"},
                       {"Ireland", "write its code, like `eu-west-1`"}});
}

TEST_CASE("identities become what IAM and Kubernetes name them") {
  Check(RepairAccountId, {{"1111-2222-3333", "write \"111122223333\""},
                          {"11122223333", "it has 11 digits: write \"011122223333\" if the zero at its begin was lost"},
                          {"prd", "write its number of 12 digits, which no variable stands for"}});
  Check(RepairRoleArn,
        {{"*", "everybody is nobody's choice: name roles or users one by one"},
         {"arn:aws:iam::111122223333:root", "a whole account has a word of its own, `wholeAccount: true`"},
         {"arn:aws:sts::111122223333:assumed-role/x/y", "that is a session: write `arn:aws:iam::111122223333:role/x`"},
         {"x", "write its ARN, `arn:aws:iam::ACCOUNT:role/NAME`"}});
  Check(RepairServiceAccount, {{"system:serviceaccount:jobs:airflow", "write `jobs/airflow`"},
                               {"airflow", "the namespace is missing: write `NAMESPACE/airflow`"}});
  Check(RepairIssuer, {{"https://host/x/", "write `https://host/x`"}, {"host/x", "write `https://host/x`"}});
  Check(RepairEmail, {{"Jane <jane@a.example>", "write `jane@a.example`"},
                      {"mailto:jane@a.example", "write `jane@a.example`"},
                      {"jane", "write the person's email address, instead of a name, a login or a team"}});
}

TEST_CASE("policies and templates") {
  Check(RepairPolicyId,
        {{"No_Evil", "write `no-evil`"},
         {"DPC6001", "a finding of dpc is not switched off: a `Waiver` excuses it, with an owner and an end"},
         {"dpc6001", "write `DPC6001`"}});
  Check(RepairTemplate, {{"${prefix}-${Product}", "write `{prefix}-{product}`"}, {"{{product}}", "write `{product}`"}});
  Check(RepairVersion, {{"v2.1", "write \"2.1\""}, {"x", ""}});
  Check(RepairFolder, {{"./generated/", "write `generated`"}, {"/x", "write `x`"}, {"../x", ""}});
  Check(RepairGlob, {{"charts/", "write `charts/**`"}, {"./x", "write `x`"}});
}

// Nothing that is proposed may be refused in turn.
TEST_CASE("what is proposed is taken") {
  const std::vector<const ScalarSpec*> all = {
      &kName,           &kReference, &kEmail,    &kDate,   &kRegion, &kBucketName, &kIssuer,
      &kServiceAccount, &kGlueName,  &kPolicyId, &kFolder, &kGlob,   &kUrl,        &kTemplate};
  const std::vector<std::string> texts = {"A",        "A B",      "a/b",   "A/B",      "30/06/2027", "x@", "<a@b>",
                                          "s3://a/b", "-",        "..",    "./",       "/",          "{",  "{}",
                                          "${A}",     "\xC3\xA9", "a\xFF", "http://x", "a.b",        "*"};
  for (const ScalarSpec* scalar : all) {
    for (const std::string& text : texts) {
      const std::string hint = scalar->accepts(text) ? "" : scalar->repair(text);
      const std::size_t begin = hint.find("write `");
      if (begin != std::string::npos && hint.find("NAMESPACE") == std::string::npos) {
        const std::string proposed = hint.substr(begin + 7, hint.find('`', begin + 7) - begin - 7);
        INFO(scalar->name << ": " << text << ": " << hint);
        CHECK(scalar->accepts(proposed));
      }
    }
  }
}

}  // namespace
}  // namespace dpc::fields
