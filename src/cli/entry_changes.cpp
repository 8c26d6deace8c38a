#include "cli/entry_changes.h"

#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "base/text.h"
#include "cli/place.h"
#include "cli/terminal.h"

namespace dpc::cli {
namespace {

using access::SettingChange;
using access::WayChange;

Json OrNull(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

const source::SourceManager& SourcesOf(const WayChange& change, const Sides& sides) {
  return change.gained ? sides.head : sides.base;
}

}  // namespace

Json WaysJson(const std::vector<WayChange>& changes, const Sides& sides) {
  Json list = Json::array();
  for (const WayChange& change : changes) {
    list.push_back(Json{{"change", change.gained ? "gained" : "lost"},
                        {"product", change.key.product},
                        {"environment", change.key.environment},
                        {"kind", access::WayKindName(change.key.kind)},
                        {"name", change.key.name},
                        {"within", OrNull(change.key.within)},
                        {"audience", OrNull(change.key.audience)},
                        {"text", Printable(change.facts.text)},
                        {"location", PlaceJson(SourcesOf(change, sides), change.facts.range)}});
  }
  return list;
}

Json SettingsJson(const std::vector<SettingChange>& changes, const Sides& sides) {
  Json list = Json::array();
  for (const SettingChange& change : changes) {
    list.push_back(Json{{"environment", change.key.environment},
                        {"product", OrNull(change.key.product)},
                        {"setting", change.key.setting},
                        {"before", OrNull(change.before)},
                        {"after", OrNull(change.facts.value)},
                        {"location", PlaceJson(sides.head, change.facts.range)}});
  }
  return list;
}

}  // namespace dpc::cli
