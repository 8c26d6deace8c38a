#include "cli/answers.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "access/contact.h"
#include "base/environment_error.h"
#include "base/text.h"
#include "cli/terminal.h"
#include "driver/selection.h"

namespace dpc::cli {
namespace {

using access::Answer;

std::string Quoted(std::string_view text) {
  return "`" + Printable(text) + "`";
}

// The identities of all roles, as the first platform that has any names them.
std::vector<std::string> RoleArns(const backend::Input& input) {
  std::vector<std::string> arns(input.access.roles.size());
  for (const backend::BackendSpec* spec : backend::AllBackendSpecs()) {
    for (const access::RoleId role : input.access.roles.All()) {
      if (spec->role_arn != nullptr && arns[role.index()].empty()) {
        arns[role.index()] = spec->role_arn(input, role);
      }
    }
  }
  return arns;
}

std::vector<std::string_view> Views(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

[[noreturn]] void ThrowAmbiguous(const std::string& text, const std::vector<std::string>& names) {
  std::vector<std::string> quoted;
  for (const std::string& name : names) {
    quoted.push_back(Quoted(name));
  }
  throw EnvironmentError(Quoted(text) + " names several things: say " + Join(quoted, " or "));
}

std::string FullName(const access::Principal& principal) {
  return std::string(access::PrincipalKindName(principal.kind)) + ":" + principal.name;
}

std::string FullName(const access::Subject& subject) {
  return (subject.port.has_value() ? "port:" : "asset:") + subject.name;
}

template <class Found>
std::vector<std::string> FullNames(const std::vector<Found>& found) {
  std::vector<std::string> names;
  for (const Found& one : found) {
    names.push_back(FullName(one));
  }
  return names;
}

// `names` with the prefix that `text` has, if any: what is near must be of the same sort.
std::vector<std::string> WithPrefixOf(const std::string& text, std::vector<std::string> names) {
  const std::size_t colon = text.starts_with("arn:") ? std::string::npos : text.find(':');
  if (colon != std::string::npos) {
    for (std::string& name : names) {
      name.insert(0, text.substr(0, colon + 1));
    }
  }
  return names;
}

Json NameOrNull(std::string_view name) {
  return name.empty() ? Json(nullptr) : Json(name);
}

Json DayOrNull(const std::optional<Date>& day) {
  return day ? Json(day->ToString()) : Json(nullptr);
}

}  // namespace

void AddPrincipal(CommandLine& app, std::string& principal) {
  app.add_option("principal", principal, "A person's email, a team, a product, a role's name or ARN")
      ->required()
      ->type_name("PRINCIPAL");
}

void AddAction(CommandLine& app, std::string& action) {
  app.add_option("action", action, "read, write, or an action like s3:GetObject")->required()->type_name("ACTION");
}

void AddSubject(CommandLine& app, std::string& subject) {
  app.add_option("subject", subject, "A port like customers/customers, or an asset like orders/raw")
      ->required()
      ->type_name("PORT|ASSET");
}

namespace {

// Adds the names that are known.
std::optional<backend::Action> KnownAction(const std::string& word, std::vector<std::string_view>& names) {
  if (word == "read" || word == "write") {
    return backend::Action{word == "read" ? "read" : "write",
                           {word == "read" ? access::Right::Read : access::Right::Own, access::Part::Any}};
  }
  names = {"read", "write"};
  for (const backend::BackendSpec* spec : backend::AllBackendSpecs()) {
    for (const backend::Action& action :
         spec->actions == nullptr ? std::span<const backend::Action>() : spec->actions()) {
      if (LowerCase(action.name) == LowerCase(word)) {
        return action;
      }
      names.push_back(action.name);
    }
  }
  return std::nullopt;
}

}  // namespace

backend::Action FindAction(const std::string& word, std::initializer_list<std::string> others, std::string_view order) {
  std::vector<std::string_view> names;
  if (const auto action = KnownAction(word, names)) {
    return *action;
  }
  for (const std::string& other : others) {
    if (KnownAction(other, names)) {
      throw EnvironmentError("`" + Printable(word) + "` stands where the action belongs, and `" + Printable(other) +
                             "` is one: the order is `" + std::string(order) + "`");
    }
  }
  throw EnvironmentError(driver::UnknownName("action", word, names));
}

Desk::Desk(const driver::Compilation& compilation)
    : c_(compilation),
      input_{c_.model, c_.resolved, c_.access, c_.environments},
      lookup_(c_.model, c_.resolved, c_.access, RoleArns(input_)),
      answers_(c_.model, c_.resolved, c_.access) {}

access::Principal Desk::FindPrincipal(const std::string& text) const {
  const auto found = lookup_.Principals(text);
  if (found.size() > 1) {
    ThrowAmbiguous(text, FullNames(found));
  }
  if (!found.empty()) {
    return found.front();
  }
  const auto others = FullNames(lookup_.Principals(text.substr(text.find(':') + 1)));
  const auto names = others.empty() ? WithPrefixOf(text, lookup_.PrincipalNames()) : others;
  throw EnvironmentError(driver::UnknownName("person, team, product or role", text, Views(names)));
}

access::Subject Desk::FindSubject(const std::string& text) const {
  const auto found = lookup_.Subjects(text);
  if (found.size() > 1) {
    ThrowAmbiguous(text, FullNames(found));
  }
  if (!found.empty()) {
    return found.front();
  }
  const auto others = FullNames(lookup_.Subjects(text.substr(text.find(':') + 1)));
  const auto names = others.empty() ? WithPrefixOf(text, lookup_.SubjectNames()) : others;
  throw EnvironmentError(driver::UnknownName("port or asset", text, Views(names)));
}

std::vector<std::string> Desk::Coordinates(const Answer& answer) const {
  std::vector<std::string> coordinates;
  for (const backend::BackendSpec* spec : backend::AllBackendSpecs()) {
    if (spec->coordinates != nullptr && answer.placement.has_value()) {
      for (std::string& text : spec->coordinates(input_, answer.placement)) {
        coordinates.push_back(std::move(text));
      }
    }
  }
  return coordinates;
}

std::string Desk::Heading(const Answer& answer) const {
  std::string text;
  if (answer.product.has_value()) {
    text = "product " + Quoted(c_.model.Text(c_.model.products[answer.product].name));
    text += " in " + Quoted(c_.model.Text(c_.model.environments[answer.environment].name));
  }
  if (answer.asset.has_value()) {
    text += (text.empty() ? "asset " : ", asset ") + Quoted(model::AssetLabel(c_.model, answer.asset));
  }
  if (answer.placement.has_value()) {
    const model::EnvironmentId where = c_.resolved.placements[answer.placement].environment;
    text += where == answer.environment ? "" : " of " + Quoted(c_.model.Text(c_.model.environments[where].name));
  }
  return text;
}

std::string Desk::Reason(const Answer& answer) const {
  std::string text = access::ReasonText(c_.model, answer);
  const bool by_consent = answer.reason == access::Reason::Pending || answer.reason == access::Reason::Expired ||
                          answer.reason == access::Reason::NotYet;
  if (by_consent && answer.port.has_value()) {
    text += "; ask " + access::ContactText(c_.model, access::ContactOf(c_.model, c_.resolved, answer.port));
  }
  return Printable(text);
}

std::string Desk::Verdict(const Answer& answer) const {
  if (!answer.allowed()) {
    return "no: " + Reason(answer);
  }
  const std::string right = answer.right == access::Right::Own ? "read and write" : "read";
  return right + (answer.until ? " until " + answer.until->ToString() : "");
}

AnswerFacts Desk::Facts(const Answer& answer) const {
  const model::Model& m = c_.model;
  AnswerFacts facts;
  if (answer.product.has_value()) {
    facts.product = Printable(m.Text(m.products[answer.product].name));
    facts.environment = Printable(m.Text(m.environments[answer.environment].name));
  }
  if (answer.placement.has_value()) {
    const model::EnvironmentId where = c_.resolved.placements[answer.placement].environment;
    facts.environment +=
        where == answer.environment ? "" : " (data of " + Printable(m.Text(m.environments[where].name)) + ")";
  }
  facts.asset = answer.asset.has_value() ? Printable(model::AssetLabel(m, answer.asset)) : "";
  facts.right = !answer.allowed() ? "no" : answer.right == access::Right::Own ? "read and write" : "read";
  facts.until = answer.allowed() && answer.until ? answer.until->ToString() : "";
  facts.reason = answer.allowed() ? "" : Reason(answer);
  return facts;
}

std::string Desk::WaysSummary(const Answer& answer) const {
  std::vector<std::string> ways;
  for (const access::Way& way : answer.ways) {
    const std::size_t people = access::PeopleBy(c_.model, c_.resolved, answer.product, way).size();
    const std::string count = people == 1 ? "1 person" : std::to_string(people) + " people";
    ways.push_back(Printable(access::WayText(c_.model, way)) + (people == 0 ? "" : " (" + count + ")"));
  }
  return ways.empty() ? "nobody: no way into the role" : Join(ways, "; ");
}

std::string Desk::Text(const Answer& answer, const std::string& indent) const {
  std::string text;
  for (const access::Step& step : answer.chain) {
    text += indent + Printable(step.text);
    if (step.kind == access::StepKind::Placement) {
      for (const std::string& coordinate : Coordinates(answer)) {
        text += ", " + Quoted(coordinate);
      }
    }
    const std::string place = PlaceText(c_.sources, step.range);
    text += (place.empty() ? "" : "  [" + place + "]") + "\n";
  }
  return text;
}

std::string Desk::WaysText(const Answer& answer, const std::string& indent) const {
  std::string text;
  for (const access::Way& way : answer.ways) {
    std::vector<std::string> people;
    for (const model::Person& person : access::PeopleBy(c_.model, c_.resolved, answer.product, way)) {
      people.push_back(Printable(c_.model.Text(person.email)));
    }
    text += indent + Printable(access::WayText(c_.model, way)) + (people.empty() ? "" : ": ") + Join(people, ", ");
    text += "  [" + PlaceText(c_.sources, way.range) + "]\n";
  }
  return text.empty() ? indent + "nobody: no way into the role\n" : text;
}

Json Desk::WaysJson(const Answer& answer) const {
  Json ways = Json::array();
  for (const access::Way& way : answer.ways) {
    Json people = Json::array();
    for (const model::Person& person : access::PeopleBy(c_.model, c_.resolved, answer.product, way)) {
      people.push_back(c_.model.Text(person.email));
    }
    ways.push_back(Json{{"kind", access::WayKindName(way.kind)},
                        {"name", way.name},
                        {"people", std::move(people)},
                        {"location", PlaceJson(c_.sources, way.range)}});
  }
  return ways;
}

Json Desk::ActionsJson(const Answer& answer) const {
  Json names = Json::array();
  if (!answer.allowed() || !answer.placement.has_value()) {
    return names;
  }
  for (const backend::BackendSpec* spec : backend::AllBackendSpecs()) {
    for (const backend::Action& action :
         spec->actions == nullptr ? std::span<const backend::Action>() : spec->actions()) {
      if (answers_.Satisfies(answer.placement, answer.right, action.need)) {
        names.push_back(action.name);
      }
    }
  }
  return names;
}

Json Desk::ToJson(const std::vector<Answer>& answers) const {
  Json list = Json::array();
  for (const Answer& answer : answers) {
    list.push_back(ToJson(answer));
  }
  return list;
}

Json Desk::ToJson(const Answer& answer) const {
  const model::Model& m = c_.model;
  Json chain = Json::array();
  for (const access::Step& step : answer.chain) {
    chain.push_back(Json{{"step", access::StepKindName(step.kind)},
                         {"text", Printable(step.text)},
                         {"location", PlaceJson(c_.sources, step.range)}});
  }
  Json placement = nullptr;
  if (answer.placement.has_value()) {
    const model::EnvironmentId where = c_.resolved.placements[answer.placement].environment;
    placement = Json{{"environment", m.Text(m.environments[where].name)}, {"coordinates", Coordinates(answer)}};
  }
  return Json{{"product", NameOrNull(answer.product.has_value() ? m.Text(m.products[answer.product].name) : "")},
              {"environment",
               NameOrNull(answer.environment.has_value() ? m.Text(m.environments[answer.environment].name) : "")},
              {"role", NameOrNull(answer.role.has_value() ? std::string_view(lookup_.RoleArn(answer.role)) : "")},
              {"asset", NameOrNull(answer.asset.has_value() ? model::AssetLabel(m, answer.asset) : std::string())},
              {"port", NameOrNull(answer.port.has_value() ? model::PortLabel(m, answer.port) : std::string())},
              {"placement", std::move(placement)},
              {"allowed", answer.allowed()},
              {"reason", access::ReasonName(answer.reason)},
              {"text", answer.allowed() ? Verdict(answer) : Reason(answer)},
              {"right", answer.allowed() ? Json(access::RightName(answer.right)) : Json(nullptr)},
              {"until", answer.allowed() ? DayOrNull(answer.until) : Json(nullptr)},
              {"day", DayOrNull(answer.day)},
              {"actions", ActionsJson(answer)},
              {"ways", WaysJson(answer)},
              {"chain", std::move(chain)}};
}

}  // namespace dpc::cli
