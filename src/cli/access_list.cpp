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
  bool all = false;
};

std::vector<access::Answer> AnswersFor(const Arguments& arguments, const driver::Compilation& compilation,
                                       const Desk& desk, const access::Principal& principal) {
  const auto environments = arguments.question.Chosen(compilation);
  if (!arguments.all) {
    return desk.answers().List(principal, environments);
  }
  std::vector<model::AssetId> assets;
  for (const model::AssetId asset : compilation.model.assets.All()) {
    if (compilation.model.assets[asset].product.has_value()) {
      assets.push_back(asset);
    }
  }
  return desk.answers().Ask(principal, environments, assets, {});
}

int List(Arguments& arguments) {
  const auto compilation = arguments.question.input.Compile();
  const Desk desk(*compilation);
  const access::Principal principal = desk.FindPrincipal(arguments.principal);
  const auto answers = AnswersFor(arguments, *compilation, desk, principal);
  const std::string_view kind = access::PrincipalKindName(principal.kind);
  if (arguments.question.json()) {
    Json out = AnswerHead(*compilation, "access list");
    out["question"] = Json{{"principal", Json{{"kind", kind}, {"name", principal.name}}}};
    out["answers"] = desk.ToJson(answers);
    Print(PrettyJson(out));
  } else {
    const std::string who = std::string(kind) + " `" + Printable(principal.name) + "`";
    PrintAnswers(desk, answers, who + (answers.empty() ? " may nothing\n" : ":\n"));
  }
  return Finish(*compilation);
}

std::function<int()> Configure(CommandLine& app) {
  auto arguments = std::make_shared<Arguments>();
  AddPrincipal(app, arguments->principal);
  app.add_flag("--all", arguments->all, "Also what it may not, with the reasons: every asset of the repository");
  arguments->question.AddEnvironmentsTo(app);
  arguments->question.AddTo(app);
  return [arguments] { return List(*arguments); };
}

}  // namespace

extern const CommandSpec access_list;
const CommandSpec access_list = {
    "list",
    "List everything that somebody may read and write",
    "  dpc access list jane@acme.example\n"
    "  dpc access list role:acme-orders-production --all --format json\n",
    Configure,
};

}  // namespace dpc::cli
