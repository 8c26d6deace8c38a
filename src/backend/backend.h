// A target: a folder below this one with a BackendSpec. A back end is pure: from the access model to bytes; no disk, no
// clock, no network. Adding one is adding a folder.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/access.h"
#include "access/answers.h"
#include "diag/emitter.h"
#include "model/model.h"
#include "resolve/resolve.h"
#include "terraform/terraform.h"

namespace dpc::backend {

// What a back end sees. Borrowed for the call.
struct Input {
  const model::Model& model;
  const resolve::Resolved& resolved;
  const access::AccessModel& access;
  // The environments to emit (--env), in model order.
  std::vector<model::EnvironmentId> environments;
  // Else nothing is written: `emit` reports what it would, and may leave out whatever only makes bytes.
  bool renders = true;
  unsigned threads = 1;  // 0: one a core; what is emitted does not depend on it
  bool Wants(model::EnvironmentId environment) const;
};

// An action by the platform's own name, and what a role must have for it.
struct Action {
  std::string_view name;  // "s3:GetObject"
  access::Need need;
};

// A resource that holds data, or what people made: Terraform destroys it when its block goes, whatever the block said.
struct Holder {
  std::string root;     // "production"
  std::string address;  // "aws_glue_catalog_database.sales"
  std::string what;     // "the Glue database `sales`, with its tables"
  std::string asset;    // the asset that it is there for: "orders/orders"; "" for none
};

struct BackendSpec {
  std::string_view name;     // "aws"; --target and Workspace.targets take it
  std::string_view summary;  // one line for `dpc help`
  // Adds to the roots; reports DPC7xxx. Not called when any error was reported before. With `Input::renders` false the
  // roots are thrown away.
  void (*emit)(const Input& input, terraform::Roots& roots, Emitter& emitter);

  // For `dpc access`; null on platforms whose roles it does not know.
  std::span<const Action> (*actions)() = nullptr;
  // The role's identity, "" when it has none: "arn:aws:iam::111122223333:role/acme-orders-production".
  std::string (*role_arn)(const Input& input, access::RoleId role) = nullptr;
  // Where a placement lies in the platform's words: "s3://acme-lake-prd/clean/orders/"; none on other platforms.
  std::vector<std::string> (*coordinates)(const Input& input, resolve::PlacementId placement) = nullptr;

  // Those that `emit` writes, in any order; null when there are none. Reports nothing.
  std::vector<Holder> (*holders)(const Input& input) = nullptr;
};

// Generated from the folder listing, sorted by name.
std::span<const BackendSpec* const> AllBackendSpecs();

}  // namespace dpc::backend
