#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "build_info.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/terminal.h"
#include "json/json.h"
#include "version.h"

namespace dpc::cli {
namespace {

constexpr std::pair<const char*, const char*> kLibraries[] = {DPC_LIBRARIES};

std::string VersionJson() {
  Json libraries = Json::object();
  for (const auto& [name, version] : kLibraries) {
    libraries[name] = version;
  }
  return PrettyJson(Json{{"name", "dpc"},
                         {"version", DPC_VERSION},
                         {"revision", DPC_REVISION},
                         {"compiler", DPC_COMPILER},
                         {"libraries", std::move(libraries)}});
}

std::function<int()> Configure(CommandLine& app) {
  auto form = std::make_shared<std::string>("human");
  app.add_option("-f,--format", *form, "human or json")->check(OneOf({"human", "json"}))->capture_default_str();
  return [form] {
    Print(*form == "json" ? VersionJson() : "dpc " DPC_VERSION "\n");
    return kClean;
  };
}

}  // namespace

extern const CommandSpec command_version;
const CommandSpec command_version = {
    "version",
    "Print the version, with --format json also what dpc was built from",
    "  dpc version\n"
    "  dpc version --format json\n",
    Configure,
};

}  // namespace dpc::cli
