// Any bytes as one of the portal's glossaries beside three that are right.
#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/environment_error.h"
#include "driver/driver.h"

namespace {

constexpr std::array<std::pair<const char*, const char*>, 4> kGlossaries = {{
    {"data_product_glossary/data_product_glossary.yaml", "one: {read_datasets: [two]}\ntwo: {}\n"},
    {"data_glossary/datasets.yaml", "two: {data_outputs: [two]}\n"},
    {"data_glossary/data_outputs.yaml", "two:\n  s3: {bucket: lake, suffix: /raw/two, path: ''}\n  owner: two\n"},
    {"environment_configuration/environments.yaml",
     "dev:\n  aws:\n    account_id: \"111122223333\"\n    region: eu-west-1\n    s3:\n"
     "      - {identifier: lake, bucket_name: acme-lake, is_default: true}\n"},
}};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  for (std::size_t replaced = 0; replaced < kGlossaries.size(); ++replaced) {
    std::vector<std::pair<std::string, std::string>> files;
    for (std::size_t i = 0; i < kGlossaries.size(); ++i) {
      files.emplace_back(kGlossaries[i].first, i == replaced ? bytes : kGlossaries[i].second);
    }
    dpc::driver::Options options;
    options.threads = 1;
    try {
      dpc::driver::CompileTree(dpc::source::OpenMemory(files, dpc::Date(20000)), options);
    } catch (const dpc::EnvironmentError&) {
      // Nothing to check is an answer.
    }
  }
  return 0;
}
