#include "backend/aws/compose.h"

#include <algorithm>
#include <tuple>

#include "backend/aws/resource_types.h"

namespace dpc::backend::aws {
namespace {

using Texts = std::vector<std::string_view>;

bool NonePossible(const Texts& actions, const Texts& resources) {
  return std::none_of(actions.begin(), actions.end(), [&](std::string_view action) {
    return std::any_of(resources.begin(), resources.end(),
                       [&](std::string_view resource) { return MayApply(action, resource); });
  });
}

// Actions of both may be named together with resources of both: the pairs that arise allow nothing.
bool MayUnite(const StatementText& left, const StatementText& right) {
  return left.key->item_key.empty() && right.key->item_key.empty() && left.key->conditions == right.key->conditions &&
         NonePossible(left.actions, right.items) && NonePossible(right.actions, left.items);
}

void Unite(Texts& into, const Texts& from) {
  into.insert(into.end(), from.begin(), from.end());
  std::sort(into.begin(), into.end());
  into.erase(std::unique(into.begin(), into.end()), into.end());
}

StatementText ToStatement(const GroupKey& key, const std::set<std::string_view>& items) {
  return {&key, {key.actions.begin(), key.actions.end()}, {items.begin(), items.end()}};
}

}  // namespace

bool Contents::WithoutTopic::operator()(const GroupKey* left, const GroupKey* right) const {
  const auto rest = [](const GroupKey& key) {
    return std::tie(key.actions, key.resources, key.item_key, key.conditions);
  };
  return rest(*left) < rest(*right);
}

void Contents::Add(const GroupKey& key, const std::string& item, const Sources& sources) {
  items_[&key].insert(item);
  sources_.insert(&sources);
}

Sources Contents::sources() const {
  Sources united;
  for (const Sources* sources : sources_) {
    united.insert(sources->begin(), sources->end());
  }
  return united;
}

std::vector<StatementText> Contents::Plain() const {
  std::vector<StatementText> statements;
  for (const auto& [key, items] : items_) {
    statements.push_back(ToStatement(*key, items));
  }
  return statements;
}

std::vector<StatementText> Contents::Merged() const {
  std::vector<StatementText> statements;
  for (const auto& [key, items] : items_) {
    StatementText next = ToStatement(*key, items);
    const auto partner = std::find_if(statements.begin(), statements.end(),
                                      [&](const StatementText& statement) { return MayUnite(statement, next); });
    if (partner == statements.end()) {
      statements.push_back(std::move(next));
    } else {
      Unite(partner->actions, next.actions);
      Unite(partner->items, next.items);
    }
  }
  return statements;
}

std::size_t DocumentBytes(const std::vector<StatementText>& statements) {
  std::size_t bytes = std::string_view(R"({"Version":"2012-10-17","Statement":[]})").size() +
                      (statements.empty() ? 0 : statements.size() - 1);
  for (const StatementText& statement : statements) {
    bytes += StatementBytes(statement);
  }
  return bytes;
}

std::string DocumentText(const std::vector<StatementText>& statements) {
  JsonWriter out;
  out.BeginObject();
  out.Key("Version");
  out.Text("2012-10-17");
  out.Key("Statement");
  out.BeginArray();
  for (const StatementText& statement : statements) {
    WriteStatement(statement, out);
  }
  out.EndArray();
  out.EndObject();
  return out.Take() + "\n";
}

}  // namespace dpc::backend::aws
