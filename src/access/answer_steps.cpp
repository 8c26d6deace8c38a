// The words of answers: the chain of declarations, and reasons.
#include <algorithm>
#include <array>

#include "access/answers.h"

namespace dpc::access {
namespace {

std::string Quoted(std::string_view text) {
  return "`" + std::string(text) + "`";
}

}  // namespace

void Answers::MemberSteps(const Principal& who, Answer& answer) const {
  const model::Product& product = m_.products[answer.product];
  const model::TeamId owner = r_.product_owner[answer.product.index()];
  bool of_team = who.kind == PrincipalKind::Team;
  if (who.kind == PrincipalKind::Person) {
    const auto find = [&](IdRange<model::MemberId> members, const std::string& of) {
      for (const model::MemberId id : members) {
        const model::Member& member = m_.members[id];
        if (m_.Text(member.email) == who.name) {
          answer.chain.push_back(
              {StepKind::Person,
               Quoted(who.name) + " is " + std::string(model::MemberRoleName(member.role)) + " of " + of,
               member.email.range});
          return true;
        }
      }
      return false;
    };
    if (m_.Text(product.owner_person) == who.name) {
      answer.chain.push_back({StepKind::Person, Quoted(who.name) + " owns product " + Quoted(m_.Text(product.name)),
                              product.owner_person.range});
    }
    find(product.members, "product " + Quoted(m_.Text(product.name)));
    of_team = owner.has_value() && find(m_.teams[owner].members, "team " + Quoted(m_.Text(m_.teams[owner].name)));
  }
  if (of_team && owner.has_value()) {
    const model::DomainId domain = r_.product_domain[answer.product.index()];
    const bool by_domain = !product.owner.has_value() && domain.has_value();
    answer.chain.push_back(
        {StepKind::Team,
         "team " + Quoted(m_.Text(m_.teams[owner].name)) + " owns product " + Quoted(m_.Text(product.name)) +
             (by_domain ? " as the owner of domain " + Quoted(m_.Text(m_.domains[domain].name)) : ""),
         by_domain ? m_.domains[domain].owner.range : product.owner.range});
  }
  const std::string environment = Quoted(m_.Text(m_.environments[answer.environment].name));
  answer.chain.push_back({StepKind::Product,
                          "product " + Quoted(m_.Text(product.name)) +
                              (answer.role.has_value() ? " has a role in " : " has no role in ") + environment,
                          product.name.range});
  for (const Way& way : answer.ways) {
    if (!IsOwn(who, {answer.product, answer.environment})) {
      answer.chain.push_back({StepKind::Way, WayText(m_, way) + " may assume it", way.range});
    }
  }
}

void Answers::InputSteps(model::InputId input, model::PortId port, Answer& answer) const {
  const model::OutputPort& offered = m_.ports[port];
  const std::string label = Quoted(PortLabel(m_, port));
  const std::string product = Quoted(m_.Text(m_.products[answer.product].name));
  answer.chain.push_back({StepKind::Input, product + " asks to read port " + label, m_.inputs[input].port.range});
  answer.chain.push_back({StepKind::Port,
                          "port " + label + " is " + std::string(model::AccessTypeName(offered.access)) +
                              (m_.inputs[input].approved_in_source ? "; its source records the consent" : ""),
                          offered.name.range});
  if (answer.agreement.has_value()) {
    const model::Agreement& agreement = m_.agreements[answer.agreement];
    std::string text = "its owner agreed";
    text += agreement.from ? " from " + agreement.from->ToString() : "";
    text += agreement.until ? " until " + agreement.until->ToString() : " without end";
    answer.chain.push_back({StepKind::Agreement, std::move(text), agreement.range});
  }
}

void Answers::AssetSteps(Answer& answer, model::AssetId through) const {
  const model::AssetId granted = through.has_value() ? through : answer.asset;
  const model::Asset& asset = m_.assets[granted];
  const bool own = asset.product == answer.product;
  answer.chain.push_back({StepKind::Asset,
                          (own ? "asset " + Quoted(AssetLabel(m_, granted)) + " is the product's own"
                               : "it offers asset " + Quoted(AssetLabel(m_, granted))),
                          asset.name.range});
  if (through.has_value()) {
    answer.chain.push_back({StepKind::Asset, "that opens asset " + Quoted(AssetLabel(m_, answer.asset)) + " too",
                            m_.assets[answer.asset].name.range});
  }
  if (answer.reason == Reason::NoInputPort && !own) {
    answer.chain.back().text = "asset " + Quoted(AssetLabel(m_, answer.asset)) + " is another product's";
  }
  const resolve::Placement& placement = r_.placements[answer.placement];
  const model::Environment& where = m_.environments[placement.environment];
  std::string text = "it lies in " + Quoted(m_.Text(where.name));
  if (placement.environment != answer.environment) {
    text += ", from which " + Quoted(m_.Text(m_.environments[answer.environment].name)) + " can read";
    const bool both_sides = model::EffectiveAws(m_, placement.environment).owns_resource_policies.value_or(false);
    text += LiesElsewhere(answer.environment, placement.environment) && !both_sides
                ? "; its account must let the role in, which dpc does not emit (DPC6007)"
                : "";
  }
  answer.chain.push_back({StepKind::Placement, std::move(text), where.name.range});
}

std::string_view ReasonName(Reason reason) {
  static constexpr std::array<std::string_view, 13> kNames = {
      "noProduct", "noRole",     "notPlaced", "noInputPort", "retiredProvider", "pending", "expired",
      "notYet",    "noSuchPart", "guarded",   "onlyRead",    "noWayIn",         "granted"};
  return kNames[static_cast<std::size_t>(reason)];
}

std::string_view StepKindName(StepKind kind) {
  static constexpr std::array<std::string_view, 9> kNames = {"person", "team",      "product", "way",      "inputPort",
                                                             "port",   "agreement", "asset",   "placement"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view PrincipalKindName(PrincipalKind kind) {
  static constexpr std::array<std::string_view, 4> kNames = {"person", "team", "product", "role"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view RightName(Right right) {
  return right == Right::Own ? "own" : "read";
}

std::string ReasonText(const model::Model& model, const Answer& answer) {
  const std::string product = answer.product.has_value() ? Quoted(model.Text(model.products[answer.product].name)) : "";
  const std::string environment =
      answer.environment.has_value() ? Quoted(model.Text(model.environments[answer.environment].name)) : "";
  const std::string day = answer.day ? answer.day->ToString() : "";
  switch (answer.reason) {
    case Reason::NoProduct:
      return "no product: no team and no product names them, or none is owned by them";
    case Reason::NoRole:
      return answer.product.has_value() && model.products[answer.product].status == model::Status::Retired
                 ? product + " is retired and has no role"
                 : product + " has no role in " + environment;
    case Reason::NotPlaced:
      return "the asset is not placed in " + environment + ", nor where " + environment + " can read from";
    case Reason::NoInputPort:
      return product + " declares no input port for it";
    case Reason::RetiredProvider:
      return "the product that offers it is retired";
    case Reason::Pending:
      return "pending: " + product + " asks for it, and its owner has not agreed";
    case Reason::Expired:
      return "expired: the agreement ended on " + day;
    case Reason::NotYet:
      return "not yet: the agreement begins on " + day;
    case Reason::NoSuchPart:
      return "the asset has nothing that this could be done to";
    case Reason::Guarded:
      return "Lake Formation guards the table: " + product +
             " gets neither at its files nor at it from another account or region";
    case Reason::OnlyRead:
      return "only read, not write: " + product + " does not own it";
    case Reason::NoWayIn:
      return "no way in: the role of " + product + " may, but no way that " + environment +
             " declares lets them into it";
    case Reason::Granted:
      return "granted";
  }
  return "";
}

}  // namespace dpc::access
