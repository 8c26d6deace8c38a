#include "policy/unsure.h"

#include <algorithm>
#include <string_view>

#include "policy/tables/table.h"
#include "policy/words.h"

namespace dpc::policy {
namespace {

template <class IdT, class Row>
bool AnyPoisoned(const Store<IdT, Row>& store) {
  const auto all = store.All();
  return std::any_of(all.begin(), all.end(), [&](IdT id) { return store[id].poisoned; });
}

// What stands in the same document as the entity: read with it, or not at all.
bool IsWithin(std::string_view table, std::string_view entity) {
  const bool of_port = table == "column";
  const bool of_product = of_port || table == "port" || table == "asset" || table == "input";
  return table == entity || (entity == "port" && of_port) || (entity == "product" && of_product);
}

// It concludes from what is not there, in other documents than that of the entity: a declaration that is missing makes
// findings. One that only looks at what is there can lose findings by that, not gain any.
bool ConcludesFromAbsence(const Policy& policy) {
  const std::vector<Token> words = WordsOf(policy.sql);
  bool others = false;
  bool absence = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i].text;
    others = others || (words[i].word && FindTable(word) != nullptr && !IsWithin(word, policy.table));
    const std::string_view next = i + 1 < words.size() ? std::string_view(words[i + 1].text) : std::string_view();
    absence = absence || word == "left" || word == "except" || word == "count" || word == "sum" || word == "total" ||
              word == "min" || word == "max" || (word == "not" && (next == "exists" || next == "in"));
  }
  return absence && others;
}

// It looks at who owns something, or at who belongs to them.
bool AsksWhose(const Policy& policy) {
  const std::vector<Token> words = WordsOf(policy.sql);
  return std::any_of(words.begin(), words.end(), [](const Token& token) {
    const std::string_view word = token.text;
    return word.find("owner") != word.npos || word.find("team") != word.npos || word.find("domain") != word.npos ||
           word.find("member") != word.npos || word.find("approv") != word.npos;
  });
}

}  // namespace

Unsure::Unsure(const Side& side) : side_(side), m_(side.m()), r_(side.r()) {
  const model::Incomplete& incomplete = m_.incomplete;
  whole_ = !incomplete.any && !incomplete.environments && !incomplete.products && !incomplete.ports &&
           !incomplete.assets && !m_.workspace.poisoned && !AnyPoisoned(m_.environments) && !AnyPoisoned(m_.domains) &&
           !AnyPoisoned(m_.teams) && !AnyPoisoned(m_.products) && !AnyPoisoned(m_.assets) && !AnyPoisoned(m_.ports) &&
           !AnyPoisoned(m_.agreements);
  for (const model::AgreementId id : m_.agreements.All()) {
    const model::PortId port = r_.agreement_port[id.index()];
    const model::ProductId consumer = r_.agreement_consumer[id.index()];
    if (m_.agreements[id].poisoned || !port.has_value() || !consumer.has_value()) {
      agreements_.emplace_back(port, consumer);
    }
  }
  resolved_ = agreements_.empty() && AllResolved();
}

// What leads nowhere has been reported.
bool Unsure::AllResolved() const {
  const auto inputs = m_.inputs.All();
  const auto products = m_.products.All();
  return std::all_of(inputs.begin(), inputs.end(),
                     [&](model::InputId id) { return r_.input_port[id.index()].has_value(); }) &&
         std::none_of(products.begin(), products.end(), [&](model::ProductId id) { return IsProductUnsure(id, true); });
}

// Its domain, its owner or its environments: named, and not known, or not completely.
bool Unsure::IsProductUnsure(model::ProductId product, bool owners) const {
  if (!product.has_value()) {
    return true;
  }
  const model::Product& row = m_.products[product];
  const model::DomainId domain = r_.product_domain[product.index()];
  const model::TeamId owner = r_.product_owner[product.index()];
  const auto environments = r_.product_environments[product.index()];
  const bool nobody = !owner.has_value() && !row.owner_person.has_value() &&
                      (row.owner.has_value() || (domain.has_value() && m_.domains[domain].owner.has_value()));
  const bool whose = (row.domain.has_value() && !domain.has_value()) || nobody;
  return row.poisoned || (owners && whose) || (domain.has_value() && m_.domains[domain].poisoned) ||
         (owner.has_value() && m_.teams[owner].poisoned) ||
         std::any_of(environments.begin(), environments.end(), [&](resolve::EnvironmentRefId reference) {
           return m_.environments[r_.environment_refs[reference]].poisoned;
         });
}

bool Unsure::IsPortUnsure(model::PortId port, bool owners) const {
  return !port.has_value() || m_.ports[port].poisoned ||
         (m_.ports[port].product.has_value() && IsProductUnsure(m_.ports[port].product, owners));
}

// Also when an agreement that might cover it could not be read.
bool Unsure::IsInputUnsure(model::InputId input, bool owners) const {
  const model::ProductId reader = m_.inputs[input].product;
  const model::PortId port = r_.input_port[input.index()];
  return IsProductUnsure(reader, owners) || IsPortUnsure(port, owners) ||
         std::any_of(agreements_.begin(), agreements_.end(), [&](const auto& broken) {
           const auto& [covered, consumer] = broken;
           return (!covered.has_value() || covered == port) && (!consumer.has_value() || consumer == reader);
         });
}

bool Unsure::IsAgreementUnsure(model::AgreementId agreement, bool owners) const {
  return m_.agreements[agreement].poisoned || IsPortUnsure(r_.agreement_port[agreement.index()], owners) ||
         IsProductUnsure(r_.agreement_consumer[agreement.index()], owners);
}

bool Unsure::IsEntityUnsure(resolve::Entity entity, bool owners) const {
  switch (entity.kind) {
    case EntityKind::Product: {
      const auto inputs = m_.products[model::ProductId(entity.index)].inputs;
      return IsProductUnsure(model::ProductId(entity.index), owners) ||
             std::any_of(inputs.begin(), inputs.end(), [&](model::InputId id) { return IsInputUnsure(id, owners); });
    }
    case EntityKind::Port:
      return IsPortUnsure(model::PortId(entity.index), owners);
    case EntityKind::Asset:
      return IsProductUnsure(m_.assets[model::AssetId(entity.index)].product, owners);
    case EntityKind::Placement:
      return IsProductUnsure(m_.assets[r_.placements[resolve::PlacementId(entity.index)].asset].product, owners);
    case EntityKind::Input:
      return IsInputUnsure(model::InputId(entity.index), owners);
    case EntityKind::Agreement:
      return IsAgreementUnsure(model::AgreementId(entity.index), owners);
    case EntityKind::Approval:
      return IsAgreementUnsure(side_.keys().approvals()[entity.index].agreement, owners);
    case EntityKind::Column:
      return IsPortUnsure(side_.keys().PortOf(model::ColumnId(entity.index)), owners);
    case EntityKind::Member: {
      const model::TeamId team = side_.keys().TeamOf(model::MemberId(entity.index));
      return !team.has_value() || m_.teams[team].poisoned;
    }
    // What hangs on these is everywhere: on what could not be read, too.
    case EntityKind::Team:
    case EntityKind::Domain:
    case EntityKind::Environment:
    case EntityKind::Bucket:
    case EntityKind::Waiver:
    case EntityKind::Workspace:
      return !whole_;
  }
  return true;
}

bool Unsure::IsUnsure(const Policy& policy, const Diagnostic& finding) const {
  const auto entity = side_.keys().Find(finding.entity);
  // What a change leaves leading nowhere is what a comparison with the base is about.
  const bool sound = whole_ && (resolved_ || policy.needs_base);
  const bool of_entity = !sound && entity && IsEntityUnsure(*entity, AsksWhose(policy));
  return of_entity ||
         (!whole_ && (m_.incomplete.any || m_.workspace.poisoned || !entity || ConcludesFromAbsence(policy)));
}

}  // namespace dpc::policy
