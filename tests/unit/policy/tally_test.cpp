// What is known of equal findings.
#include "policy/tally.h"

#include <catch2/catch.hpp>

namespace dpc::policy {
namespace {

Tally Of(const std::vector<std::pair<std::string, Severity>>& findings) {
  Tally tally;
  for (const auto& [fingerprint, severity] : findings) {
    tally.Add(fingerprint, severity);
  }
  return tally;
}

TEST_CASE("a finding is known when it was found before, as severe at least") {
  const Tally before = Of({{"a", Severity::Warning}, {"b", Severity::Error}});
  CHECK(before.Covers(Of({{"a", Severity::Warning}}), "a"));
  CHECK(before.Covers(Of({{"a", Severity::Info}}), "a"));
  CHECK_FALSE(before.Covers(Of({{"a", Severity::Error}}), "a"));
  CHECK(before.Covers(Of({{"b", Severity::Warning}}), "b"));
  CHECK_FALSE(before.Covers(Of({{"c", Severity::Info}}), "c"));
}

TEST_CASE("equal findings are known together: by their number, and the worst by the worst") {
  const Tally two = Of({{"a", Severity::Error}, {"a:2", Severity::Warning}});
  CHECK(two.Covers(Of({{"a", Severity::Warning}, {"a:2", Severity::Error}}), "a"));
  CHECK(two.Covers(Of({{"a", Severity::Error}}), "a"));
  CHECK_FALSE(two.Covers(Of({{"a", Severity::Error}, {"a:2", Severity::Error}}), "a:2"));
  const Tally three = Of({{"a", Severity::Info}, {"a:2", Severity::Info}, {"a:3", Severity::Info}});
  CHECK_FALSE(two.Covers(three, "a"));
  CHECK_FALSE(two.Covers(three, "a:3"));
  CHECK(three.Count("a:2") == 3);
}

TEST_CASE("a numbered fingerprint says how many there are") {
  const Tally two = Of({{"a", Severity::Error}, {"a:2", Severity::Warning}});
  CHECK(two.Has("a"));
  CHECK(two.Has("a:2"));
  CHECK_FALSE(two.Has("a:3"));
  CHECK_FALSE(two.Has("b"));
  CHECK(BareFingerprint("a:3") == "a");
}

}  // namespace
}  // namespace dpc::policy
