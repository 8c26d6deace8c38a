#include <memory>
#include <unordered_map>

#include "policy/tables/table.h"
#include "resolve/places.h"

namespace dpc::policy {
namespace {

// The next larger place where something lies, on either side, so that what lay around a place in base is found from
// head. Most places have their folder in common, and with it the answer.
class Surroundings {
 public:
  explicit Surroundings(const World& world) : world_(world) {}

  std::string_view Of(std::string_view place) {
    std::string_view around = resolve::PlaceAround(place);
    const auto [known, added] = known_.try_emplace(around);
    if (added) {
      while (!around.empty() && !Lies(around)) {
        around = resolve::PlaceAround(around);
      }
      known->second = around;
    }
    return known->second;
  }

 private:
  bool Lies(std::string_view place) const {
    return world_.head().places().Find(place) != nullptr ||
           (world_.base() != nullptr && world_.base()->places().Find(place) != nullptr);
  }

  const World& world_;
  std::unordered_map<std::string_view, std::string_view> known_;
};

// Texts are those of the maps, which live as long as the tables. What is around a place is found when asked for: a run
// without a base never does.
struct Row {
  std::string_view text;
  resolve::PlaceMap::Entry entry;
  std::shared_ptr<Surroundings> surroundings;  // of all rows
};

std::string_view Scheme(std::string_view place) {
  return place.substr(0, place.find(':'));
}

const std::array kColumns = {
    Column<Row>{{"asset", ColumnType::Key, Null::Never, Lookup::Index, "", "The asset that lies there."},
                [](const Side& s, const Row& row) { return s.Key(row.entry.asset); }},
    Column<Row>{{"environment", ColumnType::Key, Null::Possible, Lookup::Index, "",
                 "In which environment; nothing where no environment holds the asset."},
                [](const Side& s, const Row& row) { return s.Key(row.entry.environment); }},
    Column<Row>{{"product", ColumnType::Key, Null::Possible, Lookup::Index, "", "The product that owns the asset."},
                [](const Side& s, const Row& row) { return s.Key(s.m().assets[row.entry.asset].product); }},
    Column<Row>{
        {"text", ColumnType::Text, Null::Never, Lookup::Index, "",
         "The place: `s3://BUCKET/FOLDER/`, `glue://PARTITION/ACCOUNT/REGION/DATABASE/TABLE/`, ... What lies in a "
         "place begins with its text."},
        [](const Side& /*side*/, const Row& row) { return Cell::Text(row.text); }},
    Column<Row>{{"around", ColumnType::Text, Null::Possible, Lookup::Index, "",
                 "The next larger place that holds it and where something lies, in head or in base."},
                [](const Side& /*side*/, const Row& row) { return Cell::TextOrNull(row.surroundings->Of(row.text)); }},
    Column<Row>{{"scheme", ColumnType::Text, Null::Never, Lookup::Index, "", "s3, glue, redshift, snowflake, ..."},
                [](const Side& /*side*/, const Row& row) { return Cell::Text(Scheme(row.text)); }},
};

std::vector<Row> List(const Side& side) {
  std::vector<Row> rows;
  const auto surroundings = std::make_shared<Surroundings>(side.world());
  for (const auto& [text, entries] : side.places().all()) {
    for (const resolve::PlaceMap::Entry& entry : entries) {
      rows.push_back({text, entry, surroundings});
    }
  }
  return rows;
}

}  // namespace

extern const TableSpec table_place;
const TableSpec table_place =
    MakeTable<Row>("place", "Where assets lie: folders, buckets, tables, databases. A table with files has two places.",
                   kColumns, List);

}  // namespace dpc::policy
