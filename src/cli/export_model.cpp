#include "cli/export_model.h"

#include <nlohmann/json.hpp>

#include "cli/export_parts.h"
#include "cli/ledger_rows.h"
#include "cli/place.h"
#include "version.h"

namespace dpc::cli {
namespace {

constexpr int kSchemaVersion = 1;

// "orders/orders" of "port:orders/orders".
std::string_view NameOf(std::string_view key) {
  return key.substr(key.find(':') + 1);
}

}  // namespace

Json ExportWriter::ReferenceTo(std::string_view key) const {
  return Text(form_ == ExportForm::Keys ? key : NameOf(key));
}

Json ExportWriter::Text(std::string_view text) const {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json ExportWriter::Texts(const model::Names& names) const {
  Json all = Json::array();
  for (const model::NameId name : names) {
    all.push_back(m.Text(m.names[name]));
  }
  return all;
}

Json ExportWriter::Settings(const model::Settings& settings) const {
  Json all = Json::object();
  for (const model::SettingId id : settings) {
    const model::Setting& setting = m.settings[id];
    all[std::string(m.Text(setting.key))] = m.Text(setting.value);
  }
  return all;
}

Json ExportWriter::Environments(const IdRange<resolve::EnvironmentRefId>& references) const {
  Json all = Json::array();
  for (const resolve::EnvironmentRefId reference : references) {
    all.push_back(Reference(r.environment_refs[reference]));
  }
  return all;
}

Json ExportWriter::Place(Range range) const {
  return PlaceJson(c.sources, range);
}

Json ExportWriter::Day(const std::optional<Date>& day) {
  return day ? Json(day->ToString()) : Json(nullptr);
}

Json ExportWriter::Collection() const {
  return form_ == ExportForm::Keys ? Json::array() : Json::object();
}

void ExportWriter::Add(Json& collection, std::string_view key, Json row, std::string_view parent) const {
  if (form_ == ExportForm::Keys) {
    collection.push_back(std::move(row));
    return;
  }
  const std::string_view name = NameOf(key);
  const std::string_view around = NameOf(parent);
  const bool below = !parent.empty() && name.starts_with(around) && name.substr(around.size()).starts_with('/');
  // Keys differ, so nothing is looked for: `operator[]` would compare with every entry before.
  static_cast<Json::object_t::Container&>(collection.get_ref<Json::object_t&>())
      .emplace_back(below ? name.substr(around.size() + 1) : name, std::move(row));
}

Json ExportModel(const driver::Compilation& compilation, ExportForm form, const ledger::Ledger* ledger) {
  const ExportWriter w(compilation, form);
  Json out = Json{{"schemaVersion", kSchemaVersion},
                  {"tool", Json{{"name", "dpc"}, {"version", DPC_VERSION}}},
                  {"revision", compilation.tree->Describe()},
                  {"today", ExportWriter::Day(compilation.today)},
                  {"workspace", ExportWorkspace(w)},
                  {"environments", ExportEnvironments(w)},
                  {"domains", ExportDomains(w)},
                  {"teams", ExportTeams(w)},
                  {"products", ExportProducts(w)},
                  {"datasets", ExportDatasets(w)},
                  {"agreements", ExportAgreements(w)},
                  {"waivers", ExportWaivers(w)},
                  {"placements", ExportPlacements(w)},
                  {"grants", ExportGrants(w)},
                  {"lineage", ExportLineage(w)}};
  if (ledger != nullptr) {
    out["change"] = LedgerJson(*ledger);
  }
  return out;
}

}  // namespace dpc::cli
