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
  std::string action;
  std::string subject;
  bool why = false;
};

int CanI(Arguments& arguments) {
  const backend::Action action =
      FindAction(arguments.action, {arguments.principal, arguments.subject}, "can-i PRINCIPAL ACTION PORT|ASSET");
  const auto compilation = arguments.question.input.Compile();
  if (compilation->failed()) {
    PrintError("dpc: the repository has errors, so there is no sure answer: `dpc check` shows them\n");
    return kFailed;
  }
  const Desk desk(*compilation);
  const access::Principal principal = desk.FindPrincipal(arguments.principal);
  const access::Subject subject = desk.FindSubject(arguments.subject);
  const auto all = desk.answers().Ask(principal, arguments.question.Chosen(*compilation), subject.assets, action.need);
  const auto answers = access::Telling(all);
  const bool yes = access::Yes(compilation->resolved, answers);
  if (arguments.question.json()) {
    Json out = AnswerHead(*compilation, "access can-i");
    out["question"] =
        Json{{"principal", Json{{"kind", access::PrincipalKindName(principal.kind)}, {"name", principal.name}}},
             {"action", action.name},
             {"subject", subject.name}};
    out["allowed"] = yes;
    out["answers"] = desk.ToJson(answers);
    Print(PrettyJson(out));
  } else {
    PrintAnswers(desk, answers,
                 std::string(yes ? "yes" : "no") + ": " + std::string(access::PrincipalKindName(principal.kind)) +
                     " `" + Printable(principal.name) + "`, " + std::string(action.name) + ", `" +
                     Printable(subject.name) + "`\n",
                 arguments.why);
  }
  return yes ? kClean : kFindings;
}

std::function<int()> Configure(CommandLine& app) {
  auto arguments = std::make_shared<Arguments>();
  AddPrincipal(app, arguments->principal);
  AddAction(app, arguments->action);
  AddSubject(app, arguments->subject);
  AddWhy(app, arguments->why);
  arguments->question.AddEnvironmentsTo(app);
  arguments->question.AddTo(app);
  return [arguments] { return CanI(*arguments); };
}

}  // namespace

extern const CommandSpec access_can_i;
const CommandSpec access_can_i = {
    "can-i",
    "Say whether somebody may do something, and why: exit 0 for yes, 1 for no",
    "  dpc access can-i orders read customers/customers\n"
    "  dpc access can-i jane@acme.example write orders/raw --env production\n"
    "  dpc access can-i role:acme-orders-production s3:PutObject orders/raw\n"
    "  dpc access can-i team:sales-data read customers    where a product has the same name\n"
    "Yes means: for each asset, in each environment asked about (without --env: each that has the role).\n",
    Configure,
};

}  // namespace dpc::cli
