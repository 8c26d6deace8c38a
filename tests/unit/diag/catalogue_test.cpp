#include "diag/catalogue.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "base/text.h"

namespace dpc {
namespace {

namespace fs = std::filesystem;

TEST_CASE("the catalogue is sorted by code, and no code or name is used twice") {
  const auto rows = Catalogue();
  std::set<std::string_view> names;
  REQUIRE(rows.size() > 100);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CHECK((i == 0 || rows[i - 1].code < rows[i].code));
    CHECK(names.insert(rows[i].name).second);
  }
  CHECK(rows.size() == CatalogueRows().size());
}

TEST_CASE("a code is DPC and four digits, a name is one word") {
  for (const DiagnosticInfo& row : Catalogue()) {
    INFO(row.code << " " << row.name);
    CHECK(std::regex_match(std::string(row.code), std::regex("DPC[1-9][0-9]{3}")));
    CHECK(std::regex_match(std::string(row.name), std::regex("([A-Z][a-z0-9]*)+")));
  }
}

// Where a sentence would begin: user text, or something that is filled in.
bool BeginsAsAMessage(std::string_view message) {
  return message.front() == '`' || message.front() == '{' || std::islower(static_cast<unsigned char>(message.front()));
}

TEST_CASE("a message begins in lower case and ends without a full stop, on one line") {
  for (const DiagnosticInfo& row : Catalogue()) {
    INFO(row.code << " " << row.message);
    REQUIRE_FALSE(row.message.empty());
    // A name that is written large keeps its capitals.
    CHECK((BeginsAsAMessage(row.message) || row.message.starts_with("Glue ") || row.message.starts_with("Athena ")));
    CHECK(std::string_view(".!:; ").find(row.message.back()) == std::string_view::npos);
    CHECK(Printable(row.message) == row.message);
    CHECK(std::count(row.message.begin(), row.message.end(), '`') % 2 == 0);
  }
}

TEST_CASE("every page says something, in paragraphs that end, with code blocks that are closed") {
  for (const DiagnosticInfo& row : Catalogue()) {
    INFO(row.code << " " << row.page);
    CHECK(row.page.size() > 60);
    std::size_t fences = 0;
    for (std::size_t at = row.page.find("```"); at != std::string_view::npos; at = row.page.find("```", at + 3)) {
      ++fences;
    }
    CHECK(fences % 2 == 0);
    CHECK(row.page.ends_with('\n'));
  }
}

TEST_CASE("a diagnostic is found by code and by name in any case") {
  const DiagnosticInfo* row = FindDiagnostic("DPC3003");
  REQUIRE(row != nullptr);
  CHECK(row->name == "UnresolvedPort");
  CHECK(FindDiagnostic("dpc3003") == row);
  CHECK(FindDiagnostic("unresolvedport") == row);
  CHECK(FindDiagnostic("3003") == nullptr);
  CHECK(FindDiagnostic("") == nullptr);
}

// The first digits that src/README.md gives to each folder.
std::string DigitsOf(const std::string& folder) {
  static const std::map<std::string, std::string> kDigits = {
      {"source", "1"},  {"syntax", "1"}, {"fields", "2"},          {"frontend", "2"},         {"frontend/native", "2"},
      {"resolve", "3"}, {"graph", "4"},  {"frontend/portal", "2"}, {"policy", "5"},           {"access", "6"},
      {"review", "8"},  {"driver", "9"}, {"backend/aws", "70"},    {"backend/conveyor", "71"}};
  const auto found = kDigits.find(folder);
  return found == kDigits.end() ? "no digits for this folder" : found->second;
}

TEST_CASE("the first digits of a code say which folder reports it") {
  const fs::path source = fs::path(__FILE__).parent_path() / "../../../src";
  if (!fs::exists(source)) {
    return;  // The sources may lie elsewhere than where this was compiled.
  }
  std::size_t seen = 0;
  for (const auto& entry : fs::recursive_directory_iterator(source)) {
    if (entry.path().filename() != "diagnostics.def") {
      continue;
    }
    const std::string folder = entry.path().parent_path().lexically_relative(source).generic_string();
    std::stringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    const std::string all = text.str();
    static const std::regex kBlock(R"((?:^|\n)DPC_DIAGNOSTIC\(([0-9]+),)");
    for (std::sregex_iterator block(all.begin(), all.end(), kBlock), end; block != end; ++block, ++seen) {
      INFO(folder << " " << (*block)[1]);
      CHECK((*block)[1].str().starts_with(DigitsOf(folder)));
    }
  }
  CHECK(seen == CatalogueRows().size());
}

}  // namespace
}  // namespace dpc
