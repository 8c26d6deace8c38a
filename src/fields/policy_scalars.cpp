// The sorts of scalars that policies, waivers and versions use.
#include <algorithm>

#include "base/text.h"
#include "fields/characters.h"
#include "fields/repairs.h"
#include "fields/scalars.h"

namespace dpc::fields {
namespace {

bool AcceptsVersion(std::string_view text) {
  return Split(text, '.').size() <= 3 &&
         AllParts(text, '.', [](std::string_view part) { return HasLength(part, 1, 9) && IsDigits(part); });
}

bool AcceptsPolicyId(std::string_view text) {
  return HasLength(text, 1, 63) && text.front() != '-' && text.back() != '-' &&
         All(text, [](char c) { return IsLowerOrDigit(c) || c == '-'; });
}

bool AcceptsRuleId(std::string_view text) {
  return AcceptsPolicyId(text) || (text.size() == 7 && text.starts_with("DPC") && IsDigits(text.substr(3)));
}

bool AcceptsRuleIdOrAll(std::string_view text) {
  return text == "*" || AcceptsRuleId(text);
}

bool AcceptsParameterName(std::string_view text) {
  return HasLength(text, 1, 63) && IsLower(text.front()) &&
         All(text, [](char c) { return IsLowerOrDigit(c) || c == '_'; });
}

bool IsJsonPointer(std::string_view text) {
  const auto escapes = Split(text, '~');
  return text.starts_with('/') && AcceptsAnyText(text) &&
         std::all_of(escapes.begin() + 1, escapes.end(),
                     [](std::string_view rest) { return rest.starts_with('0') || rest.starts_with('1'); });
}

bool AcceptsFieldPath(std::string_view text) {
  const bool letters = All(text, [](char c) { return IsWord(c) && c != '_'; });
  return IsJsonPointer(text) || (HasLength(text, 1, 63) && letters && !IsDigit(text.front()));
}

bool AcceptsEntity(std::string_view text) {
  return AcceptsAnyText(text) && text.front() != ' ' && text.back() != ' ';
}

bool AcceptsFingerprint(std::string_view text) {
  static constexpr std::size_t kDigits = 32;
  const std::string_view digits = text.substr(0, kDigits);
  const std::string_view number = text.substr(digits.size());
  const bool numbered = number.size() >= 2 && number.size() <= 10 && number[0] == ':' && number[1] >= '1' &&
                        number[1] <= '9' && IsDigits(number.substr(1));
  return digits.size() == kDigits && (number.empty() || numbered) &&
         All(digits, [](char c) { return IsDigit(c) || (c >= 'a' && c <= 'f'); });
}

}  // namespace

const ScalarSpec kVersion = {
    "version", "one to three numbers of at most 9 digits joined by dots, in quotes, like \"2\" or \"2.1.0\"",
    R"(^[0-9]{1,9}(?:\.[0-9]{1,9}){0,2}$)", AcceptsVersion, RepairVersion};

const ScalarSpec kPolicyId = {"policy id", "a policy's id: lower-case letters, digits and inner `-`, at most 63",
                              "^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$", AcceptsPolicyId, RepairPolicyId};

const ScalarSpec kRuleId = {"rule",
                            "a policy's id like `owner-required`, or the code of a finding of dpc like `DPC6001`",
                            "^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?|DPC[0-9]{4})$", AcceptsRuleId, RepairPolicyId};

const ScalarSpec kRuleIdOrAll = {
    "rule",
    "a policy's id like `owner-required`, the code of a finding of dpc like `DPC6001`, or `\"*\"` for all policies",
    R"(^(?:\*|[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?|DPC[0-9]{4})$)", AcceptsRuleIdOrAll, RepairPolicyId};

const ScalarSpec kParameterName = {
    "parameter name", "a parameter's name: a lower-case letter, then lower-case letters, digits or `_`, at most 63",
    "^[a-z][a-z0-9_]{0,62}$", AcceptsParameterName, RepairParameterName};

const ScalarSpec kTableName = {
    "table name", "a table's name: a lower-case letter, then lower-case letters, digits or `_`, at most 63",
    "^[a-z][a-z0-9_]{0,62}$", AcceptsParameterName};

const ScalarSpec kFieldPath = {"field", "a field like `access`, or a JSON pointer like `/columns/0`",
                               R"(^(?:[A-Za-z][A-Za-z0-9]{0,62}|/(?:[^~\u0000-\u001F\u007F-\u009F]|~[01])*)$)",
                               AcceptsFieldPath};

const ScalarSpec kEntity = {
    "entity", "what the policy speaks of, like `port:customers/customers`: one line, without spaces at the ends",
    R"(^(?! )[^\u0000-\u001F\u007F-\u009F]*[^\u0000-\u0020\u007F-\u009F]$)", AcceptsEntity};

const ScalarSpec kFingerprint = {"fingerprint", "a finding's fingerprint, in quotes: 32 of `0` to `9` and `a` to `f`",
                                 "^[0-9a-f]{32}(?::[1-9][0-9]{0,8})?$", AcceptsFingerprint};

}  // namespace dpc::fields
