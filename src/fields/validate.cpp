// A record against its table: which fields are there.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "fields/decode.h"
#include "fields/diagnostics.h"
#include "fields/shape.h"
#include "fields/validator.h"
#include "fields/words.h"

namespace dpc::fields {

using syntax::NodeKind;
using syntax::NodeView;

namespace {

// The narrowest place that stands for a record as a whole.
Range HeadOf(const NodeView& node) {
  return node.kind() == NodeKind::Mapping && node.size() > 0 ? node.Key(0).range() : node.range();
}

std::vector<std::string_view> AbsentFields(const NodeView& node, const RecordSpec& record) {
  std::vector<std::string_view> absent;
  for (const FieldSpec& field : record.fields) {
    if (!node.Find(field.name)) {
      absent.push_back(field.name);
    }
  }
  return absent;
}

}  // namespace

// NOLINTNEXTLINE(misc-no-recursion)
void Validator::CheckRecord(const NodeView& node, const RecordSpec& record, std::string_view name) {
  if (node.kind() != NodeKind::Mapping && !(node.kind() == NodeKind::Null && !HasRequired(record))) {
    ReportShape(node, {.shape = Shape::Record, .record = &record}, "`" + std::string(name) + "`");
    return;
  }
  std::set<std::string_view> misspelt;
  std::optional<std::vector<std::string_view>> absent;  // made for the first unknown field: a map may have many
  bool merges = false;
  for (std::size_t i = 0; i < node.size(); ++i) {
    const NodeView key = node.Key(i);
    if (const FieldSpec* field = FindField(record, key.text())) {
      CheckValue(node.Value(i), *field->type, field->name, key.range());
    } else {
      absent = absent ? std::move(absent) : AbsentFields(node, record);
      if (const FieldSpec* meant = ReportUnknown(key, record, *absent)) {
        misspelt.insert(meant->name);
      }
    }
    merges = merges || key.text() == "<<";
  }
  if (!merges) {
    CheckPresence(node, record, misspelt);
  }
}

// The field that was meant, if one is near that is not given itself.
const FieldSpec* Validator::ReportUnknown(const NodeView& key, const RecordSpec& record,
                                          const std::vector<std::string_view>& absent) {
  auto report = emitter_.Report(kUnknownField, key.range(), key.text(), record.name);
  if (key.text() == "<<") {
    report.Hint("YAML 1.2 has no merge keys: write the fields out");
    return nullptr;
  }
  const auto nearest = NearestName(key.text(), absent);
  if (!nearest) {
    report.Hint("its fields are " + FieldNames(record));
    return nullptr;
  }
  report.Hint("did you mean `" + *nearest + "`?");
  return FindField(record, *nearest);
}

void Validator::CheckPresence(const NodeView& node, const RecordSpec& record,
                              const std::set<std::string_view>& misspelt) {
  for (const FieldSpec& field : record.fields) {
    const bool known =
        misspelt.contains(field.name) || std::find(reported_.begin(), reported_.end(), field.name) != reported_.end();
    if (field.presence == Presence::Required && !known && !node.Find(field.name)) {
      emitter_.Report(kMissingField, HeadOf(node), Article(record.name), field.name)
          .Hint("like `" + std::string(field.name) + ": " + std::string(field.example) +
                "`: " + std::string(field.doc));
    }
  }
  const bool one_misspelt = std::any_of(record.exactly_one.begin(), record.exactly_one.end(),
                                        [&](std::string_view name) { return misspelt.contains(name); });
  if (!one_misspelt) {
    CheckExactlyOne(node, record);
  }
}

void Validator::CheckExactlyOne(const NodeView& node, const RecordSpec& record) {
  std::vector<NodeView> given;
  std::vector<std::string_view> names;
  for (const std::string_view name : record.exactly_one) {
    if (const auto entry = node.FindEntry(name)) {
      given.push_back(entry->first);
      names.push_back(name);
    }
  }
  if (!record.exactly_one.empty() && given.empty()) {
    emitter_.Report(kNoneOfExactlyOne, HeadOf(node), Article(record.name), Quoted(record.exactly_one));
  } else if (given.size() > 1) {
    emitter_
        .Report(kSeveralOfExactlyOne, given[1].range(), Article(record.name), names[0], names[1],
                Quoted(record.exactly_one))
        .Label(given[0].range(), "the other one");
  }
}

bool Validate(const NodeView& node, const RecordSpec& record, Emitter& emitter,
              std::span<const std::string_view> reported) {
  const std::size_t before = emitter.errors();
  Validator(emitter, reported).CheckRecord(node, record, record.name);
  return emitter.errors() == before;
}

}  // namespace dpc::fields
