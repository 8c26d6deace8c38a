#include "frontend/frontend.h"

#include <algorithm>

#include "base/text.h"
#include "frontend/diagnostics.h"

namespace dpc::frontend {
namespace {

// What holds for the whole repository is said in the native language, whatever the others are.
bool IsWorkspaceFile(std::string_view path) {
  return path == "dpc.yaml" || path == "dpc.yml";
}

const FrontendSpec* Claimant(const DocumentRef& document, std::string_view dialect) {
  for (const FrontendSpec* spec : AllFrontendSpecs()) {
    const bool wanted = dialect.empty() || spec->name == dialect || IsWorkspaceFile(document.path);
    if (wanted && spec->claims(document)) {
      return spec;
    }
  }
  return nullptr;
}

// From the begin of a document to that of the next one of its file, or without end.
std::pair<LocId, LocId> PartOf(const syntax::SyntaxTree& tree, std::size_t document) {
  const auto begin = [&](std::size_t i) { return tree.Root(tree.documents()[i]).range().begin; };
  const bool last = document + 1 == tree.documents().size();
  return {begin(document), last ? LocId() : begin(document + 1)};
}

bool IsEmpty(const syntax::NodeView& root) {
  return root.kind() == syntax::NodeKind::Null;
}

// A document of another tool may share the name of a kind: that is worth a warning where nobody's group is named.
void WarnOfOurKind(const syntax::NodeView& root, std::string_view dialect, Emitter& emitter) {
  const auto kind = root.kind() == syntax::NodeKind::Mapping ? root.Find("kind") : std::nullopt;
  const auto version = kind ? root.Find("apiVersion") : std::nullopt;
  if (!version || !dialect.empty() || IsOfAnotherGroup(version->text())) {
    return;
  }
  for (const FrontendSpec* spec : AllFrontendSpecs()) {
    const bool ours = std::any_of(spec->kinds.begin(), spec->kinds.end(), [&](const fields::KindSpec* row) {
      return !row->api_version.empty() && row->kind == kind->text();
    });
    if (ours) {
      emitter.Report(kUnclaimedKind, version->range(), kind->text(), version->text())
          .Hint("write `apiVersion: dpc/v1`; or name the file in `exclude` of dpc.yaml");
      return;
    }
  }
}

}  // namespace

bool IsOfAnotherGroup(std::string_view api_version) {
  const std::size_t slash = api_version.find('/');
  if (slash == std::string_view::npos) {
    return false;
  }
  const std::string group = LowerCase(api_version.substr(0, slash));
  const auto parts = Split(group, '.');
  return std::none_of(parts.begin(), parts.end(), [](std::string_view part) { return EditDistance(part, "dpc") <= 1; });
}

LowerSummary Lower(std::span<const syntax::SyntaxTree> trees, std::span<const std::string_view> paths,
                   std::string_view dialect, model::Model& model, Emitter& emitter) {
  LowerSummary summary;
  std::vector<const FrontendSpec*> used;
  for (std::size_t i = 0; i < trees.size(); ++i) {
    std::size_t claimed = 0;
    const auto& documents = trees[i].documents();
    for (std::size_t j = 0; j < documents.size(); ++j) {
      const DocumentRef document{&trees[i], j, paths[i], !dialect.empty()};
      const FrontendSpec* spec = Claimant(document, dialect);
      if (spec != nullptr) {
        ++claimed;
        used.push_back(spec);
        spec->lower(document, model, emitter);
      } else if (documents[j].damaged) {
        // It may have been any declaration.
        model.incomplete.any = true;
      } else if (!IsEmpty(trees[i].Root(documents[j]))) {
        ++summary.passed_over;
        summary.passed_over_parts.push_back(PartOf(trees[i], j));
        WarnOfOurKind(trees[i].Root(documents[j]), dialect, emitter);
      }
    }
    summary.documents += claimed;
    if (claimed == 0 && !trees[i].damaged()) {
      summary.passed_over_paths.emplace_back(paths[i]);
    }
  }
  // The native dialect's defaults come last: what another dialect has set stays.
  for (const bool native : {false, true}) {
    for (const FrontendSpec* spec : AllFrontendSpecs()) {
      const bool needed = spec->name == "native" || std::find(used.begin(), used.end(), spec) != used.end();
      if (needed && (spec->name == "native") == native) {
        spec->finish(model, emitter);
      }
    }
  }
  return summary;
}

}  // namespace dpc::frontend
