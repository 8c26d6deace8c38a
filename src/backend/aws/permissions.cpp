#include "backend/aws/permissions.h"

#include <algorithm>

#include "backend/aws/policy_reader.h"
#include "base/text.h"

namespace dpc::backend::aws {
namespace {

std::string ActionFault(const std::string& action) {
  if (action.find_first_of("*?$") != std::string::npos) {
    return "the action wildcard `" + action.substr(0, 200) + "`";
  }
  return action.find(':') == std::string::npos ? "the action `" + action.substr(0, 200) + "`" : "";
}

std::string ReadActions(const JsonNode& value, StatementParts& parts) {
  auto actions = OneOrMore(value);
  if (!actions) {
    return "`Action` is neither a text nor a list of texts";
  }
  parts.actions = std::move(*actions);
  for (const std::string& action : parts.actions) {
    if (std::string fault = ActionFault(action); !fault.empty()) {
      return fault;
    }
  }
  return "";
}

std::string AddResources(const std::vector<std::string>& texts, StatementParts& parts) {
  for (const std::string& text : texts) {
    ReadPatternResult read = ReadArn(text);
    if (!read.fault.empty()) {
      return read.fault;
    }
    parts.resources.push_back(std::move(read.pattern));
  }
  return "";
}

std::string ReadElement(std::string_view name, const JsonNode& value, StatementParts& parts) {
  if (name == "Sid") {
    return "";
  }
  if (name == "Effect") {
    return value.Is("Allow") ? "" : "`Effect` is not `Allow`";
  }
  if (name == "Action") {
    return ReadActions(value, parts);
  }
  if (name == "Resource") {
    const auto texts = OneOrMore(value);
    return texts ? AddResources(*texts, parts) : "`Resource` is neither a text nor a list of texts";
  }
  return name == "Condition" ? ReadConditions(value, false, parts.conditions)
                             : "the element `" + std::string(name.substr(0, 200)) + "`";
}

std::string LimitText(const Limit& limit) {
  const std::string_view relation = limit.kind == LimitKind::Before            ? "is before"
                                    : limit.value.form == PatternForm::Literal ? "is"
                                                                               : "is like";
  return "`" + limit.key + "` " + std::string(relation) + " `" + PatternText(limit.value) + "`";
}

}  // namespace

std::string PatternText(const Pattern& pattern) {
  return pattern.form == PatternForm::Prefix ? pattern.text + "*" : pattern.text;
}

std::string Describe(const Permission& permission) {
  std::vector<std::string> limits;
  for (const Limit& limit : permission.limits) {
    limits.push_back(LimitText(limit));
  }
  return permission.action + " on `" + PatternText(permission.resource) + "`" +
         (limits.empty() ? "" : " when " + Join(limits, " and "));
}

std::string ReadStatement(const JsonNode& statement, bool variables, StatementParts& parts) {
  if (!statement.IsObject()) {
    return "it is not an object";
  }
  if (!variables && statement.HoldsText("${")) {
    return "`${` in a document without `Version` 2012-10-17";
  }
  for (const char* name : {"Effect", "Action", "Resource"}) {
    const std::string other = "Not" + std::string(name);
    if (!statement.Has(name)) {
      return statement.Has(other) ? "`" + other + "`" : "it has no `" + std::string(name) + "`";
    }
  }
  for (const auto& [name, value] : statement.Members()) {
    if (std::string fault = ReadElement(name, value, parts); !fault.empty()) {
      return fault;
    }
  }
  return "";
}

std::string ReadAsked(const GroupKey& key, const std::string& item, StatementParts& parts) {
  std::string fault;
  parts.actions = key.actions;
  for (const std::string& action : key.actions) {
    fault += ActionFault(action);
  }
  fault += AddResources(key.item_key.empty() ? std::vector{item} : key.resources, parts);
  for (const Condition& condition : key.conditions) {
    fault += AddCondition(condition.operation, condition.key, condition.values, false, parts.conditions);
  }
  if (!key.item_key.empty()) {
    fault += AddCondition("StringLike", key.item_key, {item}, false, parts.conditions);
  }
  return fault;
}

Expansion Expand(std::string_view document) {
  Expansion expansion;
  const DocumentParts read = ReadDocument(document);
  expansion.unknown = read.fault;
  for (const JsonNode& statement : read.statements) {
    ++expansion.statements;
    StatementParts parts;
    std::string fault = ReadStatement(statement, read.variables, parts);
    if (fault.empty() && !Multiply(parts, expansion.permissions)) {
      fault = kTooMany;
    }
    if (!fault.empty() && expansion.known()) {
      expansion.unknown = "statement " + std::to_string(expansion.statements) + ": " + fault;
    }
  }
  return expansion;
}

Expansion Expand(const GroupKey& key, const std::string& item) {
  Expansion expansion;
  expansion.statements = 1;
  StatementParts parts;
  expansion.unknown = ReadAsked(key, item, parts);
  if (expansion.known() && !Multiply(parts, expansion.permissions)) {
    expansion.unknown = kTooMany;
  }
  return expansion;
}

}  // namespace dpc::backend::aws
