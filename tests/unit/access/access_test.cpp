#include "access/access.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "../compiled.h"

namespace dpc::access {
namespace {

using Lines = std::vector<std::string>;

// "own a/data in prd", "read b/data in prd" for each grant of a product's role in an environment, sorted.
Lines GrantsOf(const Compiled& compiled, std::string_view product, std::string_view environment) {
  Lines lines;
  for (const RoleId id : compiled->access.roles.All()) {
    const Role& role = compiled->access.roles[id];
    if (role.product != compiled.Product(product) || role.environment != compiled.Environment(environment)) {
      continue;
    }
    for (const GrantId grant_id : role.grants) {
      const Grant& grant = compiled->access.grants[grant_id];
      CHECK(grant.role == id);
      const resolve::Placement& placement = compiled->resolved.placements[grant.placement];
      lines.push_back((grant.right == Right::Own ? "own " : "read ") +
                      model::AssetLabel(compiled.model(), placement.asset) + " in " +
                      compiled.Name(compiled.model().environments, placement.environment));
    }
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

TEST_CASE("a product owns its assets and reads what it declares and may read") {
  const Compiled compiled({EnvironmentFile("prd"), ProductFile("a", Offers("a", "unrestricted")),
                           ProductFile("b", Offers("b", "unrestricted")),
                           ProductFile("c", Offers("c", "restricted") + Reads({"a"}))});
  CHECK(compiled.Findings() == Lines{});
  CHECK(GrantsOf(compiled, "c", "prd") == Lines{"own c/data in prd", "read a/data in prd"});
  CHECK(GrantsOf(compiled, "a", "prd") == Lines{"own a/data in prd"});
}

TEST_CASE("grants are not transitive") {
  const Compiled compiled({EnvironmentFile("prd"), ProductFile("a", Offers("a", "unrestricted")),
                           ProductFile("b", Offers("b", "unrestricted") + Reads({"a"})),
                           ProductFile("c", Reads({"b"}))});
  CHECK(GrantsOf(compiled, "c", "prd") == Lines{"read b/data in prd"});
}

TEST_CASE("a port gives its own assets, not others of its product") {
  const Compiled compiled({EnvironmentFile("prd"),
                           ProductFile("a",
                                       "assets: {x: {s3: x}, y: {s3: y}}\noutputPorts:\n"
                                       "  one: {assets: [x], access: unrestricted}\n"
                                       "  two: {assets: [x, y], access: restricted}\n"),
                           ProductFile("c", Reads({"a/one"}))});
  CHECK(GrantsOf(compiled, "c", "prd") == Lines{"read a/x in prd"});
}

TEST_CASE("restricted and private ports need an agreement, unrestricted ones do not") {
  for (const std::string access : {"restricted", "private"}) {
    INFO(access);
    Files files = {EnvironmentFile("prd"), ProductFile("a", Offers("a", access)), ProductFile("c", Reads({"a"})),
                   ProductFile("d", Reads({"a"}))};
    const Compiled pending(files);
    CHECK(GrantsOf(pending, "c", "prd") == Lines{});
    CHECK(pending->access.pending.size() == 2);
    CHECK(pending->access.pending[0].reason == PendingReason::NoAgreement);
    CHECK(pending.Findings() == Lines{"c/product.yaml:6 PendingInput", "d/product.yaml:6 PendingInput"});
    files.push_back(AgreementFile("a", "c"));
    const Compiled granted(files);
    CHECK(GrantsOf(granted, "c", "prd") == Lines{"read a/data in prd"});
    CHECK(GrantsOf(granted, "d", "prd") == Lines{});
  }
}

TEST_CASE("an agreement without an input port gives nothing") {
  const Compiled compiled(
      {EnvironmentFile("prd"), ProductFile("a", Offers("a", "restricted")), ProductFile("c"), AgreementFile("a", "c")});
  CHECK(GrantsOf(compiled, "c", "prd") == Lines{});
  CHECK(compiled.Messages("AgreementWithoutInput").size() == 1);
}

TEST_CASE("an environment reads from others one level deep, and only reads") {
  const Compiled compiled({EnvironmentFile("dev", "canReadFrom: [acc]\n"),
                           EnvironmentFile("acc", "canReadFrom: [prd]\n"), EnvironmentFile("prd"),
                           ProductFile("a", Offers("a", "unrestricted")),
                           ProductFile("c", Offers("c", "private") + Reads({"a"}))});
  CHECK(GrantsOf(compiled, "c", "dev") ==
        Lines{"own c/data in dev", "read a/data in acc", "read a/data in dev", "read c/data in acc"});
  CHECK(GrantsOf(compiled, "c", "acc") ==
        Lines{"own c/data in acc", "read a/data in acc", "read a/data in prd", "read c/data in prd"});
  CHECK(GrantsOf(compiled, "c", "prd") == Lines{"own c/data in prd", "read a/data in prd"});
}

TEST_CASE("reading from another environment needs consent too") {
  const Compiled compiled({EnvironmentFile("dev", "canReadFrom: [prd]\n"), EnvironmentFile("prd"),
                           ProductFile("a", Offers("a", "restricted")), ProductFile("c", Reads({"a"}))});
  CHECK(GrantsOf(compiled, "c", "dev") == Lines{});
}

TEST_CASE("a product has roles in its environments only, and sees there what lies there") {
  const Compiled compiled({EnvironmentFile("dev"), EnvironmentFile("prd"),
                           ProductFile("a", Offers("a", "unrestricted")),
                           ProductFile("b", "environments: [dev]\n" + Offers("b", "unrestricted")),
                           ProductFile("c", "environments: [prd]\n" + Reads({"a", "b"}))});
  CHECK(GrantsOf(compiled, "c", "prd") == Lines{"read a/data in prd"});
  CHECK(GrantsOf(compiled, "c", "dev") == Lines{});
  CHECK(compiled->access.roles.size() == 4);
  CHECK(compiled.Messages("ReachesNothing").size() == 1);
}

TEST_CASE("a retired product has no role and offers nothing") {
  Files files = {EnvironmentFile("prd"), ProductFile("a", "status: retired\n" + Offers("a", "unrestricted")),
                 ProductFile("b", "status: deprecated\n" + Offers("b", "unrestricted")),
                 ProductFile("c", Reads({"a", "b"}))};
  const Compiled compiled(files);
  CHECK(GrantsOf(compiled, "a", "prd") == Lines{});
  CHECK(GrantsOf(compiled, "b", "prd") == Lines{"own b/data in prd"});
  CHECK(GrantsOf(compiled, "c", "prd") == Lines{"read b/data in prd"});
  CHECK(compiled->access.roles.size() == 2);
  CHECK(compiled.Findings() == Lines{"c/product.yaml:6 RetiredProvider"});
}

TEST_CASE("a retired consumer reads nothing") {
  const Compiled compiled({EnvironmentFile("prd"), ProductFile("a", Offers("a", "unrestricted")),
                           ProductFile("c", "status: retired\n" + Offers("c", "private") + Reads({"a"}))});
  CHECK(GrantsOf(compiled, "c", "prd") == Lines{});
}

TEST_CASE("an environment without AWS has no roles") {
  const Compiled compiled({{"e.yaml", "apiVersion: dpc/v1\nkind: Environment\nname: lab\n"},
                           EnvironmentFile("prd"),
                           ProductFile("a", Offers("a", "unrestricted"))});
  CHECK(compiled->access.roles.size() == 1);
  CHECK(GrantsOf(compiled, "a", "lab") == Lines{});
}

TEST_CASE("a grant knows the declarations that caused it") {
  const Compiled compiled({EnvironmentFile("dev", "canReadFrom: [prd]\n"), EnvironmentFile("prd"),
                           ProductFile("a", Offers("a", "restricted")), ProductFile("c", Reads({"a"})),
                           AgreementFile("a", "c", "until: 2030-01-31\n")});
  const Role& role = compiled->access.roles[RoleId(2)];
  REQUIRE(compiled.Name(compiled.model().products, role.product) == "c");
  REQUIRE(role.grants.size() == 2);
  const Grant& here = compiled->access.grants[role.grants[0]];
  const Grant& there = compiled->access.grants[role.grants[1]];
  CHECK(here.cause.input == compiled.model().products[role.product].inputs[0]);
  CHECK(compiled.Port(here.cause.port) == "a/out");
  CHECK(here.cause.agreement == model::AgreementId(0));
  CHECK_FALSE(here.cause.read_from.has_value());
  CHECK(there.cause.read_from == compiled.Environment("prd"));
  CHECK(here.until == Date::Parse("2030-01-31"));
  CHECK(there.until == Date::Parse("2030-01-31"));
}

}  // namespace
}  // namespace dpc::access
