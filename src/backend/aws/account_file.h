// What an account really has: the answer of IAM's GetAccountAuthorizationDetails, as `aws iam
// get-account-authorization-details` prints it. It comes from outside, and nothing in it is trusted.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dpc::backend::aws {

// A policy as the file holds it: the document is JSON, perhaps in percent-encoding.
struct NamedDocument {
  std::string name;
  std::string text;
};

// A role, user or group.
struct Identity {
  std::string name;
  std::string arn;
  std::string trust;                   // roles
  std::vector<NamedDocument> inlines;  // by name
  std::vector<std::string> attached;   // ARNs of managed policies, sorted
  std::vector<std::string> groups;     // users
  std::string boundary;                // ARN of the permissions boundary; "" for none
};

struct AccountFile {
  std::string account;
  std::vector<Identity> roles;  // each list by name
  std::vector<Identity> users;
  std::vector<Identity> groups;
  std::map<std::string, std::string> policies;  // the default version's document by ARN
};

// Nothing, and why in `fault`, when the text is not that answer, not all of it, or of two accounts.
std::optional<AccountFile> ReadAccountFile(std::string_view text, std::string& fault);

// The name at the end of an ARN: "policy/team/reader" to "reader".
std::string NameOfArn(std::string_view arn);

}  // namespace dpc::backend::aws
