// One policy over one world. Private to this folder.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "policy/engine.h"
#include "policy/places.h"
#include "policy/sql/database.h"

namespace dpc::policy {

// What a policy needs and this run has not; "" when it is applicable.
std::string MissingNeed(const Policy& policy, const World& world);

class PolicyJudge {
 public:
  PolicyJudge(const World& world, Database& database, Places& places)
      : world_(world), database_(database), places_(places) {}

  // The findings, or (once, as the last one) DPC5002 when it is broken.
  std::vector<Diagnostic> Run(const ActivePolicy& active, PolicyRun& run);

  // DPC5002 for a policy that is not run at all.
  Diagnostic Refuse(const Policy& policy, const std::string& why, PolicyRun& run) const;

  // DPC5002 when the policy cannot even be prepared; nothing when it can.
  std::optional<Diagnostic> Check(const ActivePolicy& active);

 private:
  struct Columns;

  std::variant<Statement, Diagnostic> Prepare(const ActivePolicy& active, Columns& columns);
  std::optional<Diagnostic> BindAll(const ActivePolicy& active, Statement& statement) const;
  // Nothing, with `error` set, when the row is no finding.
  std::optional<Diagnostic> Finding(const ActivePolicy& active, const Statement& statement, const Columns& columns,
                                    std::string& error);
  // A finding for each row; none, with `error` set, when a row is no finding or they are too many.
  std::vector<Diagnostic> Rows(const ActivePolicy& active, Statement& statement, const Columns& columns,
                               std::string& error);
  Diagnostic BrokenAt(const Policy& policy, Range range, const std::string& why, const std::string& hint) const;
  std::optional<Diagnostic> CheckNames(const ActivePolicy& active, const Columns& columns) const;
  std::string ColumnHint(const ActivePolicy& active, const Columns& columns, const std::string& name) const;
  static std::string ParameterHint(const ActivePolicy& active, const std::string& name);
  Diagnostic Broken(const Policy& policy, const SqlError& error) const;

  const World& world_;
  Database& database_;
  Places& places_;
  std::size_t bytes_ = 0;  // of all findings so far
};

}  // namespace dpc::policy
