#include "access/reach.h"

#include <catch2/catch.hpp>

#include "../compiled.h"

namespace dpc::access {
namespace {

using Lines = std::vector<std::string>;

std::pair<std::string, std::string> Prd(const std::string& assumed_by) {
  return {"prd.yaml",
          "apiVersion: dpc/v1\nkind: Environment\nname: prd\naws:\n  account: \"111122223333\"\n"
          "  region: eu-west-1\n  buckets: {lake: {name: lake-prd, default: true}}\n  assumedBy: " +
              assumed_by + "\n"};
}

std::pair<std::string, std::string> Crm() {
  return {"team.yaml",
          "apiVersion: dpc/v1\nkind: Team\nname: crm\npermissionSet: Crm\nmembers: {bob@x.example: member, "
          "amy@x.example: owner}\n"};
}

std::pair<std::string, std::string> Owned(const std::string& fields) {
  return {"p.yaml", "apiVersion: dpc/v1\nkind: DataProduct\nname: p\nassets: {a: {s3: a}}\n" + fields};
}

// "kind name: people" for each way into product `p`.
Lines Ways(const Files& files) {
  const Compiled compiled(files);
  Lines lines;
  const model::ProductId product = compiled.Product("p");
  for (const Way& way : WaysInto(compiled.model(), compiled->resolved, product, compiled.Environment("prd"))) {
    CHECK(way.range.has_value());
    std::string line = std::string(WayKindName(way.kind)) + " " + way.name + ":";
    for (const model::Person& person : PeopleBy(compiled.model(), compiled->resolved, product, way)) {
      line += " " + std::string(compiled.model().Text(person.email));
    }
    lines.push_back(line);
  }
  return lines;
}

const std::string kConveyor = "{conveyor: {issuer: \"https://x.example/id\"}}";

TEST_CASE("people come through the permission set of the team that owns the product, and only its members") {
  const std::string center = "{identityCenter: {homeRegion: eu-west-1}}";
  CHECK(Ways({Prd(center), Crm(), Owned("owner: crm\nmembers: {zed@x.example: member}\n")}) ==
        Lines{"identityCenter Crm: amy@x.example bob@x.example"});
  CHECK(Ways({Prd(center), Crm(), Owned("owner: amy@x.example\n")}).empty());
}

TEST_CASE("everybody with a role on the product works in Conveyor, when the product uses it") {
  CHECK(Ways({Prd(kConveyor), Crm(), Owned("owner: crm\nservices: [conveyor]\nmembers: {zed@x.example: member}\n")}) ==
        Lines{"conveyor https://x.example/id: amy@x.example bob@x.example zed@x.example"});
  CHECK(Ways({Prd(kConveyor), Owned("owner: mia@x.example\nservices: [conveyor]\n")}) ==
        Lines{"conveyor https://x.example/id: mia@x.example"});
  CHECK(Ways({Prd(kConveyor), Crm(), Owned("owner: crm\n")}).empty());
}

TEST_CASE("service accounts and principals are machines, and holes are filled") {
  CHECK(Ways({Prd("{podIdentity: {cluster: c, serviceAccounts: [\"{environment}/{product}\", jobs/x]}, principals: "
                  "[\"arn:aws:iam::111122223333:user/u\"], wholeAccount: true}"),
              Owned("owner: mia@x.example\n")}) ==
        Lines{"podIdentity prd/p:", "podIdentity jobs/x:", "principal arn:aws:iam::111122223333:user/u:",
              "wholeAccount 111122223333:"});
}

TEST_CASE("the IAM user of a product is a way of its own, whatever the environment declares") {
  CHECK(Ways({Prd("{principals: [\"arn:aws:iam::111122223333:user/u\"]}"),
              {"dpc.yaml",
               "apiVersion: dpc/v1\nkind: Workspace\nname: acme\nnaming: {user: \"u-{product}-{environment}\"}\n"},
              Owned("owner: mia@x.example\nservices: [iam-user]\n")}) ==
        Lines{"principal arn:aws:iam::111122223333:user/u:", "iamUser u-p-prd:"});
}

TEST_CASE("a way tells where its name counts") {
  const Compiled compiled(
      {Prd(kConveyor),
       Owned("owner: mia@x.example\nservices: [conveyor]\n"),
       {"dpc.yaml", "apiVersion: dpc/v1\nkind: Workspace\nname: acme\nnaming: {project: \"x_{product}\"}\n"}});
  const auto ways = WaysInto(compiled.model(), compiled->resolved, compiled.Product("p"), compiled.Environment("prd"));
  REQUIRE(ways.size() == 1);
  CHECK(WithinText(ways.front()) == "of project `prd/x.p` by issuer `https://x.example/id`");
}

}  // namespace
}  // namespace dpc::access
