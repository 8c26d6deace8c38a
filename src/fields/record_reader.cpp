// Typed reading of what conforms.
#include <string>

#include "base/check.h"
#include "base/text.h"
#include "fields/decode.h"
#include "fields/literal.h"
#include "fields/shape.h"

namespace dpc::fields {

using syntax::NodeKind;
using syntax::NodeView;

namespace {

Text TextOf(const NodeView& node) {
  return {node.text(), node.range()};
}

bool AcceptsKey(const TypeSpec& type, const NodeView& key) {
  return type.scalar->accepts(key.text());
}

std::vector<std::pair<Text, Literal>> LiteralsOf(const NodeView& map, const TypeSpec& type) {
  std::vector<std::pair<Text, Literal>> entries;
  for (std::size_t i = 0; i < map.size(); ++i) {
    const auto literal = ReadLiteral(map.Value(i), *type.element);
    if (AcceptsKey(type, map.Key(i)) && literal) {
      entries.emplace_back(TextOf(map.Key(i)), *literal);
    }
  }
  return entries;
}

}  // namespace

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

bool RecordReader::IsSound() const {
  for (std::size_t i = 0; i < node_.size(); ++i) {
    const FieldSpec* field = FindField(*record_, node_.Key(i).text());
    if (field == nullptr || !FitsShape(node_.Value(i), *field->type)) {
      return false;
    }
  }
  return true;
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

std::vector<std::pair<Text, Literal>> RecordReader::GetLiteralMap(std::string_view field) const {
  const FieldSpec* spec = nullptr;
  const auto value = Find(field, &spec);
  return value ? LiteralsOf(*value, *spec->type) : std::vector<std::pair<Text, Literal>>();
}

std::vector<std::pair<Text, std::vector<std::pair<Text, Literal>>>> RecordReader::GetLiteralMaps(
    std::string_view field) const {
  const FieldSpec* spec = nullptr;
  const auto value = Find(field, &spec);
  std::vector<std::pair<Text, std::vector<std::pair<Text, Literal>>>> maps;
  for (std::size_t i = 0; value && i < value->size(); ++i) {
    if (AcceptsKey(*spec->type, value->Key(i)) && FitsShape(value->Value(i), *spec->type->element)) {
      maps.emplace_back(TextOf(value->Key(i)), LiteralsOf(value->Value(i), *spec->type->element));
    }
  }
  return maps;
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
