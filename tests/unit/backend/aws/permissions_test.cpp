#include "backend/aws/permissions.h"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>

#include "../../property.h"

namespace dpc::backend::aws {
namespace {

std::string Document(const std::string& statements) {
  return R"({"Version": "2012-10-17", "Statement": )" + statements + "}";
}

std::string Reads(const std::string& resource, const std::string& more = "") {
  return Document(R"({"Effect": "Allow", "Action": "s3:GetObject", "Resource": ")" + resource + "\"" + more + "}");
}

std::vector<std::string> Lines(const Expansion& expansion) {
  std::vector<std::string> lines;
  for (const Permission& permission : expansion.permissions) {
    lines.push_back(Describe(permission));
  }
  return lines;
}

TEST_CASE("a statement is every combination of its actions, resources and values") {
  const Expansion expansion = Expand(Document(
      R"([{"Sid": "A", "Effect": "Allow", "Action": ["s3:ListBucket", "s3:x"], "Resource": "arn:aws:s3:::b",
           "Condition": {"StringLike": {"S3:Prefix": ["p/*", "q"]}, "StringEquals": {"aws:x": "*"}}}])"));
  CHECK(expansion.known());
  CHECK(Lines(expansion) ==
        std::vector<std::string>{"s3:ListBucket on `arn:aws:s3:::b` when `aws:x` is `*` and `s3:prefix` is like `p/*`",
                                 "s3:ListBucket on `arn:aws:s3:::b` when `aws:x` is `*` and `s3:prefix` is `q`",
                                 "s3:x on `arn:aws:s3:::b` when `aws:x` is `*` and `s3:prefix` is like `p/*`",
                                 "s3:x on `arn:aws:s3:::b` when `aws:x` is `*` and `s3:prefix` is `q`"});
}

TEST_CASE("a document may be one statement, in percent-encoding, with escapes") {
  CHECK(Lines(Expand("%7B%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22a%3Ab%22%2C%22Resource"
                     "%22%3A%22%2A%22%7D%7D")) == std::vector<std::string>{"a:b on `*`"});
  CHECK(Lines(Expand(Reads("arn:aws:s3:::b/${*}${?}${$}/+*"))) ==
        std::vector<std::string>{"s3:GetObject on `arn:aws:s3:::b/*?$/+*`"});
}

TEST_CASE("what is outside of the subset is unknown, and says why") {
  const auto why = [](const std::string& document) { return Expand(document).unknown; };
  CHECK(why("{") == "the document is no JSON object, or one with a key twice");
  CHECK(why("%7") == "the document is no JSON object, or one with a key twice");
  CHECK(why(R"({"Statement": [], "Statement": []})") == "the document is no JSON object, or one with a key twice");
  CHECK(why(R"({"Version": "2012-10-17"})") == "the document has no `Statement`");
  CHECK(why(R"({"Version": "2022-10-17", "Statement": []})") == "the document's `Version` is not known");
  CHECK(why(R"({"Else": 1, "Statement": []})") == "the document has the element `Else`");
  CHECK(why(Document(R"([7])")) == "statement 1: it is not an object");
  CHECK(why(Document(R"([{"Effect": "Deny", "Action": "a:b", "Resource": "*"}])")) ==
        "statement 1: `Effect` is not `Allow`");
  CHECK(why(Document(R"([{"Effect": "Allow", "NotAction": "a:b", "Resource": "*"}])")) == "statement 1: `NotAction`");
  CHECK(why(Document(R"([{"Effect": "Allow", "Action": "a:b", "NotResource": "*"}])")) == "statement 1: `NotResource`");
  CHECK(why(Document(R"([{"Effect": "Allow", "Action": "a:b*", "Resource": "*"}])")) ==
        "statement 1: the action wildcard `a:b*`");
  CHECK(why(Document(R"([{"Effect": "Allow", "Action": [], "Resource": "*"}])")) ==
        "statement 1: `Action` is neither a text nor a list of texts");
  CHECK(why(Reads("arn:aws:s3:::b*/x")) == "statement 1: the wildcard in `arn:aws:s3:::b*/x`");
  CHECK(why(Reads("arn:aws:s3:::b/?")) == "statement 1: the wildcard in `arn:aws:s3:::b/?`");
  CHECK(why(Reads("arn:aws:s3*")) == "statement 1: the wildcard in `arn:aws:s3*`");
  CHECK(why(Reads("arn:aws:s3:::b/${aws:username}/*")) ==
        "statement 1: the policy variable in `arn:aws:s3:::b/${aws:username}/*`");
  CHECK(why(R"({"Statement": {"Effect": "Allow", "Action": "a:b", "Resource": "a${*}"}})") ==
        "statement 1: `${` in a document without `Version` 2012-10-17");
  const auto condition = [&](const std::string& text) { return why(Reads("*", R"(, "Condition": )" + text)); };
  CHECK(condition(R"({"Bool": {"a": "true"}})") == "statement 1: the condition operator `Bool`");
  CHECK(condition(R"({"StringLikeIfExists": {"a": "b"}})") ==
        "statement 1: the condition operator `StringLikeIfExists`");
  CHECK(condition(R"({"ForAllValues:StringLike": {"a": "b"}})") ==
        "statement 1: the condition operator `ForAllValues:StringLike`");
  CHECK(condition(R"({"StringLike": {"a": "b", "A": "c"}})") == "statement 1: the condition on `A`");
  CHECK(condition(R"({"StringLike": {"a": []}})") == "statement 1: the condition on `a`");
  CHECK(condition(R"({"StringLike": 1})") == "statement 1: the condition operator `StringLike` is not an object");
  CHECK(condition(R"({"DateLessThan": {"aws:CurrentTime": "tomorrow"}})") ==
        "statement 1: the date condition on `aws:currenttime`");
}

TEST_CASE("billions of combinations are refused at once") {
  Json many = Json::array();
  for (int i = 0; i < 2000; ++i) {
    many.push_back("a:" + std::to_string(i));
  }
  const Json statement = {{"Effect", "Allow"}, {"Action", many}, {"Resource", many}};
  CHECK(Expand(Document(CompactJson(statement))).unknown == "statement 1: more combinations than can be compared");
}

TEST_CASE("what was asked for expands like the statement that it becomes") {
  const GroupKey key{"t", {"s3:ListBucket"}, {"arn:aws:s3:::b"}, "s3:prefix", {{"StringEquals", "aws:x", {"1", "2"}}}};
  const Json statement = StatementJson(key, {"p/*"});
  CHECK(Lines(Expand(key, "p/*")) == Lines(Expand(CompactJson(DocumentJson(Json::array({statement}))))));
}

bool Covers(const std::string& wide, const std::string& narrow) {
  const PermissionSet set(Expand(wide).permissions);
  const Expansion asked = Expand(narrow);
  REQUIRE(asked.known());
  REQUIRE(!asked.permissions.empty());
  return Missing(asked.permissions, set).empty();
}

TEST_CASE("a set covers what lies within one of its permissions") {
  CHECK(Covers(Reads("arn:aws:s3:::b/p/*"), Reads("arn:aws:s3:::b/p/q/*")));
  CHECK(Covers(Reads("arn:aws:s3:::b/p/*"), Reads("arn:aws:s3:::b/p/key")));
  CHECK(Covers(Reads("*"), Reads("arn:aws:s3:::b/p/*")));
  CHECK_FALSE(Covers(Reads("arn:aws:s3:::b/p/*"), Reads("arn:aws:s3:::b/p2/*")));
  CHECK_FALSE(Covers(Reads("arn:aws:s3:::b/p/*"), Reads("arn:aws:s3:::b/p*")));
  CHECK_FALSE(Covers(Reads("arn:aws:s3:::b/p/"), Reads("arn:aws:s3:::b/p/*")));
  const std::string before_2027 = R"(, "Condition": {"DateLessThan": {"aws:CurrentTime": "2027-01-01T00:00:00Z"}})";
  const std::string before_2026 = R"(, "Condition": {"DateLessThan": {"AWS:currenttime": "2026-01-01T00:00:00Z"}})";
  CHECK(Covers(Reads("*", before_2027), Reads("*", before_2026)));
  CHECK_FALSE(Covers(Reads("*", before_2026), Reads("*", before_2027)));
  CHECK(Covers(Reads("*"), Reads("*", before_2027)));
  CHECK_FALSE(Covers(Reads("*", before_2027), Reads("*")));
  const auto like = [](const std::string& operation, const std::string& value) {
    return Reads("*", R"(, "Condition": {")" + operation + R"(": {"k": ")" + value + "\"}}");
  };
  CHECK(Covers(like("StringLike", "p/*"), like("StringEquals", "p/q")));
  CHECK_FALSE(Covers(like("StringLike", "p/*"), like("ArnLike", "p/q")));
  CHECK(Covers(Document(R"({"Effect": "Allow", "Action": "S3:getobject", "Resource": "*"})"), Reads("*")));
}

// Few texts, so that a brute force can try all requests: the alphabet has a character that no pattern has.
struct Request {
  std::string action;
  std::string resource;
  std::optional<std::string> prefix;
  std::string day;
};

bool Matches(const Pattern& pattern, const std::string& text) {
  return pattern.form == PatternForm::Prefix ? text.starts_with(pattern.text) : text == pattern.text;
}

bool Allows(const Permission& permission, const Request& request) {
  if (permission.action != request.action || !Matches(permission.resource, request.resource)) {
    return false;
  }
  return std::all_of(permission.limits.begin(), permission.limits.end(), [&](const Limit& limit) {
    return limit.kind == LimitKind::Before ? request.day < limit.value.text
                                           : request.prefix && Matches(limit.value, *request.prefix);
  });
}

const std::vector<std::string>& Texts() {
  static const std::vector<std::string> kTexts = [] {
    std::vector<std::string> texts = {""};
    for (std::size_t begin = 0, length = 0; length < 3; ++length) {
      const std::size_t end = texts.size();
      for (; begin < end; ++begin) {
        for (const char c : {'a', 'b', 'c'}) {
          texts.push_back(texts[begin] + c);
        }
      }
    }
    return texts;
  }();
  return kTexts;
}

std::vector<Request> AllRequests() {
  std::vector<Request> requests;
  for (const std::string& resource : Texts()) {
    for (const char* day : {"2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z", "2026-09-01T00:00:00Z"}) {
      requests.push_back({"s:A", resource, std::nullopt, day});
      for (const std::string& prefix : Texts()) {
        requests.push_back({"s:A", resource, prefix, day});
      }
    }
  }
  return requests;
}

Pattern AnyPattern(std::size_t longest) {
  return {*rc::gen::arbitrary<bool>() ? PatternForm::Prefix : PatternForm::Literal, *TextOf("ab", longest)};
}

Permission AnyPermission() {
  Permission permission{"s:A", AnyPattern(2), {}};
  if (*rc::gen::arbitrary<bool>()) {
    permission.limits.push_back({LimitKind::Text, "k", AnyPattern(2)});
  }
  if (*rc::gen::inRange(0, 3) == 0) {
    const char* day = *rc::gen::element("2026-02-01T00:00:00Z", "2026-07-01T00:00:00Z");
    permission.limits.push_back({LimitKind::Before, "aws:currenttime", {PatternForm::Literal, day}});
  }
  return permission;
}

TEST_CASE("covered is what a trial of all requests says") {
  const std::vector<Request> requests = AllRequests();
  CHECK(Holds(60, 100, [&] {
    std::vector<Permission> given;
    for (int i = *rc::gen::inRange(0, 8); i > 0; --i) {
      given.push_back(AnyPermission());
    }
    const PermissionSet set(given);
    for (int i = 0; i < 8; ++i) {
      const Permission asked = AnyPermission();
      const bool tried = std::all_of(requests.begin(), requests.end(), [&](const Request& request) {
        return !Allows(asked, request) ||
               std::any_of(given.begin(), given.end(), [&](const auto& one) { return Allows(one, request); });
      });
      RC_ASSERT(set.Covers(asked) == tried);
    }
  }));
}

TEST_CASE("a hundred thousand permissions are compared in seconds") {
  std::vector<Permission> all;
  for (int i = 0; i < 100000; ++i) {
    all.push_back({"s3:ListBucket",
                   {PatternForm::Literal, "arn:aws:s3:::b" + std::to_string(i % 7)},
                   {{LimitKind::Text, "s3:prefix", {PatternForm::Prefix, "raw/" + std::to_string(i) + "/"}}}});
  }
  CHECK(Missing(all, PermissionSet(all)).empty());
}

}  // namespace
}  // namespace dpc::backend::aws
