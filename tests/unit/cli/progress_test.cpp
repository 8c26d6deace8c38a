#include "cli/progress.h"

#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>

namespace dpc::cli {
namespace {

class Pipe {
 public:
  Pipe() { REQUIRE(pipe(ends_.data()) == 0); }

  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  ~Pipe() {
    close(ends_[0]);
    close(ends_[1]);
  }

  int entry() const { return ends_[1]; }

  // Waits for something.
  std::string Read() const {
    std::array<char, 1000> bytes = {};
    const ssize_t size = read(ends_[0], bytes.data(), bytes.size());
    return {bytes.data(), size < 0 ? 0 : static_cast<std::size_t>(size)};
  }

 private:
  std::array<int, 2> ends_ = {};
};

TEST_CASE("who waits sees what is done, cut to the width, and nothing of it stays") {
  const Pipe pipe;
  {
    ProgressLine line({pipe.entry(), 30, std::chrono::milliseconds(0)});
    line.Show("judging by the policies that are there");
    std::string seen;
    while (seen.find("judging") == std::string::npos) {
      seen = pipe.Read();
    }
    CHECK(seen.substr(seen.rfind("\r")) == "\r\033[Kdpc: judging by the policies ");
  }
  CHECK(pipe.Read().ends_with("\r\033[K"));
}

TEST_CASE("nothing is written where nobody looks, nor by what is done at once") {
  const Pipe pipe;
  {
    ProgressLine nobody({-1, 80, std::chrono::milliseconds(0)});
    nobody.Show("reading");
    ProgressLine soon({pipe.entry(), 80, std::chrono::hours(1)});
    soon.Show("reading");
  }
  REQUIRE(write(pipe.entry(), "end", 3) == 3);
  CHECK(pipe.Read() == "end");
}

}  // namespace
}  // namespace dpc::cli
