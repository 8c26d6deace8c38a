// The JSON of policy documents, as IAM writes it: a string for a list of one, an object for a list of statements, names
// of actions and keys in any case. Private to this folder.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backend/aws/permissions.h"
#include "json/json.h"

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
  std::vector<Json> statements;
  bool variables = true;  // `${...}` is a variable: Version 2012-10-17
  std::string fault;
};

// "%7B" to "{". Nothing when a `%` is followed by anything but two hexadecimal digits.
std::optional<std::string> PercentDecoded(std::string_view text);

DocumentParts ReadDocument(std::string_view text);

// A text or a list of texts, not empty; else nothing.
std::optional<std::vector<std::string>> OneOrMore(const Json& value);

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
std::string ReadConditions(const Json& element, bool verbatim, std::vector<KeyValues>& conditions);

// Every combination, appended. False when there would be too many.
bool Multiply(const StatementParts& parts, std::vector<Permission>& permissions);

}  // namespace dpc::backend::aws
