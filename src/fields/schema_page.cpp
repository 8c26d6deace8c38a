// The reference pages, in Markdown.
#include <algorithm>
#include <vector>

#include "base/text.h"
#include "fields/schema.h"
#include "fields/schema_shared.h"

namespace dpc::fields {
namespace {

// Docs and rules are Markdown already; a table needs them on one line and without its own sign.
std::string Cell(std::string_view markdown) {
  std::string cell;
  for (const char c : markdown) {
    cell += c == '|' ? "\\|" : c == '\n' ? " " : std::string(1, c);
  }
  return cell;
}

std::string Code(std::string_view text) {
  const std::string fence = text.find('`') == std::string_view::npos ? "`" : "`` ";
  return text.empty() ? "" : fence + std::string(text) + std::string(fence.rbegin(), fence.rend());
}

// Text that is no Markdown: a default like `{prefix}_{product}` must not become slanted.
std::string Plain(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    plain += std::string_view("\\`*_[]<&").find(c) == std::string_view::npos ? "" : "\\";
    plain += c;
  }
  return plain;
}

// The fragment that renderers of Markdown give a heading.
std::string Link(std::string_view heading) {
  std::string anchor;
  for (const char c : LowerCase(heading)) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    anchor += kept ? std::string(1, c) : c == ' ' ? "-" : "";
  }
  return "[" + std::string(heading) + "](#" + anchor + ")";
}

std::string Alternatives(std::span<const std::string> words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    text += i == 0 ? "" : i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text;
}

// NOLINTNEXTLINE(misc-no-recursion)
std::string TypeWords(const TypeSpec& type) {
  const std::string least = type.non_empty ? ", at least one" : "";
  switch (type.shape) {
    case Shape::Scalar:
      return std::string(type.scalar->name);
    case Shape::Boolean:
      return "`true` or `false`";
    case Shape::Integer:
      return "whole number from " + std::to_string(type.minimum) + " to " + std::to_string(type.maximum);
    case Shape::Choice: {
      std::vector<std::string> names;
      std::transform(type.choices.begin(), type.choices.end(), std::back_inserter(names),
                     [](const Choice& choice) { return Code(choice.name); });
      return Alternatives(names);
    }
    case Shape::List:
      return "list of " + TypeWords(*type.element) + least;
    case Shape::Map:
      return "map of " + std::string(type.scalar->name) + " to " + TypeWords(*type.element) + least;
    case Shape::Record:
      return Link(type.record->name);
    case Shape::TextOrRecord:
      return std::string(type.scalar->name) + " or " + Link(type.record->name);
    case Shape::AnyMap:
      return "any map";
    case Shape::Literal: {
      const std::string text(type.scalar->name);
      return text + ", whole number, `true` or `false`, or list of " + text + " or of whole number";
    }
  }
  return "";
}

template <class T>
void AddOnce(std::vector<const T*>& all, const T* one) {
  if (one != nullptr && std::find(all.begin(), all.end(), one) == all.end()) {
    all.push_back(one);
  }
}

class Page {
 public:
  explicit Page(const KindSpec& kind) : kind_(kind) {
    if (IsGlossary(kind)) {
      scalars_.push_back(&GlossaryNames());
    }
    Collect(*kind.record);
  }

  std::string Write() {
    text_ = "# " + std::string(kind_.kind) + "\n\n" + std::string(kind_.record->doc) + "\n\n```yaml\n" +
            std::string(kind_.example) + "```\n";
    if (IsGlossary(kind_)) {
      text_ +=
          "\nThe file is a map of " + std::string(GlossaryNames().name) + " to " + Link(kind_.record->name) + ".\n";
    }
    for (const RecordSpec* record : records_) {
      if (record != kind_.record) {
        text_ += "\n## " + std::string(record->name) + "\n\n" + std::string(record->doc) + "\n";
      } else if (IsGlossary(kind_)) {
        text_ += "\n## " + std::string(record->name) + "\n";
      }
      AddRecord(*record);
    }
    AddScalars();
    return std::move(text_);
  }

 private:
  // Records and sorts of text in the order of their first use.
  // NOLINTNEXTLINE(misc-no-recursion)
  void Collect(const RecordSpec& record) {
    if (std::find(records_.begin(), records_.end(), &record) != records_.end()) {
      return;
    }
    records_.push_back(&record);
    for (const FieldSpec& field : record.fields) {
      for (const TypeSpec* type = field.type; type != nullptr; type = type->element) {
        AddOnce(scalars_, type->scalar);
        if (type->record != nullptr) {
          Collect(*type->record);
        }
      }
    }
  }

  bool IsFixed(const RecordSpec& record, const FieldSpec& field) const {
    return &record == kind_.record && !FixedText(kind_, field.name).empty();
  }

  void AddRecord(const RecordSpec& record) {
    if (!record.exactly_one.empty()) {
      std::vector<std::string> names;
      std::transform(record.exactly_one.begin(), record.exactly_one.end(), std::back_inserter(names), Code);
      text_ += "\nIt has exactly one of " + Alternatives(names) + ".\n";
    }
    text_ += "\n| Field | Type | Default | What it is | Example |\n|---|---|---|---|---|\n";
    for (const FieldSpec& field : record.fields) {
      AddRow(field, IsFixed(record, field) ? FixedText(kind_, field.name) : "");
    }
    for (const FieldSpec& field : record.fields) {
      if (!IsFixed(record, field)) {
        AddChoices(field);
      }
    }
  }

  void AddRow(const FieldSpec& field, std::string_view fixed) {
    const bool required = field.presence == Presence::Required;
    const std::string cells[] = {Code(field.name), fixed.empty() ? TypeWords(*field.type) : Code(fixed),
                                 required ? "**required**" : Plain(field.default_text), std::string(field.doc),
                                 Code(fixed.empty() ? field.example : fixed)};
    text_ += "|";
    for (const std::string& cell : cells) {
      text_ += " " + Cell(cell) + (cell.empty() ? "|" : " |");
    }
    text_ += "\n";
  }

  void AddChoices(const FieldSpec& field) {
    const TypeSpec* type = field.type;
    while (type->element != nullptr) {
      type = type->element;
    }
    if (type->shape == Shape::Choice) {
      text_ += "\n" + Code(field.name) + ":\n\n";
      for (const Choice& choice : type->choices) {
        text_ += "- " + Code(choice.name) + ": " + std::string(choice.doc) + "\n";
      }
    }
  }

  // A table names the sorts of text; here is what each one takes.
  void AddScalars() {
    text_ += scalars_.empty() ? "" : "\n## Texts\n\n| Type | What it takes |\n|---|---|\n";
    for (const ScalarSpec* scalar : scalars_) {
      text_ += "| " + Cell(scalar->name) + " | " + Cell(scalar->rule) + " |\n";
    }
  }

  const KindSpec& kind_;
  std::vector<const RecordSpec*> records_;
  std::vector<const ScalarSpec*> scalars_;
  std::string text_;
};

}  // namespace

std::string ReferencePage(const KindSpec& kind) {
  return Page(kind).Write();
}

}  // namespace dpc::fields
