// Any bytes as a policy file: the repository is judged the same twice, and a policy that cannot be judged is called
// broken.
#include <cstdint>
#include <string>

#include "base/check.h"
#include "base/environment_error.h"
#include "driver/driver.h"

namespace {

constexpr const char* kWorkspace =
    "apiVersion: dpc/v1\nkind: Workspace\nname: acme\n---\napiVersion: dpc/v1\nkind: Team\nname: sales\n"
    "members: {jane@acme.example: owner}\n";
constexpr const char* kProduct =
    "apiVersion: dpc/v1\nkind: DataProduct\nname: orders\nowner: sales\nassets: {a: {s3: orders}}\noutputPorts:\n"
    "  orders: {assets: [a], access: unrestricted, columns: {email: {personal: true}}}\n";

std::string Run(const std::string& bytes) {
  dpc::driver::Options options;
  options.threads = 1;
  options.emit = false;
  options.judge = true;
  try {
    const auto compilation = dpc::driver::CompileTree(
        dpc::source::OpenMemory({{"dpc.yaml", kWorkspace}, {"orders.yaml", kProduct}, {"policies/a.sql", bytes}},
                                dpc::Date(20000)),
        options);
    DPC_CHECK(compilation->verdict.broken || compilation->verdict.runs.size() == 1, "a policy vanished");
    std::string out = compilation->verdict.broken ? "broken\n" : "";
    for (const dpc::Diagnostic& diagnostic : compilation->diagnostics.all()) {
      out += diagnostic.message + diagnostic.fingerprint + "\n";
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
