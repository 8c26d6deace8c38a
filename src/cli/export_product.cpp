// Of an export: products with their input ports and the consent to each, and datasets.
#include <array>
#include <nlohmann/json.hpp>

#include "access/consent.h"
#include "cli/export_parts.h"

namespace dpc::cli {
namespace {

constexpr std::array<std::pair<model::Service, std::string_view>, 5> kServices = {{
    {model::Service::Athena, "athena"},
    {model::Service::Console, "console"},
    {model::Service::Ssm, "ssm"},
    {model::Service::Conveyor, "conveyor"},
    {model::Service::IamUser, "iam-user"},
}};

Json ServicesOf(const model::Product& row) {
  Json all = Json::array();
  for (const auto& [service, name] : kServices) {
    if (row.services.Has(service)) {
      all.push_back(name);
    }
  }
  return all;
}

// As the table `input` of policies says it.
std::string_view StateName(const access::Consent& consent, const std::optional<access::Pending>& pending) {
  if (consent.granted || !pending) {
    return consent.granted ? "granted" : "retired";
  }
  switch (pending->reason) {
    case access::PendingReason::NoAgreement:
      return "missing";
    case access::PendingReason::NotYet:
      return "not-yet";
    case access::PendingReason::Expired:
      return "ended";
  }
  return "";
}

class ProductExport {
 public:
  // Consent is judged once more rather than read from grants: a product without a role has none.
  explicit ProductExport(const ExportWriter& w) : w_(w), pending_(w.m.inputs.size()) {
    DiagnosticList silence;
    Emitter emitter(silence);
    std::vector<access::Pending> pending;
    consents_ = access::JudgeConsent(w.m, w.r, w.c.today, pending, emitter);
    for (const access::Pending& row : pending) {
      pending_[row.input.index()] = row;
    }
  }

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
    Json all = w_.Collection();
    for (const model::AssetId id : w_.r.product_assets[product.index()]) {
      w_.Add(all, w_.keys.Of(id), ExportAsset(w_, id), w_.keys.Of(product));
    }
    return all;
  }

  Json Ports(model::ProductId product) const {
    Json all = w_.Collection();
    for (const model::PortId id : w_.m.products[product].ports) {
      w_.Add(all, w_.keys.Of(id), ExportPort(w_, id), w_.keys.Of(product));
    }
    return all;
  }

  Json Inputs(model::ProductId product) const {
    Json all = w_.Collection();
    for (const model::InputId id : w_.m.products[product].inputs) {
      const model::InputPort& row = w_.m.inputs[id];
      w_.Add(all, w_.keys.Of(id),
             Json{{"key", w_.keys.Of(id)},
                  {"port", w_.Reference(w_.r.input_port[id.index()])},
                  {"purpose", w_.Text(row.purpose)},
                  {"consent", Consent(id)},
                  {"location", w_.Place(row.range)}},
             w_.keys.Of(product));
    }
    return all;
  }

  Json Consent(model::InputId id) const {
    const access::Consent& consent = consents_[id.index()];
    const std::optional<access::Pending>& pending = pending_[id.index()];
    return Json{{"state", StateName(consent, pending)},
                {"agreement", w_.Reference(pending ? pending->agreement : consent.agreement)},
                {"until", ExportWriter::Day(consent.until)}};
  }

  const ExportWriter& w_;
  std::vector<access::Consent> consents_;
  std::vector<std::optional<access::Pending>> pending_;  // by input
};

}  // namespace

Json ExportProducts(const ExportWriter& w) {
  const ProductExport products(w);
  Json all = w.Collection();
  for (const model::ProductId id : w.m.products.All()) {
    w.Add(all, w.keys.Of(id), products.ToJson(id));
  }
  return all;
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
