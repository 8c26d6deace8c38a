// The rules behind findings, for formats that describe them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/entries.h"

namespace dpc::report {

struct Rule {
  std::string id;
  std::string name;     // "UnresolvedPort", of a policy "PortIsOpen"
  std::string title;    // one line
  std::string summary;  // the first paragraph of the page, or the title
  std::string page;     // Markdown: why, an example, how to mend it, as far as dpc knows
  std::string group;    // "access": the stage that finds it; "policy"
  Severity severity = Severity::Error;
};

// Those of `entries`, and all policies of the repository, whether they found something or not. Sorted by id.
std::vector<Rule> RulesOf(const Report& report, const std::vector<Entry>& entries);

}  // namespace dpc::report
