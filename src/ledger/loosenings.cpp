#include "ledger/loosenings.h"

#include <algorithm>

#include "base/text.h"
#include "ledger/settings.h"

namespace dpc::ledger {

void Loosenings::AddTo(std::vector<Row>& rows) {
  Settings();
  Rules();
  Waivers();
  Teams();
  Products();
  Ports();
  Classes();
  Agreements();
  std::move(rows_.begin(), rows_.end(), std::back_inserter(rows));
}

Row& Loosenings::Add(Change change, Authority authority, model::Classification classification) {
  Row row;
  row.sort = Sort::Loosened;
  row.action = std::move(change.action);
  row.what = std::move(change.what);
  row.before = std::move(change.before);
  row.after = std::move(change.after);
  row.classification = classification;
  row.cause = {std::move(change.entity), std::move(change.at), head_.PlaceText(change.range)};
  row.cause_before = {std::move(change.before_entity), "", base_.PlaceText(change.before_range)};
  row.authority = std::move(authority);
  return rows_.emplace_back(std::move(row));
}

unsigned Loosenings::NeededFor(model::Classification classification) const {
  return classification >= model::Classification::Confidential ? 2 : 1;
}

namespace {

// What is new altogether, and lets nobody in by itself, is told by the access that it gives.
bool IsOfNewEnvironment(const Side& base, const std::string& entity) {
  return entity.starts_with("environment:") &&
         !base.Environment(std::string_view(entity).substr(entity.find(':') + 1)).has_value();
}

}  // namespace

void Loosenings::Settings() {
  const SettingFacts before = SettingsOf(base_);
  const SettingFacts now = SettingsOf(head_);
  std::set<std::string> new_environments;
  for (const auto& [key, fact] : now) {
    const auto& [entity, setting] = key;
    if (IsOfNewEnvironment(base_, entity)) {
      if (new_environments.insert(entity).second) {
        Add({"setting", entity, "", fact.range, "", {}, "`" + Printable(entity) + "` is new", "", "new"},
            bench_.Governance(1));
      }
      continue;
    }
    const auto was = before.find(key);
    const std::string old = was == before.end() ? "" : was->second.value;
    if (old != fact.value) {
      const std::string text = "setting `" + Printable(setting) + "` of `" + Printable(entity) + "`";
      Add({"setting", entity, "", fact.range, was == before.end() ? "" : entity,
           was == before.end() ? Range() : was->second.range, text + " is changed", setting + ": " + old,
           setting + ": " + fact.value},
          entity.starts_with("environment:") ? bench_.Environment(base_, entity.substr(entity.find(':') + 1), 1)
                                             : bench_.Governance(1));
    }
  }
  for (const auto& [key, fact] : before) {
    if (!now.contains(key) && !fact.value.empty()) {
      Add({"setting",
           "",
           "",
           {},
           key.first,
           fact.range,
           "setting `" + Printable(key.second) + "` of `" + Printable(key.first) + "` is gone",
           key.second + ": " + fact.value,
           key.second + ": "},
          bench_.Governance(1));
    }
  }
}

}  // namespace dpc::ledger
