#include "driver/selection.h"

#include <algorithm>

#include "base/environment_error.h"
#include "base/text.h"
#include "driver/diagnostics.h"
#include "driver/registries.h"

namespace dpc::driver {
namespace {

constexpr std::string_view kDefaultTarget = "aws";

std::vector<std::string_view> Names(const std::vector<NamedThing>& things) {
  std::vector<std::string_view> names;
  for (const NamedThing& thing : things) {
    names.push_back(thing.name);
  }
  return names;
}

bool Contains(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string QuotedList(std::span<const std::string_view> names) {
  std::vector<std::string> quoted;
  for (const std::string_view name : names) {
    quoted.push_back("`" + std::string(name) + "`");
  }
  return Join(quoted, ", ");
}

// The environment and all names it goes by.
struct EnvironmentNames {
  std::vector<std::string_view> names;
  std::vector<model::EnvironmentId> ids;  // beside names
};

EnvironmentNames NamesOfEnvironments(const model::Model& model) {
  EnvironmentNames all;
  for (const model::EnvironmentId id : model.environments.All()) {
    const model::Environment& environment = model.environments[id];
    all.names.push_back(model.Text(environment.name));
    all.ids.push_back(id);
    for (const model::NameId alias : environment.aliases) {
      all.names.push_back(model.Text(model.names[alias]));
      all.ids.push_back(id);
    }
  }
  return all;
}

std::vector<std::string_view> TargetsOfWorkspace(const model::Model& model, Emitter& emitter) {
  const std::vector<std::string_view> known = Names(Targets());
  std::vector<std::string_view> targets;
  for (const model::NameId id : model.workspace.targets) {
    const model::Name& name = model.names[id];
    targets.push_back(model.Text(name));
    if (Contains(known, targets.back())) {
      continue;
    }
    auto report = emitter.Report(kUnknownTarget, name.range, targets.back());
    if (const auto nearest = NearestName(targets.back(), known)) {
      report.Hint("did you mean `" + *nearest + "`?");
    } else {
      report.Hint("the targets are " + QuotedList(known));
    }
  }
  return targets.empty() ? std::vector<std::string_view>{kDefaultTarget} : targets;
}

}  // namespace

std::string UnknownName(std::string_view kind, std::string_view name, std::span<const std::string_view> candidates) {
  std::string text = "there is no " + std::string(kind) + " `" + Printable(name) + "`";
  if (const auto nearest = NearestName(name, candidates)) {
    return text + ": did you mean `" + Printable(*nearest) + "`?";
  }
  // A list that nobody reads is cut.
  static constexpr std::size_t kListed = 20;
  const auto listed = candidates.first(std::min(candidates.size(), kListed));
  if (listed.empty()) {
    return text + ": none is declared";
  }
  return text + ": known are " + Printable(QuotedList(listed)) + (listed.size() < candidates.size() ? ", ..." : "");
}

void CheckDialect(const std::string& dialect) {
  const std::vector<std::string_view> known = Names(Dialects());
  if (!dialect.empty() && !Contains(known, dialect)) {
    throw EnvironmentError(UnknownName("dialect", dialect, known));
  }
}

std::vector<model::EnvironmentId> SelectEnvironments(const std::vector<std::string>& wanted, const model::Model& model,
                                                     bool failed) {
  const EnvironmentNames known = NamesOfEnvironments(model);
  std::vector<model::EnvironmentId> selected;
  for (const std::string& name : wanted) {
    const auto at = std::find(known.names.begin(), known.names.end(), name);
    if (at != known.names.end()) {
      selected.push_back(known.ids[static_cast<std::size_t>(at - known.names.begin())]);
    } else if (!failed) {
      throw EnvironmentError(UnknownName("environment", name, known.names));
    }
  }
  if (wanted.empty()) {
    selected.assign(model.environments.All().begin(), model.environments.All().end());
  }
  std::sort(selected.begin(), selected.end());
  selected.erase(std::unique(selected.begin(), selected.end()), selected.end());
  return selected;
}

std::vector<const backend::BackendSpec*> SelectTargets(const std::vector<std::string>& wanted,
                                                       const model::Model& model, Emitter& emitter) {
  const std::vector<std::string_view> known = Names(Targets());
  // A wrong name in the workspace is wrong whatever the options ask for.
  std::vector<std::string_view> names = TargetsOfWorkspace(model, emitter);
  if (!wanted.empty()) {
    names.assign(wanted.begin(), wanted.end());
  }
  for (const std::string& name : wanted) {
    if (!Contains(known, name)) {
      throw EnvironmentError(UnknownName("target", name, known));
    }
  }
  std::vector<const backend::BackendSpec*> selected;
  for (const backend::BackendSpec* spec : backend::AllBackendSpecs()) {
    if (Contains(names, spec->name)) {
      selected.push_back(spec);
    }
  }
  return selected;
}

}  // namespace dpc::driver
