// The page of a policy file shows one that dpc takes.
#include "policy/policy_file.h"

#include "policy/sql/database.h"
#include "world.h"

namespace dpc::policy {
namespace {

// What stands in the page between "```sql" and "```".
std::string ShownFile() {
  constexpr std::string_view kFence = "```sql\n";
  const std::string page = PolicyFilePage();
  const std::size_t begin = page.find(kFence) + kFence.size();
  return page.substr(begin, page.find("```", begin) - begin);
}

TEST_CASE("the policy file of the page is read, and its `SELECT` gives what its head names") {
  const std::string text = ShownFile();
  DiagnosticList findings;
  Emitter emitter(findings);
  const auto policy = ReadPolicy({"policies/few-reads.sql", text}, LocId(), emitter);
  REQUIRE(findings.all().empty());
  REQUIRE(policy.has_value());
  CHECK(policy->id == "few-reads");

  const auto compilation = CompileFolder(Example("realistic"));
  const World world(SnapshotOf(*compilation), std::nullopt, Date(20000), {});
  Database database(world);
  auto prepared = database.Prepare(policy->sql);
  REQUIRE(std::holds_alternative<Statement>(prepared));
  std::vector<std::string> columns;
  for (const auto& column : std::get<Statement>(prepared).columns()) {
    columns.emplace_back(column.name);
  }
  CHECK(columns == std::vector<std::string>{"entity", "name", "ports", "most"});
}

TEST_CASE("every field of a head has a row in the page") {
  const std::string page = PolicyFilePage();
  for (const fields::FieldSpec& field : PolicyFileKind().record->fields) {
    CHECK(page.find("| `" + std::string(field.name) + "` |") != std::string::npos);
  }
}

}  // namespace
}  // namespace dpc::policy
