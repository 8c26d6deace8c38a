// Both sides of what a merge left in a file.
#include "driver/conflict.h"

#include <catch2/catch.hpp>

#include "../property.h"

namespace dpc::driver {
namespace {

using Sides = std::vector<std::string>;

TEST_CASE("a text without markers is its only side") {
  for (const std::string text : {"", "a", "a\nb\n", "<<<<<< six\n=======\n>>>>>>> x\n", "=======\n", "<<<<<<< a\nb\n",
                                 "<<<<<<< a\n=======\n", ">>>>>>> x\n", "<<<<<<<a\n=======\n>>>>>>> b\n"}) {
    INFO(text);
    CHECK(SidesOf(text) == Sides{text});
  }
}

TEST_CASE("each side has what is common and what is its own") {
  CHECK(SidesOf("1\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> other\n2\n") ==
        Sides{"1\nours\n2\n", "1\ntheirs\n2\n"});
  CHECK(SidesOf("<<<<<<< HEAD\r\nours\r\n=======\r\n>>>>>>> other\r\n2") == Sides{"ours\r\n2", "2"});
  CHECK(SidesOf("<<<<<<< a\n1\n||||||| b\n0\n=======\n2\n>>>>>>> c") == Sides{"1\n", "2\n"});
}

TEST_CASE("markers in another order are no conflict of git") {
  const std::string nested = "<<<<<<< a\n<<<<<<< b\n=======\n>>>>>>> b\n=======\n>>>>>>> a\n";
  CHECK(SidesOf(nested) == Sides{nested});
}

TEST_CASE("a conflict of any two texts is taken apart again") {
  CHECK(Holds(100, 100, [] {
    const auto lines = [] {
      std::string text;
      for (const std::string& line : *rc::gen::container<Sides>(TextOf("ab<=>", 8))) {
        text += "x" + line + "\n";
      }
      return text;
    };
    const std::string before = lines();
    const std::string ours = lines();
    const std::string theirs = lines();
    RC_ASSERT(SidesOf(before + "<<<<<<< HEAD\n" + ours + "=======\n" + theirs + ">>>>>>> x\n") ==
              Sides({before + ours, before + theirs}));
  }));
}

}  // namespace
}  // namespace dpc::driver
