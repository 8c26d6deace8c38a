#include <memory>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/answers.h"
#include "cli/terminal.h"

namespace dpc::cli {
namespace {

struct Arguments {
  QuestionOptions question;
  std::string principal;
  std::string subject;
};

int Why(Arguments& arguments) {
  const auto compilation = arguments.question.input.Compile();
  const Desk desk(*compilation);
  const access::Principal principal = desk.FindPrincipal(arguments.principal);
  const access::Subject subject = desk.FindSubject(arguments.subject);
  const auto answers =
      access::Telling(desk.answers().Ask(principal, arguments.question.Chosen(*compilation), subject.assets, {}));
  const std::string_view kind = access::PrincipalKindName(principal.kind);
  if (arguments.question.json()) {
    Json out = AnswerHead(*compilation, "access why");
    out["question"] = Json{{"principal", Json{{"kind", kind}, {"name", principal.name}}}, {"subject", subject.name}};
    out["answers"] = desk.ToJson(answers);
    Print(PrettyJson(out));
  } else {
    PrintAnswers(desk, answers,
                 std::string(kind) + " `" + Printable(principal.name) + "` and `" + Printable(subject.name) + "`:\n");
  }
  return Finish(*compilation);
}

std::function<int()> Configure(CommandLine& app) {
  auto arguments = std::make_shared<Arguments>();
  AddPrincipal(app, arguments->principal);
  AddSubject(app, arguments->subject);
  arguments->question.AddEnvironmentsTo(app);
  arguments->question.AddTo(app);
  return [arguments] { return Why(*arguments); };
}

}  // namespace

extern const CommandSpec access_why;
const CommandSpec access_why = {
    "why",
    "Show why somebody has access, or what is missing: the declarations and their lines",
    "  dpc access why orders customers/customers\n"
    "  dpc access why jane@acme.example orders/raw --env production\n",
    Configure,
};

}  // namespace dpc::cli
