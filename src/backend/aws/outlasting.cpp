#include "backend/aws/outlasting.h"

#include <algorithm>
#include <functional>
#include <map>

#include "backend/aws/diagnostics.h"
#include "model/settings.h"

namespace dpc::backend::aws {
namespace {

// Until when something lasts; what has no end lasts longest.
struct End {
  std::optional<Date> day;
  const access::Grant* grant = nullptr;  // a grant that lasts so long

  bool Before(const End& other) const { return day && (!other.day || *day < *other.day); }
};

using Chosen = std::function<bool(const resolve::Placement&)>;

// Of each placement, the grant that lasts longest.
std::map<resolve::PlacementId, End> Ends(const Input& input, const access::Role& role, const Chosen& chosen) {
  std::map<resolve::PlacementId, End> ends;
  for (const access::GrantId id : role.grants) {
    const access::Grant& grant = input.access.grants[id];
    if (chosen(input.resolved.placements[grant.placement])) {
      const End end = {grant.until, &grant};
      const auto [known, added] = ends.try_emplace(grant.placement, end);
      if (!added && known->second.Before(end)) {
        known->second = end;
      }
    }
  }
  return ends;
}

void Warn(const Input& input, const access::Role& role, const Chosen& chosen, const DiagnosticDef<4>& what,
          std::string_view hint, Emitter& emitter) {
  const model::Model& m = input.model;
  const auto ends = Ends(input, role, chosen);
  for (const auto& [placement, end] : ends) {
    const bool outlasts =
        std::any_of(ends.begin(), ends.end(), [&, &own = end](const auto& other) { return own.Before(other.second); });
    if (outlasts && end.grant->cause.input.has_value()) {
      emitter
          .Report(what, m.inputs[end.grant->cause.input].port.range, m.Text(m.products[role.product].name),
                  model::AssetLabel(m, input.resolved.placements[placement].asset),
                  m.Text(m.environments[role.environment].name), end.day->ToString())
          .Hint(hint);
    }
  }
}

}  // namespace

void WarnOfOutlastingReads(const Input& input, access::RoleId id, Emitter& emitter) {
  const model::Model& m = input.model;
  const access::Role& role = input.access.roles[id];
  if (model::EffectiveAws(m, role.environment).expiry != model::Expiry::Platform) {
    return;
  }
  const auto in_redshift = [&](const resolve::Placement& placement) {
    return placement.environment == role.environment && m.assets[placement.asset].kind == model::AssetKind::Redshift;
  };
  Warn(input, role, in_redshift, kOutlastsInRedshift,
       "after that day, build with `--today` and run the script of its database below `redshift/` again", emitter);
  const auto guarded = [&](const resolve::Placement& placement) {
    return model::IsGuarded(m, placement.environment, placement.asset);
  };
  Warn(input, role, guarded, kOutlastsInLakeFormation,
       "after that day, build with `--today` and apply: that takes the Lake Formation permission away", emitter);
}

}  // namespace dpc::backend::aws
