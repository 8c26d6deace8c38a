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

std::string Quoted(std::string_view text) {
  return "`" + Printable(text) + "`";
}

std::string ValueText(const std::string& value) {
  return value.empty() ? "not set" : Quoted(value);
}

Json OrNull(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

const source::SourceManager& SourcesOf(const WayChange& change, const Sides& sides) {
  return change.gained ? sides.head : sides.base;
}

// One way, and into whose roles.
struct WayLine {
  const WayChange* first = nullptr;
  std::vector<std::string> products;
};

std::vector<WayLine> Gather(const std::vector<WayChange>& changes) {
  std::vector<WayLine> lines;
  std::map<std::tuple<bool, std::string, std::string>, std::size_t> known;
  for (const WayChange& change : changes) {
    const auto [at, added] =
        known.try_emplace({change.gained, change.key.environment, change.facts.text}, lines.size());
    if (added) {
      lines.push_back({&change, {}});
    }
    lines[at->second].products.push_back(Quoted(change.key.product));
  }
  return lines;
}

// "the role of `a`", "the roles of `a`, `b` and 3 more".
std::string RolesText(std::vector<std::string> products) {
  constexpr std::size_t kNamed = 8;
  const std::size_t more = products.size() > kNamed ? products.size() - kNamed : 0;
  const std::string head = products.size() == 1 ? "the role of " : "the roles of ";
  products.resize(products.size() - more);
  return head + Join(products, ", ") + (more == 0 ? "" : " and " + std::to_string(more) + " more");
}

std::string Text(const WayLine& line, const Sides& sides) {
  const WayChange& change = *line.first;
  const std::string what = access::OpensAccount(change) ? ": THE WHOLE ACCOUNT gets into " : ": way into ";
  return std::string(change.gained ? "+ " : "- ") + Printable(change.key.environment) + what +
         RolesText(line.products) + ": " + Printable(change.facts.text) + "  [" +
         PlaceText(SourcesOf(change, sides), change.facts.range) + "]\n";
}

std::string Text(const SettingChange& change, const Sides& sides) {
  const std::string of = change.key.product.empty() ? "" : " of " + Quoted(change.key.product);
  return "~ " + Printable(change.key.environment) + ": " + Quoted(change.key.setting) + of + " is " +
         ValueText(change.facts.value) + " (was " + ValueText(change.before) + ")  [" +
         PlaceText(sides.head, change.facts.range) + "]\n";
}

}  // namespace

std::string WayLines(const std::vector<WayChange>& changes, const Sides& sides) {
  std::string text;
  for (const WayLine& line : Gather(changes)) {
    text += Text(line, sides);
  }
  return text;
}

std::string SettingLines(const std::vector<SettingChange>& changes, const Sides& sides) {
  std::string text;
  for (const SettingChange& change : changes) {
    text += Text(change, sides);
  }
  return text;
}

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
