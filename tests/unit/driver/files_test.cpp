#include "driver/files.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <string>

#include "../temporary_folder.h"
#include "base/environment_error.h"

namespace dpc::driver {
namespace {

TEST_CASE("a temporary of another run, or named like one, stops no file and stays") {
  const TemporaryFolder folder;
  const std::string taken = "out.dpc-tmp-" + std::to_string(getpid());
  folder.Write(taken, "mine");
  WriteFile(folder / "out", "1");
  WriteFile(folder / "out", "2");
  CHECK(folder.Read("out") == "2");
  CHECK(folder.Read(taken) == "mine");
  CHECK_FALSE(folder.Has("out.dpc-tmp-" + std::to_string(getpid() + 1)));
}

TEST_CASE("a file in a folder that is not there is an error of the world") {
  const TemporaryFolder folder;
  CHECK_THROWS_AS(WriteFile(folder / "no/out", "1"), EnvironmentError);
}

TEST_CASE("what cannot be looked at is not taken for nothing, nor replaced") {
  const TemporaryFolder folder;
  folder.Write("file", "mine");
  CHECK_THROWS_AS(WriteFile(folder / "file/out", "1"), EnvironmentError);
  CHECK_THROWS_AS(IsThere(folder / "file/out"), EnvironmentError);
  CHECK_FALSE(IsThere(folder / "other"));
  CHECK(folder.Read("file") == "mine");
}

TEST_CASE("a link to nothing is made to lead somewhere, and a file keeps its mode") {
  namespace fs = std::filesystem;
  const TemporaryFolder folder;
  fs::create_symlink("target", folder / "link");
  WriteFile(folder / "link", "1");
  CHECK(fs::is_symlink(folder / "link"));
  CHECK(folder.Read("target") == "1");
  fs::permissions(folder / "target", fs::perms(0600));
  WriteFile(folder / "link", "2");
  CHECK(fs::is_symlink(folder / "link"));
  CHECK(folder.Read("target") == "2");
  CHECK(fs::status(folder / "target").permissions() == fs::perms(0600));
}

TEST_CASE("a socket is refused and stays") {
  const TemporaryFolder folder;
  const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  (folder / "s").copy(address.sun_path, sizeof address.sun_path - 1);
  REQUIRE(bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  CHECK_THROWS_AS(WriteFile(folder / "s", "1"), EnvironmentError);
  CHECK(std::filesystem::is_socket(folder / "s"));
  close(fd);
}

TEST_CASE("a name of an open file means that file, from where it is") {
  const TemporaryFolder folder;
  folder.Write("out", "");
  const int fd = open((folder / "out").c_str(), O_WRONLY);
  REQUIRE(write(fd, "before ", 7) == 7);
  WriteFile("/dev/fd/" + std::to_string(fd), "1");
  std::filesystem::create_symlink("/proc/self/fd/" + std::to_string(fd), folder / "link");
  WriteFile(folder / "link", "2");
  REQUIRE(write(fd, " after", 6) == 6);
  close(fd);
  CHECK(folder.Read("out") == "before 12 after");
}

}  // namespace
}  // namespace dpc::driver
