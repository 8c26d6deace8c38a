// What `check` finds without rendering is what a build finds, and the bound by which it leaves out a role holds. Of
// every repository that the examples and the golden cases have.
#include "backend/aws/sure_fit.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "backend/aws/trust.h"
#include "base/environment_error.h"
#include "driver/driver.h"

namespace dpc::backend::aws {
namespace {

namespace fs = std::filesystem;
using Files = std::vector<std::pair<std::string, std::string>>;

Files FilesBelow(const fs::path& root) {
  Files files;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const std::string path = fs::relative(entry.path(), root).string();
    const std::string kind = entry.path().extension().string();
    if (entry.is_regular_file() && !entry.is_symlink() && (kind == ".yaml" || kind == ".yml" || kind == ".sql")) {
      std::ifstream in(entry.path(), std::ios::binary);
      files.emplace_back(path, std::string((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>()));
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<fs::path> Repositories() {
  std::vector<fs::path> all;
  const fs::path source(DPC_SOURCE_DIR);
  for (const auto& entry : fs::directory_iterator(source / "examples")) {
    if (entry.is_directory()) {
      all.push_back(entry.path());
    }
  }
  for (const auto& entry : fs::recursive_directory_iterator(source / "tests/golden")) {
    const std::string name = entry.path().filename().string();
    if (entry.is_directory() && (name == "repo" || name == "base")) {
      all.push_back(entry.path());
    }
  }
  std::sort(all.begin(), all.end());
  return all;
}

// Null where nothing could be compiled at all.
std::unique_ptr<driver::Compilation> CompiledFrom(Files files, bool render) {
  driver::Options options;
  options.threads = 1;
  options.today = Date::Parse("2026-11-24");
  options.render = render;
  try {
    return driver::CompileTree(source::OpenMemory(std::move(files)), options);
  } catch (const EnvironmentError&) {
    return nullptr;
  }
}

std::vector<std::string> Said(const driver::Compilation& c) {
  std::vector<std::string> lines;
  for (const Diagnostic& diagnostic : c.diagnostics.all()) {
    lines.push_back(std::string(diagnostic.rule()) + " " + std::to_string(diagnostic.range.begin.offset()) + " " +
                    diagnostic.message);
  }
  return lines;
}

// The parts of a role's documents that are as large, or larger, than the bound says; and how many roles were sure.
struct Judged {
  std::size_t sure = 0;
  std::vector<std::string> wrong;
};

void JudgeRole(const Input& input, access::RoleId id, SureFit& sure_fit, Naming& names, Emitter& emitter,
               Judged& judged) {
  auto bound = sure_fit.OfGrants(id);
  Rights services(input, id, names, emitter);
  if (!bound || !services.DeriveServices()) {
    return;
  }
  bound->AddServices(services.statements());
  Rights rights(input, id, names, emitter);
  if (!bound->Fit(Quota()) || !rights.Derive()) {
    return;
  }
  ++judged.sure;
  const Packing packing = Pack(rights.statements().groups(), Topics());
  std::set<std::string> parts;
  for (std::size_t i = 0; i < Topics().size(); ++i) {
    const std::string part = PartOf(Topics()[i]);
    const auto document = std::find_if(packing.managed.begin(), packing.managed.end(),
                                       [&](const Document& one) { return one.part == part; });
    const std::size_t bytes = document == packing.managed.end() ? 0 : document->bytes;
    // What is contained in something of another topic goes: then a document may be empty, and is not written.
    if (bytes > bound->bytes[i]) {
      judged.wrong.push_back(part + ": " + std::to_string(bytes) + " bytes, not " + std::to_string(bound->bytes[i]));
    }
    parts.insert(part);
  }
  for (const Document& document : packing.managed) {
    if (!parts.contains(document.part)) {
      judged.wrong.push_back(document.part);
    }
  }
  const Trust trust = TrustOf(input, input.access.roles[id]);
  if (sure_fit.TrustSurelyFits(id) && (trust.nobody || CompactJson(trust.policy).size() > kTrustBytes)) {
    judged.wrong.emplace_back("trust");
  }
}

void Judge(const driver::Compilation& c, Judged& judged) {
  const auto all = c.model.environments.All();
  const Input input = {c.model, c.resolved, c.access, {all.begin(), all.end()}};
  DiagnosticList ignored;
  Emitter emitter(ignored);
  for (const access::RoleId id : c.access.roles.All()) {
    Once once;
    const model::EnvironmentId environment = c.access.roles[id].environment;
    Naming names(input, environment, once, emitter);
    SureFit sure_fit(input, environment, names);
    JudgeRole(input, id, sure_fit, names, emitter, judged);
  }
}

TEST_CASE("check finds what a build finds, and leaves out only roles that fit") {
  Judged judged;
  std::size_t compared = 0;
  for (const fs::path& repository : Repositories()) {
    INFO(repository.string());
    const auto checked = CompiledFrom(FilesBelow(repository), false);
    const auto built = CompiledFrom(FilesBelow(repository), true);
    REQUIRE((checked == nullptr) == (built == nullptr));
    if (checked == nullptr) {
      continue;
    }
    ++compared;
    CHECK(Said(*checked) == Said(*built));
    CHECK(checked->artifacts.empty());
    if (!built->failed()) {
      Judge(*built, judged);
      CHECK(judged.wrong == std::vector<std::string>());
    }
  }
  CHECK(compared > 500);
  CHECK(judged.sure > 200);
}

}  // namespace
}  // namespace dpc::backend::aws
