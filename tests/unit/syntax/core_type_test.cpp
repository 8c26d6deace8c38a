// The core schema of YAML 1.2 (section 10.3.2), also through the parser.
#include <catch2/catch.hpp>

#include "parsed.h"
#include "syntax/syntax_tree.h"

namespace dpc::syntax {
namespace {

void CheckTypes(ScalarType type, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    INFO(text);
    CHECK(CoreType(text) == type);
    // As a value, an item of a list in brackets, and a whole document.
    CHECK(Parsed("a: " + text + "\n").Root().Value(0).scalar_type() == type);
    CHECK(Parsed("[x, " + text + "]\n").Root().Item(1).scalar_type() == type);
    CHECK(Parsed(text + "\n").Root().scalar_type() == type);
  }
}

TEST_CASE("null is null, ~ or nothing") {
  CheckTypes(ScalarType::Null, {"null", "Null", "NULL", "~"});
  CHECK(CoreType("") == ScalarType::Null);
  CHECK(Parsed("a:\n").Root().Value(0).kind() == NodeKind::Null);
  CHECK(Parsed("a: ~\n").Root().Value(0).kind() == NodeKind::Null);
  CHECK(Parsed("a: !!str\n").Documents() == std::vector<std::string>{"{a: }"});
}

TEST_CASE("booleans are true and false only") {
  CheckTypes(ScalarType::Boolean, {"true", "True", "TRUE", "false", "False", "FALSE"});
}

TEST_CASE("words that YAML 1.1 took for booleans, numbers and dates are text") {
  CheckTypes(ScalarType::Text,
             {"yes",  "Yes",  "no",   "No",  "NO",   "on",    "On",    "off",      "y",          "n",
              "nULL", "tRUE", "TRue", "nil", "none", "0b101", "1_000", "12:30:45", "2026-11-24", "190:20:30"});
}

TEST_CASE("integers are decimal, 0o and 0x") {
  CheckTypes(ScalarType::Integer, {"0", "1", "-1", "+1", "012", "007", "0o17", "0x1F", "0xabcdef", "012345678901",
                                   "123456789012345678901234567890"});
}

TEST_CASE("what is nearly a number is text") {
  CheckTypes(ScalarType::Text, {"0o",    "0o8",   "0x",    "0xG", "-0x1F", "+0o7", "0O17",  "0X1F",  "+",
                                "1a",    "--1",   "1 2",   ".",   "-.",    "e3",   ".e3",   "1e",    "1e+",
                                "1e3e4", "1.2.3", "0x1.8", "inf", "nan",   ".iNF", "+.nan", "-.NaN", ".infinity"});
}

TEST_CASE("floats have a point or an exponent") {
  CheckTypes(ScalarType::Float, {"1.0", "1.", ".5", "-.5", "+1.5", "1e3", "1E3", "1e+3", "1.5e-3", "012.5", ".inf",
                                 ".Inf", ".INF", "-.inf", "+.inf", ".nan", ".NaN", ".NAN", "0e0"});
}

TEST_CASE("what is quoted, in a block or tagged as a string is text, whatever it says") {
  for (const std::string text : {"null", "~", "true", "1", "0x1F", "1e3", ".inf", "", "yes"}) {
    INFO(text);
    for (const std::string& form : {"\"" + text + "\"", "'" + text + "'", "|-\n  " + text, ">-\n  " + text,
                                    "!!str \"" + text + "\"", "!!str " + text, "! \"" + text + "\""}) {
      INFO(form);
      const Parsed parsed("a: " + form + "\n");
      REQUIRE(parsed.diagnostics().all().empty());
      const NodeView value = parsed.Root().Value(0);
      CHECK(value.kind() == NodeKind::Scalar);
      CHECK(value.scalar_type() == ScalarType::Text);
      CHECK(value.text() == text);
    }
  }
}

}  // namespace
}  // namespace dpc::syntax
