// Who gets into each role, in one revision. Private to this folder.
#pragma once

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
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

// Of one role.
std::vector<Entry> EntriesOf(const Side& side, const Holder& holder);

// The entries of roles by their names, made when asked for.
class Entries {
 public:
  explicit Entries(const Side& side) : side_(side) {}

  // Into whatever has this name, in order of roles; null when the side has no such role.
  const std::vector<Entry>* Of(const Holder& name) const;

 private:
  const Side& side_;
  mutable std::unordered_map<const Holder*, std::vector<Entry>> known_;  // by the first of the name
};

// Whether the same come into two roles: one after the other, as Entry::KeyText has them. Cheaper than to make both.
class EntryComparison {
 public:
  EntryComparison(const Side& base, const Side& head);

  bool IsSame(const Holder& base, const Holder& head);

 private:
  using People = std::vector<model::Person>;

  bool IsSameWay(const access::Way& base, const access::Way& head) const;
  bool HaveSamePeople(const People& base, const People& head);
  bool HaveSameGroups(model::TeamId base, model::TeamId head) const;

  const Side& base_;
  const Side& head_;
  access::Reach base_reach_;
  access::Reach head_reach_;
  std::map<std::pair<const People*, const People*>, bool> same_people_;
};

// What environments open to teams and products: "prod\nidentityCenter\neu-west-1", ...; see Entry::door.
std::set<std::string> DoorsOf(const Side& side);

}  // namespace dpc::ledger
