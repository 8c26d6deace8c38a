#include "cli/access.h"

#include <nlohmann/json.hpp>

#include "cli/terminal.h"
#include "version.h"

namespace dpc::cli {
namespace {

constexpr int kSchemaVersion = 1;

}  // namespace

void AddForm(CommandLine& app, std::string& form) {
  app.add_option("-f,--format", form, "human, or json: one object; `dpc schema` lists schemas of answers")
      ->check(OneOf({"human", "json"}))
      ->capture_default_str();
}

void QuestionOptions::AddTo(CommandLine& app) {
  // What was granted is known before back ends write it down.
  input.compile.emit = false;
  input.AddTo(app);
  AddForm(app, form);
}

void QuestionOptions::AddEnvironmentsTo(CommandLine& app) {
  app.add_option("--env", input.compile.environments, "Ask about the roles of this environment only; may be repeated")
      ->type_name("NAME")
      ->allow_extra_args(false);
}

std::vector<model::EnvironmentId> QuestionOptions::Chosen(const driver::Compilation& compilation) const {
  return input.compile.environments.empty() ? std::vector<model::EnvironmentId>() : compilation.environments;
}

Json AnswerHead(const driver::Compilation& compilation, std::string_view command) {
  Json today = nullptr;
  if (compilation.today) {
    today = compilation.today->ToString();
  }
  return Json{{"schemaVersion", kSchemaVersion},
              {"tool", Json{{"name", "dpc"}, {"version", DPC_VERSION}}},
              {"command", command},
              {"revision", compilation.tree->Describe()},
              {"today", std::move(today)},
              {"complete", !compilation.failed()}};
}

int Finish(const driver::Compilation& compilation) {
  if (!compilation.failed()) {
    return kClean;
  }
  FlushOutput();
  PrintError("dpc: the repository has errors, so the answer may be incomplete: `dpc check` shows them\n");
  return kFindings;
}

}  // namespace dpc::cli
