#include "terraform/terraform.h"

#include <catch2/catch.hpp>
#include <cctype>
#include <map>
#include <nlohmann/json.hpp>

#include "../property.h"

namespace dpc::terraform {
namespace {

std::string LabelOf(const std::vector<std::string>& parts) {
  switch (parts.size()) {
    case 1:
      return Label({parts[0]});
    case 2:
      return Label({parts[0], parts[1]});
    default:
      return Label({parts[0], parts[1], parts[2]});
  }
}

// What Terraform takes as a label: letters, digits, `_` and `-`, with a letter or `_` in front.
bool IsIdentifier(const std::string& label) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  for (const char c : label) {
    if (!letter(c) && (c < '0' || c > '9') && c != '-') {
      return false;
    }
  }
  return !label.empty() && letter(label.front());
}

int HexDigit(char c) {
  return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// Reads a label back. That this is possible is what makes labels injective.
std::vector<std::string> PartsOf(std::string_view label) {
  std::vector<std::string> parts(1);
  for (std::size_t at = 0; at < label.size(); ++at) {
    if (label[at] != '_') {
      parts.back() += label[at];
    } else if (label.substr(at, 2) == "__") {
      parts.back() += '_';
      ++at;
    } else if (label.substr(at, 3) == "_-_") {
      parts.emplace_back();
      at += 2;
    } else {
      const int byte = HexDigit(label.at(at + 1)) * 16 + HexDigit(label.at(at + 2));
      RC_ASSERT(byte >= 0);
      RC_ASSERT(label.at(at + 3) == '_');
      parts.back() += static_cast<char>(byte);
      at += 3;
    }
  }
  return parts;
}

// Names that look like encodings of each other, and any bytes.
rc::Gen<std::vector<std::string>> Parts() {
  return rc::gen::mapcat(rc::gen::inRange<std::size_t>(1, 4), [](std::size_t size) {
    const auto part = rc::gen::nonEmpty(rc::gen::oneOf(TextOf("_-a0f.", 8), Bytes(6)));
    return rc::gen::container<std::vector<std::string>>(size, part);
  });
}

TEST_CASE("a label is read back as the parts that it was made from, and is an identifier") {
  CHECK(Holds(500, 100, [] {
    const std::vector<std::string> parts = *Parts();
    const std::string label = LabelOf(parts);
    RC_ASSERT(IsIdentifier(label));
    RC_ASSERT(PartsOf(label) == parts);
  }));
}

TEST_CASE("all short names of one and of two parts have labels of their own") {
  std::vector<std::string> names;
  for (const char a : std::string("a-_0.")) {
    names.push_back({a});
    for (const char b : std::string("a-_0.")) {
      names.push_back({a, b});
    }
  }
  std::map<std::string, std::vector<std::string>> owners;
  for (const std::string& name : names) {
    CHECK(owners.emplace(Label({name}), std::vector{name}).second);
    for (const std::string& other : names) {
      CHECK(owners.emplace(Label({name, other}), std::vector{name, other}).second);
    }
  }
}

TEST_CASE("labels are readable where names are") {
  CHECK(Label({"orders"}) == "orders");
  CHECK(Label({"orders", "bucket-read"}) == "orders_-_bucket-read");
  CHECK(Label({"my_orders"}) == "my__orders");
  CHECK(Label({"1st"}) == "_31_st");
  CHECK(Label({"a.b"}) == "a_2e_b");
  CHECK(Label({"\xC3\xA9"}) == "_c3__a9_");
  CHECK(Label({"a", "1"}) == "a_-_1");
}

// The body of the only resource, as it is written.
Json Written(const Json& body) {
  Root root;
  root.AddResource("g", "t", "l", body);
  for (const File& file : root.Render()) {
    if (file.path == "g.tf.json") {
      return ParseJson(file.bytes)->at("resource").at("t").at("l");
    }
  }
  return {};
}

TEST_CASE("template signs in texts are doubled, wherever they stand") {
  for (const auto& [text, written] : std::vector<std::pair<std::string, std::string>>{{"${x}", "$${x}"},
                                                                                      {"%{if x}", "%%{if x}"},
                                                                                      {"$${x}", "$$${x}"},
                                                                                      {"%%{x}", "%%%{x}"},
                                                                                      {"a${b}${c}", "a$${b}$${c}"},
                                                                                      {"$%{x}", "$%%{x}"},
                                                                                      {"$", "$"},
                                                                                      {"$$", "$$"},
                                                                                      {"a$b{c}", "a$b{c}"},
                                                                                      {"{$}", "{$}"},
                                                                                      {"100%", "100%"}}) {
    INFO(text);
    CHECK(Written(Json{{"name", text}})["name"] == written);
    CHECK(Written(Json{{"list", {text}}})["list"][0] == written);
    CHECK(Written(Json{{"map", {{text, 1}}}})["map"].begin().key() == written);
    CHECK(Written(Json{{"deep", {{{"x", {text}}}}}})["deep"][0]["x"][0] == written);
  }
}

// Terraform's reading of a template without code in it: `$${` and `%%{` stand for `${` and `%{`. Nothing when it would
// evaluate something.
std::optional<std::string> Evaluated(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("${") || rest.starts_with("%{")) {
      return std::nullopt;
    }
    if (rest.starts_with("$${") || rest.starts_with("%%{")) {
      out += rest.substr(1, 2);
      at += 2;
    } else {
      out += text[at];
    }
  }
  return out;
}

TEST_CASE("no text is evaluated, and each means itself") {
  CHECK(Holds(500, 100, [] {
    const std::string text = *TextOf("$%{}\"\\a", 10);
    RC_ASSERT(Evaluated(Written(Json{{"name", text}})["name"].get<std::string>()) == text);
  }));
}

TEST_CASE("only an expression is evaluated, and it comes from code") {
  CHECK(Written(Json{{"arn", Expression("aws_iam_role.x.arn")}})["arn"] == "${aws_iam_role.x.arn}");
  CHECK(Written(Json{{"list", {Expression("a"), "${a}"}}})["list"] == Json{"${a}", "$${a}"});
  CHECK(Written(Json{{"policy", FileContents("policies/a-b_c.json")}})["policy"] ==
        "${file(\"${path.module}/policies/a-b_c.json\")}");
}

TEST_CASE("values that are not text stay what they are") {
  const Json body = {{"a", 1}, {"b", true}, {"c", nullptr}, {"d", Json::array()}, {"e", Json::object()}, {"f", 1.5}};
  CHECK(Written(body) == body);
}

Root Filled(bool backwards) {
  Root root;
  std::vector<std::string> names = {"a", "b", "c"};
  if (backwards) {
    names = {"c", "b", "a"};
  }
  root.RequireProvider("aws", "hashicorp/aws", "~> 5.0");
  for (const std::string& name : names) {
    root.RequireProvider("p" + name, "x/" + name, "1");
    root.AddResource("group_" + name, "t2", name, Json{{"z", 1}, {"a", 2}});
    root.AddResource("group_" + name, "t1", name, Json::object());
    root.AddFile("policies/" + name + ".json", name, {});
  }
  root.SetBackend("s3", Json{{"key", "${x}"}});
  root.AddProvider("aws", Json{{"alias", "one"}});
  root.AddProvider("aws", Json{{"alias", "two"}});
  return root;
}

std::vector<std::pair<std::string, std::string>> Rendered(Root root) {
  std::vector<std::pair<std::string, std::string>> files;
  for (const File& file : root.Render()) {
    files.emplace_back(file.path, file.bytes);
  }
  return files;
}

TEST_CASE("a root is rendered alike whatever the order in which it was filled") {
  const auto files = Rendered(Filled(false));
  CHECK(files == Rendered(Filled(true)));
  CHECK(files == Rendered(Filled(false)));
  REQUIRE(files.size() == 7);
  CHECK(files[0].first == "terraform.tf.json");
  CHECK(files[1].first == "group_a.tf.json");
  CHECK(files[4].first == "policies/a.json");
  CHECK(files[4].second == "a");
}

TEST_CASE("the first file has versions, providers in their order, and the place of the state") {
  const Json main = *ParseJson(Rendered(Filled(false))[0].second);
  CHECK(main["terraform"]["required_version"] == ">= 1.7.0");
  CHECK(main["terraform"]["required_providers"]["aws"] == Json{{"source", "hashicorp/aws"}, {"version", "~> 5.0"}});
  CHECK(main["terraform"]["backend"]["s3"]["key"] == "$${x}");
  CHECK(main["provider"]["aws"][0]["alias"] == "one");
  CHECK(main["provider"]["aws"][1]["alias"] == "two");
  CHECK_FALSE(ParseJson(Root().Render()[0].bytes)->at("terraform").contains("backend"));
}

TEST_CASE("the keys of a body keep the order in which they were added") {
  const std::string bytes = Rendered(Filled(false))[1].second;
  CHECK(bytes.find("\"z\"") < bytes.find("\"a\": 2"));
  CHECK(bytes.find("\"t1\"") < bytes.find("\"t2\""));
}

TEST_CASE("roots are made when first asked for, and are sorted by name") {
  Roots roots;
  roots.Get("b").AddFile("x", "1", {});
  roots.Get("a");
  roots.Get("b").AddFile("y", "2", {});
  REQUIRE(roots.all().size() == 2);
  CHECK(roots.all().begin()->first == "a");
  CHECK(roots.all().at("b").Render().size() == 3);
}

}  // namespace
}  // namespace dpc::terraform
