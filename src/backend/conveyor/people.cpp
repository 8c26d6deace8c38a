#include "backend/conveyor/people.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "backend/conveyor/diagnostics.h"
#include "base/text.h"
#include "model/settings.h"

namespace dpc::backend::conveyor {
namespace {

using model::MemberRole;

Json IdOf(const std::string& type, const std::string& label) {
  return terraform::Expression(type + "." + label + ".id");
}

class PeopleWriter {
 public:
  PeopleWriter(const Input& input, terraform::Root& root, Emitter& emitter)
      : input_(input), m_(input.model), root_(root), emitter_(emitter) {}

  void Add(const Project& project) {
    const model::TeamId owner = input_.resolved.product_owner[project.product.index()];
    if (owner.has_value()) {
      Team(owner);
      TeamAccess(project, owner);
    }
    UserAccess(project, owner);
  }

 private:
  using Users = std::map<std::string, model::Person>;  // by email address, as Conveyor knows it

  Users UsersOf(const std::vector<model::Person>& people) {
    Users users;
    for (const model::Person& person : people) {
      const auto [known, added] = users.try_emplace(LowerCase(m_.Text(person.email)), person);
      if (!added && reported_.insert(known->first).second) {
        emitter_.Report(kSameUser, person.email.range, m_.Text(known->second.email), m_.Text(person.email))
            .Label(known->second.email.range, "the other one");
      }
    }
    return users;
  }

  void Team(model::TeamId id) {
    if (!teams_.insert(id).second) {
      return;
    }
    const model::Team& team = m_.teams[id];
    const std::string label = terraform::Label({m_.Text(team.name)});
    Json block = Json{{"name", std::string(m_.Text(team.name))}};
    if (const Json groups = Groups(team); !groups.empty()) {
      block["sso_groups"] = groups;
    }
    root_.AddResource("teams", "conveyor_team", label, block);
    root_.AddSources("teams", {team.name.range});
    Members(team, label);
  }

  void Members(const model::Team& team, const std::string& label) {
    std::vector<model::Person> people;
    for (const model::MemberId member : team.members) {
      people.push_back({m_.members[member].email, m_.members[member].role});
    }
    for (const auto& [email, person] : UsersOf(people)) {
      root_.AddResource("teams", "conveyor_team_user", terraform::Label({m_.Text(team.name), email}),
                        Json{{"team_id", IdOf("conveyor_team", label)},
                             {"user_id", email},
                             {"member_type", person.role == MemberRole::Owner ? "admin" : "member"}});
    }
  }

  // In document order, each once.
  Json Groups(const model::Team& team) const {
    Json groups = Json::array();
    for (const model::NameId name : team.sso_groups) {
      const Json group = std::string(m_.Text(m_.names[name]));
      if (std::find(groups.begin(), groups.end(), group) == groups.end()) {
        groups.push_back(group);
      }
    }
    return groups;
  }

  void TeamAccess(const Project& project, model::TeamId owner) {
    const std::string_view team = m_.Text(m_.teams[owner].name);
    root_.AddResource(project.group, "conveyor_project_team", terraform::Label({ProductName(project), team}),
                      Json{{"project_id", IdOf("conveyor_project", project.label)},
                           {"team_id", IdOf("conveyor_team", terraform::Label({team}))},
                           {"role", "contributor"}});
  }

  void UserAccess(const Project& project, model::TeamId owner) {
    for (const auto& [email, person] : UsersOf(model::PeopleOf(m_, project.product, owner))) {
      const bool is_owner = person.role == MemberRole::Owner;
      if (is_owner || IsNamed(project, person)) {
        root_.AddResource(project.group, "conveyor_project_user", terraform::Label({ProductName(project), email}),
                          Json{{"project_id", IdOf("conveyor_project", project.label)},
                               {"user_id", email},
                               {"role", is_owner ? "admin" : "contributor"}});
      }
    }
  }

  // By the product itself, not only by its team.
  bool IsNamed(const Project& project, const model::Person& person) const {
    const auto members = m_.products[project.product].members;
    return std::any_of(members.begin(), members.end(),
                       [&](model::MemberId member) { return m_.members[member].email.text == person.email.text; });
  }

  std::string_view ProductName(const Project& project) const { return m_.Text(m_.products[project.product].name); }

  const Input& input_;
  const model::Model& m_;
  terraform::Root& root_;
  Emitter& emitter_;
  std::set<model::TeamId> teams_;   // added
  std::set<std::string> reported_;  // once per address, however many products its team owns
};

}  // namespace

void AddPeople(const Input& input, const std::vector<Project>& projects, terraform::Root& root, Emitter& emitter) {
  PeopleWriter writer(input, root, emitter);
  for (const Project& project : projects) {
    writer.Add(project);
  }
}

}  // namespace dpc::backend::conveyor
