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

bool IsYaml(std::string_view path) {
  const std::string lower = LowerCase(path);
  return lower.ends_with(".yaml") || lower.ends_with(".yml");
}

void AddPatterns(const syntax::NodeView& list, Exclusion& exclusion) {
  for (std::size_t i = 0; list.kind() == syntax::NodeKind::Sequence && i < list.size(); ++i) {
    if (list.Item(i).kind() == syntax::NodeKind::Scalar && !list.Item(i).text().empty()) {
      exclusion.patterns.emplace_back(list.Item(i).text());
    }
  }
}

// `exclude` and `output` decide what is read, so they are looked at before anything else is. Whatever is wrong in this
// file is reported when it is read again with all others.
void ReadWorkspace(std::string text, Exclusion& exclusion) {
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

Exclusion FindExclusion(const source::SourceTree& tree, const std::vector<source::Entry>& entries) {
  Exclusion exclusion;
  for (const source::Entry& entry : entries) {
    if (entry.kind == source::EntryKind::File && (entry.path == "dpc.yaml" || entry.path == "dpc.yml")) {
      ReadWorkspace(tree.Read(entry.path), exclusion);
    }
  }
  if (exclusion.patterns.empty()) {
    exclusion.patterns.emplace_back(kDefaultOutput);
  }
  return exclusion;
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

SkippedPaths Read(const source::SourceTree& tree, source::SourceManager& sources, Emitter& emitter) {
  const std::vector<source::Entry> entries = tree.List();
  const Exclusion exclusion = FindExclusion(tree, entries);
  SkippedPaths skipped;
  for (const source::Entry& entry : entries) {
    if (exclusion.Covers(entry.path) || !IsReadable(entry, emitter)) {
      skipped.push_back(entry.path);
      continue;
    }
    sources.Add(entry.path, tree.Read(entry.path));
  }
  return skipped;
}

}  // namespace dpc::driver
