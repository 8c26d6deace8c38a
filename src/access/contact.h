// Whom to ask about a port: the one who decides on it.
#pragma once

#include <string>
#include <vector>

#include "model/model.h"
#include "resolve/resolve.h"

namespace dpc::access {

// The port's owner where it names one; else the owner of the product that offers it, as a person, or as a team with
// those of its members who are owners.
struct Contact {
  model::TeamId team;               // None: a person owns it, or nobody does
  std::vector<model::Name> people;  // by email

  bool empty() const { return !team.has_value() && people.empty(); }
};

Contact ContactOf(const model::Model& model, const resolve::Resolved& resolved, model::PortId port);

// "`jane@acme.example`", "team `sales-data` (`jane@acme.example`)", "nobody: the product has no owner".
std::string ContactText(const model::Model& model, const Contact& contact);

}  // namespace dpc::access
