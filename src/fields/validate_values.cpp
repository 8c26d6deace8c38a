// A value against its type.
#include <algorithm>
#include <cstdio>
#include <initializer_list>
#include <string>
#include <vector>

#include "base/text.h"
#include "fields/characters.h"
#include "fields/diagnostics.h"
#include "fields/shape.h"
#include "fields/shape_hints.h"
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

std::string RepairOf(std::string_view text, const ScalarSpec& scalar) {
  return scalar.repair == nullptr ? "" : scalar.repair(text);
}

// For a number, a boolean or null where a text is meant: quotes help only where the text would be taken.
std::string TextInstead(const NodeView& node, const ScalarSpec& scalar) {
  if (scalar.accepts(node.text())) {
    return "put it in quotes: \"" + std::string(node.text()) + "\"";
  }
  const std::string repair = RepairOf(node.text(), scalar);
  return repair.empty() ? "write " + std::string(scalar.rule) : repair;
}

// `true` or `false` for what other languages, and YAML 1.1, take for them.
std::string_view BooleanFor(std::string_view text) {
  const std::string word = LowerCase(text);
  const auto is = [&](std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  return is({"yes", "y", "on", "1", "t", "enabled"})    ? "true"
         : is({"no", "n", "off", "0", "f", "disabled"}) ? "false"
                                                        : "";
}

// "30" of "30d", "30 days", "1,000" or "30.0".
std::string LeadingNumber(std::string_view text, const TypeSpec& type) {
  std::string digits;
  for (const char c : text.substr(0, 20)) {
    if (c != ',' && c != '_' && !IsDigit(c)) {
      break;
    }
    digits += IsDigit(c) ? std::string(1, c) : "";
  }
  const auto value = digits.size() == text.size() ? std::nullopt : ParseInteger(digits);
  return value && *value >= type.minimum && *value <= type.maximum ? digits : "";
}

// "write at least `1`"
std::string NearestEnd(std::int64_t value, const TypeSpec& type) {
  return value < type.minimum ? "write at least `" + std::to_string(type.minimum) + "`"
                              : "write at most `" + std::to_string(type.maximum) + "`";
}

std::string BooleanHint(const NodeView& node) {
  if (node.text() == "true" || node.text() == "false") {
    return "in quotes it is a text: remove them";
  }
  const std::string_view meant = BooleanFor(node.text());
  return meant.empty() ? "write `true` or `false`" : "write `" + std::string(meant) + "`";
}

std::string NumberHint(const NodeView& node, const TypeSpec& type) {
  if (node.scalar_type() == ScalarType::Text && IsDigits(node.text())) {
    return "in quotes it is a text: remove them";
  }
  if (const std::string number = LeadingNumber(node.text(), type); !number.empty()) {
    return "write `" + number + "`";
  }
  const auto value = ParseInteger(node.text());
  return !value ? "write the number in digits" : NearestEnd(*value, type);
}

std::string Backticked(std::string_view name) {
  return "`" + std::string(name) + "`";
}

// The words of `list`, each between spaces.
bool HasWord(std::string_view list, std::string_view word) {
  const bool plain = !word.empty() && word.find(' ') == std::string_view::npos;
  return plain && list.find(" " + LowerCase(word) + " ") != std::string_view::npos;
}

// By the words that other languages have for a choice; of a few choices, what each is for.
std::string WordHint(std::string_view text, const TypeSpec& type) {
  if (type.choices.size() == 1) {
    return "write " + Backticked(type.choices.front().name);
  }
  std::string all;
  for (const Choice& choice : type.choices) {
    if (HasWord(choice.also, text)) {
      return "did you mean `" + std::string(choice.name) + "` (" + std::string(choice.doc) + ")?";
    }
    all += (all.empty() ? "" : "; ") + Backticked(choice.name) + ": " + std::string(choice.doc);
  }
  return all;
}

}  // namespace

std::string Validator::Example() const {
  return field_ == nullptr || field_->example.empty()
             ? "`dpc schema` shows an example of each kind"
             : "write it like `" + std::string(field_->name) + ": " + std::string(field_->example) + "`";
}

// An optional field need not be there.
std::string Validator::Otherwise() const {
  return field_ != nullptr && field_->presence == Presence::Optional ? "; or take it away" : "";
}

void Validator::ReportShape(const NodeView& node, const TypeSpec& type, std::string_view called) {
  const std::string hint = ShapeHint(node, type);
  emitter_.Report(kWrongShape, node.range(), called, KindWords(node), Expected(type))
      .Hint(hint.empty() ? Example() : hint);
}

// An item has no name: one of another shape is spoken of by its list.
// NOLINTNEXTLINE(misc-no-recursion)
void Validator::CheckItem(const NodeView& item, const TypeSpec& element, std::string_view list) {
  const bool scalar = item.kind() == NodeKind::Scalar;
  const bool record = element.shape == Shape::Record && (scalar || item.kind() == NodeKind::Sequence);
  const bool text = (element.shape == Shape::Scalar || element.shape == Shape::Choice) &&
                    (item.kind() == NodeKind::Mapping || item.kind() == NodeKind::Sequence);
  if (record || text) {
    ReportShape(item, element, "an item of " + Backticked(list));
  } else {
    CheckValue(item, element, list, item.range());
  }
}

// NOLINTNEXTLINE(misc-no-recursion)
void Validator::CheckValue(const NodeView& node, const TypeSpec& type, std::string_view name, Range key) {
  const bool empty_record =
      (type.shape == Shape::Record || type.shape == Shape::TextOrRecord) && !HasRequired(*type.record);
  if (node.kind() == NodeKind::Null && !(empty_record && type.shape == Shape::Record) && type.shape != Shape::AnyMap) {
    emitter_.Report(kNoValue, node.range().length > 0 ? node.range() : key, name, Expected(type))
        .Hint(Example() + Otherwise());
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
        ReportShape(node, type, Backticked(name));
      }
      return;
    case Shape::AnyMap:
      if (node.kind() != NodeKind::Mapping && node.kind() != NodeKind::Null) {
        ReportShape(node, type, Backticked(name));
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
  ReportShape(node, type, Backticked(name));
  return false;
}

void Validator::CheckScalar(const NodeView& node, const TypeSpec& type, std::string_view name) {
  if (!IsScalar(node, type, name)) {
    return;
  }
  if (node.text().empty() && !type.scalar->accepts("")) {
    emitter_.Report(kEmptyText, node.range(), name, type.scalar->rule).Hint(Example() + Otherwise());
  } else if (node.scalar_type() != ScalarType::Text) {
    emitter_.Report(kNotText, node.range(), name, node.text(), TypeWords(node.scalar_type()))
        .Hint(TextInstead(node, *type.scalar));
  } else if (!type.scalar->accepts(node.text())) {
    auto report = emitter_.Report(kScalarRule, node.range(), name, node.text(), type.scalar->rule);
    const std::string code = RefusedCodePoint(node.text(), *type.scalar);
    const std::string repair = RepairOf(node.text(), *type.scalar);
    report.Hint(!code.empty()     ? "it holds " + code + ", which is not taken here: type it anew"
                : !repair.empty() ? repair
                                  : Example());
  }
}

void Validator::CheckWord(const NodeView& node, const TypeSpec& type, std::string_view name) {
  if (!IsScalar(node, type, name)) {
    return;
  }
  if (type.shape == Shape::Choice) {
    CheckChoice(node, type, name);
  } else if (type.shape == Shape::Boolean && node.scalar_type() != ScalarType::Boolean) {
    emitter_.Report(kScalarRule, node.range(), name, node.text(), Expected(type)).Hint(BooleanHint(node));
  } else if (type.shape == Shape::Integer) {
    const auto value = node.scalar_type() == ScalarType::Integer ? ParseInteger(node.text()) : std::nullopt;
    if (!value || *value < type.minimum || *value > type.maximum) {
      emitter_
          .Report(kNumberOutOfRange, node.range(), name, node.text(), std::to_string(type.minimum),
                  std::to_string(type.maximum))
          .Hint(NumberHint(node, type));
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
  if (const std::string hint = type.repair == nullptr ? "" : type.repair(node.text()); !hint.empty()) {
    report.Hint(hint);
    return;
  }
  if (const auto nearest = NearestName(node.text(), names)) {
    report.Hint("did you mean `" + *nearest + "`?");
    return;
  }
  report.Hint(WordHint(node.text(), type));
}

// NOLINTNEXTLINE(misc-no-recursion)
void Validator::CheckList(const NodeView& node, const TypeSpec& type, std::string_view name) {
  if (node.kind() != NodeKind::Sequence) {
    ReportShape(node, type, Backticked(name));
    return;
  }
  if (type.non_empty && node.size() == 0) {
    emitter_.Report(kEmptyCollection, node.range(), name, "item").Hint(Example() + Otherwise());
  }
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < node.size(); ++i) {
    const NodeView item = node.Item(i);
    CheckItem(item, *type.element, name);
    if (item.kind() == NodeKind::Scalar && !seen.insert(item.text()).second) {
      emitter_.Report(kRepeatedItem, item.range(), name, item.text()).Hint("take one of them away");
    }
  }
}

// NOLINTNEXTLINE(misc-no-recursion)
void Validator::CheckMap(const NodeView& node, const TypeSpec& type, std::string_view name) {
  if (node.kind() != NodeKind::Mapping) {
    ReportShape(node, type, Backticked(name));
    return;
  }
  if (type.non_empty && node.size() == 0) {
    emitter_.Report(kEmptyCollection, node.range(), name, "entry").Hint(Example() + Otherwise());
  }
  for (std::size_t i = 0; i < node.size(); ++i) {
    const NodeView key = node.Key(i);
    if (!type.scalar->accepts(key.text())) {
      const std::string repair = RepairOf(key.text(), *type.scalar);
      emitter_.Report(kKeyRule, key.range(), name, key.text(), type.scalar->rule)
          .Hint(repair.empty() ? Example() : repair);
    }
    CheckValue(node.Value(i), *type.element, key.text(), key.range());
  }
}

}  // namespace dpc::fields
