#include "base/id.h"

#include <catch2/catch.hpp>
#include <string>
#include <type_traits>
#include <vector>

namespace dpc {
namespace {

using RowId = Id<struct RowTag>;
using OtherId = Id<struct OtherTag>;

static_assert(sizeof(RowId) == 4);
static_assert(!std::is_convertible_v<RowId, OtherId> && !std::is_constructible_v<RowId, OtherId>);
static_assert(!std::is_convertible_v<std::size_t, RowId>);

std::vector<std::uint32_t> Indexes(IdRange<RowId> range) {
  std::vector<std::uint32_t> indexes;
  for (const RowId id : range) {
    indexes.push_back(id.index());
  }
  return indexes;
}

TEST_CASE("the default id is None, which is no row") {
  CHECK_FALSE(RowId().has_value());
  CHECK(RowId() == RowId::None());
  CHECK(RowId(0).has_value());
  CHECK(RowId(0) < RowId(1));
  CHECK(RowId(1) < RowId::None());
}

TEST_CASE("a range holds the rows from its begin to before its end") {
  CHECK(Indexes(IdRange<RowId>()).empty());
  const IdRange<RowId> range(2, 5);
  CHECK(Indexes(range) == std::vector<std::uint32_t>{2, 3, 4});
  CHECK(range.size() == 3);
  CHECK_FALSE(range.empty());
  CHECK(range[1] == RowId(3));
}

TEST_CASE("a store numbers its rows and keeps them where they are") {
  Store<RowId, std::string> store;
  CHECK(store.All().empty());
  const RowId first = store.Add("first");
  const std::string* place = &store.Get(first);
  for (int i = 0; i < 10000; ++i) {
    store.Add("more");
  }
  CHECK(&store.Get(first) == place);
  CHECK(store[first] == "first");
  CHECK(store.size() == 10001);
  CHECK(store.Since(9999).size() == 2);
  CHECK(store.Since(9999)[1] == RowId(10000));
  store.Get(first) = "changed";
  CHECK(store[RowId(0)] == "changed");
}

}  // namespace
}  // namespace dpc
