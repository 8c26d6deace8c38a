#include "fields/scalars.h"

#include <catch2/catch.hpp>
#include <set>

#include "kinds.h"
#include "pattern.h"

namespace dpc::fields {
namespace {

std::string Times(std::size_t count, std::string_view text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) {
    all += text;
  }
  return all;
}

struct Sample {
  const ScalarSpec* scalar;
  std::vector<std::string> accepted;
  std::vector<std::string> refused;
};

const std::vector<Sample>& Samples() {
  static const std::vector<Sample> kSamples = {
      {&kAnyText, {"a", " ", "Zoë", "a\u00A0b", "\U0001F600"}, {"", "a\nb", "a\tb", "\x01", "\x7F", "a\u0085", "\n"}},
      {&kProse, {"a", "a\nb", "a\tb", "\n", "Zoë"}, {"", "a\rb", "a\vb", "\x01", "\x7F", "\u009F"}},
      {&kName,
       {"a", "orders", "a-b", "a_", "a--b", "x9", Times(63, "a")},
       {"", "9a", "-a", "_a", "a-", "A", "aB", "a b", "a.b", "a/b", "é", "orders\n", Times(64, "a")}},
      {&kReference,
       {"customers", "customers/contacts", Times(63, "a") + "/" + Times(63, "b")},
       {"", "/", "a/", "/a", "a//b", "a/b/c", "a-/b", "a/B", Times(64, "a")}},
      {&kPortalName,
       {"a", "9", ".a", "a.b", "a@b", "+=,.@_-", Times(64, "a")},
       {"", ".", "...", "A", "a b", "a/b", "a:b", "é", Times(65, "a")}},
      {&kEmail,
       {"a@b", "jane@acme.example", "o'hara+x@a.b", Times(252, "a") + "@b"},
       {"", "@", "a@", "@b", "a", "a@b@c", "a b@c", "ä@b", "a@b\n", Times(253, "a") + "@b"}},
      {&kOwner,
       {"sales-data", "a", "jane@acme.example", "A@b", Times(63, "a")},
       {"", "Sales", "a-", "@", "a@", "a@b@c", "a b@c", Times(64, "a")}},
      {&kDate,
       {"2026-12-31", "2024-02-29", "2000-02-29", "0000-01-01", "9999-12-31", "0000-02-29", "2400-02-29"},
       {"", "2026-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00", "2026-1-1", "26-01-01",
        "2026-01-01T00:00", " 2026-01-01", "2026/01/01", "20260101", "2026-02-30", "2026-01-32"}},
      {&kAccountId, {"012345678901", "000000000000"}, {"", "12345678901", "1234567890123", "01234567890a", "١٢٣"}},
      {&kRegion,
       {"eu-west-1", "us-gov-west-1", "ap-southeast-12", "eusc-de-east-1"},
       {"", "eu", "eu-west", "eu-1", "EU-west-1", "eu-west-123", "e-west-1", "eu--1", "abcde-west-1", "eu-west-1-"}},
      {&kPartition, {"aws", "aws-cn", "aws-us-gov"}, {"", "awss", "aws-", "-aws", "aws--cn", "aws-CN", "aws-1", "gcp"}},
      {&kBucketName,
       {"abc", "a-b", "acme.lake", "1ab", "1.2.3", "1.2.3.4.5", "1.2.3.4444", "a.-b", Times(63, "a")},
       {"",
        "ab",
        "Abc",
        "a_b",
        "-ab",
        "ab-",
        ".ab",
        "ab.",
        "a..b",
        "1.2.3.4",
        "123.123.123.123",
        "xn--abc",
        "sthree-abc",
        "amzn-s3-demo-x",
        "abc-s3alias",
        "abc--ol-s3",
        "abc.mrap",
        "abc--x-s3",
        "abc--table-s3",
        "a/b",
        Times(64, "a")}},
      {&kKeyArn,
       {"arn:aws:kms:eu-west-1:012345678901:key/11111111-2222-3333-4444-555555555555",
        "arn:aws-cn:kms:cn-north-1:012345678901:key/mrk-1"},
       {"", "arn:aws:kms:eu-west-1:012345678901:alias/lake", "arn:aws:kms::012345678901:key/1",
        "arn:aws:kms:eu-west-1:12345:key/1", "arn:aws:kms:eu-west-1:012345678901:key/",
        "arn:aws:kms:eu-west-1:012345678901:key/*", "arn:aws:kms:eu-west-1:012345678901:key/a_b",
        "arn:aws:s3:eu-west-1:012345678901:key/1", "arn:aws:kms:eu-west-1:012345678901:key/1:2"}},
      {&kRoleOrUserArn,
       {"arn:aws:iam::012345678901:role/admin", "arn:aws:iam::012345678901:user/a/b/jane@acme.example",
        "arn:aws-us-gov:iam::012345678901:role/" + Times(64, "a")},
       {"", "arn:aws:iam::012345678901:root", "arn:aws:iam::012345678901:role/", "arn:aws:iam::012345678901:role/a//b",
        "arn:aws:iam::012345678901:role/*", "arn:aws:iam::012345678901:group/g",
        "arn:aws:iam:eu-west-1:012345678901:role/a", "arn:aws:iam::*:role/a",
        "arn:aws:iam::012345678901:role/" + Times(65, "a")}},
      {&kRoleOrNone,
       {"none", "dpc-deployment", "a", "arn:aws:iam::012345678901:role/x/terraform", Times(64, "a")},
       {"", "a b", "a/b", "role/a", "arn:aws:iam::012345678901:user/jane", "*", Times(65, "a")}},
      {&kIssuer,
       {"https://a", "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC123", "https://a:8443/b/c~d", "https://..."},
       {"", "http://a", "https://", "https://a/", "https://a//b", "https://a?b", "https://a/b#c",
        "https://a:", "https://a:b", "https://a:1:2", "https://u@a", "https://a_b", "https://a/*", "https://é"}},
      {&kAudience,
       {"sts.amazonaws.com", "a", "{x}", Times(255, "a")},
       {"", "a b", "*", "a?", "${a}", "é", "a\n", Times(256, "a")}},
      {&kServiceAccount,
       {"jobs/airflow", "{product}/{environment}", "jobs/{product}-{environment}.x", "-/."},
       {"", "jobs", "/a", "a/", "a/b/c", "jobs/*", "Jobs/a", "jobs/{domain}", "jobs/{product", "jobs/a_b", "jobs/{}"}},
      {&kClusterName,
       {"jobs", "A1-b_c", "0", Times(100, "a")},
       {"", "-a", "_a", "a.b", "a*", "a?", "a$", Times(101, "a")}},
      {&kPermissionSet, {"SalesData", "a", "a_+=,.@-b", Times(32, "a")}, {"", "a b", "a/b", "*", "é", Times(33, "a")}},
      {&kPath,
       {"raw", "raw/orders", "raw/orders/", "a b", "a=b/c", "...", ".a", "a..b/c", "Zoë", "a/.b", Times(1024, "a"),
        Times(1023, "a") + "/", Times(512, "é")},
       {"",
        "/",
        "/a",
        "a//",
        "a//b",
        ".",
        "..",
        "./a",
        "a/.",
        "a/..",
        "a/../b",
        "a/./",
        "../",
        "a*",
        "a?",
        "${a}",
        "a\nb",
        "a\x7F",
        "a\u0085",
        "a\u0100",
        "€",
        "\U0001F600",
        Times(1025, "a"),
        Times(1024, "a") + "/",
        Times(513, "é")}},
      {&kGlueName, {"a", "9", "_", "-", "a_b-c", Times(255, "a")}, {"", "A", "a.b", "a b", "*", "é", Times(256, "a")}},
      {&kRedshiftName, {"abc", "a-9", "---", Times(64, "a")}, {"", "ab", "Abc", "a_b", "a.b", "abé", Times(65, "a")}},
      {&kWorkgroupId,
       {"11111111-2222-3333-4444-555555555555", "0a1b2c3d-ffff-eeee-dddd-cccccccccccc"},
       {"", "11111111222233334444555555555555", "0A1B2C3D-ffff-eeee-dddd-cccccccccccc",
        "11111111-2222-3333-4444-55555555555", "11111111-2222-3333-4444-55555555555g"}},
      {&kSqlName, {"a", "A", "9", "_", "-", Times(127, "a")}, {"", "a.b", "a b", "\"a\"", "é", Times(128, "a")}},
      {&kContainerName,
       {"abc", "a-b", "1a2", Times(63, "a")},
       {"", "ab", "-ab", "ab-", "a--b", "Abc", "a_b", "a.b", Times(64, "a")}},
      {&kTagText, {"a", " ", "a b", "A_b.:/=+@-", Times(128, "a")}, {"", "a\nb", "a*", "${a}", "é", Times(129, "a")}},
      {&kTemplate,
       {"a", "{prefix}-{product}", "a/b", "{a}{b}", "_+=,.@/-", Times(128, "a")},
       {"", "{", "}", "{}", "{a", "a}", "{A}", "{a1}", "{{a}}", "${a}", "a b", "é", Times(129, "a"),
        "{" + Times(127, "a") + "}"}},
      {&kFolder,
       {"generated", "a/b", ".a", "a..b", "...", Times(255, "a")},
       {"", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/..", "a/./b", "a b", "a*", "é", Times(256, "a")}},
      {&kGlob,
       {"**", "vendor/**", "**/drafts/*.yaml", "a?", ".a", "...", Times(255, "a")},
       {"", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/..", "[a]", "{a,b}", "a b", "é", Times(256, "a")}},
      {&kUrl,
       {"https://a", "ssh://git@a/b", "git@github.com:a/b.git", "https://a?b=c&d=%20#e", "https://" + Times(1016, "a")},
       {"", "http://a", "https://", "ssh://", "git@:a", "git@a:", "git@a/b", "git@a_b:c", "https://a b", "https://a*",
        "https://é", "ftp://a", "HTTPS://a", "https://" + Times(1017, "a")}},
      {&kVersion,
       {"2", "2.1", "2.1.0", "0.0.0", "02", "999999999.1"},
       {"", ".", "2.", ".2", "2..1", "2.1.0.4", "v2", "2.x", "-1", "2 ", "١", "1234567890"}},
      {&kPolicyId,
       {"a", "owners", "no-orphans", "9", "a--b", Times(63, "a")},
       {"", "-", "a-", "-a", "A", "a_b", "a.b", "a b", "é", Times(64, "a")}},
      {&kRuleId,
       {"a", "owners", "DPC6001", Times(63, "a")},
       {"", "*", "DPC", "DPC601", "DPC60011", "DPC600a", "dpc-", "DPCX001", "A"}},
      {&kRuleIdOrAll, {"*", "owners", "DPC6001"}, {"", "**", "*a", "DPC601", "A"}},
      {&kTeamName, {"sales-data", "a"}, {"", "a@b", "A", "a/b"}},
      {&kParameterName,
       {"a", "most_days", "a_", "a9", Times(63, "a")},
       {"", "_a", "9a", "A", "mostDays", "a-b", "a b", "é", Times(64, "a")}},
      {&kTableName,
       {"a", "port", "new_access", "a9", Times(63, "a")},
       {"", "_a", "9a", "A", "base.port", "a-b", "a b", "é", Times(64, "a")}},
      {&kFieldPath,
       {"a", "access", "dataProduct9", "/", "/columns/0", "//", "/a~0b~1c", "/a b é", Times(63, "a"),
        "/" + Times(99, "a")},
       {"", "9a", "a/b", "a_b", "a-b", "a b", "#/a", "/~", "/~2", "/a~", "/a\nb", "/a\u0085", "é", Times(64, "a")}},
      {&kEntity,
       {"a", "port:customers/customers", "a b", "Zoë", "*", "\U0001F600"},
       {"", " ", " a", "a ", "a\nb", "a\t", "\x01", "a\u0085"}},
      {&kFingerprint,
       {"4b460c7883e03445c0f3ad3fb13d2d53", Times(32, "0"), Times(32, "f"), Times(32, "a") + ":2",
        Times(32, "a") + ":999999999"},
       {"", "a", Times(31, "a"), Times(33, "a"), Times(32, "A"), Times(32, "g"), Times(32, "a") + ":",
        Times(32, "a") + ":0", Times(32, "a") + ":02", Times(32, "a") + ":1000000000", Times(32, "a") + ":a", ":2"}},
  };
  return kSamples;
}

// What one edit away from the samples matters: the signs that any of the rules speaks of, both sides of each range, and
// what hides in texts.
const std::vector<std::string>& Signs() {
  static const std::vector<std::string> kSigns = {
      "a",    "z",    "A",      "Z",      "0",      "9",      "_",      "-",      ".",         "/",  ":",  "@",
      "+",    "=",    ",",      "*",      "?",      "$",      "#",      "%",      "&",         "~",  "!",  "{",
      "}",    "[",    "`",      "^",      "|",      "\\",     "(",      " ",      "\t",        "\n", "\r", "\x01",
      "\x1F", "\x7F", "\u0080", "\u009F", "\u00A0", "\u00FF", "\u0100", "\u2028", "\U0001F600"};
  return kSigns;
}

// Edits at the ends and in the middle, at the borders of code points.
void AddEdits(const std::string& text, std::set<std::string>& corpus) {
  for (std::size_t at :
       {std::size_t{0}, text.size() / 2, text.size() - std::min<std::size_t>(1, text.size()), text.size()}) {
    while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) {
      --at;
    }
    const std::size_t size = at < text.size() ? DecodeUtf8(text, at).size : 0;
    corpus.insert(text.substr(0, at) + text.substr(at + size));
    corpus.insert(text.substr(0, at));
    for (const std::string& sign : Signs()) {
      corpus.insert(text.substr(0, at) + sign + text.substr(at));
      corpus.insert(text.substr(0, at) + sign + text.substr(at + size));
    }
  }
}

// Lengths on both sides of every limit that a rule names.
void AddLengths(const std::string& text, std::set<std::string>& corpus) {
  for (const std::size_t limit : {2U, 3U, 32U, 63U, 64U, 127U, 128U, 254U, 255U, 256U, 260U, 512U, 1024U}) {
    for (const std::size_t length : {limit - 1, limit, limit + 1}) {
      if (length > text.size()) {
        corpus.insert(text + Times(length - text.size(), "a"));
        corpus.insert(Times(length - text.size(), "0") + text);
      }
    }
  }
}

// The samples of all sorts, and what is near the `seeds`.
std::set<std::string> Corpus(const std::vector<std::string>& seeds) {
  std::set<std::string> corpus(seeds.begin(), seeds.end());
  for (const Sample& sample : Samples()) {
    corpus.insert(sample.accepted.begin(), sample.accepted.end());
    corpus.insert(sample.refused.begin(), sample.refused.end());
  }
  for (const std::string& text : seeds) {
    if (text.size() < 100) {
      AddEdits(text, corpus);
      AddLengths(text, corpus);
    }
  }
  return corpus;
}

// The first texts on which `accepts` and `pattern` differ; empty is right.
std::vector<std::string> Disagreements(const ScalarSpec& scalar, const std::vector<std::string>& seeds) {
  const Pattern pattern(scalar.pattern);
  std::vector<std::string> texts;
  for (const std::string& text : Corpus(seeds)) {
    if (texts.size() < 10 && scalar.accepts(text) != pattern.Matches(text)) {
      texts.push_back((scalar.accepts(text) ? "accepted only: " : "matched only: ") + Printable(text));
    }
  }
  return texts;
}

// Every sort that a table of some dialect uses, also those that are private to it; in the order of their names.
std::set<std::pair<std::string_view, const ScalarSpec*>> UsedSorts() {
  std::vector<const RecordSpec*> records;
  for (const KindSpec* kind : AllKinds()) {
    CollectRecords(*kind->record, records);
  }
  std::set<std::pair<std::string_view, const ScalarSpec*>> sorts;
  for (const RecordSpec* record : records) {
    for (const FieldSpec& field : record->fields) {
      for (const TypeSpec* type = field.type; type != nullptr; type = type->element) {
        if (type->scalar != nullptr) {
          sorts.emplace(type->scalar->name, type->scalar);
        }
      }
    }
  }
  return sorts;
}

TEST_CASE("each sort of scalar takes what it should and refuses the rest") {
  for (const Sample& sample : Samples()) {
    for (const std::string& text : sample.accepted) {
      INFO(sample.scalar->name << " (" << sample.scalar->rule << "): " << text);
      CHECK(sample.scalar->accepts(text));
    }
    for (const std::string& text : sample.refused) {
      INFO(sample.scalar->name << " (" << sample.scalar->rule << "): " << text);
      CHECK_FALSE(sample.scalar->accepts(text));
    }
  }
}

TEST_CASE("what is not UTF-8 is no text") {
  for (const ScalarSpec* scalar : {&kAnyText, &kProse, &kPath}) {
    CHECK_FALSE(scalar->accepts("a\xFF"));
    CHECK_FALSE(scalar->accepts("\xC0\x80"));
    CHECK_FALSE(scalar->accepts("\xED\xA0\x80"));
  }
}

TEST_CASE("pattern and accepts describe the same language") {
  for (const Sample& sample : Samples()) {
    INFO(sample.scalar->name << " " << sample.scalar->pattern);
    CHECK(Disagreements(*sample.scalar, sample.accepted) == std::vector<std::string>());
  }
}

TEST_CASE("pattern and accepts of a dialect's own sorts describe the same language") {
  auto sorts = UsedSorts();
  for (const Sample& sample : Samples()) {
    sorts.erase({sample.scalar->name, sample.scalar});
  }
  const std::vector<std::string> seeds = {"", "*", "orders", "sales/raw", "/raw/orders/", "arn:aws-cn:s3:::acme-lake"};
  for (const auto& [name, scalar] : sorts) {
    INFO(name << " " << scalar->pattern);
    CHECK(Disagreements(*scalar, seeds) == std::vector<std::string>());
  }
}

TEST_CASE("a pattern is anchored at both ends") {
  for (const Sample& sample : Samples()) {
    INFO(sample.scalar->name);
    CHECK(sample.scalar->pattern.starts_with('^'));
    CHECK(sample.scalar->pattern.ends_with('$'));
  }
}

}  // namespace
}  // namespace dpc::fields
