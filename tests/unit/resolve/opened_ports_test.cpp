#include "resolve/opened_ports.h"

#include <catch2/catch.hpp>
#include <set>

#include "../property.h"

namespace dpc::resolve {
namespace {

using model::AccessType;
using model::Classification;

// Ports and assets of the offers that open something.
using Outers = std::set<std::pair<std::size_t, std::size_t>>;

// By looking at each two.
Outers Expected(const std::vector<OfferedPlace>& places) {
  Outers outers;
  for (const OfferedPlace& outer : places) {
    for (const OfferedPlace& inner : places) {
      const bool holds =
          outer.opens && inner.text.starts_with(outer.text) && inner.offered.asset != outer.offered.asset;
      const bool fewer = outer.offered.access < inner.offered.access;
      const bool higher = outer.offered.classification < inner.offered.classification && !outer.offered.declassified;
      if (holds && (fewer || higher)) {
        outers.emplace(outer.offered.port.index(), outer.offered.asset.index());
      }
    }
  }
  return outers;
}

Outers Found(const std::vector<OfferedPlace>& places) {
  Outers outers;
  for (const Opening& opening : FindOpenings(places)) {
    outers.emplace(opening.outer.port.index(), opening.outer.asset.index());
    const Offered& inner = opening.ByAccess() ? opening.by_access : opening.by_class;
    CHECK(inner.asset != opening.outer.asset);
  }
  return outers;
}

TEST_CASE("what opens what is found as by looking at each two offers") {
  CHECK(dpc::Holds(200, 100, [] {
    std::vector<OfferedPlace> places;
    const int count = *rc::gen::inRange(1, 10);
    for (int i = 0; i < count; ++i) {
      std::string text = "s3://b/";
      for (int depth = *rc::gen::inRange(0, 4); depth > 0; --depth) {
        text += *rc::gen::elementOf(std::vector<std::string>{"a/", "ab/", "b/"});
      }
      const auto asset = static_cast<std::size_t>(*rc::gen::inRange(0, 4));
      const Offered offered = {model::PortId(static_cast<std::size_t>(i)), model::AssetId(asset),
                               static_cast<AccessType>(*rc::gen::inRange(0, 3)),
                               static_cast<Classification>(*rc::gen::inRange(0, 5)), *rc::gen::inRange(0, 4) == 0};
      places.push_back({text, offered, *rc::gen::inRange(0, 5) != 0});
    }
    RC_ASSERT(Found(places) == Expected(places));
  }));
}

TEST_CASE("one asset by two ports is no opening of another, and a second offer") {
  const Offered open = {model::PortId(0), model::AssetId(0), AccessType::Unrestricted, Classification::Unset, false};
  const Offered restricted = {model::PortId(1), model::AssetId(0), AccessType::Restricted, Classification::Internal,
                              false};
  CHECK(FindOpenings({{"s3://b/", open, true}, {"s3://b/", restricted, true}}).empty());
  const auto second = FindSecondOffers({open, restricted});
  REQUIRE(second.size() == 1);
  CHECK(second.front().outer.port == open.port);
  CHECK(second.front().by_access.port == restricted.port);
}

}  // namespace
}  // namespace dpc::resolve
