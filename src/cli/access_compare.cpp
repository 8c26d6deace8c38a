#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "backend/aws/compare.h"
#include "base/environment_error.h"
#include "base/text.h"
#include "cli/access.h"
#include "cli/account_plans.h"
#include "cli/terminal.h"

namespace dpc::cli {
namespace {

using namespace backend::aws;  // NOLINT: the whole file is about it

struct Arguments {
  QuestionOptions question;
  std::string iam;
};

// An account full of policies in all their versions has some 150 MB.
constexpr std::size_t kMostBytes = std::size_t{256} << 20U;

std::string ReadAll(std::istream& stream, const std::string& name) {
  std::string bytes;
  char buffer[1 << 16];
  while (stream.read(buffer, sizeof buffer) || stream.gcount() > 0) {
    bytes.append(buffer, static_cast<std::size_t>(stream.gcount()));
    if (bytes.size() > kMostBytes) {
      throw EnvironmentError(name + " is larger than 256 MiB");
    }
  }
  if (stream.bad() || !stream.eof()) {
    throw EnvironmentError("cannot read " + name);
  }
  return bytes;
}

AccountFile ReadIam(const std::string& path) {
  const bool from_stdin = path == "-";
  const std::string name = from_stdin ? "standard input" : "`" + Printable(path) + "`";
  std::ifstream file;
  if (!from_stdin) {
    file.open(path, std::ios::binary);
  }
  if (!from_stdin && !file) {
    throw EnvironmentError("cannot read " + name);
  }
  std::string fault;
  auto account = ReadAccountFile(ReadAll(from_stdin ? std::cin : file, name), fault);
  if (!account) {
    throw EnvironmentError(
        name + " is not the whole answer of `aws iam get-account-authorization-details`: " + Printable(fault));
  }
  return std::move(*account);
}

// What one run found.
struct Comparison {
  std::string account;
  std::vector<ComparedEnvironment> environments;
  std::vector<std::pair<std::string, std::string>> elsewhere;  // chosen environments of other accounts: name, account

  bool equal() const {
    return std::all_of(environments.begin(), environments.end(), [](const auto& one) { return one.equal(); });
  }
};

[[noreturn]] void ThrowOtherAccount(const Comparison& comparison) {
  std::string others;
  for (const auto& [name, account] : comparison.elsewhere) {
    others += (others.empty() ? "" : ", ") + Printable(name) + " has " + account;
  }
  throw EnvironmentError("the file is of account " + comparison.account + ", which no chosen environment has" +
                         (others.empty() ? "" : " (" + others + ")"));
}

Comparison CompareAll(const driver::Compilation& compilation, const AccountFile& file) {
  Comparison comparison{file.account, {}, {}};
  std::vector<AccountPlan> plans = PlanAccounts(compilation);
  const backend::Input input = BackendInput(compilation);
  const auto same = std::stable_partition(plans.begin(), plans.end(),
                                          [&](const AccountPlan& plan) { return plan.account == file.account; });
  for (auto plan = same; plan != plans.end(); ++plan) {
    if (IsChosen(compilation, plan->environment)) {
      comparison.elsewhere.emplace_back(EnvironmentName(compilation, plan->environment), plan->account);
    }
  }
  plans.erase(same, plans.end());
  for (const AccountPlan& plan : plans) {
    if (IsChosen(compilation, plan.environment)) {
      comparison.environments.push_back(Compare(input, plan, plans, file));
    }
  }
  if (comparison.environments.empty()) {
    ThrowOtherAccount(comparison);
  }
  return comparison;
}

std::string Lines(std::string_view head, const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) {
    text += "    " + std::string(head) + Printable(line) + "\n";
  }
  return text;
}

std::string Text(const Compared& row) {
  return "  " + std::string(LikenessName(row.likeness)) + ": " + row.kind + " `" + Printable(row.name) + "` of `" +
         Printable(row.product) + "`" + (row.likeness == Likeness::Missing ? " is not in the account" : "") + "\n" +
         Lines("gains: ", row.gains) + Lines("lacks: ", row.lacks) + Lines("trust: ", row.trust) +
         Lines("unknown: ", row.reasons) + Lines("note: ", row.notes);
}

std::string Text(const Stranger& stranger) {
  return "  " + stranger.kind + " `" + Printable(stranger.name) + "`, which dpc does not know:\n" +
         Lines("", stranger.reaches) + Lines("unknown: ", stranger.reasons);
}

std::string Text(const ComparedEnvironment& environment) {
  std::string text = Printable(environment.environment) + ":\n";
  for (const Compared& row : environment.emitted) {
    text += Text(row);
  }
  for (const Stranger& stranger : environment.strangers) {
    text += Text(stranger);
  }
  if (environment.other_strangers != 0) {
    text += "  " + Plural(environment.other_strangers, "role or user") + " that dpc does not know " +
            (environment.other_strangers == 1 ? "reaches" : "reach") + " no asset\n";
  }
  for (const std::string& note : environment.notes) {
    text += "  note: " + Printable(note) + "\n";
  }
  return text;
}

Json ToJson(const Compared& row) {
  return Json{
      {"kind", row.kind},   {"name", row.name},   {"product", row.product}, {"result", LikenessName(row.likeness)},
      {"gains", row.gains}, {"lacks", row.lacks}, {"trust", row.trust},     {"unknown", row.reasons},
      {"notes", row.notes}};
}

Json ToJson(const ComparedEnvironment& environment) {
  Json emitted = Json::array();
  for (const Compared& row : environment.emitted) {
    emitted.push_back(ToJson(row));
  }
  Json strangers = Json::array();
  for (const Stranger& stranger : environment.strangers) {
    strangers.push_back(Json{{"kind", stranger.kind},
                             {"name", stranger.name},
                             {"reaches", stranger.reaches},
                             {"unknown", stranger.reasons}});
  }
  return Json{{"environment", environment.environment},
              {"equal", environment.equal()},
              {"emitted", std::move(emitted)},
              {"strangers", std::move(strangers)},
              {"otherStrangers", environment.other_strangers},
              {"notes", environment.notes}};
}

void PrintJson(const driver::Compilation& compilation, const Comparison& comparison) {
  Json answer = AnswerHead(compilation, "access compare");
  answer["account"] = comparison.account;
  answer["equal"] = comparison.equal();
  answer["environments"] = Json::array();
  for (const ComparedEnvironment& environment : comparison.environments) {
    answer["environments"].push_back(ToJson(environment));
  }
  answer["notInFile"] = Json::array();
  for (const auto& [name, account] : comparison.elsewhere) {
    answer["notInFile"].push_back(Json{{"environment", name}, {"account", account}});
  }
  Print(PrettyJson(answer));
}

int CompareAndPrint(Arguments& arguments) {
  const auto compilation = arguments.question.input.Compile();
  const Comparison comparison = CompareAll(*compilation, ReadIam(arguments.iam));
  if (arguments.question.json()) {
    PrintJson(*compilation, comparison);
    return comparison.equal() ? kClean : kFindings;
  }
  for (const ComparedEnvironment& environment : comparison.environments) {
    Print(Text(environment));
  }
  for (const auto& [name, account] : comparison.elsewhere) {
    Print(Printable(name) + ": not in this file, which is of account " + comparison.account + "\n");
  }
  return comparison.equal() ? kClean : kFindings;
}

std::function<int()> Configure(CommandLine& app) {
  auto arguments = std::make_shared<Arguments>();
  AddText(app, "--iam", arguments->iam, "What `aws iam get-account-authorization-details` printed; `-` for stdin",
          "FILE")
      ->required();
  AddEnvironments(app, arguments->question.input.compile.environments);
  arguments->question.AddTo(app);
  arguments->question.input.compile.emit = true;
  arguments->question.input.compile.render = false;
  return [arguments] { return CompareAndPrint(*arguments); };
}

}  // namespace

extern const CommandSpec access_compare;
const CommandSpec access_compare = {
    "compare",
    "Compare the emitted roles with what an account really has",
    "  aws iam get-account-authorization-details > iam.json\n"
    "  dpc access compare --iam iam.json\n"
    "  dpc access compare --iam iam.json --env production --format json\n",
    Configure,
};

}  // namespace dpc::cli
