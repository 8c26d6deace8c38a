// The regions that AWS has, as of November 2026: "AWS Regions" of its general reference, and those of its other
// partitions. A list of others' things goes out of date, so what it does not have is worth a word, never an error.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "frontend/native/diagnostics.h"
#include "frontend/native/native.h"

namespace dpc::frontend::native {
namespace {

constexpr std::array<std::string_view, 46> kRegions = {
    "us-east-1",      "us-east-2",       "us-west-1",      "us-west-2",      "af-south-1",     "ap-east-1",
    "ap-east-2",      "ap-northeast-1",  "ap-northeast-2", "ap-northeast-3", "ap-south-1",     "ap-south-2",
    "ap-southeast-1", "ap-southeast-2",  "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6",
    "ap-southeast-7", "ca-central-1",    "ca-west-1",      "eu-central-1",   "eu-central-2",   "eu-north-1",
    "eu-south-1",     "eu-south-2",      "eu-west-1",      "eu-west-2",      "eu-west-3",      "il-central-1",
    "me-central-1",   "me-south-1",      "mx-central-1",   "sa-east-1",      "us-gov-east-1",  "us-gov-west-1",
    "cn-north-1",     "cn-northwest-1",  "us-iso-east-1",  "us-iso-west-1",  "us-isob-east-1", "us-isob-west-1",
    "us-isof-east-1", "us-isof-south-1", "eu-isoe-west-1", "eusc-de-east-1"};

}  // namespace

void CheckRegion(const Context& context, const std::optional<Text>& region) {
  if (!region || std::find(kRegions.begin(), kRegions.end(), region->text) != kRegions.end()) {
    return;
  }
  auto report = context.emitter.Report(kUnknownRegion, region->range, region->text);
  if (const auto nearest = NearestName(region->text, kRegions)) {
    report.Hint("did you mean `" + *nearest + "`?");
  }
}

}  // namespace dpc::frontend::native
