// What dpc emits for an account against what the account has. Meaning is compared, not packing: other documents that
// allow the same are equal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "backend/aws/account.h"
#include "backend/aws/account_file.h"
#include "backend/backend.h"

namespace dpc::backend::aws {

// Unknown: a document is outside of what can be compared, so neither "equal" nor a difference can be claimed.
enum class Likeness : std::uint8_t { Equal, Differs, Missing, Unknown };

// "equal", "differs", "missing", "unknown".
std::string_view LikenessName(Likeness likeness);

// A role or user that dpc emits.
struct Compared {
  std::string kind;  // "role", "user"
  std::string name;
  std::string product;
  Likeness likeness = Likeness::Equal;
  std::vector<std::string> gains;    // the account allows, dpc does not emit
  std::vector<std::string> lacks;    // the other way
  std::vector<std::string> trust;    // who else may assume it, who no longer may; a boundary; another ARN
  std::vector<std::string> notes;    // policies of other names
  std::vector<std::string> reasons;  // why it is unknown

  bool operator==(const Compared&) const = default;
};

// A role or user that dpc does not emit.
struct Stranger {
  std::string kind;
  std::string name;
  std::vector<std::string> reaches;  // "read asset `orders/raw` (production)"
  std::vector<std::string> reasons;  // documents that could not be judged

  bool operator==(const Stranger&) const = default;
};

struct ComparedEnvironment {
  std::string environment;
  std::vector<Compared> emitted;    // in the order of the plan, each user behind its role
  std::vector<Stranger> strangers;  // that reach an asset of the environment, or may for all dpc can tell
  std::size_t other_strangers = 0;  // that certainly do not
  std::vector<std::string> notes;

  bool equal() const;
};

// Compares `wanted` with the file. `all` holds the plans of every environment of the account: what they emit is no
// stranger.
ComparedEnvironment Compare(const Input& input, const AccountPlan& wanted, const std::vector<AccountPlan>& all,
                            const AccountFile& file);

}  // namespace dpc::backend::aws
