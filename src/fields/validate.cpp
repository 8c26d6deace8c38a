// A record against its table: which fields are there.
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
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

// "`s3: raw/orders`"
std::string ExampleOf(const FieldSpec& field) {
  return "`" + std::string(field.name) + ": " + std::string(field.example) + "`";
}

// None of the fields is there that say what the record is.
bool LacksKind(const NodeView& node, const RecordSpec& record, const std::set<std::string_view>& misspelt) {
  return !record.exactly_one.empty() &&
         std::none_of(record.exactly_one.begin(), record.exactly_one.end(),
                      [&](std::string_view name) { return misspelt.contains(name) || node.Find(name); });
}

// For a field that is like no other one, where something is missing: "did you mean `name`? ...". "" where nothing is.
std::string MeantHint(const NodeView& value, const RecordSpec& record, const std::vector<const FieldSpec*>& missing,
                      bool none) {
  std::vector<std::string_view> names;
  std::vector<std::string_view> fitting;
  for (const FieldSpec* field : missing) {
    names.push_back(field->name);
    if (FitsShape(value, *field->type)) {
      fitting.push_back(field->name);
    }
  }
  if (fitting.size() == 1) {
    std::erase(names, fitting.front());
    return "did you mean `" + std::string(fitting.front()) + "`? it is required, and missing" +
           (names.empty() ? "" : ", and so is " + Quoted(names));
  }
  if (!names.empty()) {
    return "its fields are " + FieldNames(record) + "; required and missing: " + Quoted(names);
  }
  return none ? "did you mean one of " + Quoted(record.exactly_one) + "? " + Article(record.name) + " needs one of them"
              : "";
}

}  // namespace

// NOLINTNEXTLINE(misc-no-recursion)
void Validator::CheckRecord(const NodeView& node, const RecordSpec& record, std::string_view name) {
  if (node.kind() != NodeKind::Mapping && !(node.kind() == NodeKind::Null && !HasRequired(record))) {
    ReportShape(node, {.shape = Shape::Record, .record = &record}, "`" + std::string(name) + "`");
    return;
  }
  std::vector<std::size_t> unknown;
  bool merges = false;
  for (std::size_t i = 0; i < node.size(); ++i) {
    const NodeView key = node.Key(i);
    if (const FieldSpec* field = FindField(record, key.text())) {
      const FieldSpec* around = std::exchange(field_, field);
      CheckValue(node.Value(i), *field->type, field->name, key.range());
      field_ = around;
    } else if (key.text() == "<<") {
      ReportMergeKey(key, record);
      merges = true;
    } else {
      unknown.push_back(i);
    }
  }
  CheckPresence(node, record, unknown, merges);
}

void Validator::ReportMergeKey(const NodeView& key, const RecordSpec& record) {
  emitter_.Report(kUnknownField, key.range(), key.text(), record.name)
      .Hint("YAML 1.2 has no merge keys: write the fields out");
}

// Which fields are there and which are not is one question: what is missing may stand there by another name.
void Validator::CheckPresence(const NodeView& node, const RecordSpec& record, const std::vector<std::size_t>& unknown,
                              bool merges) {
  std::vector<std::size_t> strange;
  const std::set<std::string_view> misspelt = ReportMisspelt(node, record, unknown, strange);
  const std::vector<const FieldSpec*> missing =
      merges ? std::vector<const FieldSpec*>() : MissingFields(node, record, misspelt);
  const bool none = !merges && LacksKind(node, record, misspelt);
  for (const std::size_t i : strange) {
    auto report = emitter_.Report(kUnknownField, node.Key(i).range(), node.Key(i).text(), record.name);
    const std::string meant = i == strange.front() ? MeantHint(node.Value(i), record, missing, none) : "";
    report.Hint(meant.empty() ? "its fields are " + FieldNames(record) : meant);
  }
  if (strange.empty()) {
    ReportMissing(node, record, missing, none);
  }
  CheckOnlyOne(node, record);
}

// Unknown fields that are near to one that is not given. The others go into `strange`.
std::set<std::string_view> Validator::ReportMisspelt(const NodeView& node, const RecordSpec& record,
                                                     const std::vector<std::size_t>& unknown,
                                                     std::vector<std::size_t>& strange) {
  std::set<std::string_view> misspelt;
  const auto absent = unknown.empty() ? std::vector<std::string_view>() : AbsentFields(node, record);
  for (const std::size_t i : unknown) {
    const NodeView key = node.Key(i);
    const auto nearest = NearestName(key.text(), absent);
    if (!nearest) {
      strange.push_back(i);
      continue;
    }
    emitter_.Report(kUnknownField, key.range(), key.text(), record.name).Hint("did you mean `" + *nearest + "`?");
    misspelt.insert(FindField(record, *nearest)->name);
  }
  return misspelt;
}

std::vector<const FieldSpec*> Validator::MissingFields(const NodeView& node, const RecordSpec& record,
                                                       const std::set<std::string_view>& misspelt) const {
  std::vector<const FieldSpec*> missing;
  for (const FieldSpec& field : record.fields) {
    const bool known =
        misspelt.contains(field.name) || std::find(reported_.begin(), reported_.end(), field.name) != reported_.end();
    if (field.presence == Presence::Required && !known && !node.Find(field.name)) {
      missing.push_back(&field);
    }
  }
  return missing;
}

void Validator::ReportMissing(const NodeView& node, const RecordSpec& record,
                              const std::vector<const FieldSpec*>& missing, bool none) {
  for (const FieldSpec* field : missing) {
    emitter_.Report(kMissingField, HeadOf(node), Article(record.name), field->name)
        .Hint("add it, like `" + std::string(field->name) + ": " + std::string(field->example) +
              "`: " + std::string(field->doc));
  }
  if (none) {
    emitter_.Report(kNoneOfExactlyOne, HeadOf(node), Article(record.name), Quoted(record.exactly_one))
        .Hint("add one, like " + ExampleOf(*FindField(record, record.exactly_one.front())));
  }
}

void Validator::CheckOnlyOne(const NodeView& node, const RecordSpec& record) {
  std::vector<NodeView> given;
  std::vector<std::string_view> names;
  for (const std::string_view name : record.exactly_one) {
    if (const auto entry = node.FindEntry(name)) {
      given.push_back(entry->first);
      names.push_back(name);
    }
  }
  if (given.size() > 1) {
    emitter_
        .Report(kSeveralOfExactlyOne, given[1].range(), Article(record.name), names[0], names[1],
                Quoted(record.exactly_one))
        .Label(given[0].range(), "the other one")
        .Hint("keep one; what the other one says becomes " + Article(record.name) + " of its own");
  }
}

bool Validate(const NodeView& node, const RecordSpec& record, Emitter& emitter,
              std::span<const std::string_view> reported) {
  const std::size_t before = emitter.errors();
  Validator(emitter, reported).CheckRecord(node, record, record.name);
  return emitter.errors() == before;
}

}  // namespace dpc::fields
