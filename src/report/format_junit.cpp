// JUnit's XML, as Jenkins, GitLab and Azure Pipelines read it. Nobody published a schema of all; ours is read by the
// one of Jenkins:
// https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
// (but for `file` and `line`, which GitLab reads).
//
// A suite is a file with findings, a case is a finding. What makes the run fail is a failure; what does not (less than
// the threshold, waived, known from before) is skipped, with why. Policies that found nothing are cases that pass,
// those that did not judge are skipped: silence is not consent.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/text.h"
#include "report/entries.h"
#include "report/escape.h"
#include "report/report.h"

namespace dpc::report {
namespace {

// Of one suite, in order.
struct Suite {
  std::string cases;
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;

  void Count(const Suite& other) {
    tests += other.tests;
    failures += other.failures;
    errors += other.errors;
    skipped += other.skipped;
  }
};

std::string CaseTag(const std::string& classname, const std::string& name, const std::string& more) {
  return "    <testcase" + XmlAttributes({{"classname", classname}, {"name", name}}) + more + " time=\"0\"";
}

std::string Skipped(const std::string& why) {
  return "      <skipped" + XmlAttributes({{"message", why}}) + "/>\n";
}

// GitLab shows the body and not the message.
std::string Failed(std::string_view tag, const Entry& entry) {
  std::string body = XmlText(PlaceText(entry.spot) + ": " + std::string(SeverityName(entry.severity)) + ": ");
  const std::string text = FullText(entry);
  for (const std::string_view line : Split(text, '\n')) {
    body += XmlText(line) + "\n";
  }
  return "      <" + std::string(tag) + XmlAttributes({{"type", entry.rule}, {"message", entry.message}}) + ">" + body +
         "      </" + std::string(tag) + ">\n";
}

class JunitRenderer {
 public:
  JunitRenderer(const Report& report, const RenderOptions& options) : report_(report), options_(options) {}

  std::string Run();

 private:
  void AddEntry(const Entry& entry);
  void AddPolicies();
  void AddDeclarations(const std::vector<Entry>& entries);
  // GitLab takes one of the cases that agree in class and name.
  std::string NameOf(const Entry& entry, const std::string& classname);

  const Report& report_;
  const RenderOptions& options_;
  std::map<std::string, Suite> suites_;  // by path
  Suite policies_;
  std::map<std::pair<std::string, std::string>, std::size_t> names_;
};

std::string JunitRenderer::NameOf(const Entry& entry, const std::string& classname) {
  const std::string name =
      entry.spot ? entry.rule + " at " + std::to_string(entry.spot->line) + ":" + std::to_string(entry.spot->column)
                 : entry.rule;
  const std::size_t count = ++names_[{classname, name}];
  return count == 1 ? name : name + " (" + std::to_string(count) + ")";
}

void JunitRenderer::AddEntry(const Entry& entry) {
  const std::string path = entry.spot ? entry.spot->path : "repository";
  Suite& suite = suites_[path];
  const std::string place =
      entry.spot ? XmlAttributes({{"file", path}, {"line", std::to_string(entry.spot->line)}}) : "";
  ++suite.tests;
  suite.cases += CaseTag(path, NameOf(entry, path), place) + ">\n";
  if (!entry.suppression.empty() || entry.severity > options_.fail_on) {
    ++suite.skipped;
    suite.cases += Skipped(std::string(SeverityName(entry.severity)) + ": " + OneLine(entry));
  } else if (entry.diagnostic != nullptr && entry.diagnostic->everywhere) {
    // A policy that cannot judge: the test is broken, and says nothing of what it tests.
    ++suite.errors;
    suite.cases += Failed("error", entry);
  } else {
    ++suite.failures;
    suite.cases += Failed("failure", entry);
  }
  suite.cases += "    </testcase>\n";
}

// Those that found something are among the findings, and so are broken ones.
void JunitRenderer::AddPolicies() {
  const std::vector<Silence> silent = SilentPolicies(report_);
  for (const PolicyLine& policy : report_.policies) {
    const auto found = std::find_if(silent.begin(), silent.end(),
                                    [&policy](const Silence& silence) { return silence.policy == &policy; });
    if (policy.state == "broken" || policy.findings + policy.waived != 0) {
      continue;
    }
    ++policies_.tests;
    policies_.skipped += found == silent.end() ? 0 : 1;
    policies_.cases += CaseTag("policies", policy.id, "");
    policies_.cases += found == silent.end() ? "/>\n" : ">\n" + Skipped(found->reason) + "    </testcase>\n";
  }
}

// What dpc itself finds is one case while it finds nothing, so that a clean run is not an empty one.
void JunitRenderer::AddDeclarations(const std::vector<Entry>& entries) {
  const bool clean = std::none_of(entries.begin(), entries.end(), [](const Entry& entry) {
    return entry.diagnostic != nullptr && entry.diagnostic->policy.empty();
  });
  if (clean) {
    ++policies_.tests;
    policies_.cases += CaseTag("dpc", "declarations of " + Plural(report_.files, "file") + " are sound", "") + "/>\n";
  }
}

std::string CountAttributes(const Suite& suite) {
  return XmlAttributes({{"tests", std::to_string(suite.tests)},
                        {"failures", std::to_string(suite.failures)},
                        {"errors", std::to_string(suite.errors)},
                        {"skipped", std::to_string(suite.skipped)}});
}

std::string SuiteText(const std::string& name, const Suite& suite) {
  // Jenkins's schema knows no `skipped` of all suites together, so it stands here alone.
  return suite.tests == 0 ? ""
                          : "  <testsuite" + XmlAttributes({{"name", name}}) + CountAttributes(suite) +
                                " time=\"0\">\n" + suite.cases + "  </testsuite>\n";
}

std::string JunitRenderer::Run() {
  const std::vector<Entry> entries = CountedEntries(report_);
  AddDeclarations(entries);
  AddPolicies();
  for (const std::vector<Entry>& list : {entries, ExcusedEntries(report_)}) {
    for (const Entry& entry : list) {
      AddEntry(entry);
    }
  }
  Suite all = policies_;
  std::string out = SuiteText("dpc " + report_.command, policies_);
  for (const auto& [path, suite] : suites_) {
    all.Count(suite);
    out += SuiteText(path, suite);
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"dpc\"" +
         XmlAttributes({{"tests", std::to_string(all.tests)},
                        {"failures", std::to_string(all.failures)},
                        {"errors", std::to_string(all.errors)}}) +
         " time=\"0\">\n" + out + "</testsuites>\n";
}

std::string Render(const Report& report, const RenderOptions& options) {
  return JunitRenderer(report, options).Run();
}

}  // namespace

extern const RendererSpec renderer_junit;
const RendererSpec renderer_junit = {
    "junit", {}, "JUnit's XML: a case a finding, and one a policy without any", Render, true};

}  // namespace dpc::report
