#include "driver/policy_test.h"

#include <algorithm>
#include <filesystem>

#include "base/environment_error.h"
#include "base/text.h"
#include "driver/policy_test_file.h"
#include "source/source_tree.h"

namespace dpc::driver {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> FindTestFiles(const std::vector<std::string>& folders) {
  std::vector<std::string> files;
  for (const std::string& folder : folders) {
    std::error_code error;
    if (fs::is_regular_file(folder, error)) {
      files.push_back(folder);
      continue;
    }
    for (fs::recursive_directory_iterator entry(folder, error); !error && entry != fs::recursive_directory_iterator();
         entry.increment(error)) {
      const std::string path = entry->path().string();
      if (entry->is_regular_file(error) && (path.ends_with(".yaml") || path.ends_with(".yml"))) {
        files.push_back(path);
      }
    }
    if (error) {
      throw EnvironmentError("`" + Printable(folder) + "`: " + error.message());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

class CaseRunner {
 public:
  CaseRunner(const policy::Policy& tested, const std::string& file) : tested_(tested), file_(file) {}

  CaseResult Run(const PolicyCase& one) const {
    CaseResult result{tested_.id, file_, one.line, one.name, one.expected, {}, ""};
    try {
      Judge(one, result);
    } catch (const EnvironmentError& error) {
      result.error = error.what();
    }
    return result;
  }

 private:
  static std::unique_ptr<Compilation> CompileFiles(const TestFiles& files, std::optional<Date> today,
                                                   const model::Model* named_as = nullptr) {
    Options options;
    options.named_as = named_as;
    options.today = today;
    options.emit = false;
    options.threads = 1;
    return CompileTree(source::OpenMemory({files.begin(), files.end()}, std::nullopt), options);
  }

  // Errors of the case itself would be taken for a policy's silence.
  static std::string ErrorsOf(const Compilation& c, std::string_view which) {
    for (const Diagnostic& diagnostic : c.diagnostics.all()) {
      if (diagnostic.info.code.starts_with("DPC1") || diagnostic.info.code.starts_with("DPC2")) {
        if (diagnostic.info.severity == Severity::Error) {
          return std::string(which) + " has an error: " + Line(c, diagnostic) + diagnostic.message;
        }
      }
    }
    return "";
  }

  // "products/a.yaml:6: message"; with "warning: " where the policy is an error and its row is not.
  static std::string Line(const Compilation& c, const Diagnostic& diagnostic) {
    std::string line;
    if (diagnostic.range.has_value()) {
      const source::Place place = c.sources.Locate(diagnostic.range.begin);
      line = std::string(place.path) + ":" + std::to_string(place.line) + ": ";
    }
    return line;
  }

  void Judge(const PolicyCase& one, CaseResult& result) const {
    const auto head = CompileFiles(one.head, one.today);
    const auto base = one.base ? CompileFiles(*one.base, one.today, &head->model) : nullptr;
    result.error = ErrorsOf(*head, "the case");
    if (result.error.empty() && base) {
      result.error = ErrorsOf(*base, "its base");
    }
    const auto world = MakeWorld(*head, base.get(), one.pull_request);
    policy::Verdict verdict =
        policy::Judge(*world, {{tested_, tested_.severity, std::nullopt, false, one.parameters, {}}}, {}, nullptr);
    if (verdict.runs.front().state == policy::RunState::NotApplicable) {
      result.error = "the policy is not applicable: " + verdict.runs.front().reason;
    }
    DiagnosticList sorted;
    for (Diagnostic& finding : verdict.findings) {
      sorted.Add(std::move(finding));
    }
    sorted.Sort();
    for (const Diagnostic& finding : sorted.all()) {
      const bool lowered = finding.info.severity != tested_.severity && !verdict.broken;
      result.found.push_back(Line(*head, finding) +
                             (lowered ? std::string(SeverityName(finding.info.severity)) + ": " : "") +
                             finding.message);
    }
    if (verdict.broken) {
      result.error = verdict.findings.front().message;
    }
  }

  const policy::Policy& tested_;
  const std::string& file_;
};

}  // namespace

PolicyTestReport TestPolicies(const std::vector<std::string>& folders, const std::vector<policy::Policy>& policies) {
  PolicyTestReport report;
  const std::vector<std::string> files = FindTestFiles(folders);
  for (const std::string& file : files) {
    const PolicyTestFile test = ReadPolicyTestFile(file, policies);
    for (const PolicyCase& one : test.cases) {
      report.cases.push_back(CaseRunner(*test.tested, file).Run(one));
    }
  }
  for (const policy::Policy& policy : policies) {
    Untested row{policy.id, false, false};
    for (const CaseResult& result : report.cases) {
      if (result.policy == policy.id) {
        (result.failing() ? row.failing : row.passing) = true;
      }
    }
    if (!row.failing || !row.passing) {
      report.untested.push_back(row);
    }
  }
  return report;
}

}  // namespace dpc::driver
