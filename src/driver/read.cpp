#include "driver/read.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "driver/diagnostics.h"
#include "driver/glob.h"
#include "syntax/parse.h"

namespace dpc::driver {
namespace {

struct Exclusion {
  std::vector<Glob> patterns;

  bool Covers(std::string_view path) const {
    return std::any_of(patterns.begin(), patterns.end(), [&](const Glob& glob) { return glob.Matches(path); });
  }
};

// `end` in lower case.
bool EndsIn(std::string_view path, std::string_view end) {
  return path.size() >= end.size() && LowerCase(path.substr(path.size() - end.size())) == end;
}

bool IsYaml(std::string_view path) {
  return EndsIn(path, ".yaml") || EndsIn(path, ".yml");
}

// Where policies lie. Their tests, in `tests` below, are files of `dpc policy test` and no declarations.
struct PolicyFolders {
  std::vector<std::string> folders = {"policies"};

  bool Holds(std::string_view path) const { return FolderOf(path) != nullptr; }

  bool IsTest(std::string_view path) const {
    const std::string* folder = FolderOf(path);
    return folder != nullptr && path.substr(folder->size() + 1).starts_with("tests/");
  }

 private:
  const std::string* FolderOf(std::string_view path) const {
    const auto found = std::find_if(folders.begin(), folders.end(), [&](const std::string& folder) {
      return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
    });
    return found == folders.end() ? nullptr : &*found;
  }
};

// What `dpc.yaml` says about reading.
struct ReadingRules {
  Exclusion exclusion;
  PolicyFolders policies;
};

void AddPatterns(const syntax::NodeView& list, Exclusion& exclusion) {
  for (std::size_t i = 0; list.kind() == syntax::NodeKind::Sequence && i < list.size(); ++i) {
    if (list.Item(i).kind() == syntax::NodeKind::Scalar && !list.Item(i).text().empty()) {
      exclusion.patterns.emplace_back(list.Item(i).text());
    }
  }
}

void ReadPolicyFolders(const syntax::NodeView& root, PolicyFolders& policies) {
  const auto section = root.Find("policies");
  const auto list = section && section->kind() == syntax::NodeKind::Mapping ? section->Find("folders") : std::nullopt;
  if (!list || list->kind() != syntax::NodeKind::Sequence) {
    return;
  }
  policies.folders.clear();
  for (std::size_t i = 0; i < list->size(); ++i) {
    if (list->Item(i).kind() == syntax::NodeKind::Scalar && !list->Item(i).text().empty()) {
      std::string folder(list->Item(i).text());
      while (folder.ends_with('/')) {
        folder.pop_back();
      }
      policies.folders.push_back(std::move(folder));
    }
  }
}

// `exclude`, `output` and `policies` decide what is read, so they are looked at before anything else is. Whatever is
// wrong in this file is reported when it is read again with all others.
void ReadWorkspace(std::string text, ReadingRules& rules) {
  Exclusion& exclusion = rules.exclusion;
  source::SourceManager sources;
  DiagnosticList ignored;
  Emitter emitter(ignored);
  const syntax::SyntaxTree tree = syntax::Parse(sources, sources.Add("dpc.yaml", std::move(text)), emitter);
  for (const auto& document : tree.documents()) {
    const syntax::NodeView root = tree.Root(document);
    const auto kind = root.kind() == syntax::NodeKind::Mapping ? root.Find("kind") : std::nullopt;
    if (!kind || kind->kind() != syntax::NodeKind::Scalar || kind->text() != "Workspace") {
      continue;
    }
    ReadPolicyFolders(root, rules.policies);
    if (const auto list = root.Find("exclude")) {
      AddPatterns(*list, exclusion);
    }
    const auto output = root.Find("output");
    if (output && output->kind() == syntax::NodeKind::Scalar && !output->text().empty()) {
      exclusion.patterns.emplace_back(output->text());
      return;
    }
  }
  exclusion.patterns.emplace_back(kDefaultOutput);
}

ReadingRules FindRules(const source::SourceTree& tree, const std::vector<source::Entry>& entries) {
  ReadingRules rules;
  for (const source::Entry& entry : entries) {
    if (entry.kind == source::EntryKind::File && (entry.path == "dpc.yaml" || entry.path == "dpc.yml")) {
      ReadWorkspace(tree.Read(entry.path), rules);
    }
  }
  if (rules.exclusion.patterns.empty()) {
    rules.exclusion.patterns.emplace_back(kDefaultOutput);
  }
  return rules;
}

// False, and reported, for what is not a file that can be read.
bool IsReadable(const source::Entry& entry, Emitter& emitter) {
  if (entry.kind == source::EntryKind::Submodule) {
    emitter.Report(kSubmodule, Range{}, entry.path);
    return false;
  }
  if (entry.kind == source::EntryKind::SymbolicLink) {
    if (IsYaml(entry.path)) {
      emitter.Report(kLinkedFile, Range{}, entry.path);
    } else {
      emitter.Report(kLinkedFolder, Range{}, entry.path);
    }
    return false;
  }
  if (FindInvalidUtf8(entry.path)) {
    emitter.Report(kPathNotUtf8, Range{}, entry.path);
    return false;
  }
  return true;
}

}  // namespace

namespace {

// An SQL file that is no policy is of no interest at all.
bool IsOfOthers(const source::Entry& entry, const ReadingRules& rules) {
  return entry.kind != source::EntryKind::Submodule && IsPolicyFile(entry.path) && !rules.policies.Holds(entry.path);
}

}  // namespace

bool IsPolicyFile(std::string_view path) {
  return EndsIn(path, ".sql");
}

SkippedPaths Read(const source::SourceTree& tree, unsigned threads, source::SourceManager& sources, Emitter& emitter) {
  const std::vector<source::Entry> entries = tree.List();
  const ReadingRules rules = FindRules(tree, entries);
  SkippedPaths skipped;
  std::vector<std::string_view> paths;
  for (const source::Entry& entry : entries) {
    if (IsOfOthers(entry, rules)) {
      continue;
    }
    if (rules.exclusion.Covers(entry.path) || rules.policies.IsTest(entry.path) || !IsReadable(entry, emitter)) {
      skipped.push_back(entry.path);
      continue;
    }
    paths.emplace_back(entry.path);
  }
  std::vector<std::string> texts = tree.ReadAll(paths, threads);
  for (std::size_t i = 0; i < paths.size(); ++i) {
    sources.Add(std::string(paths[i]), std::move(texts[i]));
  }
  return skipped;
}

}  // namespace dpc::driver
