#include "ledger/rows.h"

#include <array>

#include "base/sha256.h"
#include "base/text.h"

namespace dpc::ledger {
namespace {

constexpr std::size_t kDigits = 32;
constexpr std::size_t kNamed = 3;

void Append(std::string& bytes, std::string_view part) {
  bytes.append(std::to_string(part.size())).append(":").append(part);
}

void Append(std::string& bytes, const std::vector<std::string>& parts) {
  Append(bytes, std::to_string(parts.size()));
  for (const std::string& part : parts) {
    Append(bytes, part);
  }
}

std::string DayText(const std::optional<Date>& day) {
  return day ? day->ToString() : "";
}

std::vector<std::string> ListOf(const std::set<std::string>& names) {
  return {names.begin(), names.end()};
}

}  // namespace

std::string_view SortName(Sort sort) {
  static constexpr std::array<std::string_view, 4> kNames = {"gained", "lost", "loosened", "endangered"};
  return kNames[static_cast<std::size_t>(sort)];
}

Row Finished(Draft&& draft) {
  Row row = std::move(draft.row);
  row.who = ListOf(draft.who);
  row.products = ListOf(draft.products);
  row.environments = ListOf(draft.environments);
  row.data = ListOf(draft.data);
  row.ports = ListOf(draft.ports);
  row.places = ListOf(draft.places);
  row.people = draft.people.size();
  return row;
}

void SetDigest(Row& row) {
  std::string bytes;
  for (const std::string_view part :
       {SortName(row.sort), std::string_view(row.action), std::string_view(row.who_kind), std::string_view(row.owner),
        std::string_view(row.cause.entity), std::string_view(row.cause_before.entity), std::string_view(row.before),
        std::string_view(row.after)}) {
    Append(bytes, part);
  }
  for (const auto* list : {&row.who, &row.products, &row.environments, &row.data, &row.ports, &row.places}) {
    Append(bytes, *list);
  }
  Append(bytes, model::ClassificationName(row.classification));
  Append(bytes, DayText(row.first));
  Append(bytes, DayText(row.last));
  row.digest = Sha256Hex(bytes).substr(0, kDigits);
}

std::string SomeOf(const std::set<std::string>& names) {
  std::string text;
  std::size_t said = 0;
  for (const std::string& name : names) {
    if (said == kNamed && names.size() > kNamed + 1) {
      return text + " and " + std::to_string(names.size() - said) + " more";
    }
    text += (said == 0 ? "`" : said + 1 == names.size() ? " and `" : ", `") + Printable(name) + "`";
    ++said;
  }
  return text;
}

}  // namespace dpc::ledger
