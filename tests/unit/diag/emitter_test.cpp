#include "diag/emitter.h"

#include <catch2/catch.hpp>

#include "../property.h"

namespace dpc {
namespace {

constexpr DiagnosticDef<2> kPair = {{"DPC9998", "Pair", Severity::Error, "`{0}` meets `{1}`, and `{0}` stays", ""}};
constexpr DiagnosticDef<1> kMild = {{"DPC9997", "Mild", Severity::Warning, "{0} lines", ""}};

static_assert(CountHoles("no hole") == 0);
static_assert(CountHoles("{0} and {1} and {0}") == 2);
static_assert(CountHoles("{}") == 0);
static_assert(CountHoles("{ 0}") == 0);

std::string Fill(std::string_view message, const std::vector<std::string>& arguments) {
  return FillMessage(message, arguments);
}

TEST_CASE("holes are filled, each as often as it occurs") {
  CHECK(Fill("a", {}) == "a");
  CHECK(Fill("", {}).empty());
  CHECK(Fill("{0}", {"x"}) == "x");
  CHECK(Fill("{1}{0}{1}", {"x", "y"}) == "yxy");
  CHECK(Fill("{", {}) == "{");
  CHECK(Fill("{}", {}) == "{}");
  CHECK(Fill("{0", {"x"}) == "{0");
}

TEST_CASE("what fills a hole is not looked at for holes") {
  CHECK(Fill("{0} {1}", {"{1}", "{0}"}) == "{1} {0}");
}

TEST_CASE("arguments become printable before they reach a message, a label or a hint") {
  CHECK(Fill("`{0}`", {"a\nb\x1B[2J"}) == "`a\\nb\\x1B[2J`");
  DiagnosticList list;
  Emitter(list).Report(kPair, Range{}, "\r", "\xFF").Label(Range{}, "l\n").Hint("h\t");
  const Diagnostic& made = list.all().front();
  CHECK(made.message == "`\\x0D` meets `\\xFF`, and `\\x0D` stays");
  CHECK(made.labels.front().text == "l\\n");
  CHECK(made.hints.front() == "h\\t");
}

TEST_CASE("a filled message is the message with printable arguments in its holes") {
  CHECK(Holds(100, 100, [] {
    const std::string left = *Bytes(10);
    const std::string right = *Bytes(10);
    RC_ASSERT(Fill("<{0}|{1}>", {left, right}) == "<" + Printable(left) + "|" + Printable(right) + ">");
  }));
}

TEST_CASE("the emitter counts its errors, and reports when the builder goes") {
  DiagnosticList list;
  Emitter emitter(list);
  {
    const auto builder = emitter.Report(kPair, Range{}, "a", "b");
    CHECK(list.all().empty());
  }
  emitter.Report(kMild, Range{}, std::size_t{12});
  CHECK(list.all().size() == 2);
  CHECK(list.all()[1].message == "12 lines");
  CHECK(emitter.errors() == 1);
  CHECK(list.Count(Severity::Error) == 1);
  CHECK(list.Count(Severity::Warning) == 1);
  CHECK(list.Count(Severity::Info) == 0);
}

std::vector<std::string> Messages(const DiagnosticList& list) {
  std::vector<std::string> messages;
  for (const Diagnostic& diagnostic : list.all()) {
    messages.push_back(diagnostic.message);
  }
  return messages;
}

TEST_CASE("findings are sorted by place, then code, then message; those without a place come last") {
  DiagnosticList list;
  Emitter emitter(list);
  emitter.Report(kMild, Range{}, "no place");
  emitter.Report(kPair, Range{LocId(5), 1}, "x", "b");
  emitter.Report(kPair, Range{LocId(5), 9}, "x", "a");
  emitter.Report(kMild, Range{LocId(5), 1}, "five");
  emitter.Report(kMild, Range{LocId(0), 1}, "zero");
  list.Sort();
  CHECK(Messages(list) == std::vector<std::string>{"zero lines", "five lines", "`x` meets `a`, and `x` stays",
                                                   "`x` meets `b`, and `x` stays", "no place lines"});
}

TEST_CASE("severities have names") {
  CHECK(SeverityName(Severity::Error) == "error");
  CHECK(SeverityName(Severity::Warning) == "warning");
  CHECK(SeverityName(Severity::Info) == "info");
}

}  // namespace
}  // namespace dpc
