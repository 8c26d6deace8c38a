#include "syntax/stand_in.h"

#include <algorithm>
#include <array>

#include "syntax/diagnostics.h"

namespace dpc::syntax {
namespace {

// A pointer is shorter than this by definition.
constexpr std::size_t kMostPointerBytes = 1024;
constexpr std::string_view kVersion = "version ";
constexpr std::array<std::string_view, 2> kLfs = {"version https://git-lfs.github.com/spec/",
                                                  "version https://hawser.github.com/spec/"};
constexpr std::string_view kAnnex = "/annex/objects/";

bool IsLfsPointer(std::string_view text) {
  const bool version =
      std::any_of(kLfs.begin(), kLfs.end(), [&](std::string_view begin) { return text.starts_with(begin); });
  return version && text.size() < kMostPointerBytes && text.find("\noid ") != std::string_view::npos;
}

}  // namespace

bool ReportStandIn(std::string_view text, LocId start, Emitter& emitter) {
  const Range place{start, static_cast<std::uint32_t>(kVersion.size() - 1)};
  if (IsLfsPointer(text)) {
    emitter.Report(kLfsPointer, place)
        .Hint(
            "in the index and in revisions git has no more than the pointer: keep declarations out of Git LFS, or "
            "`exclude` the file in dpc.yaml");
    return true;
  }
  if (text.starts_with(kAnnex) && text.size() < kMostPointerBytes) {
    emitter.Report(kAnnexPointer, place).Hint("keep declarations in git itself, or `exclude` the file in dpc.yaml");
    return true;
  }
  return false;
}

}  // namespace dpc::syntax
