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

TEST_CASE(
    "through another product's role come those that get into it, at any depth, and a role does not trust itself") {
  const auto lab = [](const std::string& principal) {
    return std::pair<std::string, std::string>{
        "lab.yaml",
        "apiVersion: dpc/v1\nkind: Environment\nname: lab\naws:\n  account: \"222233334444\"\n  region: eu-west-1\n"
        "  buckets: {lake: {name: lake-lab, default: true}}\n  assumedBy: {identityCenter: {homeRegion: eu-west-1}, "
        "principals: [\"" +
            principal + "\"]}\n"};
  };
  const std::pair<std::string, std::string> q = {
      "q.yaml", "apiVersion: dpc/v1\nkind: DataProduct\nname: q\nowner: ops\nassets: {b: {s3: b}}\n"};
  const std::pair<std::string, std::string> ops = {
      "ops.yaml", "apiVersion: dpc/v1\nkind: Team\nname: ops\npermissionSet: Ops\nmembers: {eve@x.example: owner}\n"};
  const std::pair<std::string, std::string> names = {
      "dpc.yaml", "apiVersion: dpc/v1\nkind: Workspace\nname: acme\nnaming: {role: \"{product}-{environment}\"}\n"};
  const std::string start = "arn:aws:iam::";
  // prd trusts q's role in lab, which trusts p's role in prd: its own, at the end.
  const std::string q_in_lab = start + "222233334444:role/q-lab";
  const std::string p_in_prd = start + "111122223333:role/p-prd";
  CHECK(Ways({Prd("{principals: [\"" + q_in_lab + "\"]}"), lab(p_in_prd), q, ops, Crm(), names,
              Owned("owner: crm\n")}) == Lines{"principal " + q_in_lab + ": eve@x.example"});
  CHECK(Ways({Prd("{principals: [\"" + p_in_prd + "\"]}"), Crm(), names, Owned("owner: crm\n")}).empty());
  // Names are told apart without regard to case, and by account.
  CHECK(Ways({Prd("{principals: [\"" + start + "111122223333:role/P-PRD\"]}"), Crm(), names, Owned("owner: crm\n")})
            .empty());
  CHECK(Ways({Prd("{principals: [\"" + start + "999999999999:role/p-prd\"]}"), Crm(), names, Owned("owner: crm\n")})
            .size() == 1);
  const std::string set = start +
                          "111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/"
                          "AWSReservedSSO_Crm_0123456789abcdef";
  CHECK(Ways({Prd("{principals: [\"" + set + "\"]}"), Crm(), Owned("owner: crm\n")}) ==
        Lines{"principal " + set + ": amy@x.example bob@x.example"});
}

TEST_CASE("accounts may be for some products, and not for those with a service") {
  const std::string accounts = "{podIdentity: {cluster: c, serviceAccounts: [jobs/x], ";
  const std::string owner = "owner: mia@x.example\n";
  CHECK(Ways({Prd(accounts + "products: [p]}}"), Owned(owner)}) == Lines{"podIdentity jobs/x:"});
  CHECK(Ways({Prd(accounts + "products: [q]}}"), Owned(owner)}).empty());
  CHECK(Ways({Prd(accounts + "products: [7]}}"), Owned(owner)}).empty());  // an error: nobody rather than all
  CHECK(Ways({Prd(accounts + "exceptServices: [conveyor, ssm]}}"), Owned(owner)}) == Lines{"podIdentity jobs/x:"});
  CHECK(Ways({Prd(accounts + "exceptServices: [ssm]}}"), Owned(owner + "services: [ssm]\n")}).empty());
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
