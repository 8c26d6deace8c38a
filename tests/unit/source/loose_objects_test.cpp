// Objects that a full disk, a crash or somebody damaged: an error, and soon.
#include <zlib.h>

#include <catch2/catch.hpp>

#include "base/environment_error.h"
#include "repository.h"
#include "source/source_tree.h"

namespace dpc::source {
namespace {

namespace fs = std::filesystem;

std::string FileOf(const Repository& repository, const std::string& id) {
  return repository.path() + "/.git/objects/" + id.substr(0, 2) + "/" + id.substr(2);
}

void Replace(const std::string& path, const std::string& bytes) {
  fs::permissions(path, fs::perms(0644));
  std::ofstream(path, std::ios::binary) << bytes;
}

std::string Packed(const std::string& bytes) {
  std::string out(compressBound(bytes.size()), '\0');
  uLongf size = out.size();
  REQUIRE(compress(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
                   bytes.size()) == Z_OK);
  out.resize(size);
  return out;
}

std::string ReadHead(const Repository& repository) {
  return OpenRevision(repository.path(), "HEAD")->Read("a.yaml");
}

TEST_CASE("an object that is whole is read, also a long one, and from where objects are borrowed") {
  const Repository repository;
  const std::string text = std::string(300'000, 'x') + "\n";
  repository.folder().Write("a.yaml", text);
  repository.Commit();
  CHECK(ReadHead(repository) == text);
  repository.Git("clone -q --shared . borrower");
  CHECK(OpenRevision(repository.path() + "/borrower", "HEAD")->Read("a.yaml") == text);
  repository.Git("gc -q");
  CHECK(ReadHead(repository) == text);
}

TEST_CASE("an object that is cut off anywhere is an error") {
  for (const std::string what : {"HEAD:a.yaml", "HEAD^{tree}", "HEAD"}) {
    const Repository repository;
    repository.folder().Write("a.yaml", "kind: x\nname: y\nother: 12345678901234567890\n");
    repository.Commit();
    const std::string path = FileOf(repository, repository.Id(what));
    const std::string whole = [&] {
      std::ifstream file(path, std::ios::binary);
      return std::string(std::istreambuf_iterator<char>(file), {});
    }();
    for (std::size_t size = 0; size < whole.size(); size += 3) {
      INFO(what << " cut to " << size);
      Replace(path, whole.substr(0, size));
      CHECK_THROWS_AS(ReadHead(repository), EnvironmentError);
    }
    Replace(path, whole);
    CHECK_NOTHROW(ReadHead(repository));
  }
}

TEST_CASE("an object that is not what it says is an error") {
  const Repository repository;
  repository.folder().Write("a.yaml", "kind: x\n");
  repository.Commit();
  const std::string path = FileOf(repository, repository.Id("HEAD:a.yaml"));
  using namespace std::string_literals;
  for (const std::string& bytes :
       {"not zlib"s, Packed("blob 8"), Packed("blob 9\0kind: x\n"s), Packed("blob 7\0kind: x\n"s),
        Packed("blob 8\0kind: z\n"s), Packed("tree 8\0kind: x\n"s), Packed("what 8\0kind: x\n"s),
        Packed("blob 99999999999999999999\0kind: x\n"s), Packed("blob 1000000000\0kind: x\n"s),
        Packed("blob -8\0kind: x\n"s), Packed("blob 8\0kind: x\n"s) + "more", std::string(4000, '\0')}) {
    Replace(path, bytes);
    CHECK_THROWS_AS(ReadHead(repository), EnvironmentError);
    CHECK_THROWS_AS(OpenIndex(repository.path())->Read("a.yaml"), EnvironmentError);
  }
  fs::remove(path);
  fs::create_directory(path);
  CHECK_THROWS_AS(ReadHead(repository), EnvironmentError);
}

TEST_CASE("a short name of a damaged commit is an error") {
  const Repository repository;
  repository.folder().Write("a.yaml", "kind: x\n");
  repository.Commit();
  const std::string id = repository.Id("HEAD");
  Replace(FileOf(repository, id), "x");
  CHECK_THROWS_AS(OpenRevision(repository.path(), id.substr(0, 8)), EnvironmentError);
  CHECK_THROWS_AS(OpenRevision(repository.path(), id), EnvironmentError);
  CHECK_THROWS_AS(OpenWorkTree(repository.path())->CommitDate(), EnvironmentError);
}

std::string Raw(const std::string& hex) {
  std::string raw;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    raw += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  return raw;
}

std::string Number(std::uint32_t number) {
  return {static_cast<char>(number >> 24U), static_cast<char>(number >> 16U), static_cast<char>(number >> 8U),
          static_cast<char>(number)};
}

// A pack of one object, which is said to be a delta of itself, at an offset that its index may lie about.
void WritePack(const Repository& repository, const std::string& id, std::uint32_t offset) {
  const std::string sum(20, 's');
  const std::string pack = "PACK" + Number(2) + Number(1) + "\x75" + Raw(id) + Packed("0123456789") + sum;
  std::string index = "\377tOc" + Number(2);
  for (std::uint32_t i = 0; i < 256; ++i) {
    index += Number(i >= static_cast<unsigned char>(Raw(id)[0]) ? 1 : 0);
  }
  index += Raw(id) + Number(0) + Number(offset) + sum + sum;
  repository.folder().Write(".git/objects/pack/pack-" + std::string(40, '0') + ".pack", pack);
  repository.folder().Write(".git/objects/pack/pack-" + std::string(40, '0') + ".idx", index);
}

TEST_CASE("a pack that lies is an error: a delta of itself, and an index that leads out of it") {
  for (const std::uint32_t offset : {12U, 5U, 60U, 5'000'000U, 0x7FFFFFFFU, 0x80000000U, 0xFFFFFFFFU}) {
    INFO(offset);
    const Repository repository;
    repository.folder().Write("a.yaml", "kind: x\n");
    repository.Commit();
    const std::string id = repository.Id("HEAD:a.yaml");
    fs::remove(FileOf(repository, id));
    WritePack(repository, id, offset);
    CHECK_THROWS_AS(ReadHead(repository), EnvironmentError);
    CHECK_THROWS_AS(OpenIndex(repository.path())->Read("a.yaml"), EnvironmentError);
  }
}

// A few objects that stand for 10^10 files.
TEST_CASE("a tree that unfolds without end is an error") {
  const Repository repository;
  repository.folder().Write("0.yaml", "kind: x\n");
  std::string script =
      "cd '" + repository.path() + "' && id=$(git hash-object -w 0.yaml) && kind='100644 blob' && " +
      "for level in 1 2 3 4 5 6 7 8 9 10; do id=$(for i in 0 1 2 3 4 5 6 7 8 9; do "
      "printf '%s %s\\t%s.yaml\\n' \"$kind\" $id $i; done | git mktree) && kind='040000 tree'; done && "
      "git update-ref refs/heads/main $(git -c user.name=a -c user.email=a@b.c commit-tree -m x $id)";
  REQUIRE(std::system(script.c_str()) == 0);
  CHECK_THROWS_WITH(OpenRevision(repository.path(), "HEAD"), Catch::Contains("unfolds to more than"));
}

}  // namespace
}  // namespace dpc::source
