// Who gets into each role, in one revision. Private to this folder.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "access/reach.h"
#include "ledger/side.h"

namespace dpc::ledger {

// One principal that gets into one role: a way as the environment declares it, an SSO group, or a person who comes by a
// way.
struct Entry {
  const Holder* holder = nullptr;
  std::string kind;       // "principal", "permissionSet", "person", ... as `who_kind` of rows
  std::string principal;  // an ARN, "namespace/name", an email, ...
  std::string within;     // the issuer, the cluster, ...
  std::string text;       // in words
  Range range;
  std::string entity;           // key of the declaration that lets it in
  bool of_environment = false;  // the environment or the workspace says so, for all roles; else a team or a product

  auto Key() const { return std::tie(kind, principal, within); }
};

// By the name of the holder.
using Entries = std::map<std::string, std::vector<Entry>>;

Entries EntriesOf(const Side& side);

}  // namespace dpc::ledger
