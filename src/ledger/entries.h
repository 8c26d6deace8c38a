// Who gets into each role, in one revision. Private to this folder.
#pragma once

#include <map>
#include <set>
#include <string>
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
  std::string entity;  // key of the declaration that lets it in
  std::string way;     // of a person: the way that it comes by, as KeyText has it
  // Of what a team or a product comes by: what the environment declares for it, and the key of who declares it.
  std::string door;
  std::string door_entity;
  bool of_environment = false;  // the environment or the workspace says so, for all roles; else a team or a product

  std::string KeyText() const { return kind + "\n" + principal + "\n" + within; }
};

// By the name of the holder.
using Entries = std::map<std::string, std::vector<Entry>>;

Entries EntriesOf(const Side& side);

// What environments open to teams and products: "prod\nidentityCenter\neu-west-1", ...; see Entry::door.
std::set<std::string> DoorsOf(const Side& side);

}  // namespace dpc::ledger
