#include <array>
#include <memory>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "driver/files.h"
#include "graph/graph.h"

namespace dpc::cli {
namespace {

struct Form {
  std::string_view name;
  std::string (*print)(const graph::LineageGraph&, const model::Model&, const resolve::Resolved&);
};

constexpr std::array<Form, 3> kForms = {
    {{"dot", graph::ToDot}, {"mermaid", graph::ToMermaid}, {"json", graph::ToJson}}};

struct Arguments {
  InputOptions input;
  std::string form = "dot";
  std::string output;
};

int PrintGraph(Arguments& arguments) {
  const auto compilation = arguments.input.Compile();
  std::string text;
  for (const Form& form : kForms) {
    if (form.name == arguments.form) {
      text = form.print(compilation->graph, compilation->model, compilation->resolved);
    }
  }
  if (arguments.output.empty()) {
    Print(text);
  } else {
    driver::WriteFile(arguments.output, text);
  }
  if (!compilation->failed()) {
    return kClean;
  }
  FlushOutput();
  PrintError("dpc: the repository has errors, so the graph may be incomplete: `dpc check` shows them\n");
  return kFindings;
}

std::function<int()> Configure(CommandLine& app) {
  auto arguments = std::make_shared<Arguments>();
  arguments->input.AddTo(app);
  arguments->input.compile.emit = false;
  app.add_option("-f,--format", arguments->form, "dot, mermaid or json")
      ->check(OneOf({"dot", "mermaid", "json"}))
      ->capture_default_str();
  app.add_option("--output", arguments->output, "Write to a file, whole or not at all")->type_name("FILE");
  return [arguments] { return PrintGraph(*arguments); };
}

}  // namespace

extern const CommandSpec command_graph;
const CommandSpec command_graph = {
    "graph",
    "Print which data product feeds which, as DOT, Mermaid or JSON",
    "  dpc graph --format mermaid         for a Markdown page\n"
    "  dpc graph | dot -Tsvg -o lineage.svg\n",
    Configure,
};

}  // namespace dpc::cli
