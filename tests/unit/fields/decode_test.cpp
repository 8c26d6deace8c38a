#include "fields/decode.h"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>

#include "fields/scalars.h"
#include "parsed.h"

namespace dpc::fields {
namespace {

using Lines = std::vector<std::string>;

// A small table with every shape.
constexpr std::array<Choice, 3> kColours = {{{"red", "like blood"}, {"green", "like grass"}, {"blue", "like the sky"}}};
const TypeSpec kNameType = {.shape = Shape::Scalar, .scalar = &kName};
const TypeSpec kAccountType = {.shape = Shape::Scalar, .scalar = &kAccountId};
const TypeSpec kDateType = {.shape = Shape::Scalar, .scalar = &kDate};
const TypeSpec kFlagType = {.shape = Shape::Boolean};
const TypeSpec kCountType = {.shape = Shape::Integer, .minimum = 1, .maximum = 25};
const TypeSpec kColourType = {.shape = Shape::Choice, .choices = kColours};
const TypeSpec kNamesType = {.shape = Shape::List, .element = &kNameType, .non_empty = true};
const TypeSpec kColoursType = {.shape = Shape::List, .element = &kColourType};
const TypeSpec kTextsType = {.shape = Shape::Map, .scalar = &kName, .element = &kAccountType, .non_empty = true};
const TypeSpec kLiteralType = {.shape = Shape::Literal, .scalar = &kAnyText, .minimum = -100, .maximum = 100};
const TypeSpec kLiteralsType = {.shape = Shape::Map, .scalar = &kName, .element = &kLiteralType};
const TypeSpec kLiteralMapsType = {.shape = Shape::Map, .scalar = &kName, .element = &kLiteralsType};
const TypeSpec kAnyMapType = {.shape = Shape::AnyMap};

const std::array<FieldSpec, 2> kLooseFields = {{
    {"colour", &kColourType, Presence::Optional, "", "Its colour.", "red"},
    {"flag", &kFlagType, Presence::Optional, "", "Whether it is.", "true"},
}};
const RecordSpec kLoose = {"loose thing", "Nothing is required.", kLooseFields};
const TypeSpec kLooseType = {.shape = Shape::Record, .record = &kLoose};
const TypeSpec kLooseMapType = {.shape = Shape::Map, .scalar = &kName, .element = &kLooseType};

const std::array<FieldSpec, 2> kStrictFields = {{
    {"name", &kNameType, Presence::Required, "", "How it is called.", "a"},
    {"count", &kCountType, Presence::Optional, "", "How many.", "1"},
}};
const RecordSpec kStrict = {"item", "The name is required.", kStrictFields};
const TypeSpec kStrictType = {.shape = Shape::Record, .record = &kStrict};
const TypeSpec kStrictListType = {.shape = Shape::List, .element = &kStrictType};
const TypeSpec kStrictMapType = {.shape = Shape::Map, .scalar = &kName, .element = &kStrictType};
const TypeSpec kShortType = {.shape = Shape::TextOrRecord, .scalar = &kName, .record = &kStrict};

const std::array<FieldSpec, 3> kOneFields = {{
    {"cat", &kNameType, Presence::Optional, "", "A cat.", "tom"},
    {"dog", &kNameType, Presence::Optional, "", "A dog.", "rex"},
    {"age", &kCountType, Presence::Optional, "", "Its age.", "3"},
}};
constexpr std::array<std::string_view, 2> kAnimals = {"cat", "dog"};
const RecordSpec kOne = {"animal", "It is one of two.", kOneFields, kAnimals};
const TypeSpec kOneType = {.shape = Shape::Record, .record = &kOne};

const std::array<FieldSpec, 18> kFields = {{
    {"name", &kNameType, Presence::Required, "", "How it is called.", "a"},
    {"account", &kAccountType, Presence::Optional, "", "An account.", "\"012345678901\""},
    {"day", &kDateType, Presence::Optional, "", "A day.", "2026-01-01"},
    {"flag", &kFlagType, Presence::Optional, "", "Whether it is.", "true"},
    {"count", &kCountType, Presence::Optional, "", "How many.", "1"},
    {"colour", &kColourType, Presence::Optional, "", "Its colour.", "red"},
    {"names", &kNamesType, Presence::Optional, "", "Names.", "[a]"},
    {"colours", &kColoursType, Presence::Optional, "", "Colours.", "[red]"},
    {"accounts", &kTextsType, Presence::Optional, "", "Accounts.", "{a: \"012345678901\"}"},
    {"loose", &kLooseType, Presence::Optional, "", "A record.", "{}"},
    {"looseMap", &kLooseMapType, Presence::Optional, "", "Records.", "{a: {}}"},
    {"strict", &kStrictType, Presence::Optional, "", "A record.", "{name: a}"},
    {"items", &kStrictListType, Presence::Optional, "", "Records.", "[{name: a}]"},
    {"strictMap", &kStrictMapType, Presence::Optional, "", "Records.", "{a: {name: a}}"},
    {"short", &kShortType, Presence::Optional, "", "A name or a record.", "a"},
    {"animal", &kOneType, Presence::Optional, "", "An animal.", "{cat: tom}"},
    {"any", &kAnyMapType, Presence::Optional, "", "Anything.", "{}"},
    {"settings", &kLiteralMapsType, Presence::Optional, "", "Settings of others.", "{a: {b: 1}}"},
}};
const RecordSpec kRecord = {"thing", "A thing with every shape.", kFields};

// What Validate reports of a text.
Lines Check(std::string text, std::span<const std::string_view> reported = {}) {
  Parsed parsed(std::move(text));
  const bool fine = Validate(parsed.Root(), kRecord, parsed.emitter(), reported);
  Lines lines = parsed.Findings();
  CHECK(fine == lines.empty());
  return lines;
}

// The findings without hints, of one field beside the required name.
Lines CheckField(const std::string& field) {
  Lines lines = Check("name: a\n" + field + "\n");
  lines.erase(std::remove_if(lines.begin(), lines.end(), [](const std::string& line) { return line.starts_with(' '); }),
              lines.end());
  return lines;
}

constexpr std::string_view kConforming =
    "name: a\naccount: \"012345678901\"\nday: 2026-01-01\nflag: TRUE\ncount: 25\ncolour: green\nnames: [a, b]\n"
    "colours: [red, blue]\naccounts: {a: \"012345678901\"}\nloose: {flag: false}\nlooseMap: {a: {colour: red}, b:}\n"
    "strict: {name: a, count: 1}\nitems: [{name: a}, {name: a}]\nstrictMap: {a: {name: x}}\nshort: {name: b}\n"
    "animal: {dog: rex}\nany: {x: [1, null]}\n"
    "settings: {a: {text: a b, number: -7, flag: True, texts: [a, \"1\"], numbers: [30, 90], none: []}, b: {}}\n";

TEST_CASE("a record that conforms is not reported") {
  CHECK(Check(std::string(kConforming)) == Lines());
  CHECK(Check("name: a\n") == Lines());
  CHECK(Check("'name': \"a\"\nshort: b\n") == Lines());
}

TEST_CASE("an unknown field is reported with a name that is near, else with all names") {
  CHECK(Check("name: a\ncolor: red\n") ==
        Lines{"2:1 UnknownField: `color` is not a field of thing", "  hint: did you mean `colour`?"});
  CHECK(Check("name: a\nloose: {qqqqqq: 1}\n") ==
        Lines{"2:9 UnknownField: `qqqqqq` is not a field of loose thing", "  hint: its fields are `colour`, `flag`"});
  CHECK(Check("name: a\n<<: {count: 1}\n") == Lines{"2:1 UnknownField: `<<` is not a field of thing",
                                                    "  hint: YAML 1.2 has no merge keys: write the fields out"});
  CHECK(CheckField("Name: b") == Lines{"2:1 UnknownField: `Name` is not a field of thing"});
}

TEST_CASE("a missing field is reported at the head of its record, with what it is for") {
  CHECK(Check("flag: true\n") == Lines{"1:1 MissingField: a thing lacks the required field `name`",
                                       "  hint: add it, like `name: a`: How it is called."});
  CHECK(Check("name: a\nitems:\n  - count: 1\n") == Lines{"3:5 MissingField: an item lacks the required field `name`",
                                                          "  hint: add it, like `name: a`: How it is called."});
}

TEST_CASE("a field whose name is misspelt is not missed as well") {
  CHECK(Check("nmae: a\n") ==
        Lines{"1:1 UnknownField: `nmae` is not a field of thing", "  hint: did you mean `name`?"});
  CHECK(Check("name: a\nanimal: {cta: tom}\n") ==
        Lines{"2:10 UnknownField: `cta` is not a field of animal", "  hint: did you mean `cat`?"});
}

TEST_CASE("what is missing may stand there by another name: one finding says both") {
  CHECK(Check("title: a\n") == Lines{"1:1 UnknownField: `title` is not a field of thing",
                                     "  hint: did you mean `name`? it is required, and missing"});
  CHECK(Check("name: a\nanimal: {bird: tweety}\n") ==
        Lines{"2:10 UnknownField: `bird` is not a field of animal",
              "  hint: did you mean one of `cat`, `dog`? an animal needs one of them"});
  const Lines other = Check("qqqqqq: [1]\nzzzzzz: a\n");
  REQUIRE(other.size() == 4);  // a list is no name: the first of the two says what is missing
  CHECK(other[1].ends_with("; required and missing: `name`"));
  CHECK(other[3].starts_with("  hint: its fields are `name`"));
}

TEST_CASE("a field that the caller has missed is not missed again") {
  static constexpr std::array<std::string_view, 1> kReported = {"name"};
  CHECK(Check("flag: true\n", kReported) == Lines());
  CHECK(Check("flag: 1\n", kReported) ==
        Lines{"1:7 ScalarRule: `flag` is `1`; expected `true` or `false`", "  hint: write `true`"});
}

TEST_CASE("a value of another shape is reported with the shape that is expected") {
  CHECK(CheckField("account: [a]") ==
        Lines{"2:10 WrongShape: `account` is a list; expected 12 digits in quotes, like \"012345678901\""});
  CHECK(CheckField("day: {}") ==
        Lines{"2:6 WrongShape: `day` is a map; expected a day that exists, like `2026-12-31`"});
  CHECK(CheckField("flag: []") == Lines{"2:7 WrongShape: `flag` is a list; expected `true` or `false`"});
  CHECK(CheckField("count: {}") == Lines{"2:8 WrongShape: `count` is a map; expected a whole number"});
  CHECK(CheckField("colour: []") ==
        Lines{"2:9 WrongShape: `colour` is a list; expected one of `red`, `green`, `blue`"});
  CHECK(CheckField("names: a") == Lines{"2:8 WrongShape: `names` is a single value; expected a list"});
  CHECK(CheckField("accounts: [a]") == Lines{"2:11 WrongShape: `accounts` is a list; expected a map"});
  CHECK(CheckField("any: 1") == Lines{"2:6 WrongShape: `any` is a single value; expected a map"});
  CHECK(Check("- a\n").front() == "1:1 WrongShape: `thing` is a list; expected a map of its fields");
}

TEST_CASE("a record of another shape is reported with the fields that it takes") {
  CHECK(Check("name: a\nloose: a\n") == Lines{"2:8 WrongShape: `loose` is a single value; expected a map of its fields",
                                              "  hint: its fields are `colour`, `flag`"});
  CHECK(CheckField("items: [a]") ==
        Lines{"2:9 WrongShape: an item of `items` is a single value; expected a map of its fields"});
  CHECK(CheckField("looseMap: {a: []}") == Lines{"2:15 WrongShape: `a` is a list; expected a map of its fields"});
  CHECK(CheckField("short: [a]").size() == 1);
}

TEST_CASE("what YAML reads as a number, a boolean or nothing is no text without quotes") {
  CHECK(Check("name: a\naccount: 012345678901\n") ==
        Lines{"2:10 NotText: `account` is `012345678901`, which YAML reads as a number; expected text",
              "  hint: put it in quotes: \"012345678901\""});
  CHECK(CheckField("account: 1e3") ==
        Lines{"2:10 NotText: `account` is `1e3`, which YAML reads as a number; expected text"});
  CHECK(CheckField("short: true") ==
        Lines{"2:8 NotText: `short` is `true`, which YAML reads as a boolean; expected text"});
  CHECK(CheckField("names: [a, 1]") ==
        Lines{"2:12 NotText: `names` is `1`, which YAML reads as a number; expected text"});
  CHECK(CheckField("names: [a, 'true']") == Lines());
}

TEST_CASE("a text that breaks its rule is reported with the rule") {
  CHECK(CheckField("account: \"1234\"") ==
        Lines{"2:10 ScalarRule: `account` is `1234`; expected 12 digits in quotes, like \"012345678901\""});
  CHECK(CheckField("day: 2026-02-30") ==
        Lines{"2:6 ScalarRule: `day` is `2026-02-30`; expected a day that exists, like `2026-12-31`"});
  CHECK(CheckField("account: ''") ==
        Lines{"2:10 EmptyText: `account` is an empty text; expected 12 digits in quotes, like \"012345678901\""});
  CHECK(CheckField("flag: yes") == Lines{"2:7 ScalarRule: `flag` is `yes`; expected `true` or `false`"});
  CHECK(CheckField("flag: 'true'") == Lines{"2:7 ScalarRule: `flag` is `true`; expected `true` or `false`"});
}

TEST_CASE("a number is whole and within its bounds") {
  CHECK(CheckField("count: 1") == Lines());
  for (const std::string value : {"0", "26", "-1", "1.5", "99999999999999999999"}) {
    CHECK(CheckField("count: " + value) ==
          Lines{"2:8 NumberOutOfRange: `count` is " + value + "; expected a whole number from 1 to 25"});
  }
  CHECK(CheckField("count: '10'").size() == 1);
}

TEST_CASE("an unknown choice is reported with the list, and with one that is near") {
  CHECK(Check("name: a\ncolour: gren\n") ==
        Lines{"2:9 UnknownChoice: `colour` is `gren`; expected one of `red`, `green`, `blue`",
              "  hint: did you mean `green`?"});
  CHECK(Check("name: a\ncolours: [purple]\n") ==
        Lines{"2:11 UnknownChoice: `colours` is `purple`; expected one of `red`, `green`, `blue`",
              "  hint: `red`: like blood; `green`: like grass; `blue`: like the sky"});
  CHECK(CheckField("colour: Red") ==
        Lines{"2:9 UnknownChoice: `colour` is `Red`; expected one of `red`, `green`, `blue`"});
}

TEST_CASE("a list of texts does not repeat itself, and is not empty where that means nothing") {
  CHECK(CheckField("names: [a, b, a, a]") ==
        Lines{"2:15 RepeatedItem: `names` lists `a` twice", "2:18 RepeatedItem: `names` lists `a` twice"});
  CHECK(CheckField("names: [a, 'a']") == Lines{"2:12 RepeatedItem: `names` lists `a` twice"});
  CHECK(CheckField("names: []") == Lines{"2:8 EmptyCollection: `names` is empty; expected at least one item"});
  CHECK(CheckField("colours: []") == Lines());
  CHECK(CheckField("accounts: {}") == Lines{"2:11 EmptyCollection: `accounts` is empty; expected at least one entry"});
}

TEST_CASE("exactly one of the fields that say what a record is") {
  CHECK(CheckField("animal: {cat: tom, age: 3}") == Lines());
  CHECK(Check("name: a\nanimal: {age: 3}\n") ==
        Lines{"2:10 NoneOfExactlyOne: an animal has none of `cat`, `dog`; exactly one is needed",
              "  hint: add one, like `cat: tom`"});
  CHECK(Check("name: a\nanimal: {cat: tom, dog: rex}\n") ==
        Lines{"2:20 SeveralOfExactlyOne: an animal has both `cat` and `dog`; only one of `cat`, `dog` may be there",
              "  label 2:10 the other one", "  hint: keep one; what the other one says becomes an animal of its own"});
}

TEST_CASE("the keys of a map follow their rule") {
  CHECK(CheckField("accounts: {Big One: \"012345678901\"}") ==
        Lines{"2:12 KeyRule: `accounts` has the key `Big One`; expected " + std::string(kName.rule)});
  CHECK(CheckField("looseMap: {x: {colour: red}, Y: {}}") ==
        Lines{"2:30 KeyRule: `looseMap` has the key `Y`; expected " + std::string(kName.rule)});
  CHECK(CheckField("accounts: {a: 12}") ==
        Lines{"2:15 NotText: `a` is `12`, which YAML reads as a number; expected text"});
}

// The findings about one literal.
Lines CheckLiteral(const std::string& value) {
  return CheckField("settings: {a: {b: " + value + "}}");
}

TEST_CASE("a literal is a text, a whole number, a boolean, or a list of texts or of numbers") {
  for (const std::string value :
       {"a", "a b", "'7'", "7", "-100", "100", "0", "true", "FALSE", "[]", "[a]", "[a, '7']", "[7, 8]", "yes"}) {
    INFO(value);
    CHECK(CheckLiteral(value) == Lines());
  }
  const std::string expected = "a text, a whole number, `true` or `false`, or a list of texts or of whole numbers";
  CHECK(CheckLiteral("") == Lines{"2:16 NoValue: `b` has no value; expected " + expected});
  CHECK(CheckLiteral("{}") == Lines{"2:19 WrongShape: `b` is a map; expected " + expected});
  CHECK(CheckLiteral("1.5") == Lines{"2:19 ScalarRule: `b` is `1.5`; expected " + expected});
  CHECK(CheckLiteral("''") ==
        Lines{"2:19 EmptyText: `b` is an empty text; expected one line of text without control characters"});
  for (const std::string value : {"101", "-101", "99999999999999999999"}) {
    CHECK(CheckLiteral(value) ==
          Lines{"2:19 NumberOutOfRange: `b` is " + value + "; expected a whole number from -100 to 100"});
  }
  CHECK(CheckField("settings: {a: 1}") == Lines{"2:15 WrongShape: `a` is a single value; expected a map"});
}

TEST_CASE("digits that are no plain number may be a text that lost its quotes") {
  for (const std::string value : {"007", "0x1F", "+5", "-0", "1e3"}) {
    CHECK(Check("name: a\nsettings: {a: {b: " + value + "}}\n") ==
          Lines{"2:19 ScalarRule: `b` is `" + value +
                    "`; expected a text, a whole number, `true` or `false`, or a list of texts or of whole numbers",
                "  hint: if it is a text, put it in quotes: \"" + value + "\""});
  }
}

TEST_CASE("a list of literals is of one sort and does not repeat itself") {
  CHECK(CheckLiteral("[30, '90', 60]") ==
        Lines{"2:24 MixedList: `b` lists `90` beside `30`: one is a text, the other a number"});
  CHECK(CheckLiteral("[a, 1]") == Lines{"2:23 MixedList: `b` lists `1` beside `a`: one is a text, the other a number"});
  CHECK(CheckLiteral("[1, 2, 1]") == Lines{"2:26 RepeatedItem: `b` lists `1` twice"});
  CHECK(CheckLiteral("[true, 1]") == Lines{"2:20 ScalarRule: `b` is `true`; expected a text or a whole number"});
  CHECK(CheckLiteral("[[], {}, ~]") ==
        Lines{"2:20 WrongShape: an item of `b` is a list; expected a text or a whole number",
              "2:24 WrongShape: an item of `b` is a map; expected a text or a whole number",
              "2:28 NoValue: `b` has no value; expected a text or a whole number"});
  CHECK(CheckLiteral("[101]") == Lines{"2:20 NumberOutOfRange: `b` is 101; expected a whole number from -100 to 100"});
}

TEST_CASE("null stands for an empty record, and for nothing else") {
  CHECK(CheckField("loose:") == Lines());
  CHECK(CheckField("loose: ~") == Lines());
  CHECK(CheckField("looseMap: {a: , b: null}") == Lines());
  CHECK(CheckField("any:") == Lines());
  CHECK(CheckField("account:") ==
        Lines{"2:1 NoValue: `account` has no value; expected 12 digits in quotes, like \"012345678901\""});
  CHECK(CheckField("flag: null") == Lines{"2:1 NoValue: `flag` has no value; expected `true` or `false`"});
  CHECK(CheckField("names:") == Lines{"2:1 NoValue: `names` has no value; expected a list"});
  CHECK(CheckField("accounts:") == Lines{"2:1 NoValue: `accounts` has no value; expected a map"});
  CHECK(CheckField("looseMap:") == Lines{"2:1 NoValue: `looseMap` has no value; expected a map"});
  CHECK(CheckField("strict:") == Lines{"2:1 NoValue: `strict` has no value; expected a map of its fields"});
  CHECK(CheckField("strictMap: {a:}") == Lines{"2:13 NoValue: `a` has no value; expected a map of its fields"});
  CHECK(CheckField("animal:") == Lines{"2:1 NoValue: `animal` has no value; expected a map of its fields"});
  CHECK(CheckField("short:").size() == 1);
  CHECK(CheckField("names: [a, null]") ==
        Lines{"2:12 NoValue: `names` has no value; expected " + std::string(kName.rule)});
}

TEST_CASE("all deviations are reported at once, in the order of their places") {
  CHECK(CheckField("flag: 1\ncount: 99\nitems: [{}, {nme: a}]") ==
        Lines{"2:7 ScalarRule: `flag` is `1`; expected `true` or `false`",
              "3:8 NumberOutOfRange: `count` is 99; expected a whole number from 1 to 25",
              "4:9 MissingField: an item lacks the required field `name`",
              "4:14 UnknownField: `nme` is not a field of item"});
}

TEST_CASE("a reader gives every value with its type") {
  const Parsed parsed{std::string(kConforming)};
  const RecordReader reader(parsed.Root(), kRecord);
  CHECK(reader.GetText("name")->text == "a");
  CHECK(reader.GetDate("day")->ToString() == "2026-01-01");
  CHECK(reader.GetBoolean("flag") == true);
  CHECK(reader.GetInteger("count") == 25);
  CHECK(reader.GetChoice("colour") == 1U);
  CHECK(reader.GetTexts("names").at(1).text == "b");
  CHECK(reader.GetTexts("colours").at(1).text == "blue");
  CHECK(reader.GetTextMap("accounts").at(0).second.text == "012345678901");
  CHECK(reader.GetRecord("loose")->GetBoolean("flag") == false);
  CHECK(reader.GetRecordMap("looseMap").at(0).second.GetChoice("colour") == 0U);
  CHECK(reader.GetRecordMap("looseMap").at(1).first.text == "b");
  CHECK_FALSE(reader.GetRecordMap("looseMap").at(1).second.Has("colour"));
  CHECK(reader.GetRecords("items").size() == 2);
  CHECK(reader.GetRecord("short")->GetText("name")->text == "b");
  CHECK_FALSE(reader.GetText("short").has_value());
}

// "name text number|text [item] ..."; one line for each literal below `settings`.
Lines LiteralsOf(const std::string& text) {
  const Parsed parsed{text};
  Lines lines;
  for (const auto& [key, literals] : RecordReader(parsed.Root(), kRecord).GetLiteralMaps("settings")) {
    for (const auto& [name, literal] : literals) {
      std::string line = std::string(key.text) + "." + std::string(name.text) + (literal.is_text ? " text" : " other") +
                         (literal.is_list ? " list" : "");
      for (const Text& item : literal.items) {
        line += " " + std::string(item.text);
      }
      lines.push_back(line);
    }
  }
  return lines;
}

TEST_CASE("a reader gives literals with their sort") {
  CHECK(LiteralsOf(std::string(kConforming)) == Lines{"a.text text a b", "a.number other -7", "a.flag other true",
                                                      "a.texts text list a 1", "a.numbers other list 30 90",
                                                      "a.none text list"});
}

TEST_CASE("a literal of which a part does not conform reads as absent") {
  CHECK(LiteralsOf("settings:\n  a: {a: 1.5, b: [1, a], c: {}, d: , e: 007, F: 1, g: [true], h: ['', a], fine: 1}\n"
                   "  B: {a: 1}\n  c: [a]\n") == Lines{"a.fine other 1"});
  CHECK(LiteralsOf("settings: a\n").empty());
}

TEST_CASE("a reader takes the short form") {
  const Parsed parsed("short: b\n");
  const RecordReader reader(parsed.Root(), kRecord);
  CHECK(reader.GetText("short")->text == "b");
  CHECK_FALSE(reader.GetRecord("short").has_value());
}

TEST_CASE("what is not there reads as absent") {
  const Parsed parsed("name: a\n");
  const RecordReader reader(parsed.Root(), kRecord);
  CHECK_FALSE(reader.Has("flag"));
  CHECK(reader.KeyRange("flag") == reader.range());
  CHECK_FALSE(reader.GetText("account").has_value());
  CHECK_FALSE(reader.GetBoolean("flag").has_value());
  CHECK_FALSE(reader.GetInteger("count").has_value());
  CHECK_FALSE(reader.GetChoice("colour").has_value());
  CHECK_FALSE(reader.GetDate("day").has_value());
  CHECK(reader.GetTexts("names").empty());
  CHECK(reader.GetTextMap("accounts").empty());
  CHECK_FALSE(reader.GetRecord("strict").has_value());
  CHECK(reader.GetRecords("items").empty());
  CHECK(reader.GetRecordMap("looseMap").empty());
}

TEST_CASE("what does not conform reads as absent, and the rest is read") {
  const Parsed parsed(
      "name: [a]\naccount: 012345678901\nday: 2026-02-30\nflag: yes\ncount: many\ncolour: gren\nnames: [a, B, 1, {}, "
      "b]\n"
      "accounts: {a: 1, B: \"012345678901\", c: \"012345678901\"}\nlooseMap: {a: x, B: {}, c: {flag: 1}}\nstrict: a\n"
      "items: [a, {name: b}, []]\nshort: B\n");
  const RecordReader reader(parsed.Root(), kRecord);
  CHECK_FALSE(reader.GetText("name").has_value());
  CHECK_FALSE(reader.GetText("account").has_value());
  CHECK_FALSE(reader.GetDate("day").has_value());
  CHECK_FALSE(reader.GetBoolean("flag").has_value());
  CHECK_FALSE(reader.GetInteger("count").has_value());
  CHECK_FALSE(reader.GetChoice("colour").has_value());
  CHECK(reader.GetTexts("names").size() == 2);
  CHECK(reader.GetTextMap("accounts").size() == 1);
  CHECK(reader.GetRecordMap("looseMap").size() == 1);
  CHECK_FALSE(reader.GetRecordMap("looseMap").at(0).second.GetBoolean("flag").has_value());
  CHECK_FALSE(reader.GetRecord("strict").has_value());
  CHECK(reader.GetRecords("items").size() == 1);
  CHECK_FALSE(reader.GetText("short").has_value());
  CHECK(reader.Has("strict"));
}

TEST_CASE("a number out of its bounds and an unknown choice read as absent, too") {
  const Parsed parsed("count: 40\ncolour: gren\ncolours: [red, gren]\n");
  const RecordReader reader(parsed.Root(), kRecord);
  CHECK_FALSE(reader.GetInteger("count").has_value());
  CHECK_FALSE(reader.GetText("colour").has_value());
  CHECK(reader.GetTexts("colours").size() == 1);
}

TEST_CASE("a null record reads as empty") {
  const Parsed parsed("loose:\n");
  const auto loose = RecordReader(parsed.Root(), kRecord).GetRecord("loose");
  REQUIRE(loose.has_value());
  CHECK_FALSE(loose->GetBoolean("flag").has_value());
}

}  // namespace
}  // namespace dpc::fields
