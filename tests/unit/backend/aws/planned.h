// A small repository planned for AWS: what the tests of proof and comparison start from.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "../../compiled.h"
#include "backend/aws/account.h"

namespace dpc::backend::aws {

// `orders` owns a folder and a table and offers them; `report` reads them, with Athena.
inline Files TwoProducts() {
  return {{"dpc.yaml", "apiVersion: dpc/v1\nkind: Workspace\nname: acme\n"},
          EnvironmentFile("production"),
          ProductFile("orders",
                      "assets:\n  raw: {s3: raw/orders}\n  sales: {glue: {database: sales, table: orders}, path: "
                      "clean/orders}\noutputPorts: {all: {assets: [raw, sales], access: unrestricted}}\n"),
          ProductFile("report", "services: [athena]\n" + Reads({"orders/all"}))};
}

// Plans one environment.
class Planned {
 public:
  explicit Planned(Files files = TwoProducts(), std::string_view environment = "production")
      : compiled_(std::move(files)), input_(InputOf(compiled_)) {
    REQUIRE(!compiled_->failed());
    Emitter emitter(diagnostics_);
    NameRegister names(emitter);
    plan_ = PlanAccount(input_, compiled_.Environment(environment), names, emitter);
    REQUIRE(!plan_.roles.empty());
  }

  const Input& input() const { return input_; }

  const AccountPlan& plan() const { return plan_; }

  // A role of the plan by its product's name, to be changed.
  RolePlan Role(std::string_view product) const {
    for (const RolePlan& role : plan_.roles) {
      if (role.name.find(product) != std::string::npos) {
        return role;
      }
    }
    FAIL("no role of " << product);
    return {};
  }

 private:
  static Input InputOf(const Compiled& compiled) {
    const auto all = compiled->model.environments.All();
    return {compiled->model, compiled->resolved, compiled->access, {all.begin(), all.end()}};
  }

  Compiled compiled_;
  Input input_;
  DiagnosticList diagnostics_;
  AccountPlan plan_;
};

}  // namespace dpc::backend::aws
