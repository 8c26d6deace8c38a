// Shared state of the steps of Resolve. Private to `resolve`.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "resolve/name_index.h"
#include "resolve/opened_ports.h"
#include "resolve/resolve.h"

namespace dpc::resolve {

struct Indexes {
  Indexes(const model::Model& model, Emitter& emitter)
      : environments(model, "environment", &model::Incomplete::environments, emitter),
        domains(model, "domain", &model::Incomplete::any, emitter),
        teams(model, "team", &model::Incomplete::any, emitter),
        products(model, "data product", &model::Incomplete::products, emitter) {}

  NameIndex<model::EnvironmentId> environments;
  NameIndex<model::DomainId> domains;
  NameIndex<model::TeamId> teams;
  NameIndex<model::ProductId> products;
};

// `path` and all below it; None is the whole of `space` (a bucket, a database). Of one table of symbols.
struct OwnedPlace {
  Symbol space;
  Symbol path;
  model::AssetId asset;
};

// Places of one sort, and how messages call them.
struct OwnedPlaces {
  const SymbolTable* texts = nullptr;
  std::vector<OwnedPlace> all;
  std::function<std::string(const OwnedPlace& place)> what;
};

class Resolver {
 public:
  Resolver(model::Model& model, Emitter& emitter) : m_(model), emitter_(emitter), indexes_(model, emitter) {}

  Resolved Run();

 private:
  // references.cpp
  void IndexNames();
  // One permission set is one team's: its holders get into the roles of that team's products.
  void PermissionSets();
  // The products that ways are for must be declared.
  void Beneficiaries(const model::AssumedBy& by, const std::string& who);
  void Environments();
  void CheckKeys(const model::Environment& environment);
  void ProductHeads();
  void FormerNames();
  void OwnersOfAssets();
  void CheckWriters(model::AssetId asset);
  void Agreements();
  // Of one port and one consumer.
  void CheckRenewals(std::vector<model::AgreementId> agreements, model::PortId port);
  void CheckRenewal(const model::Agreement& first, const model::Agreement& second, model::PortId port);
  bool ReportRenewalWithoutBegin(const model::Agreement& old, const model::Agreement& renewal, model::PortId port);
  void CheckFolder(const model::Agreement& agreement, model::PortId port, model::ProductId consumer);
  // ports.cpp
  void PortAssets();
  void CheckOwner(const model::OutputPort& dataset, const model::Name& entry, model::AssetId asset);
  void Inputs();
  bool RecordsConsent(model::PortId port) const;
  void Lineage();
  void ReportUnknownLineage(const model::Asset& asset, const model::Name& name);
  void Successors();
  // Hints name private ports to their owners only: an agreement lies with the provider.
  enum class Reader : std::uint8_t { Stranger, Owner };
  bool IsShown(model::PortId port, Reader sort) const;
  model::PortId FindPort(const model::Name& name, std::string_view reader, Reader sort = Reader::Stranger);
  model::PortId PortOfProduct(model::ProductId product, std::string_view port) const;
  const std::vector<std::string_view>& PortNames(Reader sort);
  void ReportUnknownPort(const model::Name& name, std::string_view reader, Reader sort);
  // What it calls the ports that are shown.
  const std::vector<std::string_view>& OffersOf(model::ProductId product, Reader sort);
  // What a product with several ports, or without the one that was named, offers.
  std::string OfferHint(model::ProductId product, std::string_view wanted, Reader sort);
  model::AssetId FindAsset(const model::OutputPort& port, const model::Name& name);
  // principals.cpp
  void Principals();
  void TakeRoles(model::ProductId product);
  void Take(const std::string& arn, const Known& known);
  void TakePermissionSets();
  // regions.cpp
  void Regions();
  void CheckRegion(const model::Name& region, const std::string& what);
  // placements.cpp
  void Placements();
  void Place(model::AssetId asset);
  model::BucketId BucketOf(const model::Asset& asset, model::EnvironmentId environment,
                           std::vector<model::EnvironmentId>& lacking);
  void ReportLacking(const model::Asset& asset, const std::vector<model::EnvironmentId>& lacking);
  // In environments with a Redshift Serverless workgroup. False when there is none.
  bool PlaceInRedshift(model::AssetId asset);
  void ReportPlatform(model::AssetId asset);
  // A name that no asset has would guard nothing, and readers would get rights on files.
  void GuardedDatabases();
  void CheckGuarded(const model::LakeFormation& guard, const std::vector<std::string_view>& known);
  // guarded_files.cpp
  void GuardedFiles();
  std::set<PlacementId> OpenToReaders() const;
  void ReportOpen(PlacementId guarded, model::AssetId open);
  // nested.cpp
  void Crowds();
  void CrowdOf(model::ProductId product);
  void ReportCrowd(model::AssetId asset, std::string_view place);
  void OpenedPorts();
  void OpenedPortsOf(const std::vector<Offered>& offers);
  void ReportOpening(const Opening& opening);
  void ReportSecondOffer(const Opening& opening);
  // states.cpp
  void States();
  bool IsSound(model::AssetId asset) const;
  void ReportOverState(model::AssetId asset, std::string_view state);
  void ReportResultsOverState(model::ProductId product, std::string_view state);
  // partitions.cpp
  void Partitions();
  void CheckPartition(model::EnvironmentId environment, const model::Name& arn);
  void CheckReads(model::EnvironmentId environment);
  // overlaps.cpp
  void Overlaps();
  void BucketsOfEnvironments();
  void WarehousesOfEnvironments();
  void OverlapsOfFiles();
  void OverlapsOfTables();
  void FindOverlaps(OwnedPlaces places);
  void KeepOverlap(model::AssetId asset, const std::vector<const OwnedPlace*>& others, const OwnedPlaces& places);
  void DatabaseNames();
  void DatabaseLocations();
  std::string DatabaseLabel(const model::Asset& asset) const;

  // One reference to a sort of declaration; None and a report when there is none.
  template <class IdT>
  IdT Refer(const model::Name& name, const NameIndex<IdT>& index, std::string_view who) {
    if (!name.has_value()) {
      return IdT::None();
    }
    const IdT id = index.Find(m_.Text(name));
    if (!id.has_value() && !Suppressed(index.incomplete())) {
      auto report = emitter_.Report(kUnknownReference, name.range, who, index.sort(), m_.Text(name));
      Guess(report, index.Hint(m_.Text(name), guesses_));
    }
    return id;
  }

  static void Guess(DiagnosticBuilder& report, const std::string& hint) {
    if (!hint.empty()) {
      report.Hint(hint);
    }
  }

  IdRange<EnvironmentRefId> EnvironmentsOf(const model::Names& names, std::string_view who,
                                           IdRange<EnvironmentRefId> otherwise);
  // True, and counted, when an unknown name may be declared in a file that could not be read.
  bool Suppressed(bool model::Incomplete::*sort);

  std::string Quote(const model::Name& name) const { return "`" + std::string(m_.Text(name)) + "`"; }

  // "environments `a` and `b` do" / "environment `a` does".
  std::string EnvironmentsDo(const std::vector<model::EnvironmentId>& environments) const;

  model::Model& m_;
  Emitter& emitter_;
  Indexes indexes_;
  Guesses guesses_;
  Resolved r_;
  std::map<model::EnvironmentId, model::AssetId> without_default_;
  // ARNs among `principals`, in lower case: IAM tells no two roles apart by case.
  std::map<std::string, std::vector<Symbol>, std::less<>> arns_;
  // What ports, assets and buckets are called, of whom.
  std::map<std::pair<model::ProductId, Symbol>, model::PortId> ports_by_name_;
  std::map<std::pair<model::ProductId, Symbol>, model::AssetId> assets_by_name_;
  std::map<std::pair<model::EnvironmentId, Symbol>, model::BucketId> buckets_by_name_;
  std::map<std::pair<model::ProductId, Reader>, std::vector<std::string_view>> offers_;
  std::map<Reader, std::vector<std::string_view>> port_names_;
  std::deque<std::string> port_labels_;  // what port_names_ shows
  // What to say of a port that nobody offers, by what it was called, and to whom.
  std::map<std::pair<Reader, Symbol>, std::string> port_hints_;
  // Portal datasets by name.
  std::map<std::string, model::PortId, std::less<>> datasets_;
  std::map<std::string, std::vector<model::AssetId>, std::less<>> data_outputs_;
};

}  // namespace dpc::resolve
