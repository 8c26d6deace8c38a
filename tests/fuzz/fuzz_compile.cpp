// Any bytes as a native file: the whole pipeline gives diagnostics or artifacts, the same twice, never a crash.
#include <cstdint>
#include <string>

#include "base/check.h"
#include "base/environment_error.h"
#include "driver/driver.h"

namespace {

constexpr const char* kEnvironment =
    "apiVersion: dpc/v1\nkind: Environment\nname: production\naws:\n  account: \"111122223333\"\n  region: eu-west-1\n"
    "  assumedBy: {wholeAccount: true}\n  buckets: {datalake: {name: acme-lake, default: true}}\n";

std::string Run(const std::string& bytes) {
  dpc::driver::Options options;
  options.threads = 1;
  options.targets = {"aws", "conveyor"};
  try {
    const auto compilation = dpc::driver::CompileTree(
        dpc::source::OpenMemory({{"environment.yaml", kEnvironment}, {"input.yaml", bytes}}, dpc::Date(20000)),
        options);
    std::string out;
    for (const dpc::Diagnostic& diagnostic : compilation->diagnostics.all()) {
      out += diagnostic.message + "\n";
    }
    for (const auto& artifact : compilation->artifacts) {
      out += artifact.path + "\n" + artifact.bytes;
    }
    return out;
  } catch (const dpc::EnvironmentError& error) {
    return error.what();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  DPC_CHECK(Run(bytes) == Run(bytes), "two runs differ");
  return 0;
}
