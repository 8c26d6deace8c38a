// What gives access and is no IAM policy, so that no evaluator of policies sees it: S3 Access Grants and Lake
// Formation. Each emitted block must follow from a grant of the access model; a block too many throws
// std::runtime_error, one too few as well.
#pragma once

#include <string>

#include "emitted.h"
#include "facts.h"

namespace dpc::oracle {

// Marks what the role reads through S3 Access Grants.
void CheckAccessGrants(const Emitted& emitted, const std::string& role_arn, Facts& facts);
void CheckLakeFormation(const Emitted& emitted, const std::string& role_arn, const Facts& facts);

}  // namespace dpc::oracle
