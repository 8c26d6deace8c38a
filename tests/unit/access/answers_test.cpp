#include "access/answers.h"

#include <catch2/catch.hpp>

#include "../compiled.h"

namespace dpc::access {
namespace {

Principal ProductNamed(const Compiled& compiled, const std::string& name) {
  return {PrincipalKind::Product, name, {}, compiled.Product(name), {}};
}

// The reason of the only answer to: may the product do that to the asset in `prd`?
std::string ReasonFor(const Compiled& compiled, const std::string& product, const std::string& asset, Need need) {
  const Answers answers(compiled.model(), compiled->resolved, compiled->access);
  const auto all = Telling(
      answers.Ask(ProductNamed(compiled, product), {compiled.Environment("prd")}, {compiled.Asset(asset)}, need));
  REQUIRE(all.size() == 1);
  CHECK(Yes(compiled->resolved, all) == all.front().allowed());
  return std::string(ReasonName(all.front().reason));
}

Compiled Repository() {
  return Compiled({EnvironmentFile("prd"), ProductFile("a", Offers("a", "restricted")),
                   ProductFile("b", Offers("b", "unrestricted") + Reads({"a"})), ProductFile("c", Reads({"a", "b"})),
                   ProductFile("d", Reads({"a"})), ProductFile("e", Reads({"a"})), AgreementFile("a", "c"),
                   AgreementFile("a", "d", "until: 2020-01-01\n"), AgreementFile("a", "e", "from: 2030-01-01\n")});
}

TEST_CASE("each reason for no is told apart") {
  const Compiled compiled = Repository();
  CHECK(ReasonFor(compiled, "a", "a/data", {Right::Own, Part::Files}) == "granted");
  CHECK(ReasonFor(compiled, "c", "a/data", {}) == "granted");
  CHECK(ReasonFor(compiled, "c", "a/data", {Right::Own, Part::Any}) == "onlyRead");
  CHECK(ReasonFor(compiled, "c", "a/data", {Right::Read, Part::Table}) == "noSuchPart");
  CHECK(ReasonFor(compiled, "c", "a/data", {Right::Read, Part::Key}) == "noSuchPart");
  CHECK(ReasonFor(compiled, "b", "a/data", {}) == "pending");
  CHECK(ReasonFor(compiled, "d", "a/data", {}) == "expired");
  CHECK(ReasonFor(compiled, "e", "a/data", {}) == "notYet");
  CHECK(ReasonFor(compiled, "a", "b/data", {}) == "noInputPort");
}

TEST_CASE("a person gets no further than a way leads") {
  const Compiled compiled = Repository();
  const Answers answers(compiled.model(), compiled->resolved, compiled->access);
  const Principal ann = {PrincipalKind::Person, "ann@acme.example", {}, {}, {}};
  // The environment of the test trusts its whole account, which is nobody in particular.
  const auto all = Telling(answers.Ask(ann, {}, {compiled.Asset("a/data")}, {}));
  REQUIRE(all.size() == 1);
  CHECK(all.front().reason == Reason::NoWayIn);
  CHECK(all.front().role_allowed());
  CHECK_FALSE(Yes(compiled->resolved, all));
}

TEST_CASE("nobody of that name has a product, and nothing asked is no yes") {
  const Compiled compiled = Repository();
  const Answers answers(compiled.model(), compiled->resolved, compiled->access);
  const Principal eve = {PrincipalKind::Person, "eve@acme.example", {}, {}, {}};
  const auto all = answers.Ask(eve, {}, {compiled.Asset("a/data")}, {});
  REQUIRE(all.size() == 1);
  CHECK(all.front().reason == Reason::NoProduct);
  CHECK_FALSE(Yes(compiled->resolved, all));
  CHECK_FALSE(Yes(compiled->resolved, {}));
}

TEST_CASE("who can: the owner and those with consent") {
  const Compiled compiled = Repository();
  const Answers answers(compiled.model(), compiled->resolved, compiled->access);
  std::vector<std::string> names;
  for (const Answer& answer : answers.WhoCan(compiled->environments, {compiled.Asset("a/data")}, {})) {
    names.push_back(compiled.Name(compiled.model().products, answer.product));
  }
  CHECK(names == std::vector<std::string>{"a", "c"});
}

}  // namespace
}  // namespace dpc::access
