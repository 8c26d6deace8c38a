#include "cli/place.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/place.h"

namespace dpc::cli {

std::string PlaceText(const source::SourceManager& sources, Range range) {
  const auto region = report::Locate(sources, range);
  return region ? Printable(region->path) + ":" + std::to_string(region->line) : "";
}

Json PlaceJson(const source::SourceManager& sources, Range range) {
  const auto region = report::Locate(sources, range);
  if (!region) {
    return nullptr;
  }
  return Json{{"path", region->path}, {"line", region->line}, {"column", region->column}};
}

}  // namespace dpc::cli
