// One revision, made ready to be compared: by name, and by where data lies. Private to this folder.
#pragma once

#include <map>
#include <set>
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

// A role: who the ledger's facts are about. Its name tells it apart across revisions.
struct Holder {
  access::RoleId role;
  std::string product;
  std::string environment;
  std::string account;  // "aws/111122223333": in another account it is somebody else

  std::string Name() const { return product + "\n" + environment + "\n" + account; }
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

  const resolve::PlaceMap& places() const { return places_; }

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
  const Holder* FindHolder(const std::string& name) const;

  // The highest class of the ports that offer it; of an asset that none offers that of its product.
  model::Classification ClassOf(model::AssetId asset) const { return asset_class_[asset.index()]; }

  model::Classification ClassOf(model::PortId port) const;

  const std::vector<model::PortId>& PortsOf(model::AssetId asset) const { return asset_ports_[asset.index()]; }

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
  void IndexNames();
  void IndexClasses();

  const Revision& revision_;
  std::optional<Date> today_;
  access::AccessModel access_;
  resolve::PlaceMap places_;
  std::vector<Holder> holders_;
  std::unordered_map<std::string, std::size_t> holder_index_;
  std::map<std::string, model::ProductId, std::less<>> products_;
  std::map<std::string, model::PortId, std::less<>> ports_;
  std::map<std::string, model::AssetId, std::less<>> assets_;
  std::map<std::string, model::TeamId, std::less<>> teams_;
  std::map<std::string, model::DomainId, std::less<>> domains_;
  std::map<std::string, model::EnvironmentId, std::less<>> environments_;
  std::vector<model::Classification> asset_class_;
  std::vector<std::vector<model::PortId>> asset_ports_;
};

// Adds what `more` has: one owner out of several.
void Merge(Owner& owner, const Owner& more);

}  // namespace dpc::ledger
