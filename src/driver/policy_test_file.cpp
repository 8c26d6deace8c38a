#include "driver/policy_test_file.h"

#include <algorithm>
#include <array>

#include "base/environment_error.h"
#include "base/text.h"
#include "driver/files.h"
#include "driver/selection.h"
#include "fields/decode.h"
#include "fields/scalars.h"
#include "syntax/parse.h"

namespace dpc::driver {
namespace {

using fields::FieldSpec;
using fields::Presence;
using fields::RecordReader;
using fields::Shape;
using fields::TypeSpec;

constexpr std::int64_t kLargest = 9007199254740991;

const TypeSpec kIdType = {.shape = Shape::Scalar, .scalar = &fields::kPolicyId};
const TypeSpec kTextType = {.shape = Shape::Scalar, .scalar = &fields::kAnyText};
const TypeSpec kFileType = {.shape = Shape::Scalar, .scalar = &fields::kProse};
const TypeSpec kDayType = {.shape = Shape::Scalar, .scalar = &fields::kDate};
const TypeSpec kTextsType = {.shape = Shape::List, .element = &kTextType};
const TypeSpec kFilesType = {.shape = Shape::Map, .scalar = &fields::kAnyText, .element = &kFileType};
const TypeSpec kValueType = {
    .shape = Shape::Literal, .scalar = &fields::kAnyText, .minimum = -kLargest, .maximum = kLargest};
const TypeSpec kParametersType = {.shape = Shape::Map, .scalar = &fields::kParameterName, .element = &kValueType};

const std::array<FieldSpec, 2> kPullRequestFields = {{
    {"author", &kTextType, Presence::Required, "", "Its author.", "bob@acme.example"},
    {"approvals", &kTextsType, Presence::Optional, "[]", "Who approved it.", "[ann@acme.example]"},
}};
const fields::RecordSpec kPullRequest = {"pull request", "What --approvals would say.", kPullRequestFields};
const TypeSpec kPullRequestType = {.shape = Shape::Record, .record = &kPullRequest};

const std::array<FieldSpec, 7> kCaseFields = {{
    {"name", &kTextType, Presence::Required, "", "What it shows.", "a port without a description"},
    {"files", &kFilesType, Presence::Optional, "{}", "Files of the repository.", "{a.yaml: \"...\"}"},
    {"base", &kFilesType, Presence::Optional, "no base", "Files of the base instead.", "{}"},
    {"pr", &kPullRequestType, Presence::Optional, "", "The pull request.", "{author: bob@acme.example}"},
    {"today", &kDayType, Presence::Optional, "", "The day of the run.", "2026-06-01"},
    {"parameters", &kParametersType, Presence::Optional, "{}", "Values of the policy's parameters.", "{max_days: 10}"},
    {"expect", &kTextsType, Presence::Optional, "[]", "The findings: `file:line: message`.", "[\"a.yaml:6: ...\"]"},
}};
const fields::RecordSpec kCase = {"case", "A repository, and what is found in it.", kCaseFields};
const TypeSpec kCaseType = {.shape = Shape::Record, .record = &kCase};
const TypeSpec kCasesType = {.shape = Shape::List, .element = &kCaseType, .non_empty = true};

const std::array<FieldSpec, 4> kFields = {{
    {"policy", &kIdType, Presence::Required, "", "The policy that is tested.", "owner-required"},
    {"files", &kFilesType, Presence::Optional, "{}", "Files that all cases share.", "{dpc.yaml: \"...\"}"},
    {"today", &kDayType, Presence::Optional, "", "The day of the run, where a case says none.", "2026-06-01"},
    {"cases", &kCasesType, Presence::Required, "", "The cases.", "[{name: ...}]"},
}};
const fields::RecordSpec kFile = {"policy test", "Cases of one policy.", kFields};

class Reader {
 public:
  Reader(const std::string& path, const std::vector<policy::Policy>& policies) : path_(path), policies_(policies) {}

  PolicyTestFile Read() {
    DiagnosticList list;
    Emitter emitter(list);
    const syntax::SyntaxTree tree = syntax::Parse(sources_, sources_.Add(path_, ReadFile(path_)), emitter);
    if (list.Count(Severity::Error) == 0 && tree.documents().size() != 1) {
      throw EnvironmentError("`" + Printable(path_) + "` holds no test, or several documents");
    }
    if (list.Count(Severity::Error) == 0) {
      fields::Validate(tree.Root(tree.documents().front()), kFile, emitter);
    }
    ThrowFirst(list);
    return Take(RecordReader(tree.Root(tree.documents().front()), kFile));
  }

 private:
  [[noreturn]] void Throw(Range range, const std::string& what) const {
    std::string place = Printable(path_);
    if (range.has_value()) {
      const source::Place at = sources_.Locate(range.begin);
      place += ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
    }
    throw EnvironmentError(place + ": " + what);
  }

  void ThrowFirst(DiagnosticList& list) const {
    list.Sort();
    for (const Diagnostic& diagnostic : list.all()) {
      if (diagnostic.info.severity == Severity::Error) {
        Throw(diagnostic.range, diagnostic.message + (diagnostic.hints.empty() ? "" : ": " + diagnostic.hints.front()));
      }
    }
  }

  PolicyTestFile Take(const RecordReader& record) const {
    PolicyTestFile file;
    file.tested = &PolicyOf(*record.GetText("policy"));
    for (const RecordReader& one : record.GetRecords("cases")) {
      file.cases.push_back(CaseOf(record, one, *file.tested));
    }
    return file;
  }

  const policy::Policy& PolicyOf(const fields::Text& id) const {
    std::vector<std::string_view> known;
    for (const policy::Policy& policy : policies_) {
      if (policy.id == id.text) {
        return policy;
      }
      known.push_back(policy.id);
    }
    const auto near = NearestName(id.text, known);
    Throw(id.range,
          "there is no policy `" + Printable(id.text) + "`" + (near ? ": did you mean `" + *near + "`?" : ""));
  }

  static void AddFiles(const RecordReader& record, std::string_view field, TestFiles& files) {
    for (const auto& [path, text] : record.GetTextMap(field)) {
      files.insert_or_assign(std::string(path.text), std::string(text.text));
    }
  }

  static std::vector<std::string> Texts(const RecordReader& record, std::string_view field) {
    std::vector<std::string> texts;
    for (const fields::Text& text : record.GetTexts(field)) {
      texts.emplace_back(text.text);
    }
    return texts;
  }

  PolicyCase CaseOf(const RecordReader& file, const RecordReader& one, const policy::Policy& tested) const {
    PolicyCase out;
    out.name = one.GetText("name")->text;
    out.line = sources_.Locate(one.range().begin).line;
    AddFiles(file, "files", out.head);
    if (one.Has("base")) {
      out.base = out.head;
      AddFiles(one, "base", *out.base);
    }
    AddFiles(one, "files", out.head);
    if (const auto request = one.GetRecord("pr")) {
      const auto author = request->GetText("author");
      out.pull_request = {true, author ? std::string(author->text) : "", Texts(*request, "approvals")};
    }
    out.today = one.Has("today") ? one.GetDate("today") : file.GetDate("today");
    out.parameters = ParametersOf(one, tested);
    out.expected = Texts(one, "expect");
    return out;
  }

  std::vector<std::pair<std::string, policy::ParameterValue>> ParametersOf(const RecordReader& one,
                                                                           const policy::Policy& tested) const {
    auto parameters = tested.parameters;
    for (const auto& [name, literal] : one.GetLiteralMap("parameters")) {
      const auto found = std::find_if(parameters.begin(), parameters.end(),
                                      [&, &key = name](const auto& parameter) { return parameter.first == key.text; });
      if (found == parameters.end()) {
        Throw(name.range, "policy `" + tested.id + "` has no parameter `" + Printable(name.text) + "`");
      }
      policy::ParameterValue value = policy::ValueOf(literal);
      if (!policy::Fits(value, found->second)) {
        Throw(name.range,
              "the parameter `" + found->first + "` of policy `" + tested.id + "` is " + policy::SortOf(found->second));
      }
      found->second = std::move(value);
    }
    return parameters;
  }

  const std::string& path_;
  const std::vector<policy::Policy>& policies_;
  source::SourceManager sources_;
};

}  // namespace

PolicyTestFile ReadPolicyTestFile(const std::string& path, const std::vector<policy::Policy>& policies) {
  return Reader(path, policies).Read();
}

}  // namespace dpc::driver
