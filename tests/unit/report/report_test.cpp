#include "report/report.h"

#include <catch2/catch.hpp>

#include "diag/emitter.h"
#include "report/excerpt.h"
#include "report/place.h"

namespace dpc::report {
namespace {

constexpr DiagnosticDef<1> kSample = {{"DPC3003", "Sample", Severity::Error, "`{0}` is not known", ""}};
constexpr DiagnosticDef<1> kWarning = {{"DPC3004", "Mild", Severity::Warning, "`{0}` is odd", ""}};

struct Fixture {
  source::SourceManager sources;
  DiagnosticList diagnostics;
  Emitter emitter{diagnostics};

  Range At(source::FileId file, std::uint32_t offset, std::uint32_t length) {
    return {LocId(sources.Start(file).offset() + offset), length};
  }

  std::string Render(std::string_view format, RenderOptions options = {}) {
    diagnostics.Sort();
    const DiagnosticList none;
    Report report{sources, diagnostics, "check", "work tree", sources.size(), 1, 0, {}, 0, none, none, {}};
    return FindRenderer(format)->render(report, options);
  }
};

TEST_CASE("renderers are found by name and alias") {
  CHECK(FindRenderer("json")->name == "json");
  CHECK(FindRenderer("gcc")->name == "concise");
  CHECK(FindRenderer("text")->name == "concise");
  CHECK(FindRenderer("github-actions")->name == "github");
  CHECK(FindRenderer("gitlab-code-quality")->name == "gitlab");
  CHECK(FindRenderer("code-climate")->name == "gitlab");
  CHECK(FindRenderer("yaml") == nullptr);
}

TEST_CASE("concise is the line that compilers print") {
  Fixture fixture;
  const auto file = fixture.sources.Add("a.yaml", "name: x\nport: cust\n");
  fixture.emitter.Report(kSample, fixture.At(file, 14, 4), "cust");
  fixture.emitter.Report(kSample, Range{}, "all");
  CHECK(fixture.Render("concise") ==
        "a.yaml:2:7: error: `cust` is not known [DPC3003]\nrepository: error: `all` is not known [DPC3003]\n");
}

TEST_CASE("human shows the line, carets, related places and hints") {
  Fixture fixture;
  const auto file = fixture.sources.Add("a.yaml", "name: x\nport: cust\n");
  fixture.emitter.Report(kSample, fixture.At(file, 14, 4), "cust")
      .Label(fixture.At(file, 0, 4), "declared here")
      .Hint("did you mean `customers`?");
  CHECK(fixture.Render("human") ==
        "a.yaml:2:7: error: `cust` is not known [DPC3003]\n"
        "    2 | port: cust\n"
        "      |       ^^^^\n"
        "  a.yaml:1:1: declared here\n"
        "  hint: did you mean `customers`?\n"
        "\n");
  const std::string colored = fixture.Render("human", {true, false});
  CHECK(colored.find("\x1B[1;31merror:\x1B[0m") != std::string::npos);
}

TEST_CASE("user text cannot drive the terminal") {
  Fixture fixture;
  const auto file = fixture.sources.Add("b\x1B[2J.yaml", "k: \x1B]0;owned\x07\xE2\x80\xAEx\xFF\n");
  fixture.emitter.Report(kSample, fixture.At(file, 3, 100), "a\nb");
  for (const RendererSpec* format : AllRendererSpecs()) {
    const std::string out = fixture.Render(format->name);
    CAPTURE(format->name);
    CHECK(out.find('\x1B') == std::string::npos);
    CHECK(out.find('\x07') == std::string::npos);
    CHECK(out.find("\xE2\x80\xAE") == std::string::npos);
    CHECK(out.find('\xFF') == std::string::npos);
  }
}

TEST_CASE("carets stand below the characters they mean") {
  source::SourceManager sources;
  const std::string line = "k: \xE6\x97\xA5\tx";
  const auto file = sources.Add("a.yaml", line + "\r\nnext");
  const std::uint32_t start = sources.Start(file).offset();
  // The wide character takes two columns, the tab is shown as two characters.
  const Excerpt excerpt = MakeExcerpt(sources, {LocId(start + 7), 1}, 72);
  CHECK(excerpt.text == "k: \xE6\x97\xA5\\tx");
  CHECK(excerpt.carets == "       ^");
  // A range over several lines is marked to the end of its first.
  CHECK(MakeExcerpt(sources, {LocId(start), 40}, 72).carets == "^^^^^^^^");
  // The end of the file.
  CHECK(MakeExcerpt(sources, {LocId(start + 14), 0}, 72).carets == "    ^");
}

TEST_CASE("long lines are cut around the caret") {
  source::SourceManager sources;
  const auto file = sources.Add("a.yaml", std::string(500, 'a') + "HERE" + std::string(500, 'b'));
  const Excerpt excerpt = MakeExcerpt(sources, {LocId(sources.Start(file).offset() + 500), 4}, 72);
  CHECK(excerpt.text == "..." + std::string(22, 'a') + "HERE" + std::string(40, 'b') + "...");
  CHECK(excerpt.carets == std::string(25, ' ') + "^^^^");
}

TEST_CASE("regions end after their last character, also over lines and at the end of the file") {
  source::SourceManager sources;
  const auto first = sources.Add("a.yaml", "a: \xC3\xA9\nb: 1");
  sources.Add("b.yaml", "c: 2\n");
  const std::uint32_t start = sources.Start(first).offset();
  const auto one = Locate(sources, {LocId(start + 3), 2});
  CHECK((one->line == 1 && one->column == 4 && one->end_line == 1 && one->end_column == 5));
  const auto two = Locate(sources, {LocId(start), 10});
  CHECK((two->end_line == 2 && two->end_column == 5));
  CHECK_FALSE(Locate(sources, {}).has_value());
}

TEST_CASE("too many findings: the worst are shown, and the rest is counted") {
  Fixture fixture;
  const auto file = fixture.sources.Add("a.yaml", "name: x\n");
  for (int i = 0; i < 60; ++i) {
    fixture.emitter.Report(kWarning, fixture.At(file, 0, 4), std::to_string(100 + i));
  }
  fixture.emitter.Report(kSample, fixture.At(file, 6, 1), "x");
  const std::string out = fixture.Render("human");
  CHECK(out.find("error: `x` is not known") != std::string::npos);
  CHECK(out.find("... and 11 more findings: `-v` shows all\n") != std::string::npos);
  CHECK(fixture.Render("human", {false, true}).find("more finding") == std::string::npos);
}

}  // namespace
}  // namespace dpc::report
