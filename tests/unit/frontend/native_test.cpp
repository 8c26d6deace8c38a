#include <catch2/catch.hpp>

#include "../compiled.h"
#include "model/settings.h"

namespace dpc::frontend {
namespace {

using Lines = std::vector<std::string>;

Lines TextsOf(const model::Model& model, model::Names names) {
  Lines lines;
  for (const model::NameId name : names) {
    lines.emplace_back(model.Text(model.names[name]));
  }
  return lines;
}

Lines TextsOf(const model::Model& model, model::Settings settings) {
  Lines lines;
  for (const model::SettingId id : settings) {
    lines.push_back(std::string(model.Text(model.settings[id].key)) + ": " +
                    std::string(model.Text(model.settings[id].value)));
  }
  return lines;
}

// The source text of a place.
std::string At(const Compiled& compiled, Range range) {
  const source::Place place = compiled->sources.Locate(range.begin);
  return std::string(place.path) + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

TEST_CASE("an environment is production as it says, else by its names") {
  const Compiled compiled({EnvironmentFile("prod", "production: false\n"),
                           EnvironmentFile("live", "production: true\n"),
                           EnvironmentFile("prd", "aliases: [Production]\n"), EnvironmentFile("dev")});
  const auto is_production = [&](std::string_view name) {
    return model::IsProduction(compiled.model(), compiled.Environment(name));
  };
  CHECK_FALSE(is_production("prod"));
  CHECK(is_production("live"));
  CHECK(is_production("prd"));
  CHECK_FALSE(is_production("dev"));
}

TEST_CASE("inactive members stay members") {
  const Compiled compiled(
      Files{{"t.yaml",
             "apiVersion: dpc/v1\nkind: Team\nname: t\nmembers: {a@x.example: owner, b@x.example: member}\ninactive: "
             "[a@x.example]\n"}});
  const model::Model& m = compiled.model();
  const auto members = m.teams[model::TeamId(0)].members;
  REQUIRE(members.size() == 2);
  CHECK_FALSE(m.members[members[0]].active);
  CHECK(m.members[members[1]].active);
}

TEST_CASE("a port says its version, its retention, its erasure key and why it is of a lower class") {
  const Compiled compiled(
      {EnvironmentFile("prd"), ProductFile("p",
                                           "assets: {a: {s3: a}}\noutputPorts:\n  out:\n    assets: [a]\n"
                                           "    columns: {email: {required: true}, name: {}}\n    version: 2.1.0\n"
                                           "    retentionDays: 30\n    erasureKey: email\n    declassified:\n"
                                           "      method: masked\n      reason: names only\n"
                                           "      approvedBy: [a@x.example, b@x.example]\n  plain: {assets: [a]}\n")});
  const model::Model& m = compiled.model();
  const model::OutputPort& port = m.ports[model::PortId(0)];
  CHECK(m.Text(port.version) == "2.1.0");
  CHECK(port.retention_days == 30);
  CHECK(m.Text(port.erasure_key) == "email");
  CHECK(port.declassified.declared);
  CHECK(port.declassified.method == model::DeclassifyMethod::Masked);
  CHECK(m.Text(port.declassified.reason) == "names only");
  CHECK(TextsOf(m, port.declassified.approved_by) == Lines{"a@x.example", "b@x.example"});
  CHECK(At(compiled, port.declassified.range) == "p/product.yaml:13:5");
  CHECK(m.columns[port.columns[0]].required);
  CHECK_FALSE(m.columns[port.columns[1]].required);
  const model::OutputPort& plain = m.ports[model::PortId(1)];
  CHECK_FALSE((plain.version.has_value() || plain.retention_days || plain.erasure_key.has_value()));
  CHECK_FALSE(plain.declassified.declared);
}

TEST_CASE("an agreement may be for an emergency") {
  const Compiled compiled({AgreementFile("a", "b", "breakGlass: true\nincident: INC-4711\n"), AgreementFile("a", "c")});
  const model::Model& m = compiled.model();
  CHECK(m.agreements[model::AgreementId(0)].break_glass);
  CHECK(m.Text(m.agreements[model::AgreementId(0)].incident) == "INC-4711");
  CHECK_FALSE(m.agreements[model::AgreementId(1)].break_glass);
  CHECK_FALSE(m.agreements[model::AgreementId(1)].incident.has_value());
}

TEST_CASE("a waiver is for one entity, until a day") {
  const std::string head = "apiVersion: dpc/v1\nkind: Waiver\n";
  const Compiled compiled(Files{{"w.yaml", head +
                                               "policy: owners\nentity: 'port:a/b'\nreason: x\nowner: a@x.example\n"
                                               "approvedBy: [b@x.example]\nuntil: 2026-12-31\n---\n" +
                                               head + "reason: y\n"}});
  const model::Model& m = compiled.model();
  REQUIRE(m.waivers.size() == 2);
  const model::Waiver& waiver = m.waivers[model::WaiverId(0)];
  CHECK(m.Text(waiver.policy) == "owners");
  CHECK(m.Text(waiver.entity) == "port:a/b");
  CHECK(m.Text(waiver.reason) == "x");
  CHECK(m.Text(waiver.owner) == "a@x.example");
  CHECK(TextsOf(m, waiver.approved_by) == Lines{"b@x.example"});
  CHECK(waiver.until->ToString() == "2026-12-31");
  CHECK(At(compiled, waiver.until_range) == "w.yaml:8:1");
  CHECK(At(compiled, waiver.range) == "w.yaml:3:9");
  CHECK_FALSE(waiver.poisoned);
  CHECK(m.waivers[model::WaiverId(1)].poisoned);
  CHECK(At(compiled, m.waivers[model::WaiverId(1)].range) == "w.yaml:11:7");
}

TEST_CASE("a policy of the short form keeps the place of its condition") {
  const std::string head = "apiVersion: dpc/v1\nkind: Policy\n";
  const Compiled compiled(Files{
      {"p.yaml", head + "id: guarded\ntitle: t\nseverity: warning\nfor: port\ndeny: personal AND x\nat: /access\n" +
                     "message: m {name}\nhelp: h\nwaivable: false\nmaxWaiverDays: 30\nwhy: w\n---\n" + head +
                     "id: short\ntitle: t\nseverity: error\nfor: team\ndeny: |\n  a\n  AND b\nmessage: m\nhelp: h\n" +
                     "---\n" + head + "title: y\n"}});
  const model::Model& m = compiled.model();
  REQUIRE(m.policies.size() == 3);
  const model::ShortPolicy& policy = m.policies[model::ShortPolicyId(0)];
  CHECK(m.Text(policy.id) == "guarded");
  CHECK(m.Text(policy.title) == "t");
  CHECK(m.Text(policy.severity) == "warning");
  CHECK(m.Text(policy.table) == "port");
  CHECK(m.Text(policy.deny) == "personal AND x");
  CHECK(At(compiled, policy.deny.range) == "p.yaml:7:7");
  CHECK(m.Text(policy.at) == "/access");
  CHECK(m.Text(policy.message) == "m {name}");
  CHECK(m.Text(policy.help) == "h");
  CHECK(m.Text(policy.why) == "w");
  CHECK((!policy.waivable && policy.max_waiver_days == 30 && !policy.poisoned));
  CHECK(At(compiled, policy.range) == "p.yaml:3:5");
  const model::ShortPolicy& least = m.policies[model::ShortPolicyId(1)];
  CHECK(m.Text(least.deny) == "a\nAND b\n");
  CHECK(At(compiled, least.deny.range) == "p.yaml:21:7");
  CHECK((least.waivable && !least.max_waiver_days && !least.at.has_value() && !least.why.has_value()));
  CHECK(m.policies[model::ShortPolicyId(2)].poisoned);
}

TEST_CASE("the workspace says which policies judge, and how") {
  const Compiled compiled(Files{
      {"dpc.yaml",
       "apiVersion: dpc/v1\nkind: Workspace\nname: w\npolicies:\n  packs: [builtin]\n  folders: []\n"
       "  disabled: [owners]\n  severity: {names: info}\n  enforceFrom: {names: 2026-07-01}\n"
       "  parameters:\n    names: {pattern: a+, strict: TRUE, days: 30, steps: [1, 2], exempt: [a], none: []}\n"}});
  const model::Model& m = compiled.model();
  const model::PolicySettings& policies = m.workspace.policies;
  CHECK(policies.declared);
  CHECK(At(compiled, policies.range) == "dpc.yaml:4:1");
  CHECK(TextsOf(m, policies.packs) == Lines{"builtin"});
  CHECK((policies.folders_declared && policies.folders.empty()));
  CHECK(TextsOf(m, policies.disabled) == Lines{"owners"});
  CHECK(TextsOf(m, policies.severity) == Lines{"names: info"});
  CHECK(TextsOf(m, policies.enforce_from) == Lines{"names: 2026-07-01"});
  Lines parameters;
  for (const model::ParameterId id : policies.parameters) {
    const model::Parameter& row = m.parameters[id];
    CHECK(m.Text(row.policy) == "names");
    std::string line =
        std::string(m.Text(row.name)) + (row.is_text ? " text" : " other") + (row.is_list ? " list" : "");
    for (const std::string& value : TextsOf(m, row.values)) {
      line += " " + value;
    }
    parameters.push_back(line);
  }
  CHECK(parameters == Lines{"pattern text a+", "strict other true", "days other 30", "steps other list 1 2",
                            "exempt text list a", "none text list"});
}

TEST_CASE("a workspace without policies declares none") {
  const Compiled compiled(Files{{"dpc.yaml", "apiVersion: dpc/v1\nkind: Workspace\nname: w\n"}});
  CHECK_FALSE(compiled.model().workspace.policies.declared);
  CHECK_FALSE(compiled.model().workspace.policies.folders_declared);
}

}  // namespace
}  // namespace dpc::frontend
