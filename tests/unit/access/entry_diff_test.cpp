#include "access/entry_diff.h"

#include <catch2/catch.hpp>

#include "../compiled.h"

namespace dpc::access {
namespace {

using Lines = std::vector<std::string>;

const std::string kPlain = "{principals: [\"arn:aws:iam::111122223333:role/a\"]}";

std::pair<std::string, std::string> Prd(const std::string& assumed_by, const std::string& fields = "") {
  return {"prd.yaml",
          "apiVersion: dpc/v1\nkind: Environment\nname: prd\naws:\n  account: \"111122223333\"\n"
          "  region: eu-west-1\n  buckets: {lake: {name: lake-prd, default: true}}\n" +
              fields + "  assumedBy: " + assumed_by + "\n"};
}

std::pair<std::string, std::string> Product(const std::string& name, const std::string& fields = "") {
  return {name + ".yaml", "apiVersion: dpc/v1\nkind: DataProduct\nname: " + name +
                              "\nmembers: {ann@x.example: owner}\nassets: {a: {glue: {database: d, table: " + name +
                              "}, path: " + name + "}}\n" + fields};
}

Entry Of(const Files& files) {
  const Compiled compiled(files);
  return EntryOf(compiled.model(), compiled->resolved, compiled->access);
}

// "+ product kind name" for each way, "~ setting: before > after" for each setting.
Lines Difference(const Files& base, const Files& head) {
  const Entry before = Of(base);
  const Entry after = Of(head);
  Lines lines;
  for (const WayChange& change : CompareWays(before, after)) {
    CHECK(change.facts.range.has_value());
    lines.push_back((change.gained ? "+ " : "- ") + change.key.product + " " +
                    std::string(WayKindName(change.key.kind)) + " " + change.key.name);
  }
  for (const SettingChange& change : CompareSettings(before, after)) {
    lines.push_back("~ " + change.key.product + " " + change.key.setting + ": " + change.before + " > " +
                    change.facts.value);
  }
  return lines;
}

TEST_CASE("the same declarations make no difference, in whatever order") {
  const std::string two = "{principals: [\"arn:aws:iam::111122223333:role/a\", \"arn:aws:iam::111122223333:role/b\"]}";
  const std::string swapped =
      "{principals: [\"arn:aws:iam::111122223333:role/b\", \"arn:aws:iam::111122223333:role/a\"]}";
  CHECK(Difference({Prd(two), Product("p")}, {Product("p"), Prd(swapped)}).empty());
}

TEST_CASE("what the whole account gains comes first, for every role") {
  CHECK(Difference({Prd(kPlain), Product("p"), Product("q")},
                   {Prd("{wholeAccount: true}"), Product("p"), Product("q")}) ==
        Lines{"+ p wholeAccount 111122223333", "+ q wholeAccount 111122223333",
              "- p principal arn:aws:iam::111122223333:role/a", "- q principal arn:aws:iam::111122223333:role/a"});
}

TEST_CASE("a new role gains its ways; a role that is gone loses none") {
  const Files one = {Prd(kPlain), Product("p")};
  const Files two = {Prd(kPlain), Product("p"), Product("q")};
  CHECK(Difference(one, two) == Lines{"+ q principal arn:aws:iam::111122223333:role/a"});
  CHECK(Difference(two, one).empty());
}

TEST_CASE("where a name counts is part of the way") {
  const auto pods = [](const std::string& cluster) {
    return Files{Prd("{podIdentity: {cluster: " + cluster + ", serviceAccounts: [jobs/x]}}"), Product("p")};
  };
  CHECK(Difference(pods("a"), pods("b")) == Lines{"- p podIdentity jobs/x", "+ p podIdentity jobs/x"});
  const auto accounts = [](const std::string& rest) {
    return Files{Prd("{serviceAccounts: {issuer: \"https://x.example/id\", names: [jobs/x]" + rest + "}}"),
                 Product("p")};
  };
  CHECK(Difference(accounts(""), accounts(", audience: y")) ==
        Lines{"- p serviceAccount jobs/x", "+ p serviceAccount jobs/x"});
}

TEST_CASE("settings that change what a grant is worth are compared with their defaults") {
  const Files plain = {Prd(kPlain), Product("p")};
  CHECK(Difference(plain, {Prd(kPlain, "  listing: bucket\n"), Product("p")}) == Lines{"~  listing: exact > bucket"});
  CHECK(Difference(plain, {Prd(kPlain, "  listing: exact\n  expiry: build\n"), Product("p")}).empty());
  CHECK(Difference({Prd(kPlain, "  lakeFormation: {databases: [d]}\n"), Product("p")}, plain) ==
        Lines{"~  lakeFormation: d > "});
  CHECK(Difference(plain, {Prd(kPlain), Product("p", "services: [iam-user]\n")}) ==
        Lines{"+ p iamUser dpc-p-prd", "~ p services:  > iam-user"});
}

}  // namespace
}  // namespace dpc::access
