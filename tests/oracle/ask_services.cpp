// Row "Athena service", parameters, and what nobody is granted.
#include <array>

#include "interview.h"

namespace dpc::oracle {
namespace {

constexpr std::array<std::string_view, 5> kUse = {"athena:StartQueryExecution", "athena:StopQueryExecution",
                                                  "athena:GetQueryExecution", "athena:GetQueryResults",
                                                  "athena:GetWorkGroup"};
constexpr std::array<std::string_view, 6> kAdministration = {
    "athena:CreateWorkGroup",     "athena:UpdateWorkGroup",        "athena:DeleteWorkGroup",
    "athena:ListQueryExecutions", "athena:BatchGetQueryExecution", "athena:TagResource"};
constexpr std::array<std::string_view, 7> kParameters = {
    "ssm:GetParameter",    "ssm:GetParameters",    "ssm:GetParameterHistory", "ssm:PutParameter",
    "ssm:DeleteParameter", "ssm:DeleteParameters", "ssm:GetParametersByPath"};

void OneProduct(Interview& ask, const ProductPlace& product, std::string_view why) {
  for (const std::string_view action : kUse) {
    ask.Workgroup(action, product.place, product.workgroup, why);
  }
  for (const std::string_view action : kParameters) {
    ask.Parameter(action, product.place, product.parameters + "/token", why);
    ask.Parameter(action, product.place, product.parameters + "2/token", why);
  }
  ask.Parameter("ssm:GetParametersByPath", product.place, product.parameters, why);
  ask.Parameter("ssm:AddTagsToResource", product.place, product.parameters + "/token", why);
  const std::string key = product.results_path + "/9b2c.csv";
  for (const std::string_view action : {"s3:GetObject", "s3:PutObject", "s3:DeleteObject"}) {
    ask.Object(action, product.results_bucket, key, "query results");
  }
  ask.List(product.results_bucket, product.results_path + "/", "listing query results");
}

void Workgroups(Interview& ask, const ProductPlace& own) {
  for (const std::string_view action : kAdministration) {
    ask.Workgroup(action, own.place, own.workgroup, "workgroup administration");
  }
  for (const std::string& name :
       {std::string("primary"), own.workgroup + "2", own.workgroup + "-x", "x" + own.workgroup}) {
    for (const std::string_view action : kUse) {
      ask.Workgroup(action, own.place, name, "another workgroup");
    }
  }
  Place elsewhere = own.place;
  elsewhere.region = own.place.region == "us-east-1" ? "us-east-2" : "us-east-1";
  ask.Workgroup("athena:StartQueryExecution", elsewhere, own.workgroup, "another region");
  ask.Other("athena:ListWorkGroups", "the list of workgroups");
}

void Parameters(Interview& ask, const ProductPlace& own) {
  const std::size_t slash = own.parameters.rfind('/');
  const std::string parent = slash == std::string::npos ? "" : own.parameters.substr(0, slash);
  for (const std::string_view action : kParameters) {
    ask.Parameter(action, own.place, own.parameters + "/deep/token", "a parameter deep below the path");
    ask.Parameter(action, own.place, parent + "/token", "a parameter of the parent path");
    ask.Parameter(action, own.place, "token", "a parameter elsewhere");
  }
  ask.Parameter("ssm:GetParametersByPath", own.place, parent, "the parent path");
  ask.Other("ssm:DescribeParameters", "the list of parameters");
}

}  // namespace

void AskServices(Interview& ask) {
  for (const ProductPlace& product : ask.world().products) {
    if (product.role_name == ask.facts().role_name && product.place == ask.facts().place) {
      OneProduct(ask, product, "the product's own");
      Workgroups(ask, product);
      Parameters(ask, product);
      ask.Bucket("s3:GetBucketLocation", product.results_bucket, "where results are kept");
    }
  }
  for (const ProductPlace& product : Sample(ask.world().products, 24, ask.facts().label)) {
    OneProduct(ask, product, "another product's, or in another environment");
  }
}

static void AskWarehouse(Interview& ask, const std::string& workgroup) {
  for (const std::string_view action :
       {"redshift-serverless:GetCredentials", "redshift-data:ExecuteStatement", "redshift-data:BatchExecuteStatement",
        "redshift-serverless:UpdateWorkgroup", "redshift-serverless:DeleteWorkgroup"}) {
    ask.Warehouse(action, workgroup, "Redshift");
  }
  for (const std::string_view action :
       {"redshift-data:DescribeStatement", "redshift-data:GetStatementResult", "redshift-data:CancelStatement"}) {
    ask.Statement(action, "AROA1:me", "the result of its own statement");
    ask.Statement(action, "AROA1:somebody", "the result of another's statement");
  }
}

void AskAdministration(Interview& ask) {
  const Place& home = ask.facts().place;
  ask.DataAccess(home, "default", "S3 Access Grants");
  ask.DataAccess({home.partition, home.region, "999999999999"}, "default", "S3 Access Grants of another account");
  ask.Never("s3:DeleteAccessGrantsInstance", Arn(home, "s3", "access-grants/default"),
            "administration of S3 Access Grants");
  for (const std::string_view action :
       {"s3:ListAllMyBuckets", "lakeformation:GetDataAccess", "lakeformation:GrantPermissions",
        "lakeformation:RevokePermissions", "lakeformation:RegisterResource", "lakeformation:AddLFTagsToResource",
        "lakeformation:GetTemporaryGlueTableCredentials", "lakeformation:StartQueryPlanning",
        "lakeformation:PutDataLakeSettings", "redshift-data:GetStatementResult", "iam:ListRoles",
        "iam:GetAccountSummary", "kms:CreateKey", "kms:ListKeys", "s3:PutAccountPublicAccessBlock",
        "glue:GetCrawlers"}) {
    ask.Other(action, "no row grants it");
  }
  const Place& place = ask.facts().place;
  const std::string own = IamArn(place, "role/" + ask.facts().role_name);
  for (const std::string_view action : {"iam:PassRole", "iam:GetRole", "iam:AttachRolePolicy", "iam:PutRolePolicy",
                                        "iam:UpdateAssumeRolePolicy", "iam:CreateRole", "iam:DeleteRole"}) {
    ask.Never(action, own, "its own identity");
  }
  ask.Never("iam:CreatePolicyVersion", IamArn(place, "policy/" + ask.facts().role_name), "policies");
  AskWarehouse(ask, Arn(place, "redshift-serverless", "workgroup/0a1b2c3d-1111-2222-3333-444455556666"));
  if (!ask.facts().warehouse.empty()) {
    AskWarehouse(ask, ask.facts().warehouse);
    AskWarehouse(ask, ask.facts().warehouse + "0");
  }
  ask.Never("glue:StartJobRun", Arn(place, "glue", "job/x"), "jobs");
  ask.Never("secretsmanager:GetSecretValue", Arn(place, "secretsmanager", "secret:x-AbCdEf"), "secrets");
}

}  // namespace dpc::oracle
