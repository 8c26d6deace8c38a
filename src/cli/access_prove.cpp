#include <memory>
#include <nlohmann/json.hpp>

#include "backend/aws/prove.h"
#include "base/environment_error.h"
#include "base/text.h"
#include "cli/access.h"
#include "cli/account_plans.h"
#include "cli/terminal.h"

namespace dpc::cli {
namespace {

using backend::aws::AccountPlan;
using backend::aws::Proof;

struct Row {
  std::string environment;
  std::string account;
  Proof proof;
};

std::vector<Row> ProveAll(const driver::Compilation& compilation) {
  std::vector<Row> rows;
  for (const AccountPlan& plan : PlanAccounts(compilation)) {
    if (IsChosen(compilation, plan.environment)) {
      rows.push_back({EnvironmentName(compilation, plan.environment), plan.account, backend::aws::Prove(plan)});
    }
  }
  if (rows.empty()) {
    throw EnvironmentError("there is nothing to prove: no chosen environment has AWS settings");
  }
  return rows;
}

std::string Text(const Row& row) {
  const Proof& proof = row.proof;
  return Printable(row.environment) + ": " + Plural(proof.roles, "role") + ", " + Plural(proof.documents, "document") +
         ", " + Plural(proof.statements, "statement") + ": " + Plural(proof.asked, "permission") + " asked for, " +
         std::to_string(proof.emitted) + " emitted, all proved\n";
}

Json ToJson(const Row& row) {
  const Proof& proof = row.proof;
  return Json{{"environment", row.environment}, {"account", row.account},           {"roles", proof.roles},
              {"documents", proof.documents},   {"statements", proof.statements},   {"asked", proof.asked},
              {"emitted", proof.emitted},       {"comparisons", proof.comparisons}, {"proved", true}};
}

int ProveAndPrint(QuestionOptions& options) {
  const auto compilation = options.input.Compile();
  const std::vector<Row> rows = ProveAll(*compilation);
  if (options.json()) {
    Json answer = AnswerHead(*compilation, "access prove");
    answer["environments"] = Json::array();
    for (const Row& row : rows) {
      answer["environments"].push_back(ToJson(row));
    }
    Print(PrettyJson(answer));
    return kClean;
  }
  for (const Row& row : rows) {
    Print(Text(row));
  }
  return kClean;
}

std::function<int()> Configure(CommandLine& app) {
  auto options = std::make_shared<QuestionOptions>();
  AddEnvironments(app, options->input.compile.environments);
  options->AddTo(app);
  options->input.compile.emit = true;
  options->input.compile.render = false;
  return [options] { return ProveAndPrint(*options); };
}

}  // namespace

extern const CommandSpec access_prove;
const CommandSpec access_prove = {
    "prove",
    "Prove that the policies allow what was granted, and nothing else",
    "  dpc access prove\n"
    "  dpc access prove --env production --format json\n",
    Configure,
};

}  // namespace dpc::cli
