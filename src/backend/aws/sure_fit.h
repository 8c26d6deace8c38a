// Roles whose documents surely fit, by arithmetic alone: `check` builds, packs and proves only the others. Private to
// this folder.
//
// A bound, never less than what a build writes: every item counts by its length, every statement by its frame, and
// nothing is dropped for being contained in something else. Where the bound of each topic's document is within the
// quota, the packer's first layout fits (pack.h).
// A topic counts as a document also where all of it is contained in another one's, and a build leaves it out: its name
// is claimed then though nothing will bear it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "backend/aws/names.h"
#include "backend/aws/pack.h"
#include "backend/aws/rights.h"
#include "backend/backend.h"

namespace dpc::backend::aws {

// Of each topic's document, in the order of Topics(): bytes of compact JSON at most; 0 where there is none.
struct TopicBytes {
  std::array<std::size_t, 6> bytes{};

  // Those of the role's services, as they were derived.
  void AddServices(const Statements& services);

  bool Fit(const Quota& quota) const;
};

class SureFit {
 public:
  SureFit(const Input& input, model::EnvironmentId environment, const Naming& names);

  // Of what the role's grants ask for. Nothing where they take a closer look: a name that JSON or IAM would read
  // otherwise, an end that AWS enforces, Lake Formation, a platform of its own. Reports nothing.
  std::optional<TopicBytes> OfGrants(access::RoleId role);

  // False where the trust policy takes a closer look: it may be too long, or let in nobody.
  bool TrustSurelyFits(access::RoleId role) const;

 private:
  // What grants on one placement, one bucket and one environment add. In bytes of JSON with quotes and comma.
  struct OfPlacement {
    bool known = false;
    bool sure = false;
    bool all_tables = false;
    std::size_t file = 0;    // the item of its folder; 0: it has no files
    std::size_t prefix = 0;  // the same for listing
    std::size_t table = 0;   // its database and its table; 0: it is no table
  };

  struct OfBucket {
    bool known = false;
    bool sure = false;
    bool has_key = false;
    std::size_t listing = 0;              // its statement on prefixes, and its item in others
    std::array<std::size_t, 2> key = {};  // the statement on its key: of readers, of owners
    model::EnvironmentId environment;
  };

  struct OfEnvironment {
    bool known = false;
    bool ends = false;  // AWS is to end what has an end
    std::size_t catalog = 0;
    Place place;
    model::LakeFormation guard;
  };

  const OfPlacement& Placement(resolve::PlacementId id);
  const OfBucket& Bucket(model::BucketId id);
  const OfEnvironment& Environment(model::EnvironmentId id);
  OfPlacement Measure(const resolve::Placement& placement);
  bool MeasureTable(const resolve::Placement& placement, OfPlacement& out);
  bool IsGuarded(const resolve::Placement& placement);
  bool Add(const access::Grant& grant, TopicBytes& total);
  void AddFiles(const resolve::Placement& placement, const OfPlacement& of, bool own, TopicBytes& total);
  void AddTable(const resolve::Placement& placement, const OfPlacement& of, bool own, TopicBytes& total);

  const Input& input_;
  model::EnvironmentId environment_;
  const Naming& names_;
  std::size_t trust_quota_;
  // Of what this environment's roles have grants on, by number: looked up only. All placements of all environments
  // would be too many to make room for in each.
  std::unordered_map<std::size_t, OfPlacement> placements_;
  std::unordered_map<std::size_t, OfBucket> buckets_;
  std::unordered_map<std::size_t, OfEnvironment> environments_;
  // Of the role at hand: buckets and environments whose statements are counted, by reader and owner.
  std::array<std::vector<model::BucketId>, 2> counted_buckets_;
  std::array<std::vector<model::EnvironmentId>, 2> counted_catalogs_;
};

}  // namespace dpc::backend::aws
