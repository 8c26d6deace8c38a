// Packs as dpc reads them itself: deltas, several packs, and what is damaged in them.
#include <catch2/catch.hpp>

#include "base/environment_error.h"
#include "repository.h"
#include "source/source_tree.h"

namespace dpc::source {
namespace {

namespace fs = std::filesystem;

std::vector<std::string_view> PathsOf(const std::vector<Entry>& entries) {
  std::vector<std::string_view> paths;
  for (const Entry& entry : entries) {
    paths.emplace_back(entry.path);
  }
  return paths;
}

// Files that are alike, so that git makes deltas of them.
std::string TextOf(int file, int version) {
  std::string text;
  for (int line = 0; line < 200; ++line) {
    const bool own = line % 40 == file % 40 || line == version;
    text += "line " + std::to_string(own ? line + 1000 * file + 7 * version : line) + " of what all have in common\n";
  }
  return text;
}

void WriteFiles(const Repository& repository, int version) {
  for (int file = 0; file < 120; ++file) {
    repository.folder().Write("folder" + std::to_string(file % 9) + "/" + std::to_string(file) + ".yaml",
                              TextOf(file, version));
  }
  repository.Commit();
}

void CheckAll(const Repository& repository, int version) {
  for (const unsigned threads : {1U, 3U}) {
    const auto tree = OpenRevision(repository.path(), "HEAD~" + std::to_string(2 - version));
    const std::vector<Entry> entries = tree->List();
    const std::vector<std::string> texts = tree->ReadAll(PathsOf(entries), threads);
    REQUIRE(entries.size() == 120);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const std::string& path = entries[i].path;
      const std::string text = TextOf(std::stoi(path.substr(path.find('/') + 1)), version);
      CHECK(texts[i] == text);
      CHECK(tree->Read(path) == text);
    }
  }
}

TEST_CASE("loose, packed with deltas of all kinds, and in several packs, all versions are what was written") {
  const Repository repository;
  for (int version = 0; version < 3; ++version) {
    WriteFiles(repository, version);
    if (version == 1) {
      repository.Git("repack -q -d");
    }
  }
  const auto check = [&] {
    for (int version = 0; version < 3; ++version) {
      CheckAll(repository, version);
    }
  };
  check();
  for (const char* packing :
       {"repack -q -d", "repack -q -a -d -f --depth=50", "-c repack.useDeltaBaseOffset=false repack -q -a -d -f",
        "-c pack.indexVersion=1 repack -q -a -d -f", "repack -q -a -d --depth=0 -f"}) {
    INFO(packing);
    repository.Git(packing);
    check();
  }
  repository.Git("multi-pack-index write");
  check();
}

TEST_CASE("a pack with a changed byte anywhere gives what was written, or an error") {
  const Repository repository;
  for (int version = 0; version < 2; ++version) {
    for (int file = 0; file < 3; ++file) {
      repository.folder().Write(std::to_string(file) + ".yaml", TextOf(file, version));
    }
    repository.Commit();
  }
  repository.Git("repack -q -a -d -f");
  for (const auto& entry : fs::directory_iterator(repository.path() + "/.git/objects/pack")) {
    const std::string path = entry.path().string();
    fs::permissions(path, fs::perms(0644));
    std::ifstream file(path, std::ios::binary);
    const std::string whole(std::istreambuf_iterator<char>(file), {});
    for (std::size_t at = 0; at < whole.size(); at += 3) {
      INFO(path << " at " << at);
      std::string bytes = whole;
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << (at % 8)));
      std::ofstream(path, std::ios::binary) << bytes;
      try {
        const auto tree = OpenRevision(repository.path(), "HEAD");
        const std::vector<Entry> entries = tree->List();
        const std::vector<std::string> texts = tree->ReadAll(PathsOf(entries), 1);
        REQUIRE(texts.size() == 3);
        for (int i = 0; i < 3; ++i) {
          REQUIRE(texts[static_cast<std::size_t>(i)] == TextOf(i, 1));
        }
      } catch (const EnvironmentError&) {
      }
    }
    std::ofstream(path, std::ios::binary) << whole;
  }
}

}  // namespace
}  // namespace dpc::source
