// What the questions of `dpc access` share: their options, and how answers are printed. Private to access_*.cpp.
#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/place.h"
#include "json/json.h"

namespace dpc::cli {

// InputOptions, --env, --format human|json.
struct QuestionOptions {
  InputOptions input;
  std::string form = "human";

  void AddTo(CommandLine& app);

  // Those of --env, as they are in the compilation; empty: all.
  std::vector<model::EnvironmentId> Chosen(const driver::Compilation& compilation) const;
  // --env too.
  void AddEnvironmentsTo(CommandLine& app);

  bool json() const { return form == "json"; }
};

// --format human|json.
void AddForm(CommandLine& app, std::string& form);

// The first fields of every answer: schemaVersion, tool, command ("access expiring"), revision, today, complete.
Json AnswerHead(const driver::Compilation& compilation, std::string_view command);

// 0, or, when the repository has errors, a warning that the answer may be incomplete, and 1.
int Finish(const driver::Compilation& compilation);

}  // namespace dpc::cli
