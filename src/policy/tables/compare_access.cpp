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

// Access by what holds a port is another one than that by the port itself, which may offer more.
std::string FullName(const Side& side, const PortAccess& row) {
  const std::string name = Name(side, row);
  return row.through.has_value() ? name + "\n" + std::string(side.keys().Of(row.through)) : name;
}

std::unordered_set<std::string> Names(const Side& side) {
  std::unordered_set<std::string> names;
  for (const PortAccess& row : side.PortAccesses()) {
    names.insert(FullName(side, row));
  }
  return names;
}

bool IsKnown(const std::unordered_set<std::string>& names, const Side& side, const PortAccess& row) {
  return names.contains(Name(side, row)) || names.contains(FullName(side, row));
}

}  // namespace

std::vector<AccessChange> AccessWithout(const Side& of, const Side& other) {
  const std::unordered_set<std::string> known = Names(other);
  std::unordered_set<std::string> said;
  std::vector<AccessChange> rows;
  for (const PortAccess& row : of.PortAccesses()) {
    // A person may come by several products: once is enough.
    if (!IsKnown(known, of, row) && said.insert(Name(of, row)).second) {
      PortAccess of_product = row;
      of_product.person = Symbol();
      rows.push_back({row, !IsKnown(known, of, of_product)});
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
