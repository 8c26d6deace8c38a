// Of an export: products with their input ports and the consent to each, and datasets.
#include <nlohmann/json.hpp>

#include "cli/export_parts.h"

namespace dpc::cli {
namespace {

Json ServicesOf(const model::Product& row) {
  Json all = Json::array();
  for (const auto& [service, name] : model::ServiceNames()) {
    if (row.services.Has(service)) {
      all.push_back(name);
    }
  }
  return all;
}

class ProductExport {
 public:
  explicit ProductExport(const ExportWriter& w) : w_(w) {}

  Json ToJson(model::ProductId id) const {
    const model::Product& row = w_.m.products[id];
    const std::string_view key = w_.keys.Of(id);
    return Json{{"key", key},
                {"name", w_.Text(row.name)},
                {"domain", w_.Reference(w_.r.product_domain[id.index()])},
                {"owner", w_.Reference(w_.r.product_owner[id.index()])},
                {"ownerPerson", w_.Text(row.owner_person)},
                {"members", ExportMembers(w_, row.members, key)},
                {"status", model::StatusName(row.status)},
                {"type", w_.Text(row.type)},
                {"description", w_.Text(row.description)},
                {"tags", w_.Texts(row.tags)},
                {"classification", w_.Text(model::ClassificationName(row.classification))},
                {"environments", w_.Environments(w_.r.product_environments[id.index()])},
                {"services", ServicesOf(row)},
                {"settings", w_.Settings(row.settings)},
                {"repository", w_.Text(row.repository)},
                {"folder", w_.m.Text(row.folder)},
                {"assets", Assets(id)},
                {"outputPorts", Ports(id)},
                {"inputPorts", Inputs(id)},
                {"location", w_.Place(row.name.range)}};
  }

 private:
  Json Assets(model::ProductId product) const {
    return w_.Each(w_.r.product_assets[product.index()], w_.keys.Of(product),
                   [&](model::AssetId id) { return ExportAsset(w_, id); });
  }

  Json Ports(model::ProductId product) const {
    return w_.Each(w_.m.products[product].ports, w_.keys.Of(product),
                   [&](model::PortId id) { return ExportPort(w_, id); });
  }

  Json Inputs(model::ProductId product) const {
    return w_.Each(w_.m.products[product].inputs, w_.keys.Of(product), [&](model::InputId id) {
      const model::InputPort& row = w_.m.inputs[id];
      return Json{{"key", w_.keys.Of(id)},
                  {"port", w_.Reference(w_.r.input_port[id.index()])},
                  {"purpose", w_.Text(row.purpose)},
                  {"consent", Consent(id)},
                  {"location", w_.Place(row.range)}};
    });
  }

  Json Consent(model::InputId id) const {
    const access::Consent& consent = w_.c.access.consents[id.index()];
    const access::Pending* pending = access::FindPending(w_.c.access, id);
    return Json{{"state", access::ConsentName(w_.m, w_.r, w_.c.access, id)},
                {"agreement", w_.Reference(pending != nullptr ? pending->agreement : consent.agreement)},
                {"until", ExportWriter::Day(consent.until)}};
  }

  const ExportWriter& w_;
};

}  // namespace

Json ExportProducts(const ExportWriter& w) {
  const ProductExport products(w);
  return w.Each(w.m.products.All(), "", [&](model::ProductId id) { return products.ToJson(id); });
}

Json ExportDatasets(const ExportWriter& w) {
  Json all = w.Collection();
  for (const model::PortId id : w.m.ports.All()) {
    if (!w.m.ports[id].product.has_value()) {
      w.Add(all, w.keys.Of(id), ExportPort(w, id));
    }
  }
  return all;
}

}  // namespace dpc::cli
