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
  Domains();
  Products();
  Ports();
  Opened();
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

// The kind and the name of an entity's key.
std::string NameOf(const std::string& entity) {
  return entity.substr(entity.find(':') + 1);
}

std::string Describe(const std::string& entity) {
  return entity.starts_with("environment:") ? "environment `" + Printable(NameOf(entity)) + "`" : "the workspace";
}

// What opens or moves access for all products at once: the gains tell what comes of it.
bool IsWay(const std::string& setting) {
  return setting.starts_with("aws.assumedBy") || setting.starts_with("aws.buckets.") || setting == "canReadFrom" ||
         setting == "aws.account" || setting == "aws.region" || setting == "aws.partition" || setting == "aws.listing";
}

// The settings of one entity that changed.
struct Changed {
  std::set<std::string> settings;
  std::string before;
  std::string after;
  Range range;
  Range range_before;

  void Take(const std::string& setting, const SettingFact* was, const SettingFact* now) {
    settings.insert(setting);
    before += setting + ": " + (was == nullptr ? "" : was->value) + "\n";
    after += setting + ": " + (now == nullptr ? "" : now->value) + "\n";
    range = now != nullptr && !range.has_value() ? now->range : range;
    range_before = was != nullptr && !range_before.has_value() ? was->range : range_before;
  }
};

// By entity, and whether they are ways.
std::map<std::pair<std::string, bool>, Changed> Differences(const SettingFacts& before, const SettingFacts& now) {
  std::map<std::pair<std::string, bool>, Changed> changed;
  for (const auto& [key, fact] : now) {
    const auto was = before.find(key);
    if ((was == before.end() ? "" : was->second.value) != fact.value) {
      changed[{key.first, IsWay(key.second)}].Take(key.second, was == before.end() ? nullptr : &was->second, &fact);
    }
  }
  for (const auto& [key, fact] : before) {
    if (!now.contains(key) && !fact.value.empty()) {
      changed[{key.first, IsWay(key.second)}].Take(key.second, &fact, nullptr);
    }
  }
  return changed;
}

}  // namespace

void Loosenings::Settings() {
  for (const auto& [key, changed] : Differences(SettingsOf(base_), SettingsOf(head_))) {
    const auto& [entity, way] = key;
    const auto key_in = [&entity = entity](const Side& side) {
      return entity == kWorkspace ? std::string(side.revision().keys.OfWorkspace()) : entity;
    };
    const bool environment = entity.starts_with("environment:");
    const bool is_new = environment && !base_.Environment(NameOf(entity)).has_value();
    const bool is_gone = environment && !head_.Environment(NameOf(entity)).has_value();
    const bool one = changed.settings.size() == 1;
    const std::string what = is_new    ? Describe(entity) + " is new"
                             : is_gone ? Describe(entity) + " is gone"
                                       : std::string(one ? "setting " : "settings ") + SomeOf(changed.settings) +
                                             " of " + Describe(entity) + (one ? " is changed" : " are changed");
    if (way && (is_new || is_gone)) {
      continue;  // said with the others
    }
    Add({way ? "way" : "setting", is_gone ? "" : key_in(head_), "", changed.range, is_new ? "" : key_in(base_),
         changed.range_before, what, changed.before, changed.after},
        environment ? bench_.Environment(base_, NameOf(entity), 1) : bench_.Governance(1));
  }
}

}  // namespace dpc::ledger
