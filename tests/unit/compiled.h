// Small repositories in memory, compiled: what the tests of the later stages start from.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "driver/driver.h"

namespace dpc {

using Files = std::vector<std::pair<std::string, std::string>>;

// An environment with a default bucket `lake-NAME`; `fields` are further ones, each on its line.
inline std::pair<std::string, std::string> EnvironmentFile(const std::string& name, const std::string& fields = "") {
  return {"environments/" + name + ".yaml",
          "apiVersion: dpc/v1\nkind: Environment\nname: " + name + "\n" + fields +
              "aws:\n  account: \"111122223333\"\n  region: eu-west-1\n  assumedBy: {wholeAccount: true}\n"
              "  buckets: {datalake: {name: lake-" +
              name + ", default: true}, landing: {name: landing-" + name + "}}\n"};
}

// A product with an owner; `fields` are further ones, each on its line.
inline std::pair<std::string, std::string> ProductFile(const std::string& name, const std::string& fields = "") {
  return {name + "/product.yaml",
          "apiVersion: dpc/v1\nkind: DataProduct\nname: " + name + "\nmembers: {ann@acme.example: owner}\n" + fields};
}

// The consent that lies with its provider.
inline std::pair<std::string, std::string> AgreementFile(const std::string& provider, const std::string& consumer,
                                                         const std::string& fields = "") {
  return {provider + "/agreements/" + consumer + ".yaml",
          "apiVersion: dpc/v1\nkind: AccessAgreement\nport: " + provider + "\nconsumer: " + consumer +
              "\npurpose: test\napprovedBy: [ann@acme.example]\n" + fields};
}

// The fields of a product that reads `ports`.
inline std::string Reads(const std::vector<std::string>& ports) {
  std::string text = ports.empty() ? "" : "inputPorts:\n";
  for (const std::string& port : ports) {
    text += "  - {port: " + port + ", purpose: test}\n";
  }
  return text;
}

// The fields of a product with one asset below `name` that one port offers.
inline std::string Offers(const std::string& name, const std::string& access) {
  return "assets: {data: {s3: data/" + name + "}}\noutputPorts: {out: {assets: [data], access: " + access + "}}\n";
}

class Compiled {
 public:
  explicit Compiled(Files files, std::optional<Date> today = Date(20000)) {
    driver::Options options;
    options.threads = 1;
    options.today = today;
    compilation_ = driver::CompileTree(source::OpenMemory(std::move(files)), options);
  }

  const driver::Compilation& operator*() const { return *compilation_; }

  const driver::Compilation* operator->() const { return compilation_.get(); }

  // "path:line Name" for each, in the order of reports.
  std::vector<std::string> Findings() const {
    std::vector<std::string> lines;
    for (const Diagnostic& diagnostic : compilation_->diagnostics.all()) {
      std::string place = "repository";
      if (diagnostic.range.has_value()) {
        const source::Place at = compilation_->sources.Locate(diagnostic.range.begin);
        place = std::string(at.path) + ":" + std::to_string(at.line);
      }
      lines.push_back(place + " " + std::string(diagnostic.info.name));
    }
    return lines;
  }

  std::vector<std::string> Messages(std::string_view diagnostic_name) const {
    std::vector<std::string> messages;
    for (const Diagnostic& diagnostic : compilation_->diagnostics.all()) {
      if (diagnostic.info.name == diagnostic_name) {
        messages.push_back(diagnostic.message);
      }
    }
    return messages;
  }

  model::ProductId Product(std::string_view name) const { return Find(model().products, name); }

  model::EnvironmentId Environment(std::string_view name) const { return Find(model().environments, name); }

  model::AssetId Asset(std::string_view label) const {
    for (const model::AssetId id : model().assets.All()) {
      if (model::AssetLabel(model(), id) == label) {
        return id;
      }
    }
    return {};
  }

  const model::Model& model() const { return compilation_->model; }

  // "" for None.
  template <class IdT, class StoreT>
  std::string Name(const StoreT& store, IdT id) const {
    return id.has_value() ? std::string(model().Text(store[id].name)) : "";
  }

  // "product/port"; "" for None.
  std::string Port(model::PortId port) const { return port.has_value() ? model::PortLabel(model(), port) : ""; }

 private:
  template <class IdT, class Row>
  IdT Find(const Store<IdT, Row>& store, std::string_view name) const {
    for (const IdT id : store.All()) {
      if (model().Text(store[id].name) == name) {
        return id;
      }
    }
    return IdT::None();
  }

  std::unique_ptr<driver::Compilation> compilation_;
};

}  // namespace dpc
