#include "names.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/text.h"
#include "model/naming.h"
#include "model/settings.h"

namespace dpc::oracle {
namespace {

std::string Fill(std::string_view text, std::span<const model::NamingValue> values) {
  const auto filled = model::FillTemplate(text, values);
  if (!filled) {
    throw std::runtime_error("template `" + std::string(text) + "` cannot be filled");
  }
  return *filled;
}

}  // namespace

Place PlaceOf(const driver::Compilation& c, model::EnvironmentId environment) {
  const model::AwsSettings aws = model::EffectiveAws(c.model, environment);
  return {model::PartitionOf(c.model, environment), std::string(c.model.Text(aws.region)),
          std::string(c.model.Text(aws.account))};
}

std::string Arn(const Place& place, std::string_view service, std::string_view resource) {
  return "arn:" + place.partition + ":" + std::string(service) + ":" + place.region + ":" + place.account + ":" +
         std::string(resource);
}

std::string IamArn(const Place& place, std::string_view resource) {
  return Arn({place.partition, "", place.account}, "iam", resource);
}

std::string S3Arn(const Place& place, std::string_view resource) {
  return Arn({place.partition, "", ""}, "s3", resource);
}

std::string FillProduct(const driver::Compilation& c, std::string_view text, model::ProductId product,
                        model::EnvironmentId environment) {
  const model::Model& m = c.model;
  const model::DomainId domain = c.resolved.product_domain[product.index()];
  const std::array<model::NamingValue, 5> values = {{
      {"prefix", m.Text(m.workspace.naming.prefix)},
      {"account", m.Text(m.workspace.naming.account)},
      {"product", m.Text(m.products[product].name)},
      {"environment", m.Text(m.environments[environment].name)},
      {"domain", domain.has_value() ? m.Text(m.domains[domain].name) : std::string_view()},
  }};
  return Fill(text, values);
}

std::string GlueDatabase(const driver::Compilation& c, model::AssetId asset, model::EnvironmentId environment) {
  const model::Model& m = c.model;
  const std::array<model::NamingValue, 4> values = {{
      {"prefix", m.Text(m.workspace.naming.prefix)},
      {"account", m.Text(m.workspace.naming.account)},
      {"environment", m.Text(m.environments[environment].name)},
      {"database", m.Text(m.assets[asset].database)},
  }};
  const std::string name = Fill(m.workspace.naming.glue_database, values);
  const model::Name& suffix = m.assets[asset].schema;
  // Glue stores lower case.
  return LowerCase(suffix.has_value() ? name + "__" + std::string(m.Text(suffix)) : name);
}

std::string WorkerName(const driver::Compilation& c, model::ProductId product) {
  const model::Model& m = c.model;
  const std::array<model::NamingValue, 3> values = {{
      {"prefix", m.Text(m.workspace.naming.prefix)},
      {"account", m.Text(m.workspace.naming.account)},
      {"product", m.Text(m.products[product].name)},
  }};
  std::string name = Fill(m.workspace.naming.project, values);
  std::replace(name.begin(), name.end(), '_', '.');
  return name;
}

}  // namespace dpc::oracle
