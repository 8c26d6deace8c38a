// Agreements in time: in force from its first to its last day, whatever else is written.
#include <catch2/catch.hpp>

#include "../compiled.h"
#include "../property.h"

namespace dpc::access {
namespace {

constexpr std::int32_t kFirst = 20000;
constexpr std::int32_t kDays = 40;

struct Span {
  std::optional<Date> from;
  std::optional<Date> until;

  bool Covers(Date day) const { return (!from || *from <= day) && (!until || day <= *until); }

  std::string Fields() const {
    return (from ? "from: " + from->ToString() + "\n" : "") + (until ? "until: " + until->ToString() + "\n" : "");
  }
};

Compiled Compile(const std::vector<Span>& spans, std::optional<Date> today) {
  Files files = {EnvironmentFile("prd"), ProductFile("a", Offers("a", "restricted")), ProductFile("c", Reads({"a"}))};
  for (std::size_t i = 0; i < spans.size(); ++i) {
    auto file = AgreementFile("a", "c", spans[i].Fields());
    file.first = "a/agreements/" + std::to_string(i) + ".yaml";
    files.push_back(file);
  }
  return Compiled(files, today);
}

// The reads of `c` that were granted; `a` has one grant of its own.
std::size_t Granted(const Compiled& compiled) {
  return compiled->access.grants.size() - 1;
}

Date Day(std::int32_t offset) {
  return Date(kFirst + offset);
}

std::int32_t AnyOffset() {
  return *rc::gen::inRange<std::int32_t>(0, kDays);
}

TEST_CASE("an agreement grants exactly from its first day to its last one") {
  CHECK(Holds(100, 100, [] {
    Span span;
    const std::int32_t from = AnyOffset();
    if (*rc::gen::arbitrary<bool>()) {
      span.from = Day(from);
    }
    if (*rc::gen::arbitrary<bool>()) {
      span.until = Day(from + *rc::gen::inRange<std::int32_t>(0, 5));
    }
    const Date today = Day(AnyOffset());
    const Compiled compiled = Compile({span}, today);
    RC_ASSERT(Granted(compiled) == (span.Covers(today) ? 1U : 0U));
    RC_ASSERT(compiled->access.pending.empty() == span.Covers(today));
    RC_ASSERT(compiled.Messages("ExpiredAgreement").empty() == !(span.until && *span.until < today));
    RC_ASSERT(compiled.Messages("AgreementNotYetInForce").empty() == !(span.from && today < *span.from));
    if (span.Covers(today)) {
      RC_ASSERT(compiled->access.grants[GrantId(1)].until == span.until);
    }
  }));
}

TEST_CASE("of several agreements in a row the one in force grants, until its own last day") {
  CHECK(Holds(60, 100, [] {
    std::vector<Span> spans;
    for (std::int32_t day = AnyOffset() / 4; spans.size() < 3;) {
      const std::int32_t last = day + *rc::gen::inRange<std::int32_t>(0, 8);
      spans.push_back({Day(day), Day(last)});
      day = last + *rc::gen::inRange<std::int32_t>(1, 4);
    }
    const Date today = Day(AnyOffset());
    const auto in_force =
        std::find_if(spans.begin(), spans.end(), [&](const Span& span) { return span.Covers(today); });
    const Compiled compiled = Compile(spans, today);
    RC_ASSERT(Granted(compiled) == (in_force == spans.end() ? 0U : 1U));
    if (in_force != spans.end()) {
      RC_ASSERT(compiled->access.grants[GrantId(1)].until == in_force->until);
    }
  }));
}

TEST_CASE("the first and the last day count, the days beside them do not") {
  const Span span = {Date::Parse("2026-03-01"), Date::Parse("2026-03-31")};
  for (const auto& [today, granted] : std::vector<std::pair<std::string, std::size_t>>{
           {"2026-02-28", 0}, {"2026-03-01", 1}, {"2026-03-31", 1}, {"2026-04-01", 0}}) {
    INFO(today);
    CHECK(Granted(Compile({span}, Date::Parse(today))) == granted);
  }
}

TEST_CASE("without a day, an agreement with dates is an error and grants nothing, and one without dates grants") {
  const Compiled dated = Compile({{Day(0), std::nullopt}}, std::nullopt);
  CHECK(dated.Messages("TodayUnknown").size() == 1);
  CHECK(Granted(dated) == 0);
  const Compiled undated = Compile({{}}, std::nullopt);
  CHECK(undated.Messages("TodayUnknown").empty());
  CHECK(Granted(undated) == 1);
}

TEST_CASE("an agreement that ends before it begins grants on no day") {
  for (const std::int32_t day : {0, 3, 5, 7, 20}) {
    CHECK(Granted(Compile({{Day(7), Day(3)}}, Day(day))) == 0);
  }
}

}  // namespace
}  // namespace dpc::access
