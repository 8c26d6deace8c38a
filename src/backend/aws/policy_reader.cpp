#include "backend/aws/policy_reader.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace dpc::backend::aws {
namespace {

constexpr std::string_view kVersion = "2012-10-17";

struct Operator {
  std::string_view name;
  LimitKind kind;
  bool wildcards;
};

constexpr std::array<Operator, 5> kOperators = {{{"StringEquals", LimitKind::Text, false},
                                                 {"StringLike", LimitKind::Text, true},
                                                 {"ArnEquals", LimitKind::Arn, true},
                                                 {"ArnLike", LimitKind::Arn, true},
                                                 {"DateLessThan", LimitKind::Before, false}}};

std::string Quoted(std::string_view text) {
  return "`" + std::string(text.substr(0, 200)) + "`";
}

int HexDigit(char c) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const std::size_t at = kDigits.find(static_cast<char>(c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c));
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

std::string JsonText(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const bool encoded = first != std::string_view::npos && text[first] == '%';
  return encoded ? PercentDecoded(text).value_or("") : std::string(text);
}

std::string TopLevelFault(const JsonNode& document) {
  for (const auto& [name, value] : document.Members()) {
    if (name != "Version" && name != "Id" && name != "Statement") {
      return "the document has the element " + Quoted(name);
    }
  }
  return document.Has("Statement") ? "" : "the document has no `Statement`";
}

std::string VersionFault(const JsonNode& document, bool& variables) {
  const auto version = document.Find("Version");
  variables = version && version->Is(kVersion);
  return !version || variables || version->Is("2008-10-17") ? "" : "the document's `Version` is not known";
}

// "2026-12-31T00:00:00Z": texts of this form are ordered as the times are.
bool IsTime(std::string_view text) {
  constexpr std::string_view kForm = "0000-00-00T00:00:00Z";
  return text.size() == kForm.size() && std::equal(text.begin(), text.end(), kForm.begin(), [](char c, char form) {
           return form == '0' ? c >= '0' && c <= '9' : c == form;
         });
}

ReadPatternResult ReadValue(const Operator& operation, std::string_view key, std::string_view value, bool verbatim) {
  if (operation.kind == LimitKind::Before) {
    const bool fine = key == "aws:currenttime" && IsTime(value);
    return {{PatternForm::Literal, std::string(value)}, fine ? "" : "the date condition on " + Quoted(key)};
  }
  return operation.kind == LimitKind::Arn ? ReadArn(value, verbatim)
                                          : ReadPattern(value, operation.wildcards, verbatim);
}

// Where the last of the ARN's six fields begins; npos when there are fewer.
std::size_t LastField(std::string_view arn) {
  std::size_t at = 0;
  for (int colon = 0; colon < 5; ++colon) {
    at = arn.find(':', at);
    if (at == std::string_view::npos) {
      return at;
    }
    ++at;
  }
  return at;
}

// As deep as a statement has conditions.
// NOLINTNEXTLINE(misc-no-recursion)
void MultiplyLimits(const std::vector<KeyValues>& conditions, std::size_t at, std::vector<Limit>& limits,
                    std::vector<std::vector<Limit>>& all) {
  if (at == conditions.size()) {
    all.push_back(limits);
    std::sort(all.back().begin(), all.back().end());
    return;
  }
  for (const Pattern& value : conditions[at].values) {
    limits.push_back({conditions[at].kind, conditions[at].key, value});
    MultiplyLimits(conditions, at + 1, limits, all);
    limits.pop_back();
  }
}

}  // namespace

std::optional<std::string> PercentDecoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? HexDigit(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? HexDigit(text[i + 2]) : -1;
    if (high < 0 || low < 0) {
      return std::nullopt;
    }
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

DocumentParts ReadDocument(std::string_view text) {
  return ReadPlainDocument(JsonText(text));
}

DocumentParts ReadPlainDocument(std::string text) {
  DocumentParts parts;
  parts.tree = JsonTree::Read(std::move(text));
  if (!parts.tree || !parts.tree->root().IsObject()) {
    parts.fault = "the document is no JSON object, or one with a key twice";
    return parts;
  }
  const JsonNode document = parts.tree->root();
  parts.fault = TopLevelFault(document);
  if (parts.fault.empty()) {
    parts.fault = VersionFault(document, parts.variables);
  }
  if (parts.fault.empty()) {
    const JsonNode statements = *document.Find("Statement");
    parts.statements = statements.IsArray() ? statements.Items() : std::vector{statements};
  }
  return parts;
}

std::optional<std::vector<std::string>> OneOrMore(const JsonNode& value) {
  if (value.IsText()) {
    return std::vector{std::string(value.text())};
  }
  std::vector<std::string> texts;
  for (const JsonNode& item : value.Items()) {
    if (!item.IsText()) {
      return std::nullopt;
    }
    texts.emplace_back(item.text());
  }
  return texts.empty() ? std::nullopt : std::optional(std::move(texts));
}

ReadPatternResult ReadPattern(std::string_view text, bool wildcards, bool verbatim) {
  Pattern pattern;
  bool inner = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 2) == "${") {
      const std::string_view escape = text.substr(i, 4);
      if (escape != "${*}" && escape != "${?}" && escape != "${$}") {
        return {{}, "the policy variable in " + Quoted(text)};
      }
      pattern.text += escape[2];
      i += 3;
    } else if (wildcards && text[i] == '*' && i + 1 == text.size()) {
      pattern.form = PatternForm::Prefix;
    } else {
      inner = inner || (wildcards && (text[i] == '*' || text[i] == '?'));
      pattern.text += text[i];
    }
  }
  if (!inner) {
    return {pattern, ""};
  }
  return verbatim ? ReadPatternResult{{PatternForm::Verbatim, std::string(text)}, ""}
                  : ReadPatternResult{{}, "the wildcard in " + Quoted(text)};
}

ReadPatternResult ReadArn(std::string_view text, bool verbatim) {
  ReadPatternResult result = ReadPattern(text, true, verbatim);
  if (!result.fault.empty() || result.pattern.form != PatternForm::Prefix || text == "*") {
    return result;
  }
  if (LastField(result.pattern.text) == std::string_view::npos) {
    return verbatim ? ReadPatternResult{{PatternForm::Verbatim, std::string(text)}, ""}
                    : ReadPatternResult{{}, "the wildcard in " + Quoted(text)};
  }
  return result;
}

constexpr std::string_view kStatementOwner = "redshift-data:statement-owner-iam-userid";
constexpr std::string_view kCaller = "${aws:userid}";

std::string AddCondition(std::string_view operation, std::string_view key, const std::vector<std::string>& values,
                         bool verbatim, std::vector<KeyValues>& conditions) {
  const auto* known = std::find_if(kOperators.begin(), kOperators.end(),
                                   [&](const Operator& candidate) { return candidate.name == operation; });
  if (known == kOperators.end()) {
    return "the condition operator " + Quoted(operation);
  }
  KeyValues condition{known->kind, LowerCase(key), {}};
  for (const std::string& value : values) {
    if (condition.key == kStatementOwner && value == kCaller && operation == "StringEquals") {
      // The one variable that dpc writes: AWS fills in the caller, so it is one value and no pattern.
      condition.values.push_back({PatternForm::Verbatim, value});
      continue;
    }
    ReadPatternResult read = ReadValue(*known, condition.key, value, verbatim);
    if (!read.fault.empty()) {
      return read.fault;
    }
    condition.values.push_back(std::move(read.pattern));
  }
  conditions.push_back(std::move(condition));
  return values.empty() ? "the condition on " + Quoted(key) + " without a value" : "";
}

std::string ReadConditions(const JsonNode& element, bool verbatim, std::vector<KeyValues>& conditions) {
  if (!element.IsObject()) {
    return "`Condition` is not an object";
  }
  for (const auto& [operation, keys] : element.Members()) {
    if (!keys.IsObject()) {
      return "the condition operator " + Quoted(operation) + " is not an object";
    }
    std::set<std::string> seen;
    for (const auto& [key, values] : keys.Members()) {
      const auto texts = OneOrMore(values);
      if (!texts || !seen.insert(LowerCase(key)).second) {
        return "the condition on " + Quoted(key);
      }
      if (std::string fault = AddCondition(operation, key, *texts, verbatim, conditions); !fault.empty()) {
        return fault;
      }
    }
  }
  return "";
}

std::size_t Combinations(const StatementParts& parts) {
  std::size_t combinations = parts.conditions.size() <= 16 ? 1 : kMostPermissions + 1;
  const auto grow = [&](std::size_t factor) {
    combinations =
        factor > kMostPermissions || combinations > kMostPermissions ? kMostPermissions + 1 : combinations * factor;
  };
  grow(parts.actions.size());
  grow(parts.resources.size());
  for (const KeyValues& condition : parts.conditions) {
    grow(condition.values.size());
  }
  return combinations;
}

std::vector<std::vector<Limit>> CombinedLimits(const StatementParts& parts) {
  std::vector<std::vector<Limit>> limits;
  std::vector<Limit> chosen;
  MultiplyLimits(parts.conditions, 0, chosen, limits);
  return limits;
}

bool Multiply(const StatementParts& parts, std::vector<Permission>& permissions) {
  const std::size_t combinations = Combinations(parts);
  if (combinations > kMostPermissions || permissions.size() + combinations > kMostPermissions) {
    return false;
  }
  const std::vector<std::vector<Limit>> limits = CombinedLimits(parts);
  for (const std::string& action : parts.actions) {
    for (const Pattern& resource : parts.resources) {
      for (const std::vector<Limit>& one : limits) {
        permissions.push_back({action, resource, one});
      }
    }
  }
  return true;
}

}  // namespace dpc::backend::aws
