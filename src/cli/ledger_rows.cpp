#include "cli/ledger_rows.h"

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace dpc::cli {
namespace {

using ledger::Row;
using ledger::Sort;

std::string Tail(const Row& row) {
  const std::string& place = row.cause.place.empty() ? row.cause_before.place : row.cause.place;
  std::string text = place.empty() ? "" : "  [" + Printable(place) + "]";
  if (row.sort != Sort::Lost && row.authority.needed > 0) {
    text += row.authority.covered() ? "\n    allowed" : "\n    takes " + row.authority.could;
  }
  return text;
}

std::string Line(const Row& row) {
  static constexpr char kSigns[] = {'+', '-', '~', '!'};
  std::string text(1, kSigns[static_cast<std::size_t>(row.sort)]);
  text += " " + row.what;
  text += row.classification >= model::Classification::Confidential
              ? " (" + std::string(model::ClassificationName(row.classification)) + ")"
              : "";
  const bool counted = row.sort == Sort::Gained && row.who_kind == "product";
  text += counted ? ", " + (row.people == 1 ? std::string("1 person") : std::to_string(row.people) + " people") : "";
  return text + Tail(row) + "\n";
}

Json TextOrNull(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json DayOrNull(const std::optional<Date>& day) {
  return day ? Json(day->ToString()) : Json(nullptr);
}

Json CauseJson(const ledger::Cause& cause) {
  return Json{{"entity", TextOrNull(cause.entity)}, {"at", cause.at}, {"declared", TextOrNull(cause.place)}};
}

Json AuthorityJson(const ledger::Authority& authority) {
  return Json{{"needed", authority.needed},
              {"given", authority.given},
              {"covered", authority.covered()},
              {"could", TextOrNull(authority.could)},
              {"approvers", authority.counted}};
}

Json RowJson(const Row& row) {
  return Json{{"digest", row.digest},
              {"action", row.action},
              {"what", row.what},
              {"whoKind", TextOrNull(row.who_kind)},
              {"who", row.who},
              {"products", row.products},
              {"environments", row.environments},
              {"ports", row.ports},
              {"data", row.data},
              {"places", row.places},
              {"owner", TextOrNull(row.owner)},
              {"classification", TextOrNull(std::string(model::ClassificationName(row.classification)))},
              {"from", DayOrNull(row.first)},
              {"until", DayOrNull(row.last)},
              {"people", row.people},
              {"before", TextOrNull(row.before)},
              {"after", TextOrNull(row.after)},
              {"cause", CauseJson(row.cause)},
              {"causeBefore", CauseJson(row.cause_before)},
              {"authority", AuthorityJson(row.authority)}};
}

}  // namespace

std::string LedgerLines(const ledger::Ledger& ledger) {
  std::string text;
  for (const Row& row : ledger.rows) {
    text += Line(row);
  }
  return text;
}

Json LedgerJson(const ledger::Ledger& ledger) {
  Json all = Json{
      {"gained", Json::array()}, {"lost", Json::array()}, {"loosened", Json::array()}, {"endangered", Json::array()}};
  for (const Row& row : ledger.rows) {
    all[std::string(SortName(row.sort))].push_back(RowJson(row));
  }
  return all;
}

}  // namespace dpc::cli
