#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/access.h"
#include "cli/policies.h"
#include "cli/terminal.h"

namespace dpc::cli {
namespace {

struct Arguments {
  PolicyOptions options;
  std::string form = "human";
};

std::string StateOf(const policy::ActivePolicy& active) {
  return active.disabled ? "disabled" : std::string(SeverityName(active.severity));
}

void PrintTable(const KnownPolicies& known) {
  std::size_t width = 0;
  for (const policy::ActivePolicy& active : known.policies) {
    width = std::max(width, active.policy.id.size());
  }
  for (const policy::ActivePolicy& active : known.policies) {
    std::string line = active.policy.id + std::string(width + 2 - active.policy.id.size(), ' ');
    const std::string state = StateOf(active);
    line += state + std::string(10 - std::min<std::size_t>(state.size(), 9), ' ');
    Print(line + Printable(active.policy.title) + "\n");
  }
}

Json ScalarJson(const std::string& text, bool is_text) {
  // A number or a flag is JSON as it stands.
  const auto plain = is_text ? std::nullopt : ParseJson(LowerCase(text));
  return plain ? *plain : Json(text);
}

Json ValueJson(const policy::ParameterValue& value) {
  if (!value.is_list) {
    return ScalarJson(value.values.front(), value.is_text);
  }
  Json list = Json::array();
  for (const std::string& item : value.values) {
    list.push_back(ScalarJson(item, value.is_text));
  }
  return list;
}

Json RowOf(const policy::ActivePolicy& active) {
  Json parameters = Json::object();
  for (const auto& [name, value] : active.parameters) {
    parameters[name] = ValueJson(value);
  }
  const policy::Policy& policy = active.policy;
  return Json{{"id", policy.id},
              {"title", policy.title},
              {"pack", policy.pack.empty() ? Json(nullptr) : Json(policy.pack)},
              {"path", policy.path},
              {"for", policy.table},
              {"severity", SeverityName(active.severity)},
              {"disabled", active.disabled},
              {"enforceFrom", active.enforce_from ? Json(active.enforce_from->ToString()) : Json(nullptr)},
              {"waivable", policy.waivable},
              {"maxWaiverDays", policy.max_waiver_days ? Json(*policy.max_waiver_days) : Json(nullptr)},
              {"tags", policy.tags},
              {"parameters", std::move(parameters)}};
}

int List(Arguments& arguments) {
  const KnownPolicies known = ReadKnown(arguments.options);
  if (arguments.form == "json") {
    Json rows = Json::array();
    for (const policy::ActivePolicy& active : known.policies) {
      rows.push_back(RowOf(active));
    }
    Print(PrettyJson(Json{{"schemaVersion", 1}, {"policies", std::move(rows)}}));
    return kClean;
  }
  PrintTable(known);
  if (known.policies.empty()) {
    PrintError(
        "no policies: `policies: {packs: [builtin]}` in dpc.yaml names those that dpc brings; your own lie in "
        "`policies/`\n");
  }
  return kClean;
}

std::function<int()> Configure(CommandLine& app) {
  auto arguments = std::make_shared<Arguments>();
  arguments->options.AddTo(app);
  AddForm(app, arguments->form);
  return [arguments] { return List(*arguments); };
}

}  // namespace

extern const CommandSpec policy_list;
const CommandSpec policy_list = {
    "list",
    "The policies that judge this repository",
    "  dpc policy list\n"
    "  dpc policy list --pack builtin     those that dpc brings\n"
    "  dpc policy list --format json\n",
    Configure,
};

}  // namespace dpc::cli
