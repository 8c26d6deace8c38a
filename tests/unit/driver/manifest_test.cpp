#include "driver/manifest.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "../property.h"
#include "base/sha256.h"
#include "driver/driver.h"
#include "json/json.h"

namespace dpc::driver {
namespace {

TEST_CASE("safe paths are relative and stay where they begin") {
  for (const std::string_view path :
       {"a", "a/b.json", "a b/c", "...", "a..b", ".hidden/x", "git", "a/.gitignore", "\xC3\xA9"}) {
    INFO(path);
    CHECK(IsSafePath(path));
  }
  for (const std::string_view path : {"", "/", "/a", "a/", "a//b", ".", "./a", "a/.", "..", "../a", "a/..", "a/../b",
                                      ".git", ".git/config", "a/.git/x", ".GIT/x", "a/.Git", "a\\b", "..\\a"}) {
    INFO(path);
    CHECK_FALSE(IsSafePath(path));
  }
  CHECK_FALSE(IsSafePath(std::string_view("a\0b", 3)));
}

TEST_CASE("a path that is safe means itself, below any folder") {
  CHECK(Holds(500, 100, [] {
    const std::string path = *TextOf("a./", 8);
    const auto full = (std::filesystem::path("/root") / path).lexically_normal();
    const bool means_itself = !path.empty() && full.string() == "/root/" + path && !path.ends_with('/');
    RC_ASSERT(IsSafePath(path) == means_itself);
  }));
}

std::vector<Artifact> AnyArtifacts() {
  std::map<std::string, std::string> files;
  for (int count = *rc::gen::inRange(0, 8); count > 0; --count) {
    files.emplace(*rc::gen::nonEmpty(TextOf("ab\xC3\xA9\"", 4)), *Bytes(20));
  }
  std::vector<Artifact> artifacts;
  for (const auto& [path, bytes] : files) {
    if (!FindInvalidUtf8(path)) {
      artifacts.push_back({path, bytes, {}});
    }
  }
  return artifacts;
}

TEST_CASE("a manifest is read back as what it was made from") {
  CHECK(Holds(100, 100, [] {
    const std::vector<Artifact> artifacts = AnyArtifacts();
    OwnedFiles expected;
    for (const Artifact& artifact : artifacts) {
      expected.emplace(artifact.path, Sha256Hex(artifact.bytes));
    }
    const auto owned = ReadManifest(Manifest(artifacts, {}, {"production"}));
    RC_ASSERT(owned.has_value());
    RC_ASSERT(*owned == expected);
  }));
}

TEST_CASE("a manifest names sizes, sources once each, and the order of roots") {
  source::SourceManager sources;
  const auto a = sources.Add("a.yaml", "aaaa");
  const auto b = sources.Add("b.yaml", "bbbb");
  const Range in_a{sources.Start(a), 1};
  const Range in_b{LocId(sources.Start(b).offset() + 2), 1};
  const Json json = *ParseJson(Manifest({{"x", "12345", {in_b, in_a, in_b, Range{}}}}, sources, {"prd", "conveyor"}));
  CHECK(json["files"]["x"]["size"] == 5);
  CHECK(json["files"]["x"]["sources"] == Json{"a.yaml", "b.yaml"});
  CHECK(json["applyInOrder"] == Json{"terraform/prd", "terraform/conveyor"});
  CHECK(json["generatedBy"] == "dpc");
}

TEST_CASE("what is not a manifest of dpc is not read") {
  const std::string head = R"("generatedBy": "dpc", "manifestVersion": 1)";
  for (const std::string& text : std::vector<std::string>{
           "", "null", "[]", "{}", "{" + head, "{" + head + "}", "{" + head + R"(, "files": [])" + "}",
           "{" + head + R"(, "files": {"a": {}}})", "{" + head + R"(, "files": {"a": 1}})",
           "{" + head + R"(, "files": {"a": {"sha256": 1}}})",
           R"({"generatedBy": "x", "manifestVersion": 1, "files": {}})",
           R"({"generatedBy": "dpc", "manifestVersion": 2, "files": {}})",
           R"({"generatedBy": "dpc", "manifestVersion": "1", "files": {}})"}) {
    INFO(text);
    CHECK_FALSE(ReadManifest(text).has_value());
  }
  CHECK(ReadManifest("{" + head + R"(, "files": {}})")->empty());
}

TEST_CASE("a manifest that names a path outside is not read") {
  for (const std::string path : {"../x", "/etc/passwd", "a/../../x", ".git/config", "", "a//b"}) {
    INFO(path);
    const Json json = {{"generatedBy", "dpc"}, {"manifestVersion", 1}, {"files", {{path, {{"sha256", "0"}}}}}};
    CHECK_FALSE(ReadManifest(PrettyJson(json)).has_value());
  }
}

TEST_CASE("any bytes are a manifest, or they are not") {
  CHECK(Holds(200, 100, [] {
    const std::string text = *Bytes(40);
    RC_ASSERT(!ReadManifest(text).has_value());
  }));
  const std::string manifest = Manifest({{"a", "x", {}}, {"b", "y", {}}}, {}, {});
  CHECK(Holds(200, 100, [&] {
    std::string text = manifest;
    text[*rc::gen::inRange<std::size_t>(0, text.size())] = *rc::gen::arbitrary<char>();
    for (const auto& [path, hash] : ReadManifest(text).value_or(OwnedFiles())) {
      RC_ASSERT(IsSafePath(path));
    }
  }));
}

}  // namespace
}  // namespace dpc::driver
