// A policy: front matter and one SELECT, each row of which is a finding. Read from `policies/**/*.sql`, from the packs
// inside of dpc, and from `Policy` documents (the short form).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/location.h"
#include "diag/emitter.h"
#include "fields/decode.h"
#include "model/model.h"
#include "source/source_manager.h"

namespace dpc::policy {

// A parameter's value: numbers and flags (0, 1), texts, or a list, which SQL sees as JSON.
struct ParameterValue {
  bool is_list = false;
  bool is_text = true;
  std::vector<std::string> values;

  bool operator==(const ParameterValue&) const = default;
};

ParameterValue ValueOf(const fields::Literal& literal);

// The value keeps the sort of the declared one: a number, a text, a list of numbers or of texts.
bool Fits(const ParameterValue& value, const ParameterValue& declared);
// "a number, true or false", "a list of texts", ...
std::string SortOf(const ParameterValue& value);
// As it stands in YAML: "20", "\"a\"", "[\"a\", \"b\"]".
std::string Written(const ParameterValue& value);

struct Policy {
  std::string id;
  std::string title;
  Severity severity = Severity::Error;
  std::string table;  // `for`: whose entities the findings are about
  std::string message;
  std::string help;
  bool needs_base = false;
  bool needs_approvals = false;
  bool needs_today = false;
  int needs_tables = 0;
  bool waivable = true;
  std::optional<std::int64_t> max_waiver_days;
  std::vector<std::pair<std::string, ParameterValue>> parameters;  // with their defaults
  std::vector<std::string> values;                                 // columns that go into the fingerprint
  std::vector<std::string> tags;
  std::string why;
  std::string bad;
  std::string good;
  std::string fix;

  std::string at;                   // short form: where findings point; "": as the row says
  std::string sql;                  // of a file its whole text: the front matter is a comment
  std::string pack;                 // "builtin"; "" for the repository's own
  std::string path;                 // "policies/owner-required.sql"; of a pack "builtin/owner-required.sql"
  Range range;                      // of the id; none in a pack
  Range message_range;              // likewise of the message
  std::vector<Range> value_ranges;  // and of each of `values`
  LocId sql_begin;                  // where `sql` begins; none in a pack and in a short form
  // Short form: the place of `deny`, and where it begins in `sql`.
  Range condition;
  std::size_t condition_offset = 0;
};

// A policy file's name and text.
struct PolicyText {
  std::string_view path;
  std::string_view text;
};

// The packs inside of dpc: generated from policies/<pack>/*.sql, sorted by path.
std::span<const PolicyText> BuiltinPolicyTexts();

// Reads one file. `start` is where its text lies among the sources (none for a pack). Reports what is wrong and returns
// nothing then.
std::optional<Policy> ReadPolicy(const PolicyText& file, LocId start, Emitter& emitter);

// Why a policy cannot be `for` the table: "" when it can.
std::string WhyNoEntityTable(std::string_view name);
// The table that was meant; "": none is near.
std::string NearEntityTable(std::string_view name);

// "error" to Severity::Error; nothing for another word.
std::optional<Severity> SeverityOf(std::string_view word);

}  // namespace dpc::policy
