#include "frontend/native/native.h"

#include <array>

#include "base/text.h"
#include "frontend/native/diagnostics.h"

namespace dpc::frontend {
namespace native {
namespace {

using syntax::NodeKind;
using syntax::NodeView;

constexpr std::string_view kApiVersion = "dpc/v1";

const std::array<const Kind*, 8>& Kinds() {
  static const std::array<const Kind*, 8> kAll = {&kWorkspace,   &kEnvironment,     &kDomain, &kTeam,
                                                  &kDataProduct, &kAccessAgreement, &kPolicy, &kWaiver};
  return kAll;
}

std::span<const fields::KindSpec* const> KindSpecs() {
  static const std::array<const fields::KindSpec*, 8> kAll = {kWorkspace.spec, kEnvironment.spec, kDomain.spec,
                                                              kTeam.spec,      kDataProduct.spec, kAccessAgreement.spec,
                                                              kPolicy.spec,    kWaiver.spec};
  return kAll;
}

std::vector<std::string_view> KindNames() {
  std::vector<std::string_view> names;
  for (const Kind* kind : Kinds()) {
    names.push_back(kind->spec->kind);
  }
  return names;
}

const Kind* FindKind(std::string_view name) {
  for (const Kind* kind : Kinds()) {
    if (kind->spec->kind == name) {
      return kind;
    }
  }
  return nullptr;
}

std::string_view TextAt(const NodeView& root, std::string_view key) {
  const auto value = root.Find(key);
  return value ? value->text() : "";
}

// A key that is nearly `apiVersion`.
bool HasNearApiVersion(const NodeView& root) {
  static constexpr std::array<std::string_view, 1> kWanted = {"apiVersion"};
  for (std::size_t i = 0; i < root.size(); ++i) {
    if (root.Key(i).text() != "apiVersion" && NearestName(root.Key(i).text(), kWanted)) {
      return true;
    }
  }
  return false;
}

// Has dpc's version, or one of its kinds without any version.
bool IsOurs(const NodeView& root) {
  if (root.kind() != NodeKind::Mapping) {
    return false;
  }
  if (const auto version = root.Find("apiVersion")) {
    // `dcp/v1`, `DPC/v1` or nothing at all: a slip, which must not make the declaration vanish.
    static constexpr std::array<std::string_view, 1> kOurs = {kApiVersion};
    const bool slip = FindKind(TextAt(root, "kind")) != nullptr &&
                      (version->text().empty() || NearestName(version->text(), kOurs).has_value());
    return version->text().starts_with("dpc/") || slip;
  }
  return FindKind(TextAt(root, "kind")) != nullptr || (HasNearApiVersion(root) && root.Find("kind"));
}

// The rest of a broken document of ours: nobody else shall take it, and nothing in it can be trusted.
bool IsRestOfOurs(const DocumentRef& document) {
  const auto& documents = document.tree->documents();
  std::size_t at = document.document;
  while (at > 0 && documents[at].resumed) {
    --at;
  }
  return at != document.document && IsOurs(document.tree->Root(documents[at]));
}

bool Claims(const DocumentRef& document) {
  const auto& row = document.tree->documents()[document.document];
  return IsOurs(document.tree->Root(row)) || (row.resumed && IsRestOfOurs(document));
}

std::string FolderOf(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return std::string(path.substr(0, slash == std::string_view::npos ? 0 : slash));
}

Range HeadOf(const NodeView& root) {
  const auto kind = root.Find("kind");
  return kind ? kind->range() : root.range();
}

std::string QuotedKindNames() {
  std::vector<std::string> names;
  for (const std::string_view name : KindNames()) {
    names.push_back("`" + std::string(name) + "`");
  }
  return Join(names, ", ");
}

std::string WithArticle(std::string_view kind) {
  const bool vowel = std::string_view("AEIO").find(kind.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + std::string(kind);
}

// False after a report. A misspelt key is reported as an unknown field, which is enough.
bool HasOurVersion(const NodeView& root, Emitter& emitter) {
  const auto version = root.Find("apiVersion");
  if (version && version->text() == kApiVersion) {
    return true;
  }
  if (version) {
    const auto entry = root.FindEntry("apiVersion");
    emitter
        .Report(kUnknownApiVersion, version->text().empty() ? entry->first.range() : version->range(), version->text())
        .Hint("write `apiVersion: dpc/v1`");
    return false;
  }
  if (!HasNearApiVersion(root)) {
    const bool known = FindKind(TextAt(root, "kind")) != nullptr;
    emitter.Report(kNoApiVersion, HeadOf(root), known ? WithArticle(TextAt(root, "kind")) : "a declaration")
        .Hint("add the line `apiVersion: dpc/v1`");
  }
  return true;
}

// The kind to lower by; null after a report.
const Kind* KindOf(const NodeView& root, Emitter& emitter) {
  if (!HasOurVersion(root, emitter)) {
    return nullptr;
  }
  const auto name = root.Find("kind");
  if (!name || name->text().empty()) {
    emitter.Report(kNoKind, root.size() > 0 ? root.Key(0).range() : root.range(), QuotedKindNames());
    return nullptr;
  }
  const Kind* kind = FindKind(name->text());
  if (kind == nullptr) {
    auto report = emitter.Report(kUnknownKind, name->range(), name->text(), QuotedKindNames());
    if (const auto nearest = NearestName(name->text(), KindNames())) {
      report.Hint("did you mean `" + *nearest + "`?");
    }
  }
  return kind;
}

// A syntax error has been reported, and what is left of the document may be wrong only because of it: nothing more is
// said.
bool ConformsInSilence(const NodeView& root, const Kind& kind) {
  DiagnosticList silence;
  Emitter emitter(silence);
  return fields::Validate(root, *kind.spec->record, emitter);
}

void Lower(const DocumentRef& document, model::Model& model, Emitter& emitter) {
  static constexpr std::array<std::string_view, 1> kReported = {"apiVersion"};
  const auto& row = document.tree->documents()[document.document];
  const NodeView root = document.tree->Root(row);
  if (row.resumed && !IsOurs(root)) {
    return;
  }
  const Kind* kind = KindOf(root, emitter);
  if (kind == nullptr) {
    model.incomplete.any = true;
    return;
  }
  const bool fine =
      row.damaged ? ConformsInSilence(root, *kind) : fields::Validate(root, *kind->spec->record, emitter, kReported);
  Context context{model, emitter, FolderOf(document.path), document.path, HeadOf(root), row.damaged || !fine};
  const RecordReader record(root, *kind->spec->record);
  // Nothing refers to these by `name`.
  const bool nameless = kind == &kWorkspace || kind == &kAccessAgreement || kind == &kPolicy || kind == &kWaiver;
  const bool named = nameless || record.GetText("name").has_value();
  if (!named) {
    model.incomplete.any = true;
    return;
  }
  kind->lower(context, record);
}

void Finish(model::Model& model, Emitter&) {
  model::Naming& naming = model.workspace.naming;
  const auto fill = [](std::string& field, std::string_view text) {
    if (field.empty()) {
      field = text;
    }
  };
  const Symbol name = model.workspace.name.has_value() ? model.workspace.name.text : model.symbols->Intern("dpc");
  for (model::Name* field : {&naming.prefix, &naming.account}) {
    if (!field->has_value()) {
      field->text = name;
    }
  }
  fill(naming.role, "{prefix}-{product}-{environment}");
  fill(naming.policy, "{prefix}-{product}-{environment}-{part}");
  fill(naming.user, "{prefix}-{product}-{environment}");
  fill(naming.workgroup, "{prefix}-{product}-{environment}");
  fill(naming.glue_database, "{prefix}_{environment}_{database}");
  fill(naming.results_path, "athena/{product}");
  fill(naming.parameter_path, "data_product/{product}/{environment}");
  fill(naming.project, "{product}");
}

}  // namespace
}  // namespace native

extern const FrontendSpec frontend_native;
const FrontendSpec frontend_native = {
    "native", "documents with `apiVersion: dpc/v1`", native::KindSpecs(), native::Claims, native::Lower, native::Finish,
};

}  // namespace dpc::frontend
