// What the workspace and the environments say, setting by setting, so that no road through them is forgotten: whatever
// is not listed as harmless is compared. Private to this folder.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "ledger/side.h"

namespace dpc::ledger {

struct SettingFact {
  std::string value;  // lists sorted where their order means nothing; "": not set
  Range range;
};

// The workspace, whatever it is called, and whether it is declared or not.
inline constexpr std::string_view kWorkspace = "workspace";

// By entity (a key, or kWorkspace) and setting, as it is declared: ("environment:prod", "aws.account").
//
// Left out on purpose: descriptions, tags, `repository`, names of Terraform providers; `policies`, which rules tell
// (ledger.h, Rule), but for its packs and folders; and `canReadFrom` and what `assumedBy` lets in, which stand here and
// among the gains.
using SettingFacts = std::map<std::pair<std::string, std::string>, SettingFact>;

SettingFacts SettingsOf(const Side& side);

}  // namespace dpc::ledger
