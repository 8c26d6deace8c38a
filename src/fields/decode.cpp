#include "fields/decode.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <string>

#include "base/text.h"
#include "fields/diagnostics.h"
#include "fields/scalars.h"

namespace dpc::fields {
namespace {

using syntax::NodeKind;
using syntax::NodeView;
using syntax::ScalarType;

std::string_view KindWords(const NodeView& node) {
  switch (node.kind()) {
    case NodeKind::Null:
      return "empty";
    case NodeKind::Scalar:
      return "a single value";
    case NodeKind::Sequence:
      return "a list";
    case NodeKind::Mapping:
      return "a map";
  }
  return "";
}

std::string_view TypeWords(ScalarType type) {
  switch (type) {
    case ScalarType::Boolean:
      return "a boolean";
    case ScalarType::Integer:
    case ScalarType::Float:
      return "a number";
    default:
      return "null";
  }
}

std::string Quoted(std::span<const Choice> choices) {
  std::vector<std::string> names;
  for (const Choice& choice : choices) {
    names.push_back("`" + std::string(choice.name) + "`");
  }
  return Join(names, ", ");
}

std::string Quoted(std::span<const std::string_view> names) {
  std::vector<std::string> quoted;
  for (const std::string_view name : names) {
    quoted.push_back("`" + std::string(name) + "`");
  }
  return Join(quoted, ", ");
}

std::string Expected(const TypeSpec& type) {
  switch (type.shape) {
    case Shape::Scalar:
      return std::string(type.scalar->rule);
    case Shape::Boolean:
      return "`true` or `false`";
    case Shape::Integer:
      return "a whole number";
    case Shape::Choice:
      return "one of " + Quoted(type.choices);
    case Shape::List:
      return "a list";
    case Shape::Map:
      return "a map";
    case Shape::Record:
      return "a map (" + std::string(type.record->name) + ")";
    case Shape::TextOrRecord:
      return std::string(type.scalar->rule) + ", or a map (" + std::string(type.record->name) + ")";
    case Shape::AnyMap:
      return "a map";
  }
  return "";
}

const FieldSpec* FindField(const RecordSpec& record, std::string_view name) {
  const auto found = std::find_if(record.fields.begin(), record.fields.end(),
                                  [&](const FieldSpec& field) { return field.name == name; });
  return found == record.fields.end() ? nullptr : &*found;
}

bool HasRequired(const RecordSpec& record) {
  return !record.exactly_one.empty() ||
         std::any_of(record.fields.begin(), record.fields.end(),
                     [](const FieldSpec& field) { return field.presence == Presence::Required; });
}

std::optional<std::int64_t> ParseInteger(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

// Walks a node along its table. The recursion follows the table's nesting, which is ours and shallow, not the input's.
class Validator {
 public:
  Validator(Emitter& emitter, std::span<const std::string_view> reported) : emitter_(emitter), reported_(reported) {}

  // NOLINTNEXTLINE(misc-no-recursion)
  void CheckRecord(const NodeView& node, const RecordSpec& record, std::string_view name) {
    if (node.kind() != NodeKind::Mapping && !(node.kind() == NodeKind::Null && !HasRequired(record))) {
      Fail(kWrongShape, node.range(), name, KindWords(node), "a map of its fields")
          .Hint("its fields are " + FieldNames(record));
      return;
    }
    std::set<std::string_view> misspelt;
    bool merges = false;
    for (std::size_t i = 0; i < node.size(); ++i) {
      const NodeView key = node.Key(i);
      if (const FieldSpec* field = FindField(record, key.text())) {
        CheckValue(node.Value(i), *field->type, field->name, key.range());
      } else if (const FieldSpec* meant = ReportUnknown(node, key, record)) {
        misspelt.insert(meant->name);
      }
      merges = merges || key.text() == "<<";
    }
    if (!merges) {
      CheckPresence(node, record, misspelt);
    }
  }

 private:
  template <int N, class... Args>
  DiagnosticBuilder Fail(const DiagnosticDef<N>& definition, Range range, const Args&... args) {
    return emitter_.Report(definition, range, args...);
  }

  static std::string FieldNames(const RecordSpec& record) {
    std::vector<std::string_view> names;
    for (const FieldSpec& field : record.fields) {
      names.push_back(field.name);
    }
    return Quoted(names);
  }

  // The field that was meant, if one is near that is not given itself.
  const FieldSpec* ReportUnknown(const NodeView& node, const NodeView& key, const RecordSpec& record) {
    auto report = Fail(kUnknownField, key.range(), key.text(), record.name);
    if (key.text() == "<<") {
      report.Hint("YAML 1.2 has no merge keys: write the fields out");
      return nullptr;
    }
    std::vector<std::string_view> absent;
    for (const FieldSpec& field : record.fields) {
      if (!node.Find(field.name)) {
        absent.push_back(field.name);
      }
    }
    const auto nearest = NearestName(key.text(), absent);
    if (!nearest) {
      report.Hint("its fields are " + FieldNames(record));
      return nullptr;
    }
    report.Hint("did you mean `" + *nearest + "`?");
    return FindField(record, *nearest);
  }

  // The narrowest place that stands for a record as a whole.
  static Range HeadOf(const NodeView& node) {
    return node.kind() == NodeKind::Mapping && node.size() > 0 ? node.Key(0).range() : node.range();
  }

  void CheckPresence(const NodeView& node, const RecordSpec& record, const std::set<std::string_view>& misspelt) {
    for (const FieldSpec& field : record.fields) {
      const bool known =
          misspelt.contains(field.name) || std::find(reported_.begin(), reported_.end(), field.name) != reported_.end();
      if (field.presence == Presence::Required && !known && !node.Find(field.name)) {
        Fail(kMissingField, HeadOf(node), Article(record.name), field.name)
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

  void CheckExactlyOne(const NodeView& node, const RecordSpec& record) {
    std::vector<NodeView> given;
    std::vector<std::string_view> names;
    for (const std::string_view name : record.exactly_one) {
      if (const auto entry = node.FindEntry(name)) {
        given.push_back(entry->first);
        names.push_back(name);
      }
    }
    if (!record.exactly_one.empty() && given.empty()) {
      Fail(kNoneOfExactlyOne, HeadOf(node), Article(record.name), Quoted(record.exactly_one));
    } else if (given.size() > 1) {
      Fail(kSeveralOfExactlyOne, given[1].range(), Article(record.name), names[0], names[1], Quoted(record.exactly_one))
          .Label(given[0].range(), "the other one");
    }
  }

  static std::string Article(std::string_view noun) {
    // "an S3 output": the letter is spoken.
    const bool spoken = noun.starts_with("S3");
    const bool vowel = !noun.empty() && std::string_view("aeiouAEIO").find(noun[0]) != std::string_view::npos;
    return (vowel || spoken ? "an " : "a ") + std::string(noun);
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  void CheckValue(const NodeView& node, const TypeSpec& type, std::string_view name, Range key) {
    const bool empty_record =
        (type.shape == Shape::Record || type.shape == Shape::TextOrRecord) && !HasRequired(*type.record);
    if (node.kind() == NodeKind::Null && !(empty_record && type.shape == Shape::Record) &&
        type.shape != Shape::AnyMap) {
      Fail(kNoValue, node.range().length > 0 ? node.range() : key, name, Expected(type));
      return;
    }
    switch (type.shape) {
      case Shape::Scalar:
        CheckScalar(node, type, name);
        return;
      case Shape::Boolean:
      case Shape::Integer:
      case Shape::Choice:
        CheckWord(node, type, name);
        return;
      case Shape::List:
        CheckList(node, type, name);
        return;
      case Shape::Map:
        CheckMap(node, type, name);
        return;
      case Shape::Record:
        CheckRecord(node, *type.record, name);
        return;
      case Shape::TextOrRecord:
        if (node.kind() == NodeKind::Scalar) {
          CheckScalar(node, type, name);
        } else if (node.kind() == NodeKind::Mapping) {
          CheckRecord(node, *type.record, name);
        } else {
          Fail(kWrongShape, node.range(), name, KindWords(node), Expected(type));
        }
        return;
      case Shape::AnyMap:
        if (node.kind() != NodeKind::Mapping && node.kind() != NodeKind::Null) {
          Fail(kWrongShape, node.range(), name, KindWords(node), "a map");
        }
        return;
    }
  }

  bool IsScalar(const NodeView& node, const TypeSpec& type, std::string_view name) {
    if (node.kind() == NodeKind::Scalar) {
      return true;
    }
    Fail(kWrongShape, node.range(), name, KindWords(node), Expected(type));
    return false;
  }

  void CheckScalar(const NodeView& node, const TypeSpec& type, std::string_view name) {
    if (!IsScalar(node, type, name)) {
      return;
    }
    if (node.text().empty() && !type.scalar->accepts("")) {
      Fail(kEmptyText, node.range(), name, type.scalar->rule);
    } else if (node.scalar_type() != ScalarType::Text) {
      Fail(kNotText, node.range(), name, node.text(), TypeWords(node.scalar_type()))
          .Hint("put it in quotes: \"" + std::string(node.text()) + "\"");
    } else if (!type.scalar->accepts(node.text())) {
      Fail(kScalarRule, node.range(), name, node.text(), type.scalar->rule);
    }
  }

  void CheckWord(const NodeView& node, const TypeSpec& type, std::string_view name) {
    if (!IsScalar(node, type, name)) {
      return;
    }
    if (type.shape == Shape::Choice) {
      CheckChoice(node, type, name);
    } else if (type.shape == Shape::Boolean && node.scalar_type() != ScalarType::Boolean) {
      auto report = Fail(kScalarRule, node.range(), name, node.text(), Expected(type));
      if (node.text() == "true" || node.text() == "false") {
        report.Hint("in quotes it is a text: remove them");
      }
    } else if (type.shape == Shape::Integer) {
      const auto value = node.scalar_type() == ScalarType::Integer ? ParseInteger(node.text()) : std::nullopt;
      if (!value || *value < type.minimum || *value > type.maximum) {
        auto report = Fail(kNumberOutOfRange, node.range(), name, node.text(), std::to_string(type.minimum),
                           std::to_string(type.maximum));
        if (node.scalar_type() == ScalarType::Text && IsDigits(node.text())) {
          report.Hint("in quotes it is a text: remove them");
        }
      }
    }
  }

  void CheckChoice(const NodeView& node, const TypeSpec& type, std::string_view name) {
    std::vector<std::string_view> names;
    for (const Choice& choice : type.choices) {
      if (choice.name == node.text()) {
        return;
      }
      names.push_back(choice.name);
    }
    auto report = Fail(kUnknownChoice, node.range(), name, node.text(), Quoted(type.choices));
    if (const auto nearest = NearestName(node.text(), names)) {
      report.Hint("did you mean `" + *nearest + "`?");
    }
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  void CheckList(const NodeView& node, const TypeSpec& type, std::string_view name) {
    if (node.kind() != NodeKind::Sequence) {
      auto report = Fail(kWrongShape, node.range(), name, KindWords(node), "a list");
      if (node.kind() == NodeKind::Scalar && kReference.accepts(node.text())) {
        report.Hint("a list of one is written `[" + std::string(node.text()) + "]`");
      }
      return;
    }
    if (type.non_empty && node.size() == 0) {
      Fail(kEmptyCollection, node.range(), name, "item");
    }
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < node.size(); ++i) {
      const NodeView item = node.Item(i);
      CheckValue(item, *type.element, name, item.range());
      if (item.kind() == NodeKind::Scalar && !seen.insert(item.text()).second) {
        Fail(kRepeatedItem, item.range(), name, item.text());
      }
    }
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  void CheckMap(const NodeView& node, const TypeSpec& type, std::string_view name) {
    if (node.kind() != NodeKind::Mapping) {
      Fail(kWrongShape, node.range(), name, KindWords(node), "a map");
      return;
    }
    if (type.non_empty && node.size() == 0) {
      Fail(kEmptyCollection, node.range(), name, "entry");
    }
    for (std::size_t i = 0; i < node.size(); ++i) {
      const NodeView key = node.Key(i);
      if (!type.scalar->accepts(key.text())) {
        Fail(kKeyRule, key.range(), name, key.text(), type.scalar->rule);
      }
      CheckValue(node.Value(i), *type.element, key.text(), key.range());
    }
  }

  Emitter& emitter_;
  std::span<const std::string_view> reported_;
};

bool IsWithin(const NodeView& node, const TypeSpec& type) {
  const auto value = ParseInteger(node.text());
  return value && *value >= type.minimum && *value <= type.maximum;
}

bool FitsShape(const NodeView& node, const TypeSpec& type) {
  switch (type.shape) {
    case Shape::Scalar:
      return node.kind() == NodeKind::Scalar && node.scalar_type() == ScalarType::Text &&
             type.scalar->accepts(node.text());
    case Shape::Boolean:
      return node.kind() == NodeKind::Scalar && node.scalar_type() == ScalarType::Boolean;
    case Shape::Integer:
      return node.kind() == NodeKind::Scalar && node.scalar_type() == ScalarType::Integer && IsWithin(node, type);
    case Shape::Choice:
      return node.kind() == NodeKind::Scalar &&
             std::any_of(type.choices.begin(), type.choices.end(),
                         [&](const Choice& choice) { return choice.name == node.text(); });
    case Shape::List:
      return node.kind() == NodeKind::Sequence;
    case Shape::Map:
      return node.kind() == NodeKind::Mapping;
    case Shape::Record:
      return node.kind() == NodeKind::Mapping || node.kind() == NodeKind::Null;
    case Shape::TextOrRecord:
      return node.kind() == NodeKind::Mapping ||
             (node.kind() == NodeKind::Scalar && node.scalar_type() == ScalarType::Text &&
              type.scalar->accepts(node.text()));
    case Shape::AnyMap:
      return node.kind() == NodeKind::Mapping || node.kind() == NodeKind::Null;
  }
  return false;
}

Text TextOf(const NodeView& node) {
  return {node.text(), node.range()};
}

bool AcceptsKey(const TypeSpec& type, const NodeView& key) {
  return type.scalar->accepts(key.text());
}

}  // namespace

bool Validate(const NodeView& node, const RecordSpec& record, Emitter& emitter,
              std::span<const std::string_view> reported) {
  const std::size_t before = emitter.errors();
  Validator(emitter, reported).CheckRecord(node, record, record.name);
  return emitter.errors() == before;
}

std::optional<NodeView> RecordReader::Find(std::string_view field, const FieldSpec** spec) const {
  *spec = FindField(*record_, field);
  DPC_CHECK(*spec != nullptr, std::string("no field ") + std::string(field));
  const auto value = node_.Find(field);
  return value && FitsShape(*value, *(*spec)->type) ? value : std::nullopt;
}

Range RecordReader::KeyRange(std::string_view field) const {
  const auto entry = node_.FindEntry(field);
  return entry ? entry->first.range() : node_.range();
}

bool RecordReader::Has(std::string_view field) const {
  return node_.Find(field).has_value();
}

std::optional<Text> RecordReader::GetText(std::string_view field) const {
  const FieldSpec* spec = nullptr;
  const auto value = Find(field, &spec);
  return value && value->kind() == NodeKind::Scalar ? std::optional(TextOf(*value)) : std::nullopt;
}

std::optional<bool> RecordReader::GetBoolean(std::string_view field) const {
  const FieldSpec* spec = nullptr;
  const auto value = Find(field, &spec);
  return value ? std::optional(LowerCase(value->text()) == "true") : std::nullopt;
}

std::optional<std::int64_t> RecordReader::GetInteger(std::string_view field) const {
  const FieldSpec* spec = nullptr;
  const auto value = Find(field, &spec);
  return value ? ParseInteger(value->text()) : std::nullopt;
}

std::optional<std::size_t> RecordReader::GetChoice(std::string_view field) const {
  const FieldSpec* spec = nullptr;
  const auto value = Find(field, &spec);
  for (std::size_t i = 0; value && i < spec->type->choices.size(); ++i) {
    if (spec->type->choices[i].name == value->text()) {
      return i;
    }
  }
  return std::nullopt;
}

std::optional<Date> RecordReader::GetDate(std::string_view field) const {
  const auto text = GetText(field);
  return text ? Date::Parse(text->text) : std::nullopt;
}

std::vector<Text> RecordReader::GetTexts(std::string_view field) const {
  const FieldSpec* spec = nullptr;
  const auto value = Find(field, &spec);
  std::vector<Text> texts;
  for (std::size_t i = 0; value && i < value->size(); ++i) {
    const NodeView item = value->Item(i);
    if (FitsShape(item, *spec->type->element)) {
      texts.push_back(TextOf(item));
    }
  }
  return texts;
}

std::vector<std::pair<Text, Text>> RecordReader::GetTextMap(std::string_view field) const {
  const FieldSpec* spec = nullptr;
  const auto value = Find(field, &spec);
  std::vector<std::pair<Text, Text>> entries;
  for (std::size_t i = 0; value && i < value->size(); ++i) {
    if (AcceptsKey(*spec->type, value->Key(i)) && FitsShape(value->Value(i), *spec->type->element)) {
      entries.emplace_back(TextOf(value->Key(i)), TextOf(value->Value(i)));
    }
  }
  return entries;
}

std::optional<RecordReader> RecordReader::GetRecord(std::string_view field) const {
  const FieldSpec* spec = nullptr;
  const auto value = Find(field, &spec);
  if (!value || value->kind() == NodeKind::Scalar) {
    return std::nullopt;
  }
  return RecordReader(*value, *spec->type->record);
}

std::vector<RecordReader> RecordReader::GetRecords(std::string_view field) const {
  const FieldSpec* spec = nullptr;
  const auto value = Find(field, &spec);
  std::vector<RecordReader> records;
  for (std::size_t i = 0; value && i < value->size(); ++i) {
    if (FitsShape(value->Item(i), *spec->type->element)) {
      records.emplace_back(value->Item(i), *spec->type->element->record);
    }
  }
  return records;
}

std::vector<std::pair<Text, RecordReader>> RecordReader::GetRecordMap(std::string_view field) const {
  const FieldSpec* spec = nullptr;
  const auto value = Find(field, &spec);
  std::vector<std::pair<Text, RecordReader>> records;
  for (std::size_t i = 0; value && i < value->size(); ++i) {
    if (AcceptsKey(*spec->type, value->Key(i)) && FitsShape(value->Value(i), *spec->type->element)) {
      records.emplace_back(TextOf(value->Key(i)), RecordReader(value->Value(i), *spec->type->element->record));
    }
  }
  return records;
}

}  // namespace dpc::fields
