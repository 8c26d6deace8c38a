// Conveyor projects: one for each product that asks for the service and is in an emitted environment. A project is not
// of an environment; it is deployed to some.
//
//   name                  the workspace's template `naming.project`; unique, also as the workers' service account
//   description           the product's
//   default_iam_identity  the product's role (identity.h); without one, none
//   git_repo              the product's repository, else the workspace's
//   git_sub_folder        the folder of the declaration, when it lies in that repository
//
// `prevent_destroy` guards the project's builds and history.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "backend/backend.h"

namespace dpc::backend::conveyor {

// An emitted project.
struct Project {
  model::ProductId product;
  std::string label;  // the Terraform resource is `conveyor_project.<label>`
  std::string group;  // the file of all that belongs to the product
};

// Active, readable, asking for Conveyor, in an emitted environment; in model order.
std::vector<model::ProductId> ProductsWithProject(const Input& input);

// Adds the projects; those that were reported (DPC7101, DPC7102, DPC7104) are left out.
std::vector<Project> AddProjects(const Input& input, const std::vector<model::ProductId>& products,
                                 terraform::Root& root, Emitter& emitter);

}  // namespace dpc::backend::conveyor
