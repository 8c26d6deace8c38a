#include "report/rules.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "diag/catalogue.h"

namespace dpc::report {
namespace {

// By the first digit of a code (src/README.md).
std::string GroupOf(std::string_view code) {
  static constexpr std::array<std::string_view, 10> kGroups = {"",       "syntax", "fields",   "references", "lineage",
                                                               "policy", "access", "platform", "review",     "run"};
  static constexpr std::size_t kDigit = std::string_view("DPC").size();
  return std::string(kGroups[static_cast<std::size_t>(code[kDigit] - '0')]);
}

std::string Trimmed(std::string_view page) {
  const std::size_t begin = std::min(page.find_first_not_of('\n'), page.size());
  const std::size_t end = page.find_last_not_of('\n');
  return begin >= page.size() ? "" : std::string(page.substr(begin, end - begin + 1));
}

std::string FirstParagraph(const std::string& page) {
  std::string text = page.substr(0, page.find("\n\n"));
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

Rule RuleOf(const DiagnosticInfo& info) {
  const std::string page = Trimmed(info.page);
  return {std::string(info.code), std::string(info.name), MessageWithoutHoles(info), FirstParagraph(page), page,
          GroupOf(info.code),     info.severity};
}

// "PortIsOpen" of "port-is-open": SARIF wants a name that is not the id (section 3.49.7).
std::string NameOf(const std::string& id) {
  std::string name;
  bool begins = true;
  for (const char c : id) {
    const bool lower = c >= 'a' && c <= 'z';
    name += c == '-' ? "" : std::string(1, begins && lower ? static_cast<char>(c - 'a' + 'A') : c);
    begins = c == '-';
  }
  return name;
}

Rule RuleOf(const PolicyLine& policy) {
  return {policy.id,
          NameOf(policy.id),
          Printable(policy.title),
          Printable(policy.title),
          "`dpc policy explain " + policy.id + "` prints why this policy exists, what breaks it and how to mend it.",
          "policy",
          policy.severity == "error"     ? Severity::Error
          : policy.severity == "warning" ? Severity::Warning
                                         : Severity::Info};
}

// Of a policy that is not among the report's (a version of the base) no more is known than its finding says.
Rule RuleOf(const Entry& entry) {
  if (entry.rule == kStaleRule) {
    return {entry.rule,
            "StaleOutput",
            "The output folder is not what a build writes",
            "The output folder is not what a build of the same declarations writes.",
            "The output folder is not what a build of the same declarations writes.\n\n`dpc build` writes it.",
            "platform",
            Severity::Error};
  }
  PolicyLine policy;
  policy.id = entry.rule;
  policy.title = entry.rule;
  policy.severity = SeverityName(entry.severity);
  return entry.diagnostic->policy.empty() ? RuleOf(entry.diagnostic->info) : RuleOf(policy);
}

}  // namespace

std::vector<Rule> RulesOf(const Report& report, const std::vector<Entry>& entries) {
  std::map<std::string, Rule> rules;
  for (const PolicyLine& policy : report.policies) {
    rules.emplace(policy.id, RuleOf(policy));
  }
  for (const Entry& entry : entries) {
    if (!rules.contains(entry.rule)) {
      rules.emplace(entry.rule, RuleOf(entry));
    }
  }
  std::vector<Rule> sorted;
  for (auto& [id, rule] : rules) {
    sorted.push_back(std::move(rule));
  }
  return sorted;
}

}  // namespace dpc::report
