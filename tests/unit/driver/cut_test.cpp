#include "driver/cut.h"

#include <catch2/catch.hpp>

#include "diag/emitter.h"
#include "syntax/diagnostics.h"

namespace dpc::driver {
namespace {

TEST_CASE("errors of one sort in one file are cut after a thousand, and all are counted") {
  source::SourceManager sources;
  const source::FileId a = sources.Add("a.yaml", std::string(5000, 'x'));
  const source::FileId b = sources.Add("b.yaml", std::string(5000, 'x'));
  DiagnosticList list;
  Emitter emitter(list);
  for (std::uint32_t i = 0; i < 2500; ++i) {
    emitter.Report(syntax::kTooDeep, {LocId(sources.Start(a).offset() + i), 1}, 64);
  }
  for (std::uint32_t i = 0; i < kMostOfOneSort; ++i) {
    emitter.Report(syntax::kTooDeep, {LocId(sources.Start(b).offset() + i), 1}, 64);
  }
  CutRepeated(sources, list);
  list.Sort();
  REQUIRE(list.all().size() == 2 * kMostOfOneSort + 1);
  CHECK(list.Count(Severity::Error) == 3500);
  const Diagnostic& more = list.all()[kMostOfOneSort];
  CHECK(more.info.code == "DPC1034");
  CHECK(more.message == "and 1500 more of DPC1012 in this file");
  CHECK(sources.Locate(more.range.begin).column == 1001);
}

}  // namespace
}  // namespace dpc::driver
