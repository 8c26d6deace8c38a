// The parts of an export, and what they share: how keys, texts and places are written in the two forms. Private to
// export_*.cpp.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "cli/export_model.h"
#include "policy/tables/flow.h"
#include "resolve/keys.h"

namespace dpc::cli {

class ExportWriter {
 public:
  ExportWriter(const driver::Compilation& compilation, ExportForm form)
      : c(compilation), m(c.model), r(c.resolved), keys(c.model, c.resolved), flow(c.model, c.resolved), form_(form) {}

  // Null for "".
  Json ReferenceTo(std::string_view key) const;

  template <class IdT>
  Json Reference(IdT id) const {
    return ReferenceTo(keys.Of(id));
  }

  template <class Ids>
  Json References(const Ids& ids) const {
    Json all = Json::array();
    for (const auto id : ids) {
      all.push_back(Reference(id));
    }
    return all;
  }

  // Null for nothing.
  Json Text(std::string_view text) const;

  Json Text(Symbol symbol) const { return Text(m.Text(symbol)); }

  Json Text(const model::Name& name) const { return Text(m.Text(name)); }

  Json Texts(const model::Names& names) const;
  Json Settings(const model::Settings& settings) const;
  Json Environments(const IdRange<resolve::EnvironmentRefId>& references) const;
  Json Place(Range range) const;
  static Json Day(const std::optional<Date>& day);

  // A collection of entities: for each id what `row` makes of it. `parent`: as of Add.
  template <class Ids, class Row>
  Json Each(const Ids& ids, std::string_view parent, Row row) const {
    Json all = Collection();
    for (const auto id : ids) {
      Add(all, keys.Of(id), row(id), parent);
    }
    return all;
  }

  Json Collection() const;
  // As a map: by what `key` says beyond the kind and beyond `parent`, the key that it stands below.
  void Add(Json& collection, std::string_view key, Json row, std::string_view parent = "") const;

  const driver::Compilation& c;
  const model::Model& m;
  const resolve::Resolved& r;
  const resolve::Keys keys;
  const policy::Flow flow;

 private:
  ExportForm form_;
};

// Platforms and people.
Json ExportWorkspace(const ExportWriter& w);
Json ExportEnvironments(const ExportWriter& w);
Json ExportDomains(const ExportWriter& w);
Json ExportTeams(const ExportWriter& w);
Json ExportMembers(const ExportWriter& w, const IdRange<model::MemberId>& members, std::string_view parent);

// Products with all that they declare, and datasets of the portal, which no single product does.
Json ExportProducts(const ExportWriter& w);
Json ExportDatasets(const ExportWriter& w);
Json ExportAsset(const ExportWriter& w, model::AssetId id);
Json ExportPort(const ExportWriter& w, model::PortId id);

// Consent and what follows from it.
Json ExportAgreements(const ExportWriter& w);
Json ExportWaivers(const ExportWriter& w);
Json ExportPlacements(const ExportWriter& w);
Json ExportGrants(const ExportWriter& w);
Json ExportLineage(const ExportWriter& w);

}  // namespace dpc::cli
