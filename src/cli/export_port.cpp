// Of an export: assets, and ports with their columns.
#include <nlohmann/json.hpp>

#include "cli/export_parts.h"

namespace dpc::cli {
namespace {

template <class Number>
Json NumberOrNull(const std::optional<Number>& number) {
  return number ? Json(*number) : Json(nullptr);
}

Json Columns(const ExportWriter& w, model::PortId port) {
  return w.Each(w.m.ports[port].columns, w.keys.Of(port), [&](model::ColumnId id) {
    const model::Column& row = w.m.columns[id];
    return Json{{"key", w.keys.Of(id)},
                {"name", w.Text(row.name)},
                {"type", w.Text(row.type)},
                {"description", w.Text(row.description)},
                {"classification", w.Text(model::ClassificationName(row.classification))},
                {"personal", row.personal},
                {"required", row.required},
                {"location", w.Place(row.name.range)}};
  });
}

Json Assets(const ExportWriter& w, model::PortId port) {
  Json all = Json::array();
  for (const resolve::AssetRefId reference : w.r.port_assets[port.index()]) {
    all.push_back(w.Reference(w.r.asset_refs[reference]));
  }
  return all;
}

Json Deprecated(const ExportWriter& w, model::PortId id) {
  const model::OutputPort& row = w.m.ports[id];
  if (!row.deprecated) {
    return nullptr;
  }
  return Json{{"since", ExportWriter::Day(row.deprecated_since)},
              {"sunset", ExportWriter::Day(row.sunset)},
              {"successor", w.Reference(w.r.port_successor[id.index()])},
              {"location", w.Place(row.deprecated_range)}};
}

Json DeclassifiedOf(const ExportWriter& w, const model::Declassified& row) {
  if (!row.declared) {
    return nullptr;
  }
  return Json{{"method", model::DeclassifyMethodName(row.method)},
              {"reason", w.Text(row.reason)},
              {"approvedBy", w.Texts(row.approved_by)},
              {"location", w.Place(row.range)}};
}

}  // namespace

Json ExportAsset(const ExportWriter& w, model::AssetId id) {
  const model::Asset& row = w.m.assets[id];
  return Json{{"key", w.keys.Of(id)},
              {"name", w.Text(row.name)},
              {"kind", model::AssetKindName(row.kind)},
              {"description", w.Text(row.description)},
              {"bucket", w.Text(row.bucket)},
              {"path", w.Text(row.path)},
              {"wholeBucket", row.whole_bucket},
              {"database", w.Text(row.database)},
              {"schema", w.Text(row.schema)},
              {"table", w.Text(row.table)},
              {"allTables", row.all_tables},
              {"databasePath", w.Text(row.database_path)},
              {"environments", w.Environments(w.r.asset_environments[id.index()])},
              {"from", row.has_from ? w.References(w.r.asset_from[id.index()]) : Json(nullptr)},
              {"location", w.Place(row.name.range)}};
}

Json ExportPort(const ExportWriter& w, model::PortId id) {
  const model::OutputPort& row = w.m.ports[id];
  return Json{{"key", w.keys.Of(id)},
              {"name", w.Text(row.name)},
              {"description", w.Text(row.description)},
              {"assets", Assets(w, id)},
              {"access", model::AccessTypeName(row.access)},
              {"classification", w.Text(model::ClassificationName(row.classification))},
              {"effectiveClassification", w.Text(model::ClassificationName(w.flow.ClassOf(id)))},
              {"personal", row.personal},
              {"effectivePersonal", w.flow.IsPersonal(id)},
              {"columns", Columns(w, id)},
              {"contract", w.Text(row.contract)},
              {"owner", w.Text(row.owner)},
              {"deprecated", Deprecated(w, id)},
              {"version", w.Text(row.version)},
              {"retentionDays", NumberOrNull(row.retention_days)},
              {"erasureKey", w.Text(row.erasure_key)},
              {"declassified", DeclassifiedOf(w, row.declassified)},
              {"location", w.Place(row.name.range)}};
}

}  // namespace dpc::cli
