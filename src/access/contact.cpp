#include "access/contact.h"

#include "base/text.h"
#include "model/settings.h"

namespace dpc::access {

Contact ContactOf(const model::Model& model, const resolve::Resolved& resolved, model::PortId port) {
  const model::OutputPort& row = model.ports[port];
  if (row.owner.has_value()) {
    return {model::TeamId::None(), {row.owner}};
  }
  Contact contact;
  if (!row.product.has_value()) {
    return contact;
  }
  contact.team = resolved.product_owner[row.product.index()];
  for (const model::Person& person : model::PeopleOf(model, row.product, contact.team)) {
    if (person.role == model::MemberRole::Owner) {
      contact.people.push_back(person.email);
    }
  }
  return contact;
}

std::string ContactText(const model::Model& model, const Contact& contact) {
  if (contact.empty()) {
    return "nobody: the product has no owner";
  }
  std::vector<std::string> people;
  for (const model::Name& person : contact.people) {
    people.push_back("`" + std::string(model.Text(person)) + "`");
  }
  std::string names = Join(people, ", ");
  if (!contact.team.has_value()) {
    return names;
  }
  const std::string team = "team `" + std::string(model.Text(model.teams[contact.team].name)) + "`";
  return names.empty() ? team : team + " (" + names + ")";
}

}  // namespace dpc::access
