#include <memory>
#include <utility>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/terminal.h"

namespace dpc::cli {
namespace {

struct Arguments {
  InputOptions input;
  GovernOptions govern;
  ReportOptions report;
  std::vector<std::string> paths;
};

std::function<int()> Configure(CommandLine& app) {
  auto arguments = std::make_shared<Arguments>();
  arguments->input.AddTo(app);
  arguments->govern.AddTo(app, arguments->input.compile);
  arguments->report.AddTo(app);
  app.add_option("paths", arguments->paths,
                 "Show only findings that touch these files or folders (relative to -C, else to the current folder)")
      ->type_name("PATH");
  return [arguments] {
    arguments->govern.Apply(arguments->input.compile);
    arguments->input.compile.render = false;
    arguments->input.quiet = arguments->report.quiet;
    auto compilation = arguments->input.Compile();
    arguments->report.directory = arguments->input.compile.directory;
    PrintError(arguments->govern.WriteBaseline(*compilation));
    const int code =
        ReportFindings(*compilation, arguments->report, "check", arguments->paths, arguments->input.prefix);
    driver::Abandon(std::move(compilation));
    return code;
  };
}

}  // namespace

extern const CommandSpec command_check;
const CommandSpec command_check = {
    "check",
    "Check every declaration, reference, cycle, grant and policy; write nothing",
    "  dpc check                          the work tree below the current folder\n"
    "  dpc check --staged                 what is about to be committed\n"
    "  dpc check --rev origin/main        a revision, without a checkout\n"
    "  dpc check --base origin/main       the change as well, by the policies of the base\n"
    "  dpc check domains/sales            only what touches a folder\n"
    "  dpc check --format json=out.json   for other programs; `dpc schema output` describes it\n"
    "  dpc check --format github --format sarif=dpc.sarif   in a job of GitHub Actions\n",
    Configure,
};

}  // namespace dpc::cli
