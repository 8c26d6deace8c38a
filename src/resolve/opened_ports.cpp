#include "resolve/opened_ports.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "resolve/places.h"

namespace dpc::resolve {

bool MostGuarded::IsBetter(const Offered& offered, const Offered& than) const {
  return offered.port.has_value() && (!than.port.has_value() || less_(than, offered));
}

void MostGuarded::Add(const Offered& offered) {
  Offered& same = offered.asset == first_.asset ? first_ : second_;
  if (offered.asset == first_.asset || offered.asset == second_.asset) {
    same = IsBetter(offered, same) ? offered : same;
  } else if (IsBetter(offered, first_)) {
    second_ = std::exchange(first_, offered);
  } else if (IsBetter(offered, second_)) {
    second_ = offered;
  }
  if (IsBetter(second_, first_)) {
    std::swap(first_, second_);
  }
}

void MostGuarded::Add(const MostGuarded& other) {
  Add(other.first_);
  Add(other.second_);
}

namespace {

struct Guarded {
  MostGuarded by_access{LessByAccess};
  MostGuarded by_class{LessByClass};

  template <class What, class Other>
  void Add(const What& access, const Other& classification) {
    by_access.Add(access);
    by_class.Add(classification);
  }
};

// In the order of texts, what a place holds follows it. A place is closed when all in it has been seen.
class Walk {
 public:
  std::vector<Opening> Over(const std::vector<OfferedPlace>& places) {
    for (const OfferedPlace& place : places) {
      while (!open_.empty() && !LiesIn(place.text, open_.back().text)) {
        Close();
      }
      if (open_.empty() || open_.back().text != place.text) {
        open_.push_back({place.text, {}, {}});
      }
      open_.back().guarded.Add(place.offered, place.offered);
      if (place.opens) {
        open_.back().here.push_back(&place.offered);
      }
    }
    while (!open_.empty()) {
      Close();
    }
    return std::move(found_);
  }

 private:
  struct Node {
    std::string_view text;
    Guarded guarded;
    std::vector<const Offered*> here;
  };

  void Close() {
    const Node node = std::move(open_.back());
    open_.pop_back();
    for (const Offered* outer : node.here) {
      found_.push_back(
          {*outer, node.guarded.by_access.Without(outer->asset), node.guarded.by_class.Without(outer->asset)});
    }
    if (!open_.empty()) {
      open_.back().guarded.Add(node.guarded.by_access, node.guarded.by_class);
    }
  }

  std::vector<Node> open_;
  std::vector<Opening> found_;
};

std::vector<Opening> ThoseThatOpen(std::vector<Opening> openings) {
  std::erase_if(openings, [](const Opening& opening) { return !opening.ByAccess() && !opening.ByClass(); });
  return openings;
}

}  // namespace

std::vector<Opening> FindOpenings(std::vector<OfferedPlace> places) {
  std::sort(places.begin(), places.end(), [](const OfferedPlace& a, const OfferedPlace& b) {
    return std::tie(a.text, a.offered.port, a.offered.asset) < std::tie(b.text, b.offered.port, b.offered.asset);
  });
  return ThoseThatOpen(Walk().Over(places));
}

std::vector<Opening> FindSecondOffers(const std::vector<Offered>& offers) {
  std::map<model::AssetId, Guarded> by_asset;
  for (const Offered& offered : offers) {
    by_asset[offered.asset].Add(offered, offered);
  }
  std::vector<Opening> found;
  for (const Offered& offered : offers) {
    const Guarded& guarded = by_asset[offered.asset];
    found.push_back({offered, guarded.by_access.OfAll(), guarded.by_class.OfAll()});
  }
  return ThoseThatOpen(std::move(found));
}

}  // namespace dpc::resolve
