// Any bytes as manifest.json: what is read from it stays inside of the output folder.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "driver/manifest.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto owned = dpc::driver::ReadManifest({reinterpret_cast<const char*>(data), size});
  for (const auto& [path, hash] : owned.value_or(dpc::driver::OwnedFiles())) {
    DPC_CHECK(dpc::driver::IsSafePath(path), "a path that leaves the folder");
  }
  return 0;
}
