// Of an export: agreements, waivers, and what was derived: placements, grants, lineage.
#include <nlohmann/json.hpp>

#include "access/answers.h"
#include "cli/export_parts.h"

namespace dpc::cli {

Json ExportAgreements(const ExportWriter& w) {
  return w.Each(w.m.agreements.All(), "", [&](model::AgreementId id) {
    const model::Agreement& row = w.m.agreements[id];
    return Json{{"key", w.keys.Of(id)},
                {"port", w.Reference(w.r.agreement_port[id.index()])},
                {"consumer", w.Reference(w.r.agreement_consumer[id.index()])},
                {"purpose", w.Text(row.purpose)},
                {"approvedBy", w.Texts(row.approved_by)},
                {"from", ExportWriter::Day(row.from)},
                {"until", ExportWriter::Day(row.until)},
                {"reassess", ExportWriter::Day(row.reassess)},
                {"breakGlass", row.break_glass},
                {"incident", w.Text(row.incident)},
                {"location", w.Place(row.range)}};
  });
}

Json ExportWaivers(const ExportWriter& w) {
  return w.Each(w.m.waivers.All(), "", [&](model::WaiverId id) {
    const model::Waiver& row = w.m.waivers[id];
    return Json{{"key", w.keys.Of(id)},
                {"policy", w.Text(row.policy)},
                {"entity", w.Text(row.entity)},
                {"findings", w.Texts(row.findings)},
                {"reason", w.Text(row.reason)},
                {"owner", w.Text(row.owner)},
                {"approvedBy", w.Texts(row.approved_by)},
                {"until", ExportWriter::Day(row.until)},
                {"location", w.Place(row.range)}};
  });
}

Json ExportPlacements(const ExportWriter& w) {
  return w.Each(w.r.placements.All(), "", [&](resolve::PlacementId id) {
    const resolve::Placement& row = w.r.placements[id];
    return Json{{"key", w.keys.Of(id)},
                {"asset", w.Reference(row.asset)},
                {"environment", w.Reference(row.environment)},
                {"bucket", w.Reference(row.bucket)},
                {"location", w.Place(w.m.assets[row.asset].name.range)}};
  });
}

Json ExportGrants(const ExportWriter& w) {
  Json all = Json::array();
  for (const access::GrantId id : w.c.access.grants.All()) {
    const access::Grant& row = w.c.access.grants[id];
    const access::Role& role = w.c.access.roles[row.role];
    const resolve::Placement& placement = w.r.placements[row.placement];
    all.push_back(Json{{"product", w.Reference(role.product)},
                       {"environment", w.Reference(role.environment)},
                       {"right", access::RightName(row.right)},
                       {"asset", w.Reference(placement.asset)},
                       {"assetEnvironment", w.Reference(placement.environment)},
                       {"port", w.Reference(row.cause.port)},
                       {"input", w.Reference(row.cause.input)},
                       {"agreement", w.Reference(row.cause.agreement)},
                       {"until", ExportWriter::Day(row.until)}});
  }
  return all;
}

Json ExportLineage(const ExportWriter& w) {
  Json all = Json::array();
  for (const graph::Edge& edge : w.c.graph.edges) {
    all.push_back(Json{{"from", w.Reference(edge.provider)},
                       {"to", w.Reference(edge.consumer)},
                       {"port", w.Reference(w.r.input_port[edge.input.index()])},
                       {"input", w.Reference(edge.input)}});
  }
  return all;
}

}  // namespace dpc::cli
