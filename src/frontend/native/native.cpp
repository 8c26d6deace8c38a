#include "frontend/native/native.h"

#include <array>
#include <span>

#include "frontend/native/head.h"

namespace dpc::frontend {
namespace native {
namespace {

using syntax::NodeView;

std::span<const fields::KindSpec* const> KindSpecs() {
  static const std::array<const fields::KindSpec*, 8> kAll = {kWorkspace.spec, kEnvironment.spec, kDomain.spec,
                                                              kTeam.spec,      kDataProduct.spec, kAccessAgreement.spec,
                                                              kPolicy.spec,    kWaiver.spec};
  return kAll;
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
  const Head head = ReadHead(root, emitter);
  const Kind* kind = head.kind;
  if (kind == nullptr) {
    model.incomplete.any = true;
    return;
  }
  const auto reported = std::span(kReported).first(head.version_reported ? 1 : 0);
  const bool fine =
      row.damaged ? ConformsInSilence(root, *kind) : fields::Validate(root, *kind->spec->record, emitter, reported);
  Context context{model,         emitter,      FolderOf(document.path),
                  document.path, HeadOf(root), row.damaged || !fine || head.version_reported};
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
