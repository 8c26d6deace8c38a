#include "resolve/resolve.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "../compiled.h"

namespace dpc::resolve {
namespace {

using Lines = std::vector<std::string>;

// The ports that the inputs of a product resolved to.
Lines InputsOf(const Compiled& compiled, std::string_view product) {
  Lines ports;
  for (const model::InputId input : compiled.model().products[compiled.Product(product)].inputs) {
    ports.push_back(compiled.Port(compiled->resolved.input_port[input.index()]));
  }
  return ports;
}

// "environment bucket" of each placement of an asset.
Lines PlacementsOf(const Compiled& compiled, std::string_view asset) {
  Lines lines;
  for (const PlacementId id : compiled->resolved.asset_placements[compiled.Asset(asset).index()]) {
    const Placement& placement = compiled->resolved.placements[id];
    const model::BucketId bucket = placement.bucket;
    lines.push_back(
        compiled.Name(compiled.model().environments, placement.environment) + " " +
        (bucket.has_value() ? std::string(compiled.model().Text(compiled.model().buckets[bucket].bucket_name)) : "-"));
  }
  return lines;
}

TEST_CASE("an input port is found as product/port, and as the product when it has one port") {
  const Compiled compiled({EnvironmentFile("prd"), ProductFile("one", Offers("one", "unrestricted")),
                           ProductFile("reader", Reads({"one", "two/b", "two/a"})),
                           ProductFile("two",
                                       "assets: {data: {s3: two}}\noutputPorts:\n  a: {assets: [data], access: "
                                       "unrestricted}\n  b: {assets: [data], access: unrestricted}\n")});
  CHECK(compiled.Findings() == Lines{});
  CHECK(InputsOf(compiled, "reader") == Lines{"one/out", "two/b", "two/a"});
}

TEST_CASE("an input port that is not found is None, and one finding") {
  const Compiled compiled({EnvironmentFile("prd"), ProductFile("one", Offers("one", "unrestricted")),
                           ProductFile("reader", Reads({"onee", "one/in", "one", "one/out", "two", "reader"})),
                           ProductFile("two",
                                       "assets: {data: {s3: two}}\noutputPorts: {a: {assets: [data]}, b: "
                                       "{assets: [data]}}\n")});
  CHECK(InputsOf(compiled, "reader") == Lines{"", "", "one/out", "", "", ""});
  CHECK(compiled.Findings() == Lines{"reader/product.yaml:6 UnresolvedPort", "reader/product.yaml:7 UnresolvedPort",
                                     "reader/product.yaml:9 RepeatedInput", "reader/product.yaml:10 AmbiguousPort",
                                     "reader/product.yaml:11 UnresolvedPort"});
}

TEST_CASE("a product that reads its own port is told so") {
  const Compiled compiled({EnvironmentFile("prd"), ProductFile("one", Offers("one", "private") + Reads({"one"}))});
  CHECK(compiled.Findings() == Lines{"one/product.yaml:8 OwnPortAsInput"});
  CHECK(InputsOf(compiled, "one") == Lines{""});
}

TEST_CASE("an asset without a bucket lies in the default one, with one in that one, in each environment") {
  const Compiled compiled({EnvironmentFile("dev"), EnvironmentFile("prd"),
                           ProductFile("one",
                                       "assets:\n  a: {s3: a}\n  b: {s3: {bucket: landing, prefix: b}}\n"
                                       "  c: {s3: c, environments: [prd]}\n"
                                       "  d: {glue: {database: d, table: d}}\n")});
  CHECK(compiled.Findings() == Lines{});
  CHECK(PlacementsOf(compiled, "one/a") == Lines{"dev lake-dev", "prd lake-prd"});
  CHECK(PlacementsOf(compiled, "one/b") == Lines{"dev landing-dev", "prd landing-prd"});
  CHECK(PlacementsOf(compiled, "one/c") == Lines{"prd lake-prd"});
  CHECK(PlacementsOf(compiled, "one/d") == Lines{"dev -", "prd -"});
  const Resolved& resolved = compiled->resolved;
  CHECK(resolved.Find(compiled.Asset("one/c"), compiled.Environment("prd")).has_value());
  CHECK_FALSE(resolved.Find(compiled.Asset("one/c"), compiled.Environment("dev")).has_value());
}

TEST_CASE("a bucket that an environment does not know gives no placement there") {
  const Compiled compiled(
      {EnvironmentFile("prd"), ProductFile("one", "assets: {a: {s3: {bucket: landingg, prefix: a}}}\n")});
  CHECK(compiled.Findings() == Lines{"one/product.yaml:5 UnknownBucket"});
  CHECK(PlacementsOf(compiled, "one/a") == Lines{});
}

TEST_CASE("the environments of a product are its own, in the order of environments, or all") {
  const Compiled compiled({EnvironmentFile("dev", "aliases: [development]\n"), EnvironmentFile("prd"),
                           EnvironmentFile("tst"), ProductFile("all", "assets: {a: {s3: all}}\n"),
                           ProductFile("some", "environments: [tst, development]\nassets: {a: {s3: some}}\n")});
  CHECK(compiled.Findings() == Lines{});
  CHECK(PlacementsOf(compiled, "all/a") == Lines{"dev lake-dev", "prd lake-prd", "tst lake-tst"});
  CHECK(PlacementsOf(compiled, "some/a") == Lines{"dev lake-dev", "tst lake-tst"});
}

TEST_CASE("environments read from others, not from themselves, once each, also by alias") {
  const Compiled compiled({EnvironmentFile("dev", "canReadFrom: [prd, production, nowhere, dev]\n"),
                           EnvironmentFile("prd", "aliases: [production]\n"), ProductFile("one")});
  const auto reads = compiled->resolved.environment_reads[compiled.Environment("dev").index()];
  REQUIRE(reads.size() == 1);
  CHECK(compiled->resolved.environment_refs[reads[0]] == compiled.Environment("prd"));
  CHECK(compiled->resolved.environment_reads[compiled.Environment("prd").index()].empty());
  CHECK(compiled.Findings() ==
        Lines{"environments/dev.yaml:4 UnknownReference", "environments/dev.yaml:4 ReadsItself"});
}

TEST_CASE("a product is owned by its team, else by its domain's") {
  const std::string head = "apiVersion: dpc/v1\n";
  const Compiled compiled(
      {{"people.yaml", head + "kind: Domain\nname: sales\nowner: sellers\n---\n" + head +
                           "kind: Team\nname: sellers\n---\n" + head + "kind: Team\nname: makers\n"},
       EnvironmentFile("prd"),
       ProductFile("a", "domain: sales\n"),
       ProductFile("b", "domain: sales\nowner: makers\n"),
       ProductFile("c")});
  const auto owner = [&](std::string_view product) {
    return compiled.Name(compiled.model().teams, compiled->resolved.product_owner[compiled.Product(product).index()]);
  };
  CHECK(compiled.Findings() == Lines{});
  CHECK(owner("a") == "sellers");
  CHECK(owner("b") == "makers");
  CHECK(owner("c").empty());
}

TEST_CASE("a name is declared once, and the first declaration counts") {
  Files files = {EnvironmentFile("prd"), ProductFile("one", Offers("one", "unrestricted")),
                 ProductFile("reader", Reads({"one"}))};
  auto second = ProductFile("one");
  second.first = "zzz/product.yaml";
  files.push_back(second);
  const Compiled compiled(files);
  CHECK(compiled.Findings() == Lines{"zzz/product.yaml:3 DuplicateDeclaration"});
  CHECK(InputsOf(compiled, "reader") == Lines{"one/out"});
}

TEST_CASE("agreements find their port and consumer, and lie in the provider's folder") {
  Files files = {EnvironmentFile("prd"), ProductFile("one", Offers("one", "restricted")),
                 ProductFile("reader", Reads({"one"})), AgreementFile("one", "reader")};
  const Compiled compiled(files);
  CHECK(compiled.Findings() == Lines{});
  CHECK(compiled.Port(compiled->resolved.agreement_port[0]) == "one/out");
  CHECK(compiled->resolved.agreement_consumer[0] == compiled.Product("reader"));
  files.back().first = "reader/agreements/one.yaml";
  CHECK(Compiled(files).Findings() == Lines{"reader/agreements/one.yaml:3 AgreementOutsideProvider"});
  files.back().first = "one-more/agreement.yaml";
  CHECK(Compiled(files).Findings() == Lines{"one-more/agreement.yaml:3 AgreementOutsideProvider"});
}

TEST_CASE("agreements of one pair are apart in time, or one finding") {
  const auto findings = [](const std::string& first, const std::string& second) {
    auto other = AgreementFile("one", "reader", second);
    other.first = "one/agreements/second.yaml";
    return Compiled({EnvironmentFile("prd"), ProductFile("one", Offers("one", "restricted")),
                     ProductFile("reader", Reads({"one"})), AgreementFile("one", "reader", first), other},
                    Date::Parse("2026-06-01"))
        .Messages("AgreementsOverlap")
        .size();
  };
  CHECK(findings("until: 2026-06-30\n", "from: 2026-07-01\n") == 0);
  CHECK(findings("from: 2026-07-01\n", "until: 2026-06-30\n") == 0);
  CHECK(findings("until: 2026-06-30\n", "from: 2026-06-30\n") == 1);
  CHECK(findings("until: 2026-06-30\n", "until: 2026-01-30\n") == 1);
  CHECK(findings("", "from: 2026-07-01\n") == 1);
}

TEST_CASE("what is compiled does not depend on the order of files") {
  Files files = {EnvironmentFile("dev"),
                 EnvironmentFile("prd"),
                 ProductFile("a", Offers("a", "restricted")),
                 ProductFile("b", Offers("b", "unrestricted") + Reads({"a"})),
                 ProductFile("c", Reads({"b", "nope"})),
                 AgreementFile("a", "b")};
  const Compiled forwards(files);
  std::reverse(files.begin(), files.end());
  const Compiled backwards(files);
  CHECK(forwards.Findings() == backwards.Findings());
  CHECK(forwards.Product("c") == backwards.Product("c"));
  CHECK(InputsOf(forwards, "c") == InputsOf(backwards, "c"));
}

}  // namespace
}  // namespace dpc::resolve
