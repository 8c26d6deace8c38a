// A value against its type.
#include <cstdio>
#include <string>
#include <vector>

#include "base/text.h"
#include "fields/diagnostics.h"
#include "fields/scalars.h"
#include "fields/shape.h"
#include "fields/validator.h"
#include "fields/words.h"

namespace dpc::fields {

using syntax::NodeKind;
using syntax::NodeView;
using syntax::ScalarType;

namespace {

// The first character beyond ASCII that the scalar refuses: look-alikes and invisible ones do not show themselves.
std::string RefusedCodePoint(std::string_view text, const ScalarSpec& scalar) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = DecodeUtf8(text, at);
    if (point.size == 0) {
      return "";
    }
    if (point.value > 0x7F && !scalar.accepts("a" + std::string(text.substr(at, point.size)) + "a")) {
      char name[16];
      std::snprintf(name, sizeof name, "U+%04X", static_cast<unsigned>(point.value));
      return name;
    }
    at += point.size;
  }
  return "";
}

}  // namespace

// NOLINTNEXTLINE(misc-no-recursion)
void Validator::CheckValue(const NodeView& node, const TypeSpec& type, std::string_view name, Range key) {
  const bool empty_record =
      (type.shape == Shape::Record || type.shape == Shape::TextOrRecord) && !HasRequired(*type.record);
  if (node.kind() == NodeKind::Null && !(empty_record && type.shape == Shape::Record) && type.shape != Shape::AnyMap) {
    emitter_.Report(kNoValue, node.range().length > 0 ? node.range() : key, name, Expected(type));
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
        emitter_.Report(kWrongShape, node.range(), name, KindWords(node), Expected(type));
      }
      return;
    case Shape::AnyMap:
      if (node.kind() != NodeKind::Mapping && node.kind() != NodeKind::Null) {
        emitter_.Report(kWrongShape, node.range(), name, KindWords(node), "a map");
      }
      return;
    case Shape::Literal:
      CheckLiteral(node, type, name);
      return;
  }
}

bool Validator::IsScalar(const NodeView& node, const TypeSpec& type, std::string_view name) {
  if (node.kind() == NodeKind::Scalar) {
    return true;
  }
  emitter_.Report(kWrongShape, node.range(), name, KindWords(node), Expected(type));
  return false;
}

void Validator::CheckScalar(const NodeView& node, const TypeSpec& type, std::string_view name) {
  if (!IsScalar(node, type, name)) {
    return;
  }
  if (node.text().empty() && !type.scalar->accepts("")) {
    emitter_.Report(kEmptyText, node.range(), name, type.scalar->rule);
  } else if (node.scalar_type() != ScalarType::Text) {
    emitter_.Report(kNotText, node.range(), name, node.text(), TypeWords(node.scalar_type()))
        .Hint("put it in quotes: \"" + std::string(node.text()) + "\"");
  } else if (!type.scalar->accepts(node.text())) {
    auto report = emitter_.Report(kScalarRule, node.range(), name, node.text(), type.scalar->rule);
    if (const std::string code = RefusedCodePoint(node.text(), *type.scalar); !code.empty()) {
      report.Hint("it holds " + code + ", which is not taken here");
    }
  }
}

void Validator::CheckWord(const NodeView& node, const TypeSpec& type, std::string_view name) {
  if (!IsScalar(node, type, name)) {
    return;
  }
  if (type.shape == Shape::Choice) {
    CheckChoice(node, type, name);
  } else if (type.shape == Shape::Boolean && node.scalar_type() != ScalarType::Boolean) {
    auto report = emitter_.Report(kScalarRule, node.range(), name, node.text(), Expected(type));
    if (node.text() == "true" || node.text() == "false") {
      report.Hint("in quotes it is a text: remove them");
    }
  } else if (type.shape == Shape::Integer) {
    const auto value = node.scalar_type() == ScalarType::Integer ? ParseInteger(node.text()) : std::nullopt;
    if (!value || *value < type.minimum || *value > type.maximum) {
      auto report = emitter_.Report(kNumberOutOfRange, node.range(), name, node.text(), std::to_string(type.minimum),
                                    std::to_string(type.maximum));
      if (node.scalar_type() == ScalarType::Text && IsDigits(node.text())) {
        report.Hint("in quotes it is a text: remove them");
      }
    }
  }
}

void Validator::CheckChoice(const NodeView& node, const TypeSpec& type, std::string_view name) {
  std::vector<std::string_view> names;
  for (const Choice& choice : type.choices) {
    if (choice.name == node.text()) {
      return;
    }
    names.push_back(choice.name);
  }
  auto report = emitter_.Report(kUnknownChoice, node.range(), name, node.text(), Quoted(type.choices));
  if (const auto nearest = NearestName(node.text(), names)) {
    report.Hint("did you mean `" + *nearest + "`?");
  }
}

// NOLINTNEXTLINE(misc-no-recursion)
void Validator::CheckList(const NodeView& node, const TypeSpec& type, std::string_view name) {
  if (node.kind() != NodeKind::Sequence) {
    auto report = emitter_.Report(kWrongShape, node.range(), name, KindWords(node), "a list");
    if (node.kind() == NodeKind::Scalar && kReference.accepts(node.text())) {
      report.Hint("a list of one is written `[" + std::string(node.text()) + "]`");
    }
    return;
  }
  if (type.non_empty && node.size() == 0) {
    emitter_.Report(kEmptyCollection, node.range(), name, "item");
  }
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < node.size(); ++i) {
    const NodeView item = node.Item(i);
    CheckValue(item, *type.element, name, item.range());
    if (item.kind() == NodeKind::Scalar && !seen.insert(item.text()).second) {
      emitter_.Report(kRepeatedItem, item.range(), name, item.text());
    }
  }
}

// NOLINTNEXTLINE(misc-no-recursion)
void Validator::CheckMap(const NodeView& node, const TypeSpec& type, std::string_view name) {
  if (node.kind() != NodeKind::Mapping) {
    emitter_.Report(kWrongShape, node.range(), name, KindWords(node), "a map");
    return;
  }
  if (type.non_empty && node.size() == 0) {
    emitter_.Report(kEmptyCollection, node.range(), name, "entry");
  }
  for (std::size_t i = 0; i < node.size(); ++i) {
    const NodeView key = node.Key(i);
    if (!type.scalar->accepts(key.text())) {
      emitter_.Report(kKeyRule, key.range(), name, key.text(), type.scalar->rule);
    }
    CheckValue(node.Value(i), *type.element, key.text(), key.range());
  }
}

}  // namespace dpc::fields
