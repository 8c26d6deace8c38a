// What was probably meant by a text that a scalar refuses, as a hint; "" where nobody can tell. A text that is proposed
// is one that the scalar takes. Private to this folder.
#pragma once

#include <string>
#include <string_view>

#include "fields/spec.h"

namespace dpc::fields {

std::string RepairName(std::string_view text);
std::string RepairTeam(std::string_view text);
std::string RepairReference(std::string_view text);
std::string RepairEmail(std::string_view text);
std::string RepairOwner(std::string_view text);
std::string RepairDate(std::string_view text);
std::string RepairAccountId(std::string_view text);
std::string RepairRegion(std::string_view text);
std::string RepairBucketName(std::string_view text);
std::string RepairKeyArn(std::string_view text);
std::string RepairRoleArn(std::string_view text);
std::string RepairIssuer(std::string_view text);
std::string RepairServiceAccount(std::string_view text);
std::string RepairPath(std::string_view text);
std::string RepairPermissionSet(std::string_view text);
std::string RepairParameterName(std::string_view text);
std::string RepairGlueName(std::string_view text);
std::string RepairVersion(std::string_view text);
std::string RepairPolicyId(std::string_view text);
std::string RepairFolder(std::string_view text);
std::string RepairGlob(std::string_view text);
std::string RepairUrl(std::string_view text);
std::string RepairTemplate(std::string_view text);

}  // namespace dpc::fields
