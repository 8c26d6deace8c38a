#include "driver/files.h"

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

}  // namespace
}  // namespace dpc::driver
