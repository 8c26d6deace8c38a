// The field tables: every kind of declaration is described once, as data. From these tables come decoding, diagnostics,
// the JSON Schemas in schemas/, and the reference pages (`dpc schema`, `dpc explain`). Nothing about a field is written
// twice.
//
// Tables are constexpr data of static storage; all views point into them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dpc::fields {

struct RecordSpec;

// A sort of scalar: what texts it takes. One constant per sort, in fields/scalars.h.
struct ScalarSpec {
  std::string_view name;  // "account id", as messages say it
  std::string_view rule;  // "12 digits in quotes, like \"012345678901\"": completes "expected ..."
  std::string_view
      pattern;  // ECMA 262 regular expression, anchored, for the JSON Schema; the same language as `accepts`
  bool (*accepts)(std::string_view text);
  // What to do about a text that is not accepted, as a hint ("write `2027-06-30`"); "": nobody knows. Null: none.
  std::string (*repair)(std::string_view text) = nullptr;
};

enum class Shape : std::uint8_t {
  Scalar,        // text, checked by `scalar`; a plain number, boolean or null where text is meant is an error
  Boolean,       // true or false
  Integer,       // decimal, within [minimum, maximum]
  Choice,        // one of `choices`
  List,          // of `element`; no repeated scalars
  Map,           // keys checked by `scalar`, values of `element`; the value may be null where the element is a record
                 // without required fields
  Record,        // `record`
  TextOrRecord,  // a shorthand: a scalar checked by `scalar`, or `record`
  AnyMap,        // a map (or nothing) whose content another tool reads
  Literal,  // a text checked by `scalar`, a whole number within [minimum, maximum], true or false; or a list of such
            // texts, or of such numbers. For settings whose type somebody else defines
};

struct Choice {
  std::string_view name;
  std::string_view doc;
  std::string_view also = {};  // words that people write for it, each between spaces: " public open "
};

struct TypeSpec {
  Shape shape = Shape::Scalar;
  const ScalarSpec* scalar = nullptr;
  const TypeSpec* element = nullptr;
  const RecordSpec* record = nullptr;
  std::span<const Choice> choices = {};
  std::int64_t minimum = 0;
  std::int64_t maximum = 0;
  bool non_empty = false;  // List, Map: at least one
  // Choice: as ScalarSpec::repair.
  std::string (*repair)(std::string_view text) = nullptr;
};

enum class Presence : std::uint8_t { Required, Optional };

struct FieldSpec {
  std::string_view name;
  const TypeSpec* type = nullptr;
  Presence presence = Presence::Optional;
  std::string_view default_text;  // as the reference page shows it; "" when there is none
  std::string_view doc;           // one sentence
  std::string_view example;       // one line of YAML without the key
};

struct RecordSpec {
  std::string_view name;  // "output port": as messages say it; the kind itself for a document
  std::string_view doc;
  std::span<const FieldSpec> fields;
  // Exactly one of these fields must be there (an asset's kind). Empty: no such rule.
  std::span<const std::string_view> exactly_one = {};
};

// A document kind of a dialect.
struct KindSpec {
  std::string_view dialect;      // "native"
  std::string_view api_version;  // "dpc/v1"; "" for a dialect without
  std::string_view kind;         // "DataProduct"
  const RecordSpec* record;
  std::string_view example;  // a whole document, valid
};

}  // namespace dpc::fields
