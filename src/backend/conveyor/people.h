// Who may work on a project in Conveyor. Nobody gets more there than the declarations say:
//
//   the product's team   a Conveyor team with its SSO groups and members (owner: team admin); `contributor` on the
//   project owners               `admin` on the project, each by name: a team has one role for all of its members other
//   named members  of the product itself: `contributor`
//
// A role that the product gives a person replaces the one from the team (model::PeopleOf). Users themselves are not
// emitted: they come through SSO or an invitation. Conveyor knows them by their email address in lower case. Source of
// the roles: schema of datamindedbe/conveyor 0.6.0.
#pragma once

#include <vector>

#include "backend/backend.h"
#include "backend/conveyor/projects.h"

namespace dpc::backend::conveyor {

// Adds teams and access of the projects. Reports two people who would be one user (DPC7105).
void AddPeople(const Input& input, const std::vector<Project>& projects, terraform::Root& root, Emitter& emitter);

}  // namespace dpc::backend::conveyor
