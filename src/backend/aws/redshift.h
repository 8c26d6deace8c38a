// Redshift Serverless (reference/iam.md, b viii): the workgroup, where dpc creates it, and the SQL that lets roles read
// and write. Private to this folder.
//
// IAM says who gets in; inside the database user is `IAMR:<role name>` or `IAM:<user name>`, and what it may do is
// SQL's affair (redshift_sql.h). There is a script for each database that an asset of the environment is declared in,
// and it closes every schema that one is declared in, whoever has rights there today.
#pragma once

#include "backend/aws/account.h"
#include "terraform/terraform.h"

namespace dpc::backend::aws {

// `block` holds the provider. Adds namespace and workgroup, and `redshift/<database>.sql`.
void AddRedshift(const Input& input, const AccountPlan& plan, const Json& block, terraform::Root& root);

// The contents of a policy file as a Terraform value: where the text holds an id that is not known yet, Terraform puts
// in the workgroup's.
Json PolicyContents(const std::string& path, const std::string& text);

}  // namespace dpc::backend::aws
