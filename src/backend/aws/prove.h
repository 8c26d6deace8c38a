// The proof inside the compiler: what is about to be written is read again, expanded, and compared with what was asked
// for, both ways. It shares nothing with the packer but the table of resource types.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

#include "backend/aws/account.h"

namespace dpc::backend::aws {

// dpc is wrong: its documents do not say what was asked for. Never caught but where every internal error is.
class NotProved : public std::logic_error {
 public:
  explicit NotProved(const std::string& what) : std::logic_error(what) {}
};

struct Proof {
  std::size_t roles = 0;
  std::size_t documents = 0;  // with trust policies
  std::size_t statements = 0;
  std::size_t asked = 0;        // permissions asked for
  std::size_t emitted = 0;      // permissions in the documents
  std::size_t comparisons = 0;  // permissions looked up in the other set

  Proof& operator+=(const Proof& other);
};

// What each role is asked for is what its documents allow; each document keeps its quota and the characters that IAM
// takes. Throws NotProved, which names the role and the first permission that differs.
Proof Prove(const RolePlan& role);
// The same for each role and user of another account that the policy names.
Proof Prove(const ResourcePolicy& policy);
// All of them; `threads` as ThreadCount has it.
Proof Prove(const AccountPlan& plan, unsigned threads = 1);

}  // namespace dpc::backend::aws
