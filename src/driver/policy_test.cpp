#include "driver/policy_test.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "base/environment_error.h"
#include "base/text.h"
#include "source/source_tree.h"
#include "syntax/parse.h"

namespace dpc::driver {
namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;
using syntax::NodeKind;
using syntax::NodeView;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) {
    throw EnvironmentError("`" + Printable(path) + "` cannot be read");
  }
  return text.str();
}

std::vector<std::string> TestFiles(const std::vector<std::string>& folders) {
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

// What a file says besides its cases, and each case, over it.
struct Case {
  std::string name;
  Files head;
  std::optional<Files> base;
  policy::PullRequest pull_request;
  std::optional<Date> today;
  std::vector<std::pair<std::string, policy::ParameterValue>> parameters;
  std::vector<std::string> expected;
};

class TestFile {
 public:
  TestFile(const std::string& path, const std::vector<policy::Policy>& policies) : path_(path), policies_(policies) {
    DiagnosticList list;
    Emitter emitter(list);
    tree_ = syntax::Parse(sources_, sources_.Add(path, ReadFile(path)), emitter);
    if (list.Count(Severity::Error) != 0) {
      const Diagnostic& first = list.all().front();
      throw EnvironmentError(PlaceOf(first.range) + ": " + first.message);
    }
    if (tree_.documents().size() != 1) {
      throw EnvironmentError("`" + Printable(path) + "` holds no test, or several documents");
    }
  }

  void Run(PolicyTestReport& report) {
    const NodeView root = tree_.Root(tree_.documents().front());
    CheckKeys(root, {"policy", "files", "today", "cases"});
    const policy::Policy* tested = PolicyOf(root);
    const auto cases = root.Find("cases");
    if (!cases || cases->kind() != NodeKind::Sequence || cases->size() == 0) {
      Throw(root.range(), "expected `cases`, a list");
    }
    for (std::size_t i = 0; i < cases->size(); ++i) {
      report.cases.push_back(RunCase(root, cases->Item(i), *tested));
    }
  }

 private:
  std::string PlaceOf(Range range) const {
    if (!range.has_value()) {
      return "`" + Printable(path_) + "`";
    }
    const source::Place place = sources_.Locate(range.begin);
    return Printable(path_) + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
  }

  [[noreturn]] void Throw(Range range, const std::string& what) const {
    throw EnvironmentError(PlaceOf(range) + ": " + what);
  }

  // A misspelt key would test something else.
  void CheckKeys(const NodeView& node, const std::vector<std::string_view>& known) const {
    if (node.kind() != NodeKind::Mapping) {
      Throw(node.range(), "expected a mapping");
    }
    for (std::size_t i = 0; i < node.size(); ++i) {
      if (std::find(known.begin(), known.end(), node.Key(i).text()) == known.end()) {
        std::vector<std::string> names(known.begin(), known.end());
        Throw(node.Key(i).range(), "`" + Printable(node.Key(i).text()) + "` is not known here; expected one of `" +
                                       Join(names, "`, `") + "`");
      }
    }
  }

  const policy::Policy* PolicyOf(const NodeView& root) const {
    const auto id = root.Find("policy");
    if (!id || id->kind() != NodeKind::Scalar) {
      Throw(root.range(), "expected `policy`, the id of the policy that is tested");
    }
    for (const policy::Policy& policy : policies_) {
      if (policy.id == id->text()) {
        return &policy;
      }
    }
    Throw(id->range(), "there is no policy `" + Printable(id->text()) + "`");
  }

  void AddFiles(const std::optional<NodeView>& node, Files& files) const {
    if (!node) {
      return;
    }
    if (node->kind() != NodeKind::Mapping) {
      Throw(node->range(), "expected a mapping of paths to texts");
    }
    for (std::size_t i = 0; i < node->size(); ++i) {
      files.insert_or_assign(std::string(node->Key(i).text()), std::string(node->Value(i).text()));
    }
  }

  std::vector<std::string> Texts(const std::optional<NodeView>& node) const {
    std::vector<std::string> texts;
    for (std::size_t i = 0; node && node->kind() == NodeKind::Sequence && i < node->size(); ++i) {
      texts.emplace_back(node->Item(i).text());
    }
    return texts;
  }

  std::optional<Date> Today(const NodeView& root, const NodeView& one) const {
    const auto node = one.Find("today") ? one.Find("today") : root.Find("today");
    if (!node) {
      return std::nullopt;
    }
    const auto day = Date::Parse(node->text());
    if (!day) {
      Throw(node->range(), "expected a day that exists, like `2026-12-31`");
    }
    return day;
  }

  void ReadPullRequest(const NodeView& one, policy::PullRequest& request) const {
    const auto node = one.Find("pr");
    if (!node) {
      return;
    }
    CheckKeys(*node, {"author", "approvals"});
    request.known = true;
    request.author = node->Find("author") ? std::string(node->Find("author")->text()) : "";
    request.approvals = Texts(node->Find("approvals"));
    std::sort(request.approvals.begin(), request.approvals.end());
  }

  void ReadParameters(const NodeView& one, const policy::Policy& tested, Case& out) const {
    out.parameters = tested.parameters;
    const auto node = one.Find("parameters");
    for (std::size_t i = 0; node && node->kind() == NodeKind::Mapping && i < node->size(); ++i) {
      const std::string_view name = node->Key(i).text();
      const auto found = std::find_if(out.parameters.begin(), out.parameters.end(),
                                      [&](const auto& parameter) { return parameter.first == name; });
      if (found == out.parameters.end()) {
        Throw(node->Key(i).range(), "policy `" + tested.id + "` has no parameter `" + Printable(name) + "`");
      }
      const NodeView value = node->Value(i);
      found->second.values =
          value.kind() == NodeKind::Sequence ? Texts(value) : std::vector<std::string>{std::string(value.text())};
      const NodeView sample = value.kind() == NodeKind::Sequence && value.size() != 0 ? value.Item(0) : value;
      found->second.is_text = sample.kind() != NodeKind::Scalar || sample.scalar_type() == syntax::ScalarType::Text;
    }
  }

  Case ReadCase(const NodeView& root, const NodeView& one, const policy::Policy& tested) const {
    CheckKeys(one, {"name", "files", "base", "pr", "today", "parameters", "expect"});
    Case out;
    out.name = one.Find("name") ? std::string(one.Find("name")->text()) : "";
    AddFiles(root.Find("files"), out.head);
    if (one.Find("base")) {
      out.base = out.head;
      AddFiles(one.Find("base"), *out.base);
    }
    AddFiles(one.Find("files"), out.head);
    ReadPullRequest(one, out.pull_request);
    out.today = Today(root, one);
    ReadParameters(one, tested, out);
    out.expected = Texts(one.Find("expect"));
    return out;
  }

  static std::unique_ptr<Compilation> CompileFiles(const Files& files, std::optional<Date> today) {
    Options options;
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

  void Judge(const Case& one, const policy::Policy& tested, CaseResult& result) const {
    const auto head = CompileFiles(one.head, one.today);
    const auto base = one.base ? CompileFiles(*one.base, one.today) : nullptr;
    result.error = ErrorsOf(*head, "the case");
    if (result.error.empty() && base) {
      result.error = ErrorsOf(*base, "its base");
    }
    const auto world = MakeWorld(*head, base.get(), one.pull_request);
    policy::Verdict verdict =
        policy::Judge(*world, {{tested, tested.severity, std::nullopt, false, one.parameters, {}}}, nullptr, nullptr);
    if (verdict.runs.front().state == policy::RunState::NotApplicable) {
      result.error = "the policy is not applicable: " + verdict.runs.front().reason;
    }
    DiagnosticList sorted;
    for (Diagnostic& finding : verdict.findings) {
      sorted.Add(std::move(finding));
    }
    sorted.Sort();
    for (const Diagnostic& finding : sorted.all()) {
      const bool lowered = finding.info.severity != tested.severity && !verdict.broken;
      result.found.push_back(Line(*head, finding) +
                             (lowered ? std::string(SeverityName(finding.info.severity)) + ": " : "") +
                             finding.message);
    }
    result.error = verdict.broken ? result.found.front() : result.error;
  }

  CaseResult RunCase(const NodeView& root, const NodeView& node, const policy::Policy& tested) const {
    const Case one = ReadCase(root, node, tested);
    CaseResult result{tested.id, path_, sources_.Locate(node.range().begin).line, one.name, one.expected, {}, ""};
    try {
      Judge(one, tested, result);
    } catch (const EnvironmentError& error) {
      result.error = error.what();
    }
    return result;
  }

  const std::string& path_;
  const std::vector<policy::Policy>& policies_;
  source::SourceManager sources_;
  syntax::SyntaxTree tree_;
};

}  // namespace

PolicyTestReport TestPolicies(const std::vector<std::string>& folders, const std::vector<policy::Policy>& policies) {
  PolicyTestReport report;
  const std::vector<std::string> files = TestFiles(folders);
  for (const std::string& file : files) {
    TestFile(file, policies).Run(report);
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
