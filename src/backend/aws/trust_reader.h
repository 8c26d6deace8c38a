// Trust policies as sets of permissions, to be compared: the "resource" of each is who may assume the role, as
// "AWS 111122223333" (an account), "AWS arn:...", "Federated arn:...", "Service ec2.amazonaws.com".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "backend/aws/permissions.h"

namespace dpc::backend::aws {

struct TrustExpansion {
  std::vector<Permission> allowed;
  std::vector<Permission> denied;
  std::string unknown;  // as in Expansion

  bool known() const { return unknown.empty(); }
};

struct DocumentParts;

TrustExpansion ExpandTrust(std::string_view document);
// Of one that has been read (policy_reader.h).
TrustExpansion ExpandTrust(const DocumentParts& read);

// "anybody in account 111122223333 may assume it".
std::string TrustInWords(const Permission& permission, bool denied);

// What `changed` has and `known` has not, as sentences.
std::vector<std::string> TrustDifference(const TrustExpansion& changed, const TrustExpansion& known);

}  // namespace dpc::backend::aws
