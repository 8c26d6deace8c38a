// The door of `fields`: one YAML node against its table (diagnostics DPC2001 to DPC2099), and typed reading of what
// conforms.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/location.h"
#include "diag/emitter.h"
#include "fields/spec.h"
#include "syntax/syntax_tree.h"

namespace dpc::fields {

// Reports every deviation below `node`, each at the narrowest place: unknown fields (with "did you mean"), missing
// fields, a value of another shape, a scalar outside its rule, a number or boolean where text is meant (`account:
// 012345678901` lost its zero: quote it), an unknown choice (with the list), repeated list items, none or several of
// `exactly_one`. A field that is missing because its name is misspelt, or another one, is reported once, at what stands
// there.
// `reported`: fields whose absence the caller has reported. True when nothing was reported.
bool Validate(const syntax::NodeView& node, const RecordSpec& record, Emitter& emitter,
              std::span<const std::string_view> reported = {});

// A scalar with its place.
struct Text {
  std::string_view text;  // of the tree: intern before the tree goes
  Range range;
};

// What a Literal says. A boolean is `true` or `false`, a number is in plain decimals.
struct Literal {
  std::vector<Text> items;  // one, unless is_list
  bool is_list = false;
  bool is_text = true;  // false: a number or boolean, or a list of numbers; of an empty list nobody knows
};

// Reads one record. What does not conform (it has been reported) reads as absent, so that lowering goes on with the
// rest. A record that is null reads as empty.
class RecordReader {
 public:
  RecordReader(const syntax::NodeView& node, const RecordSpec& record) : node_(node), record_(&record) {}

  Range range() const { return node_.range(); }

  // Each field is known and has a value of its shape: what is not there was not meant. Otherwise something has been
  // reported, and a rule about several fields says nothing more.
  bool IsSound() const;

  const syntax::NodeView& node() const { return node_; }

  // The key's place, for messages about the field.
  Range KeyRange(std::string_view field) const;
  bool Has(std::string_view field) const;

  // Scalar, Choice, and the scalar form of TextOrRecord.
  std::optional<Text> GetText(std::string_view field) const;
  std::optional<bool> GetBoolean(std::string_view field) const;
  std::optional<std::int64_t> GetInteger(std::string_view field) const;
  // The index into the field's choices.
  std::optional<std::size_t> GetChoice(std::string_view field) const;
  std::optional<Date> GetDate(std::string_view field) const;
  // List of scalars or choices.
  std::vector<Text> GetTexts(std::string_view field) const;
  // Map with scalar values: (key, value).
  std::vector<std::pair<Text, Text>> GetTextMap(std::string_view field) const;
  // Map of literals: (key, literal).
  std::vector<std::pair<Text, Literal>> GetLiteralMap(std::string_view field) const;
  // Map of maps of literals: (key, (key, literal)).
  std::vector<std::pair<Text, std::vector<std::pair<Text, Literal>>>> GetLiteralMaps(std::string_view field) const;
  // Record, and the record form of TextOrRecord.
  std::optional<RecordReader> GetRecord(std::string_view field) const;
  // List of records.
  std::vector<RecordReader> GetRecords(std::string_view field) const;
  // Map of records: (key, record).
  std::vector<std::pair<Text, RecordReader>> GetRecordMap(std::string_view field) const;

 private:
  // The value when it has the shape of the field's type, shallowly.
  std::optional<syntax::NodeView> Find(std::string_view field, const FieldSpec** spec) const;

  syntax::NodeView node_;
  const RecordSpec* record_;
};

}  // namespace dpc::fields
