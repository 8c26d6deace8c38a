// What the repository says of who approved is a claim: anybody who writes it can name anybody. It counts when the base
// has it already, or when the pull request was approved by who is named; its author never counts. Where the approvals
// of the pull request are not known, or there is no base, a claim is taken. Private to this folder.
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "policy/tables/side.h"

namespace dpc::policy {

class Claims {
 public:
  explicit Claims(const Side& side);

  // An approver of an agreement. It is an old one when an agreement of the base between the two lasts as long, begins
  // as early, is for the same purpose and names the approver.
  bool Counts(ApprovalId approval) const;
  // Who approved that a port is declassified. It is an old one when the base has it by the same method and for the same
  // reason, of no higher class, for the same assets where they lie now.
  bool Counts(model::PortId port, model::NameId name) const;

 private:
  bool IsEvident(model::NameId name) const;
  bool IsOld(model::AgreementId agreement, model::NameId name) const;
  bool IsOld(model::PortId port, model::NameId name) const;
  bool OffersNoMore(model::PortId port, model::PortId before) const;
  bool LiesElsewhere(model::AssetId asset, model::AssetId before) const;
  // The same person, on both sides.
  bool IsNamed(model::NameId name, model::Names before) const;

  const Side& side_;
  const Side* base_ = nullptr;  // null: claims are taken
  std::set<std::string> approved_;
  std::unordered_map<std::string, std::vector<model::AgreementId>> before_;  // agreements of base, by port and consumer
};

}  // namespace dpc::policy
