// The permissions of Lake Formation for databases that it guards (reference/iam.md, b vii). Private to this folder.
//
// IAM alone opens nothing there: a role needs the metadata reads, `lakeformation:GetDataAccess`, and a permission in
// Lake Formation itself. Whoever creates a table has every permission on it, so an owner gets the right to create and
// the place for the data; a reader gets SELECT and DESCRIBE on the table, which must exist by then.
#pragma once

#include "backend/aws/account.h"
#include "terraform/terraform.h"

namespace dpc::backend::aws {

// `block` holds the provider. Registers the locations of guarded tables and adds the permissions.
void AddLakeFormation(const Input& input, const AccountPlan& plan, const Json& block, terraform::Root& root);

}  // namespace dpc::backend::aws
