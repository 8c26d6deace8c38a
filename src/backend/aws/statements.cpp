#include "backend/aws/statements.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace dpc::backend::aws {
namespace {

bool IsPattern(const std::string& item) {
  return !item.empty() && item.back() == '*';
}

// Items in byte order: what an earlier pattern contains follows it directly, apart from what it contains itself.
void DropContained(std::map<std::string, Sources>& items) {
  for (auto cover = items.begin(); cover != items.end(); ++cover) {
    if (!IsPattern(cover->first)) {
      continue;
    }
    const std::string_view start = std::string_view(cover->first).substr(0, cover->first.size() - 1);
    for (auto next = items.lower_bound(std::string(start)); next != items.end() && next->first.starts_with(start);) {
      next = next == cover ? std::next(next) : (cover->second.merge(next->second), items.erase(next));
    }
  }
}

bool Contains(const std::map<std::string, Sources>& covers, const std::string& item) {
  if (covers.contains(item)) {
    return true;
  }
  return std::any_of(covers.begin(), covers.end(), [&](const auto& cover) {
    return IsPattern(cover.first) && item.starts_with(std::string_view(cover.first).substr(0, cover.first.size() - 1));
  });
}

bool SameButActions(const GroupKey& wide, const GroupKey& narrow) {
  return wide.resources == narrow.resources && wide.item_key == narrow.item_key &&
         wide.conditions == narrow.conditions && wide.actions.size() > narrow.actions.size() &&
         std::includes(wide.actions.begin(), wide.actions.end(), narrow.actions.begin(), narrow.actions.end());
}

Json OneOrMany(const std::vector<std::string>& values) {
  return values.size() == 1 ? Json(values.front()) : Json(values);
}

Json ConditionJson(const GroupKey& key, const std::vector<std::string>& items) {
  std::map<std::string, std::map<std::string, std::vector<std::string>>> operations;
  for (const Condition& condition : key.conditions) {
    operations[condition.operation][condition.key] = condition.values;
  }
  if (!key.item_key.empty()) {
    operations["StringLike"][key.item_key] = items;
  }
  Json out = Json::object();
  for (const auto& [operation, keys] : operations) {
    for (const auto& [name, values] : keys) {
      out[operation][name] = OneOrMany(values);
    }
  }
  return out;
}

}  // namespace

void Statements::Add(const GroupKey& key, const std::string& item, const Sources& sources) {
  GroupKey sorted = key;
  std::sort(sorted.actions.begin(), sorted.actions.end());
  groups_[sorted][item].insert(sources.begin(), sources.end());
}

void Statements::Reduce() {
  for (auto& [key, items] : groups_) {
    DropContained(items);
  }
  for (auto& [narrow, items] : groups_) {
    for (const auto& [wide, covers] : groups_) {
      if (SameButActions(wide, narrow)) {
        std::erase_if(items, [&covers = covers](const auto& item) { return Contains(covers, item.first); });
      }
    }
  }
  std::erase_if(groups_, [](const auto& group) { return group.second.empty(); });
}

Json StatementJson(const GroupKey& key, const std::vector<std::string>& items) {
  Json statement = Json::object();
  statement["Effect"] = "Allow";
  statement["Action"] = OneOrMany(key.actions);
  statement["Resource"] = OneOrMany(key.item_key.empty() ? items : key.resources);
  Json condition = ConditionJson(key, items);
  if (!condition.empty()) {
    statement["Condition"] = std::move(condition);
  }
  return statement;
}

Json DocumentJson(Json statements) {
  return Json{{"Version", "2012-10-17"}, {"Statement", std::move(statements)}};
}

std::string_view PatternCharacter(std::string_view text) {
  for (const std::string_view pattern : {"*", "?", "$"}) {
    if (text.find(pattern) != std::string_view::npos) {
      return pattern;
    }
  }
  return "";
}

}  // namespace dpc::backend::aws
