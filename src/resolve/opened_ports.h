// What a port opens besides what it offers: whatever lies in that. Private to `resolve`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"

namespace dpc::resolve {

// An asset, by one of the ports that offer it. Without a port: none.
struct Offered {
  model::PortId port;
  model::AssetId asset;
  model::AccessType access = model::AccessType::Unrestricted;
  model::Classification classification = model::Classification::Unset;
  bool declassified = false;
};

// The most guarded offer of many, and the most guarded one of another asset than that.
class MostGuarded {
 public:
  using Less = bool (*)(const Offered& a, const Offered& b);

  explicit MostGuarded(Less less) : less_(less) {}

  void Add(const Offered& offered);
  void Add(const MostGuarded& other);

  const Offered& OfAll() const { return first_; }

  const Offered& Without(model::AssetId asset) const { return first_.asset == asset ? second_ : first_; }

 private:
  bool IsBetter(const Offered& offered, const Offered& than) const;

  Less less_;
  Offered first_;
  Offered second_;
};

// To fewer people, and of a higher class.
inline bool LessByAccess(const Offered& a, const Offered& b) {
  return a.access < b.access;
}

inline bool LessByClass(const Offered& a, const Offered& b) {
  return a.classification < b.classification;
}

// An offer that opens what is offered to fewer people, or as of a higher class.
struct Opening {
  Offered outer;
  Offered by_access;
  Offered by_class;

  bool ByAccess() const { return by_access.port.has_value() && LessByAccess(outer, by_access); }

  // A declassified port says itself why its class is lower.
  bool ByClass() const { return by_class.port.has_value() && LessByClass(outer, by_class) && !outer.declassified; }
};

struct OfferedPlace {
  std::string text;
  Offered offered;
  bool opens = true;  // false: its readers do not get at what lies there
};

// What offers open of other assets, that lie at the same place or in it. An offer may be there once for each place.
std::vector<Opening> FindOpenings(std::vector<OfferedPlace> places);
// What offers open by offering the very asset that another port offers, too.
std::vector<Opening> FindSecondOffers(const std::vector<Offered>& offers);

}  // namespace dpc::resolve
