#include "ledger/differences.h"

#include <catch2/catch.hpp>

#include "../compiled.h"
#include "ledger/atoms.h"
#include "ledger/entries.h"

namespace dpc::ledger {
namespace {

std::string Environment(const std::string& name, const std::string& rest) {
  return "---\napiVersion: dpc/v1\nkind: Environment\nname: " + name +
         "\naws:\n  account: \"111122223333\"\n  region: eu-west-1\n  buckets: {lake: {name: lake-" + name +
         ", default: true}}\n" + rest;
}

std::string Product(const std::string& name, const std::string& rest) {
  return "---\napiVersion: dpc/v1\nkind: DataProduct\nname: " + name + "\nassets: {a: {s3: " + name + "}}\n" + rest;
}

std::string Team(const std::string& name, const std::string& rest) {
  return "---\napiVersion: dpc/v1\nkind: Team\nname: " + name + "\n" + rest;
}

// Roles that are alike in some, or in all but one of what tells who comes in and what is granted.
Files Manifold() {
  return {{"all.yaml",
           Environment("dev", "  assumedBy: {identityCenter: {homeRegion: eu-west-1}}\n") +
               Environment("tst", "  assumedBy: {identityCenter: {homeRegion: eu-north-1}, wholeAccount: true}\n") +
               Environment("prd",
                           "  assumedBy:\n    conveyor: {issuer: \"https://x.example/id\"}\n"
                           "    serviceAccounts: {issuer: \"https://x.example/id/A\", names: [\"jobs/{product}\"]}\n"
                           "    principals: [\"arn:aws:iam::111122223333:role/robot\"]\n") +
               Team("one", "permissionSet: Set\nmembers: {a@x.example: owner, b@x.example: member}\n") +
               Team("two", "permissionSet: Set\nmembers: {a@x.example: owner, b@x.example: member}\n") +
               Team("three", "permissionSet: Set\nmembers: {a@x.example: owner}\nssoGroups: [staff]\n") +
               Product("p", "owner: one\n") + Product("q", "owner: two\n") + Product("r", "owner: three\n") +
               Product("s", "owner: a@x.example\nservices: [conveyor, athena]\n") +
               Product("t", "owner: one\nservices: [conveyor, iam-user, ssm, console]\n")}};
}

class Sides {
 public:
  explicit Sides(const Files& files)
      : compiled_(files),
        keys_(compiled_.model(), compiled_->resolved),
        revision_{compiled_.model(), compiled_->resolved, compiled_->sources, keys_, {}},
        side_(revision_, std::nullopt) {}

  const Side& side() const { return side_; }

 private:
  const Compiled compiled_;
  const resolve::Keys keys_;
  const Revision revision_;
  const Side side_;
};

std::vector<std::string> KeysOf(const Side& side, const Holder& holder) {
  std::vector<std::string> keys;
  for (const Entry& entry : EntriesOf(side, holder)) {
    keys.push_back(entry.KeyText());
  }
  return keys;
}

TEST_CASE("roles into which the same come have the same entries, and others are told apart") {
  const Sides sides(Manifold());
  const Side& side = sides.side();
  EntryComparison comparison(side, side);
  std::size_t alike = 0;
  for (const Holder& a : side.holders()) {
    for (const Holder& b : side.holders()) {
      const bool same = comparison.IsSame(a, b);
      INFO(a.Name() << "\n" << b.Name());
      CHECK(same == (KeysOf(side, a) == KeysOf(side, b)));
      alike += same && &a != &b ? 1 : 0;
    }
  }
  CHECK(side.holders().size() == 15);
  CHECK(alike != 0);
}

TEST_CASE("nothing differs from itself") {
  const Sides one(Manifold());
  const Sides other(Manifold());
  const Differences differences = DifferencesOf(one.side(), other.side());
  for (const Different* of : {&differences.base, &differences.head}) {
    CHECK(std::count(of->atoms.begin(), of->atoms.end(), true) == 0);
    CHECK(std::count(of->entries.begin(), of->entries.end(), true) == 0);
  }
}

TEST_CASE("a role that is new, gone, or does something else differs, and no other") {
  const auto with = [](const std::string& more) {
    Files files = Manifold();
    files.front().second += more;
    return files;
  };
  const Sides base(with(Product("x", "owner: one\nenvironments: [dev]\n") + Product("z", "environments: [dev]\n")));
  const Sides head(with(Product("x", "owner: three\nservices: [athena]\nenvironments: [dev]\n") +
                        Product("y", "environments: [dev]\n")));
  const Differences differences = DifferencesOf(base.side(), head.side());
  const auto names = [](const Side& side, const std::vector<bool>& different) {
    std::vector<std::string> found;
    for (const Holder& holder : side.holders()) {
      if (different[holder.role.index()]) {
        found.emplace_back(holder.product);
      }
    }
    return found;
  };
  using Names = std::vector<std::string>;
  CHECK(names(base.side(), differences.base.atoms) == Names{"x", "z"});
  CHECK(names(base.side(), differences.base.entries) == Names{"x", "z"});
  CHECK(names(head.side(), differences.head.atoms) == Names{"x", "y"});
  CHECK(names(head.side(), differences.head.entries) == Names{"x", "y"});
}

}  // namespace
}  // namespace dpc::ledger
