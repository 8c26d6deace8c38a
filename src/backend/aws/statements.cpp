#include "backend/aws/statements.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace dpc::backend::aws {
namespace {

bool IsPattern(const std::string& item) {
  return !item.empty() && item.back() == '*';
}

// Items in byte order: what an earlier pattern contains follows it directly, apart from what it contains itself.
void DropContained(Items& items) {
  for (auto cover = items.begin(); cover != items.end(); ++cover) {
    if (!IsPattern(cover->first)) {
      continue;
    }
    const std::string_view start = std::string_view(cover->first).substr(0, cover->first.size() - 1);
    for (auto next = items.lower_bound(std::string(start)); next != items.end() && next->first.starts_with(start);) {
      if (next == cover) {
        ++next;
        continue;
      }
      // The parcel of what is dropped needs nothing of its own any more.
      cover->second.sources.merge(next->second.sources);
      next = items.erase(next);
    }
  }
}

// The item that contains `item`, itself or a pattern, or the end: one look-up for each place where a pattern could end.
Items::iterator Covering(Items& covers, const std::string& item) {
  if (const auto same = covers.find(item); same != covers.end()) {
    return same;
  }
  std::string pattern;
  for (std::size_t size = 0; size < item.size(); ++size) {
    pattern.assign(item, 0, size);
    pattern += '*';
    if (const auto cover = covers.find(pattern); cover != covers.end()) {
      return cover;
    }
  }
  return covers.end();
}

constexpr std::string_view kDateOperation = "DateLessThan";

struct Conditions {
  std::vector<Condition> lasting;
  std::string end;  // "" without one; ISO dates order as text
};

Conditions Split(const GroupKey& key) {
  Conditions split;
  for (const Condition& condition : key.conditions) {
    if (condition.operation == kDateOperation) {
      split.end = condition.values.front();
    } else {
      split.lasting.push_back(condition);
    }
  }
  return split;
}

// Whatever `narrow` allows of an item, `wide` allows too.
bool AllowsAll(const GroupKey& wide, const GroupKey& narrow) {
  const Conditions wide_conditions = Split(wide);
  const Conditions narrow_conditions = Split(narrow);
  const bool lasts =
      wide_conditions.end.empty() || (!narrow_conditions.end.empty() && wide_conditions.end >= narrow_conditions.end);
  return lasts && wide_conditions.lasting == narrow_conditions.lasting &&
         std::includes(wide.actions.begin(), wide.actions.end(), narrow.actions.begin(), narrow.actions.end());
}

bool SameItems(const GroupKey& left, const GroupKey& right) {
  return left.resources == right.resources && left.item_key == right.item_key;
}

// Equal but for the topic: neither contains the other more than the other way round.
bool Contains(const GroupKey& wide, const GroupKey& narrow) {
  return SameItems(wide, narrow) && AllowsAll(wide, narrow) && !AllowsAll(narrow, wide);
}

void DropCovered(Items& items, Items& covers) {
  for (auto item = items.begin(); item != items.end();) {
    const auto cover = Covering(covers, item->first);
    if (cover == covers.end()) {
      ++item;
    } else {
      cover->second.sources.merge(item->second.sources);
      item = items.erase(item);
    }
  }
}

// Listing below prefixes of a bucket that may be listed as a whole.
bool ListsAnyway(const GroupKey& wide, const Items& covers, const GroupKey& narrow) {
  return !narrow.item_key.empty() && wide.item_key.empty() && AllowsAll(wide, narrow) &&
         std::all_of(narrow.resources.begin(), narrow.resources.end(),
                     [&](const std::string& resource) { return covers.contains(resource); });
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

void ItemNotes::Merge(const ItemNotes& other) {
  sources.insert(other.sources.begin(), other.sources.end());
  parcels.insert(other.parcels.begin(), other.parcels.end());
}

void Statements::Add(const GroupKey& key, const std::string& item, const Sources& sources, const std::string& parcel) {
  GroupKey sorted = key;
  std::sort(sorted.actions.begin(), sorted.actions.end());
  std::sort(sorted.conditions.begin(), sorted.conditions.end());
  groups_[sorted][item].Merge({sources, {parcel}});
  asked_.push_back({std::move(sorted), item});
}

void Reduce(Groups& groups) {
  for (auto& [key, items] : groups) {
    DropContained(items);
  }
  // With a bucket for each product there are as many groups of listing: only those of the same one are compared.
  std::map<std::pair<std::vector<std::string>, std::string>, std::vector<Groups::iterator>> alike;
  std::vector<Groups::iterator> without_item_key;
  for (auto group = groups.begin(); group != groups.end(); ++group) {
    alike[{group->first.resources, group->first.item_key}].push_back(group);
    if (group->first.item_key.empty()) {
      without_item_key.push_back(group);
    }
  }
  for (auto& [narrow, items] : groups) {
    for (const Groups::iterator wide : alike[{narrow.resources, narrow.item_key}]) {
      if (Contains(wide->first, narrow)) {
        DropCovered(items, wide->second);
      }
    }
    for (const Groups::iterator wide : without_item_key) {
      if (ListsAnyway(wide->first, wide->second, narrow)) {
        items.clear();
      }
    }
  }
  std::erase_if(groups, [](const auto& group) { return group.second.empty(); });
}

Condition EndsAfter(Date last_day) {
  // AWS takes four digits of a year.
  static const Date kLast = *Date::Parse("9999-12-31");
  return {std::string(kDateOperation),
          "aws:CurrentTime",
          {std::min(Date(last_day.days_since_epoch() + 1), kLast).ToString() + "T00:00:00Z"}};
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

namespace {

using Texts = std::vector<std::string_view>;
// By operator and key, in the order in which they are written.
using ConditionTexts = std::map<std::string_view, std::map<std::string_view, Texts>>;

Texts TextsOf(const std::vector<std::string>& values) {
  return {values.begin(), values.end()};
}

ConditionTexts ConditionsOf(const StatementText& statement) {
  ConditionTexts operations;
  for (const Condition& condition : statement.key->conditions) {
    operations[condition.operation][condition.key] = TextsOf(condition.values);
  }
  if (!statement.key->item_key.empty()) {
    operations["StringLike"][statement.key->item_key] = statement.items;
  }
  return operations;
}

Texts ResourcesOf(const StatementText& statement) {
  return statement.key->item_key.empty() ? statement.items : TextsOf(statement.key->resources);
}

std::size_t BytesOf(const Texts& values) {
  std::size_t bytes = values.size() == 1 ? 0 : 2 + values.size() - (values.empty() ? 0 : 1);
  for (const std::string_view value : values) {
    bytes += JsonBytes(value);
  }
  return bytes;
}

void Write(std::string_view name, const Texts& values, JsonWriter& out) {
  out.Key(name);
  if (values.size() == 1) {
    out.Text(values.front());
    return;
  }
  out.BeginArray();
  for (const std::string_view value : values) {
    out.Text(value);
  }
  out.EndArray();
}

}  // namespace

std::size_t StatementBytes(const StatementText& statement) {
  std::size_t bytes = std::string_view(R"({"Effect":"Allow","Action":,"Resource":})").size() +
                      BytesOf(statement.actions) + BytesOf(ResourcesOf(statement));
  // Keys of one operator stand together, separated by commas; so do operators.
  const ConditionTexts operations = ConditionsOf(statement);
  for (const auto& [operation, keys] : operations) {
    bytes += JsonBytes(operation) + std::string_view(":{}").size();
    for (const auto& [name, values] : keys) {
      bytes += JsonBytes(name) + std::string_view(":,").size() + BytesOf(values);
    }
    bytes -= 1;  // the last comma
  }
  return operations.empty() ? bytes : bytes + std::string_view(R"(,"Condition":{})").size() + operations.size() - 1;
}

void WriteStatement(const StatementText& statement, JsonWriter& out) {
  out.BeginObject();
  out.Key("Effect");
  out.Text("Allow");
  Write("Action", statement.actions, out);
  Write("Resource", ResourcesOf(statement), out);
  if (const ConditionTexts operations = ConditionsOf(statement); !operations.empty()) {
    out.Key("Condition");
    out.BeginObject();
    for (const auto& [operation, keys] : operations) {
      out.Key(operation);
      out.BeginObject();
      for (const auto& [name, values] : keys) {
        Write(name, values, out);
      }
      out.EndObject();
    }
    out.EndObject();
  }
  out.EndObject();
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
