// The owner's side of calls across accounts: the emitted policies of buckets, keys and catalogs, and what stands for
// those that dpc does not own.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "driver/driver.h"
#include "emitted.h"
#include "json/json.h"
#include "world.h"

namespace dpc::oracle {

class Owners {
 public:
  Owners(const driver::Compilation& c, const World& world);

  // For an oracle document's `resourcePolicies`, first match first.
  //
  // `Emitted` knows only what was emitted: what dpc owns and has no policy for is closed. `Open` has a stand-in for all
  // of another account, open to `principal` alone and for everything, so that the decision hangs on what was emitted
  // for the role.
  Json Emitted() const { return emitted_; }

  Json Open(const Place& home, const std::string& principal) const;

  // The emitted policies as they are, for `lint`: {name, kind, policy}.
  Json ForLint() const;

 private:
  void Add(const Place& place, const OwnerPolicy& policy);
  void CloseTheRest();

  const World& world_;
  Json emitted_ = Json::array();
};

}  // namespace dpc::oracle
