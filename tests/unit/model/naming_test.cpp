#include "model/naming.h"

#include <catch2/catch.hpp>
#include <vector>

#include "../property.h"

namespace dpc::model {
namespace {

std::optional<std::string> Fill(std::string_view text) {
  static const std::vector<NamingValue> kValues = {{"prefix", "acme"}, {"product", "orders"}, {"domain", ""}};
  return FillTemplate(text, kValues);
}

TEST_CASE("holes of a template are filled, the rest stays") {
  CHECK(Fill("{prefix}-{product}") == "acme-orders");
  CHECK(Fill("{product}{product}") == "ordersorders");
  CHECK(Fill("<{domain}>") == "<>");
  CHECK(Fill("plain") == "plain");
  CHECK(Fill("") == "");
}

TEST_CASE("a template with an unknown hole or an open brace gives nothing") {
  for (const std::string_view text :
       {"{nowhere}", "{}", "{", "}", "{prefix", "prefix}", "{prefix}}", "{{prefix}}", "{ prefix}", "{PREFIX}", "a{b"}) {
    INFO(text);
    CHECK_FALSE(Fill(text).has_value());
  }
  CHECK_FALSE(FillTemplate("{a}", {}).has_value());
}

TEST_CASE("what fills a hole of a template is not looked at for holes") {
  const std::vector<NamingValue> values = {{"a", "{b}"}, {"b", "}"}};
  CHECK(FillTemplate("{a}{b}", values) == "{b}}");
}

TEST_CASE("a filled template is its parts, one after the other") {
  CHECK(Holds(200, 100, [] {
    const std::string value = *Bytes(8);
    const std::vector<NamingValue> values = {{"hole", value}};
    std::string text;
    std::string expected;
    for (const bool hole : *rc::gen::arbitrary<std::vector<bool>>()) {
      const std::string plain = *TextOf("ab-_/$%", 3);
      text += hole ? "{hole}" : plain;
      expected += hole ? value : plain;
    }
    RC_ASSERT(FillTemplate(text, values) == expected);
  }));
}

TEST_CASE("any text is a template that can be filled, or it gives nothing") {
  CHECK(Holds(300, 100, [] {
    const std::string text = *TextOf("{}ah", 12);
    const std::vector<NamingValue> values = {{"a", "x"}, {"h", "y"}};
    const std::string filled = FillTemplate(text, values).value_or("");
    RC_ASSERT(filled.find('{') == std::string::npos);
    RC_ASSERT(filled.find('}') == std::string::npos);
  }));
}

}  // namespace
}  // namespace dpc::model
