#include "frontend/native/head.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "frontend/native/diagnostics.h"

namespace dpc::frontend::native {

using syntax::NodeKind;
using syntax::NodeView;

std::span<const Kind* const> Kinds() {
  static const std::array<const Kind*, 8> kAll = {&kWorkspace,   &kEnvironment,     &kDomain, &kTeam,
                                                  &kDataProduct, &kAccessAgreement, &kPolicy, &kWaiver};
  return kAll;
}

namespace {

constexpr std::string_view kApiVersion = "dpc/v1";

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

// The entry that is meant for `field`: its key is nearly that, or it is no field of `kind` and its value is the one.
template <class IsValue>
std::optional<std::size_t> MisspeltEntry(const NodeView& root, std::string_view field, const Kind* kind,
                                         IsValue is_value) {
  const std::array<std::string_view, 1> wanted = {field};
  for (std::size_t i = 0; i < root.size(); ++i) {
    const std::string_view key = root.Key(i).text();
    const auto fields = kind == nullptr ? std::span<const FieldSpec>() : kind->spec->record->fields;
    const bool known = std::any_of(fields.begin(), fields.end(), [&](const FieldSpec& row) { return row.name == key; });
    if (key != field && !known && (NearestName(key, wanted) || is_value(root.Value(i).text()))) {
      return i;
    }
  }
  return std::nullopt;
}

std::optional<std::size_t> MisspeltApiVersion(const NodeView& root) {
  return MisspeltEntry(root, "apiVersion", FindKind(TextAt(root, "kind")),
                       [](std::string_view value) { return value == kApiVersion; });
}

std::optional<std::size_t> MisspeltKind(const NodeView& root) {
  return MisspeltEntry(root, "kind", nullptr, [](std::string_view value) { return FindKind(value) != nullptr; });
}

// All but the version is as the table of `kind` has it: no other tool's document is.
bool ConformsButForVersion(const NodeView& root, const Kind& kind) {
  DiagnosticList silence;
  Emitter emitter(silence);
  fields::Validate(root, *kind.spec->record, emitter);
  return emitter.errors() == 1;
}

// `dcp/v1`, `DPC/v1`, `v1` or nothing at all: a slip, which must not make the declaration vanish.
bool IsSlip(const NodeView& root, std::string_view version) {
  static constexpr std::array<std::string_view, 1> kOurs = {kApiVersion};
  const Kind* kind = FindKind(TextAt(root, "kind"));
  return kind != nullptr && (version.empty() || NearestName(version, kOurs).has_value() ||
                             (!IsOfAnotherGroup(version) && ConformsButForVersion(root, *kind)));
}

}  // namespace

bool IsOurs(const NodeView& root) {
  if (root.kind() != NodeKind::Mapping) {
    return false;
  }
  if (const auto version = root.Find("apiVersion")) {
    return version->text().starts_with("dpc/") || IsSlip(root, version->text());
  }
  return FindKind(TextAt(root, "kind")) != nullptr || (MisspeltApiVersion(root) && root.Find("kind"));
}

Range HeadOf(const NodeView& root) {
  const auto kind = root.Find("kind");
  return kind ? kind->range() : root.range();
}

namespace {

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

// The only kind that has all of the document's fields.
const Kind* KindByFields(const NodeView& root) {
  const Kind* found = nullptr;
  for (const Kind* kind : Kinds()) {
    const auto fields = kind->spec->record->fields;
    bool all = true;
    for (std::size_t i = 0; i < root.size() && all; ++i) {
      all = std::any_of(fields.begin(), fields.end(),
                        [&](const FieldSpec& field) { return field.name == root.Key(i).text(); });
    }
    if (all && found != nullptr) {
      return nullptr;
    }
    found = all ? kind : found;
  }
  return found;
}

// By the words that others have for it.
std::string_view KindFor(std::string_view word) {
  for (const Choice& choice : kKindType.choices) {
    if (!word.empty() && choice.also.find(" " + LowerCase(word) + " ") != std::string_view::npos) {
      return choice.name;
    }
  }
  return "";
}

std::string KindHint(const NodeView& root, std::string_view verb) {
  const Kind* kind = KindByFields(root);
  return kind == nullptr ? std::string(verb) + " a kind, like `kind: DataProduct`; `dpc schema` says what each one is"
                         : std::string(verb) + " `kind: " + std::string(kind->spec->kind) + "`: the fields are its";
}

// False after a report: the rest cannot be read by the rules of this version.
bool HasOurVersion(const NodeView& root, Head& head, Emitter& emitter) {
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
  // One that is misspelt is an unknown field, and a required one that is missing.
  head.version_reported = !MisspeltApiVersion(root);
  if (head.version_reported) {
    const bool known = FindKind(TextAt(root, "kind")) != nullptr;
    emitter.Report(kNoApiVersion, HeadOf(root), known ? WithArticle(TextAt(root, "kind")) : "a declaration")
        .Hint("add the line `apiVersion: dpc/v1`");
  }
  return true;
}

void ReportNoKind(const NodeView& root, Emitter& emitter) {
  const auto misspelt = MisspeltKind(root);
  const Range place = misspelt            ? root.Key(*misspelt).range()
                      : root.Find("kind") ? root.FindEntry("kind")->first.range()
                      : root.size() > 0   ? root.Key(0).range()
                                          : root.range();
  auto report = emitter.Report(kNoKind, place, QuotedKindNames());
  report.Hint(misspelt ? "did you mean `kind`?" : KindHint(root, "add"));
}

void ReportUnknownKind(const NodeView& root, const NodeView& name, Emitter& emitter) {
  auto report = emitter.Report(kUnknownKind, name.range(), name.text(), QuotedKindNames());
  const auto nearest = NearestName(name.text(), KindNames());
  const std::string meant(nearest ? *nearest : KindFor(name.text()));
  report.Hint(meant.empty() ? KindHint(root, "write") : "did you mean `" + meant + "`?");
}

}  // namespace

Head ReadHead(const NodeView& root, Emitter& emitter) {
  Head head;
  if (!HasOurVersion(root, head, emitter)) {
    return head;
  }
  const auto name = root.Find("kind");
  if (!name || name->text().empty()) {
    ReportNoKind(root, emitter);
    return head;
  }
  head.kind = FindKind(name->text());
  if (head.kind == nullptr) {
    ReportUnknownKind(root, *name, emitter);
  }
  return head;
}

}  // namespace dpc::frontend::native
