#include "backend/aws/compose.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "backend/aws/resource_types.h"

namespace dpc::backend::aws {
namespace {

struct Statement {
  GroupKey key;
  std::vector<std::string> items;
};

bool NonePossible(const std::vector<std::string>& actions, const std::vector<std::string>& resources) {
  return std::none_of(actions.begin(), actions.end(), [&](const std::string& action) {
    return std::any_of(resources.begin(), resources.end(),
                       [&](const std::string& resource) { return MayApply(action, resource); });
  });
}

// Actions of both may be named together with resources of both: the pairs that arise allow nothing.
bool MayUnite(const Statement& left, const Statement& right) {
  return left.key.item_key.empty() && right.key.item_key.empty() && left.key.conditions == right.key.conditions &&
         NonePossible(left.key.actions, right.items) && NonePossible(right.key.actions, left.items);
}

void Unite(std::vector<std::string>& into, const std::vector<std::string>& from) {
  into.insert(into.end(), from.begin(), from.end());
  std::sort(into.begin(), into.end());
  into.erase(std::unique(into.begin(), into.end()), into.end());
}

Json ToJson(const std::vector<Statement>& statements) {
  Json out = Json::array();
  for (const Statement& statement : statements) {
    out.push_back(StatementJson(statement.key, statement.items));
  }
  return DocumentJson(std::move(out));
}

}  // namespace

void Contents::Add(const GroupKey& key, const std::string& item, const Sources& sources) {
  GroupKey without_topic = key;
  without_topic.topic.clear();
  items_[std::move(without_topic)].insert(item);
  sources_.insert(&sources);
}

Sources Contents::sources() const {
  Sources united;
  for (const Sources* sources : sources_) {
    united.insert(sources->begin(), sources->end());
  }
  return united;
}

Json Contents::Plain() const {
  std::vector<Statement> statements;
  for (const auto& [key, items] : items_) {
    statements.push_back({key, {items.begin(), items.end()}});
  }
  return ToJson(statements);
}

Json Contents::Merged() const {
  std::vector<Statement> statements;
  for (const auto& [key, items] : items_) {
    Statement next{key, {items.begin(), items.end()}};
    const auto partner = std::find_if(statements.begin(), statements.end(),
                                      [&](const Statement& statement) { return MayUnite(statement, next); });
    if (partner == statements.end()) {
      statements.push_back(std::move(next));
    } else {
      Unite(partner->key.actions, next.key.actions);
      Unite(partner->items, next.items);
    }
  }
  return ToJson(statements);
}

}  // namespace dpc::backend::aws
