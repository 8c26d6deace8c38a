#include "driver/new_overlaps.h"

#include <set>
#include <string>

#include "resolve/diagnostics.h"

namespace dpc::driver {
namespace {

// The asset, and where it says that it lies.
std::string CoordinatesOf(const model::Model& m, model::AssetId id) {
  const model::Asset& row = m.assets[id];
  std::string text = model::AssetLabel(m, id) + "\n" + std::string(model::AssetKindName(row.kind));
  for (const model::Name* name : {&row.bucket, &row.path, &row.database, &row.schema, &row.table}) {
    text += "\n" + std::string(m.Text(*name));
  }
  return text + (row.whole_bucket ? "\nbucket" : "") + (row.all_tables ? "\ntables" : "");
}

}  // namespace

void MoveOverlaps(Compilation& c, Emitter& emitter) {
  if (!c.base || c.resolved.overlaps.empty()) {
    return;
  }
  std::set<std::string> known;
  for (const model::AssetId id : c.base->model.assets.All()) {
    known.insert(CoordinatesOf(c.base->model, id));
  }
  c.diagnostics.Remove(
      [](const Diagnostic& diagnostic) { return diagnostic.info.code == resolve::kAssetsOverlap.info.code; });
  resolve::ReportOverlaps(
      c.model, c.resolved.overlaps, [&](model::AssetId id) { return !known.contains(CoordinatesOf(c.model, id)); },
      emitter);
}

}  // namespace dpc::driver
