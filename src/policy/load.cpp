// From files, packs and short forms to the policies of one repository.
#include <algorithm>
#include <map>

#include "base/text.h"
#include "policy/diagnostics.h"
#include "policy/engine.h"
#include "policy/words.h"

namespace dpc::policy {
namespace {

std::string PackOf(const PolicyText& file) {
  return std::string(file.path.substr(0, file.path.find('/')));
}

std::string FolderOf(const model::Model& model, model::NameId name) {
  std::string folder(model.Text(model.names[name]));
  while (folder.ends_with('/')) {
    folder.pop_back();
  }
  return folder;
}

void CheckFolders(const model::Model& model, const std::vector<RepositoryPolicy>& files, Emitter& emitter) {
  for (const model::NameId name : model.workspace.policies.folders) {
    const std::string folder = FolderOf(model, name);
    const bool used = std::any_of(files.begin(), files.end(),
                                  [&](const RepositoryPolicy& file) { return file.path.starts_with(folder + "/"); });
    if (!used && model.workspace.policies.folders_declared) {
      emitter.Report(kPolicyFolderMissing, model.names[name].range, folder)
          .Hint("correct the path, which begins at the root; or take it out");
    }
  }
}

void AddPacks(const model::Model& model, std::vector<Policy>& policies, Emitter& emitter) {
  const std::vector<std::string> known = PackNames();
  for (const model::NameId name : model.workspace.policies.packs) {
    const std::string pack(model.Text(model.names[name]));
    if (std::find(known.begin(), known.end(), pack) == known.end()) {
      auto report = emitter.Report(kUnknownPack, model.names[name].range, pack, "`" + Join(known, "`, `") + "`");
      const auto near = NearestName(pack, std::vector<std::string_view>(known.begin(), known.end()));
      report.Hint(near ? "did you mean `" + *near + "`?" : "policies of your own lie in `folders`, not in `packs`");
      continue;
    }
    for (Policy& policy : LoadPack(pack)) {
      policies.push_back(std::move(policy));
    }
  }
}

// `FOR x WHERE deny`: all columns, so that the message may name any.
Policy FromShort(const model::Model& model, const model::ShortPolicy& row) {
  Policy policy;
  policy.id = std::string(model.Text(row.id));
  policy.title = std::string(model.Text(row.title));
  policy.severity = SeverityOf(model.Text(row.severity)).value_or(Severity::Error);
  policy.table = std::string(model.Text(row.table));
  policy.message = std::string(model.Text(row.message));
  policy.help = std::string(model.Text(row.help));
  policy.waivable = row.waivable;
  policy.max_waiver_days = row.max_waiver_days;
  policy.why = std::string(model.Text(row.why));
  policy.at = row.at.has_value() ? std::string(model.Text(row.at)) : "";
  if (!policy.at.empty() && policy.at.front() != '/') {
    policy.at.insert(0, "/");
  }
  const std::string head = "SELECT key AS entity, * FROM \"" + policy.table + "\" WHERE (";
  policy.sql = head + std::string(model.Text(row.deny)) + "\n)";
  policy.range = row.id.range;
  policy.message_range = row.message.range;
  policy.condition = row.deny.range;
  policy.condition_offset = head.size();
  return policy;
}

// The table must be one whose rows are entities; its name is put into SQL only when it is known.
void AddShortForms(const model::Model& model, const source::SourceManager& sources, std::vector<Policy>& policies,
                   Emitter& emitter) {
  for (const model::ShortPolicyId id : model.policies.All()) {
    const model::ShortPolicy& row = model.policies[id];
    if (row.poisoned) {
      continue;
    }
    if (const std::string wrong = WhyNoEntityTable(model.Text(row.table)); !wrong.empty()) {
      auto report = emitter.Report(kPolicyFrontMatter, row.table.range, wrong);
      if (const std::string near = NearEntityTable(model.Text(row.table)); !near.empty()) {
        report.Hint("did you mean `" + near + "`?");
      }
      continue;
    }
    // What leaves its bracket would be another statement than the one that is read.
    if (!HasSoundBrackets(std::string(model.Text(row.deny)))) {
      emitter
          .Report(kPolicyFrontMatter, row.deny.range,
                  "`deny` closes a bracket that it did not open, or leaves one open")
          .Hint("count `(` and `)`: each one has its other");
      continue;
    }
    policies.push_back(FromShort(model, row));
    policies.back().path = std::string(sources.Path(sources.FileOf(row.id.range.begin)));
  }
}

// The first of an id stays: a pack's before the repository's own.
void DropRepeated(std::vector<Policy>& policies, Emitter& emitter) {
  std::map<std::string, Range> known;
  std::vector<Policy> kept;
  for (Policy& policy : policies) {
    const auto [first, added] = known.try_emplace(policy.id, policy.range);
    if (!added) {
      auto builder = emitter.Report(kSecondPolicy, policy.range, policy.id);
      if (first->second.has_value()) {
        builder.Label(first->second, "the first one").Hint("give the new one another id, or delete it");
      } else {
        builder.Hint("a pack has one of this id: `policies.disabled` switches it off, and yours takes another id");
      }
      continue;
    }
    kept.push_back(std::move(policy));
  }
  policies = std::move(kept);
}

}  // namespace

std::vector<std::string> PackNames() {
  std::vector<std::string> names;
  for (const PolicyText& file : BuiltinPolicyTexts()) {
    names.push_back(PackOf(file));
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::vector<Policy> LoadPack(std::string_view pack) {
  std::vector<Policy> policies;
  for (const PolicyText& file : BuiltinPolicyTexts()) {
    if (PackOf(file) != pack) {
      continue;
    }
    DiagnosticList list;
    Emitter emitter(list);
    auto policy = ReadPolicy(file, LocId(), emitter);
    DPC_CHECK(policy.has_value(), "a policy of a pack is wrong");
    policy->pack = std::string(pack);
    policies.push_back(std::move(*policy));
  }
  return policies;
}

PolicySet LoadPolicies(const model::Model& model, const source::SourceManager& sources,
                       const std::vector<RepositoryPolicy>& files, Emitter& emitter) {
  PolicySet set;
  const std::size_t errors = emitter.errors();
  CheckFolders(model, files, emitter);
  AddPacks(model, set.policies, emitter);
  for (const RepositoryPolicy& file : files) {
    if (auto policy = ReadPolicy({file.path, file.text}, file.start, emitter)) {
      set.policies.push_back(std::move(*policy));
    }
  }
  AddShortForms(model, sources, set.policies, emitter);
  DropRepeated(set.policies, emitter);
  std::sort(set.policies.begin(), set.policies.end(), [](const Policy& a, const Policy& b) { return a.id < b.id; });
  set.sound = emitter.errors() == errors;
  return set;
}

}  // namespace dpc::policy
