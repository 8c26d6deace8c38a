// One revision as policies see it: the compiled model with the keys of its entities, and what is derived from it on
// demand. `World` is head and, when there is one, base
// with its tip.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/access.h"
#include "diag/diagnostic.h"
#include "ledger/ledger.h"
#include "model/model.h"
#include "policy/tables/cell.h"
#include "policy/tables/entity_finder.h"
#include "policy/tables/flow.h"
#include "resolve/keys.h"
#include "resolve/resolve.h"
#include "source/source_manager.h"

namespace dpc::resolve {
class PlaceMap;
class PlaceTexts;
}  // namespace dpc::resolve

namespace dpc::policy {

// Keys are the names of entities in tables and findings.
using resolve::Approval;
using resolve::ApprovalId;
using resolve::Entity;
using resolve::EntityKind;
using resolve::EntityKindName;
using resolve::Keys;

// What a compilation made; borrowed.
struct Snapshot {
  const model::Model* model = nullptr;
  const resolve::Resolved* resolved = nullptr;
  const access::AccessModel* access = nullptr;
  const source::SourceManager* sources = nullptr;
  const DiagnosticList* diagnostics = nullptr;
};

// What the outside knows of the pull request; given as a file, never fetched.
struct PullRequest {
  bool known = false;
  std::string author;
  std::vector<std::string> approvals;  // who approved it: emails, sorted
};

// Someone may read a port's data, or owns it.
struct PortAccess {
  model::PortId port;
  model::ProductId product;  // through whose role
  Symbol person;             // None: the product itself
  model::MemberId member;    // by which membership the person gets in; None: none (a product owned by a person)
  bool own = false;          // the product offers the port itself
  model::InputId input;      // None when own
  model::AgreementId agreement;
  std::optional<Date> until;
  model::PortId
      through;  // what it reads instead, which holds the port's data; None: it reads or offers the port itself
};

// A policy as the run has it, for the table `policy`.
struct JudgingPolicy {
  std::string id;
  std::string title;
  std::string pack;  // "": the repository's own
  Severity severity = Severity::Error;
  bool disabled = false;
};

class World;

class Side {
 public:
  Side(const World& world, const Snapshot& snapshot);
  Side(const Side&) = delete;
  Side& operator=(const Side&) = delete;
  ~Side();

  const model::Model& m() const { return *snapshot_.model; }

  const resolve::Resolved& r() const { return *snapshot_.resolved; }

  const access::AccessModel& access() const { return *snapshot_.access; }

  const Snapshot& snapshot() const { return snapshot_; }

  const World& world() const { return world_; }

  const Keys& keys() const { return *keys_; }

  // The declarations as YAML, read once more.
  ParsedFiles& files() const { return *files_; }

  // How data flows from port to port.
  const Flow& flow() const { return *flow_; }

  // Where each placement lies.
  const resolve::PlaceTexts& place_texts() const;

  // What lies where.
  const resolve::PlaceMap& places() const;

  // Cells.
  template <class IdT>
  Cell Key(IdT id) const {
    return Cell::TextOrNull(keys_->Of(id));
  }

  Cell Text(const model::Name& name) const { return name.has_value() ? Cell::Text(m().Text(name)) : Cell(); }

  Cell Text(Symbol symbol) const { return Cell::TextOrNull(m().Text(symbol)); }

  bool IsProduction(model::EnvironmentId environment) const { return production_[environment.index()]; }

  bool IsProduction(model::ProductId product) const;

  // The key of the innermost declaration that a place stands in. "": none.
  std::string_view EntityAt(Range place) const;

  // By product, then person, then port; each (person, product, port) once, or once for each port through which.
  const std::vector<PortAccess>& PortAccesses() const;

 private:
  const World& world_;
  Snapshot snapshot_;
  std::vector<bool> production_;
  std::unique_ptr<Keys> keys_;
  std::unique_ptr<Flow> flow_;
  mutable std::optional<std::vector<PortAccess>> port_accesses_;
  mutable std::unique_ptr<resolve::PlaceTexts> place_texts_;
  mutable std::unique_ptr<resolve::PlaceMap> places_;
  std::unique_ptr<ParsedFiles> files_;
  mutable std::unique_ptr<EntityFinder> finder_;
};

class World {
 public:
  // Compares both sides; asked once, when a table wants it.
  using MakeLedger = std::function<ledger::Ledger(const PullRequest& request)>;

  World(const Snapshot& head, const std::optional<Snapshot>& base, std::optional<Date> today, PullRequest pull_request,
        MakeLedger make_ledger = nullptr, const std::optional<Snapshot>& tip = std::nullopt);
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  const Side& head() const { return *head_; }

  // The commit in common. Null: nothing to compare with.
  const Side* base() const { return base_.get(); }

  // What head is to be merged into; the base when that is the same commit. Null: nothing to compare with.
  const Side* tip() const { return tip_ ? tip_.get() : base_.get(); }

  // The base and, when it is another one, the tip: what a change had no say in.
  std::vector<const Side*> Before() const;

  std::optional<Date> today() const { return today_; }

  const PullRequest& pull_request() const { return pull_request_; }

  // The policies of head.
  const std::vector<JudgingPolicy>& policies() const { return policies_; }

  void SetPolicies(std::vector<JudgingPolicy> policies) { policies_ = std::move(policies); }

  // What the change gives and loosens; empty without a base.
  const ledger::Ledger& ledger() const;

 private:
  std::optional<Date> today_;
  PullRequest pull_request_;
  std::unique_ptr<Side> head_;
  std::unique_ptr<Side> base_;
  std::unique_ptr<Side> tip_;
  MakeLedger make_ledger_;
  std::vector<JudgingPolicy> policies_;
  mutable std::optional<ledger::Ledger> ledger_;
};

// 0 for unset, then public 1, internal 2, confidential 3, restricted 4.
inline std::int64_t ClassRank(model::Classification classification) {
  return static_cast<std::int64_t>(classification);
}

// All rows of a store but poisoned ones, and those of poisoned products.
template <class IdT, class Row>
std::vector<IdT> SoundRows(const Store<IdT, Row>& store) {
  std::vector<IdT> rows;
  rows.reserve(store.size());
  for (const IdT id : store.All()) {
    if constexpr (requires(const Row& row) { row.poisoned; }) {
      if (store[id].poisoned) {
        continue;
      }
    }
    rows.push_back(id);
  }
  return rows;
}

}  // namespace dpc::policy
