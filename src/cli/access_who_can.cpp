#include <memory>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/answers.h"
#include "cli/terminal.h"

namespace dpc::cli {
namespace {

struct Arguments {
  QuestionOptions question;
  std::string action;
  std::string subject;
  bool why = false;
};

void PrintText(const Desk& desk, const std::vector<access::Answer>& answers, const std::string& head, bool why) {
  std::string text = head;
  if (!answers.empty()) {
    text += "\n" + AnswerTable(desk, answers) + "\n" + WaysTable(desk, answers);
  }
  for (const access::Answer& answer : why ? answers : std::vector<access::Answer>()) {
    text += "\n" + desk.Heading(answer) + ": " + desk.Verdict(answer) + "\n" + desk.Text(answer, "  ") +
            "  who gets into the role:\n" + desk.WaysText(answer, "    ");
  }
  Print(text);
}

int WhoCan(Arguments& arguments) {
  const backend::Action action = FindAction(arguments.action, {arguments.subject}, "who-can ACTION PORT|ASSET");
  const auto compilation = arguments.question.input.Compile();
  const Desk desk(*compilation);
  const access::Subject subject = desk.FindSubject(arguments.subject);
  const auto answers = desk.answers().WhoCan(compilation->environments, subject.assets, action.need);
  if (arguments.question.json()) {
    Json out = AnswerHead(*compilation, "access who-can");
    out["question"] = Json{{"action", action.name}, {"subject", subject.name}};
    out["answers"] = desk.ToJson(answers);
    Print(PrettyJson(out));
  } else {
    const std::string what = std::string(action.name) + " `" + Printable(subject.name) + "`";
    PrintText(desk, answers, answers.empty() ? "nobody can " + what + "\n" : "who can " + what + ":\n", arguments.why);
  }
  return Finish(*compilation);
}

std::function<int()> Configure(CommandLine& app) {
  auto arguments = std::make_shared<Arguments>();
  AddAction(app, arguments->action);
  AddSubject(app, arguments->subject);
  AddWhy(app, arguments->why);
  arguments->question.AddEnvironmentsTo(app);
  arguments->question.AddTo(app);
  return [arguments] { return WhoCan(*arguments); };
}

}  // namespace

extern const CommandSpec access_who_can;
const CommandSpec access_who_can = {
    "who-can",
    "List the products, people and machines that may do something",
    "  dpc access who-can read customers/customers\n"
    "  dpc access who-can write orders/raw --env production\n"
    "  dpc access who-can s3:GetObject customers --format json\n",
    Configure,
};

}  // namespace dpc::cli
