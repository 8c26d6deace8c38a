// Regions that nobody has heard of: most of them are slips.
#include "model/regions.h"

#include <algorithm>

#include "resolve/resolver.h"

namespace dpc::resolve {

void Resolver::Regions() {
  CheckRegion(m_.workspace.aws.region, "the region of the workspace");
  CheckRegion(m_.workspace.aws.assumed_by.identity_center_region, "the home region of Identity Center");
  CheckRegion(m_.workspace.terraform.state_region, "the region of Terraform's state");
  for (const model::EnvironmentId id : m_.environments.All()) {
    const model::Environment& row = m_.environments[id];
    // Who names the partition knows a region that dpc cannot know.
    if (!row.aws.partition.has_value() && !m_.workspace.aws.partition.has_value()) {
      CheckRegion(row.aws.region, "the region of environment " + Quote(row.name));
    }
    CheckRegion(row.aws.assumed_by.identity_center_region, "the home region of Identity Center");
  }
}

void Resolver::CheckRegion(const model::Name& region, const std::string& what) {
  const auto known = model::KnownRegions();
  const std::string_view name = m_.Text(region);
  if (!region.has_value() || std::find(known.begin(), known.end(), name) != known.end()) {
    return;
  }
  auto report = emitter_.Report(kUnknownRegion, region.range, what, name);
  const auto nearest = NearestName(name, known);
  report.Hint(nearest ? "did you mean `" + *nearest + "`?" : "if it is new, say `partition` beside it");
}

}  // namespace dpc::resolve
