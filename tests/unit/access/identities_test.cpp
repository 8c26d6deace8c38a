#include <catch2/catch.hpp>

#include "../compiled.h"

namespace dpc::access {
namespace {

std::pair<std::string, std::string> Environment(const std::string& name, const std::string& account,
                                                const std::string& assumed_by) {
  return {name + ".yaml", "apiVersion: dpc/v1\nkind: Environment\nname: " + name + "\naws:\n  account: \"" + account +
                              "\"\n  region: eu-west-1\n  buckets: {lake: {name: lake-" + name +
                              ", default: true}}\n  assumedBy: " + assumed_by + "\n"};
}

std::string Pods(const std::string& names, const std::string& cluster = "c") {
  return "{podIdentity: {cluster: " + cluster + ", serviceAccounts: [" + names + "]}}";
}

std::string Accounts(const std::string& names) {
  return "{serviceAccounts: {issuer: \"https://x.example/id\", names: [" + names + "]}}";
}

// How often an identity of two is reported of products `a` and `a-b` in the environments.
std::size_t Shared(Files files) {
  files.push_back(ProductFile("a"));
  files.push_back(ProductFile("a-b"));
  const Compiled compiled(files);
  return compiled.Messages("SharedIdentity").size();
}

const std::string kOne = "111122223333";
const std::string kOther = "444455556666";

TEST_CASE("a product's own service account gets into no other product's role") {
  CHECK(Shared({Environment("prd", kOne, Pods("\"j/{product}\""))}) == 0);
  CHECK(Shared({Environment("prd", kOne, Pods("\"j/{product}\", \"j/{product}-b\""))}) == 1);
  CHECK(Shared({Environment("prd", kOne, Accounts("\"j/{product}\", \"j/{product}-b\""))}) == 1);
  CHECK(Shared({Environment("prd", kOne, Pods("\"j/{product}\", j/a-b"))}) == 1);
}

TEST_CASE("a name without a product is declared for all of them") {
  CHECK(Shared({Environment("prd", kOne, Pods("j/x, \"{environment}/x\""))}) == 0);
}

TEST_CASE("environments share identities with the cluster: an issuer everywhere, a cluster's name within an account") {
  const std::string mixed = "\"j/{product}-{environment}\"";
  CHECK(Shared({Environment("c", kOne, Accounts(mixed)), Environment("b-c", kOther, Accounts(mixed))}) == 1);
  CHECK(Shared({Environment("c", kOne, Pods(mixed)), Environment("b-c", kOne, Pods(mixed))}) == 1);
  CHECK(Shared({Environment("c", kOne, Pods(mixed)), Environment("b-c", kOther, Pods(mixed))}) == 0);
  CHECK(Shared({Environment("c", kOne, Pods(mixed)), Environment("b-c", kOne, Pods(mixed, "d"))}) == 0);
}

// Product `a`, whose workers Conveyor starts, and one that is named as such a worker.
std::size_t SharedWithWorker(const std::string& name, const std::string& assumed_by) {
  const Compiled compiled({Environment("prd", kOne, assumed_by),
                           ProductFile("a", "services: [conveyor]\n"),
                           ProductFile(name),
                           {"dpc.yaml", "apiVersion: dpc/v1\nkind: Workspace\nname: w\n"}});
  return compiled.Messages("SharedIdentity").size();
}

TEST_CASE("no product's own service account looks like a worker of another product") {
  const std::string run = "12345678-1234-1234-1234-123456789012";
  const std::string conveyor = "conveyor: {issuer: \"https://x.example/id\"}, ";
  const std::string accounts = "serviceAccounts: {issuer: \"https://x.example/id\", names: [\"";
  const std::string mine = "{" + conveyor + accounts + "prd/{product}\"]}}";
  CHECK(SharedWithWorker("a-" + run, mine) == 1);
  CHECK(SharedWithWorker("a-" + run + "0", mine) == 0);
  CHECK(SharedWithWorker("b-" + run, mine) == 0);
  CHECK(SharedWithWorker("a-" + run, "{" + conveyor + accounts + "dev/{product}\"]}}") == 0);
  CHECK(SharedWithWorker("b", "{" + conveyor + accounts + "prd/a-" + run + "\"]}}") == 1);
  CHECK(SharedWithWorker("a-" + run,
                         "{" + conveyor + "podIdentity: {cluster: c, serviceAccounts: [\"prd/{product}\"]}}") == 1);
  CHECK(SharedWithWorker("a-" + run,
                         "{conveyor: {issuer: \"https://y.example/id\"}, " + accounts + "x/{product}\"]}}") == 0);
}

}  // namespace
}  // namespace dpc::access
