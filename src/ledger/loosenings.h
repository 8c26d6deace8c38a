// What makes a later judgement milder, or leaves it to others. Private to this folder.
#pragma once

#include <set>
#include <vector>

#include "ledger/authority.h"
#include "ledger/rows.h"

namespace dpc::ledger {

class Loosenings {
 public:
  Loosenings(const Side& base, const Side& head, const Bench& bench) : base_(base), head_(head), bench_(bench) {}

  void AddTo(std::vector<Row>& rows);

 private:
  // What differs, before it is known who may allow it.
  struct Change {
    std::string action;
    std::string entity;  // in head; "": the workspace stands for it
    std::string at;
    Range range;  // in head
    std::string before_entity;
    Range before_range;  // in base
    std::string what;
    std::string before;
    std::string after;
  };

  // loosened_products.cpp
  void Products();
  void Product(model::ProductId base, model::ProductId head);
  void OwnerOfProduct(model::ProductId base, model::ProductId head);
  void Domains();
  void RolesOnProduct(model::ProductId base, model::ProductId head);
  void Ports();
  void Port(model::PortId base, model::PortId head);
  void PersonalColumns(model::PortId base, model::PortId head);
  void Declassified(model::PortId base, model::PortId head);
  // Ports that newly open to everybody what was not open.
  void Opened();
  std::set<model::AssetId> DataBehind(model::PortId port) const;
  void Classes();
  void ClassAt(model::AssetId asset);
  // loosened_rules.cpp
  void Teams();
  std::vector<model::Classification> ClassesOfTeams() const;
  void Leaving(model::TeamId team, const Owner& was, const Owner& now, bool governs);
  void Agreements();
  bool HaveSameTerms(model::AgreementId base, model::AgreementId head) const;
  void Rules();
  void Waivers();
  // settings
  void Settings();

  Row& Add(Change change, Authority authority, model::Classification classification = model::Classification::Unset);
  unsigned NeededFor(model::Classification classification) const;
  model::Classification ClassOf(model::ProductId base) const;

  const Side& base_;
  const Side& head_;
  const Bench& bench_;
  std::vector<Row> rows_;
  std::set<std::string> said_;  // entities whose class is said to drop
};

}  // namespace dpc::ledger
