#include "fields/shape_hints.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/text.h"
#include "fields/characters.h"
#include "fields/shape.h"
#include "fields/words.h"

namespace dpc::fields {

using syntax::NodeKind;
using syntax::NodeView;

namespace {

// Can be pasted into a line of YAML as it is, and is short enough to be read twice.
bool IsPlain(std::string_view text) {
  return HasLength(text, 1, 80) && All(text, [](char c) { return IsWord(c) || IsOneOf(c, "./@+-"); }) &&
         !text.starts_with('-') && !text.starts_with('@');
}

bool Takes(const TypeSpec& type, std::string_view text) {
  switch (type.shape) {
    case Shape::Scalar:
    case Shape::TextOrRecord:
      return IsPlain(text) && type.scalar->accepts(text);
    case Shape::Choice:
      return std::any_of(type.choices.begin(), type.choices.end(),
                         [&](const Choice& choice) { return choice.name == text; });
    default:
      return false;
  }
}

std::string_view Trimmed(std::string_view text) {
  while (text.starts_with(' ')) {
    text.remove_prefix(1);
  }
  while (text.ends_with(' ')) {
    text.remove_suffix(1);
  }
  return text;
}

bool SaysWhatItIs(const RecordSpec& record, std::string_view field) {
  return std::find(record.exactly_one.begin(), record.exactly_one.end(), field) != record.exactly_one.end();
}

// "database: crm, table: profiles", for `crm.profiles`.
std::string AsTable(const RecordSpec& record, std::string_view text) {
  const auto parts = Split(text, '.');
  const FieldSpec* database = FindField(record, "database");
  const FieldSpec* table = FindField(record, "table");
  const bool both = parts.size() == 2 && database != nullptr && table != nullptr && Takes(*database->type, parts[0]) &&
                    Takes(*table->type, parts[1]);
  return both ? "database: " + std::string(parts[0]) + ", table: " + std::string(parts[1]) : "";
}

// "port: customers, purpose: ...", for a record whose first required text takes it, or one of those that say what it
// is.
std::string AsEntry(const RecordSpec& record, std::string_view text) {
  std::string entry;
  for (const FieldSpec& field : record.fields) {
    const bool required = field.presence == Presence::Required;
    if (entry.empty() && (required || SaysWhatItIs(record, field.name)) && Takes(*field.type, text)) {
      entry = std::string(field.name) + ": " + std::string(text);
    } else if (!entry.empty() && required) {
      entry += ", " + std::string(field.name) + ": ...";
    }
  }
  return entry.empty() ? AsTable(record, text) : entry;
}

// The texts of a list, of a text with commas, or of the keys of a map.
std::vector<std::string_view> TextsOf(const NodeView& node) {
  std::vector<std::string_view> texts;
  if (node.kind() == NodeKind::Scalar) {
    for (const std::string_view part : Split(node.text(), ',')) {
      texts.push_back(Trimmed(part));
    }
  }
  for (std::size_t i = 0; node.kind() != NodeKind::Scalar && i < node.size(); ++i) {
    const NodeView item = node.kind() == NodeKind::Sequence ? node.Item(i) : node.Key(i);
    texts.push_back(item.kind() == NodeKind::Scalar ? item.text() : std::string_view());
  }
  return texts;
}

constexpr std::size_t kFew = 4;

std::string ListHint(const NodeView& node, const TypeSpec& element) {
  const auto texts = TextsOf(node);
  if (element.record != nullptr) {
    const bool item =
        node.kind() == NodeKind::Mapping && node.size() > 0 &&
        std::any_of(texts.begin(), texts.end(), [&](auto text) { return FindField(*element.record, text); });
    const std::string entry = texts.empty() ? "" : AsEntry(*element.record, texts.front());
    return item            ? "an item of a list begins with `- `: put it before the first field, and indent the others"
           : entry.empty() ? ""
                           : "an item is written `- {" + entry + "}`";
  }
  const bool all = !texts.empty() && texts.size() <= kFew &&
                   std::all_of(texts.begin(), texts.end(), [&](auto text) { return Takes(element, text); });
  if (!all) {
    return "";
  }
  const std::string list = "`[" + Join(std::vector<std::string>(texts.begin(), texts.end()), ", ") + "]`";
  return (texts.size() == 1 ? "a list of one is written " : "write ") + list;
}

// What the key of a map is called where people write a list of maps.
std::optional<std::string_view> NameIn(const NodeView& item) {
  static constexpr std::array<std::string_view, 6> kNames = {"name", "id", "key", "email", "user", "column"};
  for (const std::string_view name : kNames) {
    const auto value = item.kind() == NodeKind::Mapping ? item.Find(name) : std::nullopt;
    if (value && value->kind() == NodeKind::Scalar) {
      return value->text();
    }
  }
  return std::nullopt;
}

// "owner", "{...}", "..."
std::string ValueWords(const TypeSpec& element) {
  return element.shape == Shape::Choice                                ? std::string(element.choices.back().name)
         : element.record != nullptr && element.shape == Shape::Record ? "{...}"
                                                                       : "...";
}

std::string MapHint(const NodeView& node, const TypeSpec& type) {
  if (node.kind() == NodeKind::Sequence && node.size() > 0) {
    const NodeView first = node.Item(0);
    if (const auto name = NameIn(first); name && IsPlain(*name) && type.scalar->accepts(*name)) {
      return "the name is the key: `" + std::string(*name) + ": " + ValueWords(*type.element) + "`, without `- `";
    }
    if (first.kind() == NodeKind::Mapping && first.size() > 0 && type.scalar->accepts(first.Key(0).text())) {
      return "take the `- ` away";
    }
  }
  const auto texts = TextsOf(node);
  const bool plain = !texts.empty() && IsPlain(texts.front()) && type.scalar->accepts(texts.front());
  return plain ? "write `{" + std::string(texts.front()) + ": " + ValueWords(*type.element) + "}`" : "";
}

std::string RecordHint(const NodeView& node, const RecordSpec& record) {
  if (node.kind() == NodeKind::Sequence && node.size() == 1 && node.Item(0).kind() == NodeKind::Mapping) {
    return "take the `- ` away";
  }
  const std::string entry = node.kind() == NodeKind::Scalar ? AsEntry(record, node.text()) : "";
  return entry.empty() ? "its fields are " + FieldNames(record) : "write `{" + entry + "}`";
}

std::string ScalarHint(const NodeView& node, const TypeSpec& type) {
  if (node.size() == 0) {
    return "";
  }
  const NodeView first = node.kind() == NodeKind::Sequence ? node.Item(0) : node.Value(0);
  const bool takes = first.kind() == NodeKind::Scalar && Takes(type, first.text());
  const std::string one = takes ? ": write `" + std::string(first.text()) + "`" : "";
  return node.size() == 1 ? (takes ? "write `" + std::string(first.text()) + "`" : "")
                          : "it takes one value only" + one;
}

}  // namespace

std::string ShapeHint(const NodeView& node, const TypeSpec& type) {
  switch (type.shape) {
    case Shape::List:
      return ListHint(node, *type.element);
    case Shape::Map:
      return MapHint(node, type);
    case Shape::Record:
      return RecordHint(node, *type.record);
    case Shape::TextOrRecord:
    case Shape::Scalar:
    case Shape::Choice:
      return ScalarHint(node, type);
    default:
      return "";
  }
}

}  // namespace dpc::fields
