#include "report/fork.h"

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace dpc::report {
namespace {

// As git shows them.
std::string Short(const std::string& commit) {
  static constexpr std::size_t kShown = 12;
  return commit.substr(0, kShown);
}

}  // namespace

std::string ForkText(const std::optional<source::Fork>& fork) {
  if (!fork) {
    return "";
  }
  const std::string tip = Short(fork->tip) + " (tip of `" + Printable(fork->base) + "`)\n";
  return fork->IsUpToDate() ? "compared with and judged by " + tip
                            : "compared with " + Short(fork->commons.front()) + " (common), judged by " + tip;
}

Json ForkJson(const std::optional<source::Fork>& fork) {
  return fork ? Json{{"name", fork->base}, {"common", fork->commons.front()}, {"tip", fork->tip}} : Json(nullptr);
}

}  // namespace dpc::report
