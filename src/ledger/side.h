// One revision, made ready to be compared: by name, and by where data lies. Private to this folder.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "access/access.h"
#include "ledger/ledger.h"
#include "resolve/places.h"

namespace dpc::ledger {

// The owner of data: a team with its people, or people.
struct Owner {
  std::vector<std::string> names;    // "team `crm-data`", "`ann@acme.example`"; several of merged ones, sorted
  std::vector<std::string> leads;    // active, with role owner; lower case, sorted
  std::vector<std::string> members;  // all active ones; lower case, sorted

  bool operator==(const Owner&) const = default;

  // "team `a` or team `b`"; "": nobody.
  std::string name() const;
};

// Who owns a product, without a word made: products of which this is alike have owners of one name.
struct OwnerTitle {
  enum class Sort : std::uint8_t { Nobody, Team, Person, Members } sort = Sort::Nobody;
  std::string_view text;

  bool operator==(const OwnerTitle&) const = default;
};

// A role: who the ledger's facts are about. Its name tells it apart across revisions. The texts are the side's.
struct Holder {
  access::RoleId role;
  std::string_view product;
  std::string_view environment;
  std::string_view account;  // "aws/111122223333": in another account it is somebody else

  std::string Name() const {
    return std::string(product).append("\n").append(environment).append("\n").append(account);
  }

  bool IsNamedAs(const Holder& other) const {
    return product == other.product && environment == other.environment && account == other.account;
  }
};

class Side {
 public:
  Side(const Revision& revision, std::optional<Date> today);
  Side(const Side&) = delete;
  Side& operator=(const Side&) = delete;

  const Revision& revision() const { return revision_; }

  const model::Model& m() const { return revision_.model; }

  const resolve::Resolved& r() const { return revision_.resolved; }

  const access::AccessModel& access() const { return access_; }

  // Made when first asked for: a change that moves nothing asks little.
  const resolve::PlaceMap& places() const;

  std::span<const std::string_view> PlacesOf(resolve::PlacementId id) const { return place_texts_.Of(id); }

  // The highest class of what lies at exactly this place; nothing when that is empty, or known by `places` alone.
  std::optional<model::Classification> HighestClassAt(std::string_view place) const;

  // Settings of an environment with the workspace's defaults.
  const model::AwsSettings& Aws(model::EnvironmentId id) const { return aws_[id.index()]; }

  const std::string& Partition(model::EnvironmentId id) const { return partitions_[id.index()]; }

  const std::vector<Holder>& holders() const { return holders_; }  // by RoleId

  std::optional<Date> today() const { return today_; }

  std::string Text(const model::Name& name) const { return std::string(m().Text(name)); }

  std::string Text(Symbol symbol) const { return std::string(m().Text(symbol)); }

  // None: this revision has none of the name.
  model::ProductId Product(std::string_view name) const;
  model::PortId Port(std::string_view label) const;
  model::AssetId Asset(std::string_view label) const;
  model::TeamId Team(std::string_view name) const;
  model::DomainId Domain(std::string_view name) const;
  model::EnvironmentId Environment(std::string_view name) const;
  // The first of this name, whatever its role; null: none.
  const Holder* FindHolder(const Holder& name) const;
  // All of this name, in order of roles: several where two products have one name, which is an error.
  std::vector<const Holder*> HoldersNamed(const Holder& name) const;

  // The highest class of the ports that offer it; of an asset that none offers that of its product.
  model::Classification ClassOf(model::AssetId asset) const { return asset_class_[asset.index()]; }

  model::Classification ClassOf(model::PortId port) const;

  // As model::PortLabel and model::AssetLabel.
  const std::string& Label(model::PortId port) const { return labels_[port.index()]; }

  const std::string& Label(model::AssetId asset) const { return labels_[m().ports.size() + asset.index()]; }

  const std::vector<model::PortId>& PortsOf(model::AssetId asset) const { return asset_ports_[asset.index()]; }

  OwnerTitle TitleOf(model::ProductId product) const;
  Owner OwnerOf(model::ProductId product) const;
  // Whose data it is: the product's owner, and who decides on a port that offers it.
  Owner OwnerOf(model::AssetId asset) const;
  Owner OwnerOf(model::PortId port) const;
  Owner OwnerOf(model::TeamId team) const;

  // "customers/product.yaml:12"; "" without a place.
  std::string PlaceText(Range range) const;
  // Who get into a role, by email.
  std::set<std::string> PeopleIn(access::RoleId role) const;

 private:
  struct Hash {
    std::size_t operator()(const Holder* holder) const;
  };

  struct Same {
    bool operator()(const Holder* a, const Holder* b) const { return a->IsNamedAs(*b); }
  };

  void MakeHolders();
  void IndexNames();
  void IndexClasses();

  const Revision& revision_;
  std::optional<Date> today_;
  access::AccessModel access_;
  resolve::PlaceTexts place_texts_;
  mutable std::unique_ptr<resolve::PlaceMap> places_;
  mutable std::unordered_map<std::string_view, model::Classification> class_at_;
  std::vector<model::AwsSettings> aws_;  // by EnvironmentId, as the next two
  std::vector<std::string> partitions_;
  std::vector<std::string> accounts_;
  std::vector<Holder> holders_;
  std::unordered_map<const Holder*, const Holder*, Hash, Same> first_holders_;
  // Those that are not the first of their name; hardly ever any.
  std::unordered_map<const Holder*, std::vector<const Holder*>, Hash, Same> later_holders_;
  std::unordered_map<std::string_view, model::ProductId> products_;
  std::vector<std::string> labels_;  // of ports, then of assets
  std::unordered_map<std::string_view, model::PortId> ports_;
  std::unordered_map<std::string_view, model::AssetId> assets_;
  std::unordered_map<std::string_view, model::TeamId> teams_;
  std::unordered_map<std::string_view, model::DomainId> domains_;
  std::unordered_map<std::string_view, model::EnvironmentId> environments_;
  std::vector<model::Classification> asset_class_;
  std::vector<std::vector<model::PortId>> asset_ports_;
};

// Adds what `more` has: one owner out of several.
void Merge(Owner& owner, const Owner& more);

}  // namespace dpc::ledger
