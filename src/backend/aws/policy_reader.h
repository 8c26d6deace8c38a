// The JSON of policy documents, as IAM writes it: a string for a list of one, an object for a list of statements, names
// of actions and keys in any case. Private to this folder.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backend/aws/permissions.h"
#include "json/tree.h"

namespace dpc::backend::aws {

// What a statement's condition says of one key: one of the values.
struct KeyValues {
  LimitKind kind = LimitKind::Text;
  std::string key;  // in lower case
  std::vector<Pattern> values;
};

// A statement before it is expanded.
struct StatementParts {
  std::vector<std::string> actions;
  std::vector<Pattern> resources;
  std::vector<KeyValues> conditions;
};

// The statements of a document, or why it has none that could be read.
struct DocumentParts {
  std::unique_ptr<const JsonTree> tree;  // null when it is no JSON
  std::vector<JsonNode> statements;
  bool variables = true;  // `${...}` is a variable: Version 2012-10-17
  std::string fault;
};

// "%7B" to "{". Nothing when a `%` is followed by anything but two hexadecimal digits.
std::optional<std::string> PercentDecoded(std::string_view text);

// Of JSON, or of JSON in percent-encoding (RFC 3986) as the IAM API hands it out.
DocumentParts ReadDocument(std::string_view text);
// Of JSON alone.
DocumentParts ReadPlainDocument(std::string text);

// A text or a list of texts, not empty; else nothing.
std::optional<std::vector<std::string>> OneOrMore(const JsonNode& value);

// A statement within the subset that dpc emits; returns a fault, or "".
std::string ReadStatement(const JsonNode& statement, bool variables, StatementParts& parts);
// The same of something that was asked for.
std::string ReadAsked(const GroupKey& key, const std::string& item, StatementParts& parts);

// `pattern` as IAM reads it. `wildcards`: `*` and `?` are wildcards (not so in StringEquals). A fault for a variable,
// and, unless `verbatim`, for wildcards elsewhere than at the end.
struct ReadPatternResult {
  Pattern pattern;
  std::string fault;
};

ReadPatternResult ReadPattern(std::string_view text, bool wildcards, bool verbatim = false);
// The same for an ARN: `*`, or a wildcard behind the fifth colon, which no wildcard crosses.
ReadPatternResult ReadArn(std::string_view text, bool verbatim = false);

// Adds one key of one operator; returns a fault, or "".
std::string AddCondition(std::string_view operation, std::string_view key, const std::vector<std::string>& values,
                         bool verbatim, std::vector<KeyValues>& conditions);
// The Condition element of a statement.
std::string ReadConditions(const JsonNode& element, bool verbatim, std::vector<KeyValues>& conditions);

// Documents of 131,072 characters could ask for billions of combinations.
inline constexpr std::size_t kMostPermissions = 100000;
inline constexpr std::string_view kTooMany = "more combinations than can be compared";

// How many combinations there are; more than kMostPermissions: at least so many.
std::size_t Combinations(const StatementParts& parts);
// Those of the conditions, each sorted.
std::vector<std::vector<Limit>> CombinedLimits(const StatementParts& parts);
// Every combination, appended. False when there would be too many.
bool Multiply(const StatementParts& parts, std::vector<Permission>& permissions);

}  // namespace dpc::backend::aws
