#include "policy/tables/compare_access.h"

#include <string>
#include <string_view>
#include <unordered_set>

namespace dpc::policy {
namespace {

// By names: ids of two sides have nothing to do with each other.
std::string Name(const Side& side, const PortAccess& row) {
  std::string name = row.person.has_value() ? "person:" : "product:";
  return name.append(PrincipalOf(side, row).text()).append("\n").append(side.keys().Of(row.port));
}

std::string ProductPort(const Side& side, const PortAccess& row) {
  PortAccess product = row;
  product.person = Symbol();
  return Name(side, product);
}

std::unordered_set<std::string> Names(const Side& side) {
  std::unordered_set<std::string> names;
  for (const PortAccess& row : side.PortAccesses()) {
    names.insert(Name(side, row));
  }
  return names;
}

}  // namespace

std::vector<AccessChange> AccessWithout(const Side& of, const Side& other) {
  const std::unordered_set<std::string> known = Names(other);
  std::unordered_set<std::string> said;
  std::vector<AccessChange> rows;
  for (const PortAccess& row : of.PortAccesses()) {
    // A person may come by several products: once is enough.
    if (!known.contains(Name(of, row)) && said.insert(Name(of, row)).second) {
      rows.push_back({row, !known.contains(ProductPort(of, row))});
    }
  }
  return rows;
}

Cell PrincipalOf(const Side& side, const PortAccess& row) {
  return row.person.has_value() ? side.Text(row.person) : side.Text(side.m().products[row.product].name);
}

Cell ViaOf(const Side& side, const PortAccess& row) {
  if (row.agreement.has_value()) {
    return side.Key(row.agreement);
  }
  return row.input.has_value() ? side.Key(row.input) : side.Key(row.port);
}

Cell CauseOf(const Side& side, const AccessChange& change) {
  const PortAccess& row = change.access;
  return !change.product_too && row.member.has_value() ? side.Key(row.member) : ViaOf(side, row);
}

}  // namespace dpc::policy
