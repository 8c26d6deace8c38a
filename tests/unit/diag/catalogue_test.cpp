#include "diag/catalogue.h"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cctype>
#include <regex>
#include <string>
#include <vector>

#include "base/text.h"

namespace dpc {
namespace {

TEST_CASE("the catalogue is sorted by code, and no code is used twice") {
  const auto rows = Catalogue();
  REQUIRE(rows.size() > 100);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CHECK((i == 0 || rows[i - 1].code < rows[i].code));
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

// In lower case, or with user text, with something that is filled in, or with a name that is always written large.
bool BeginsAsAMessage(std::string_view message) {
  static constexpr std::array<std::string_view, 3> kNames = {"S3 ", "Glue ", "Conveyor "};
  return message.front() == '`' || message.front() == '{' ||
         std::islower(static_cast<unsigned char>(message.front())) ||
         std::any_of(kNames.begin(), kNames.end(), [&](std::string_view name) { return message.starts_with(name); });
}

TEST_CASE("a message begins in lower case and ends without a full stop, on one line") {
  for (const DiagnosticInfo& row : Catalogue()) {
    INFO(row.code << " " << row.message);
    REQUIRE_FALSE(row.message.empty());
    CHECK(BeginsAsAMessage(row.message));
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

struct Folder {
  std::string_view name;
  std::string_view digits;  // what src/README.md says codes of this folder begin with
  std::vector<std::string_view> numbers;
};

#define DPC_DIAGNOSTIC(number, name, severity, message, page) #number,
const std::vector<Folder> kFolders = {
    {"syntax",
     "1",
     {
#include "syntax/diagnostics.def"
     }},
    {"fields",
     "2",
     {
#include "fields/diagnostics.def"
     }},
    {"frontend",
     "2",
     {
#include "frontend/diagnostics.def"
     }},
    {"frontend/native",
     "2",
     {
#include "frontend/native/diagnostics.def"
     }},
    {"frontend/portal",
     "2",
     {
#include "frontend/portal/diagnostics.def"
     }},
    {"resolve",
     "3",
     {
#include "resolve/diagnostics.def"
     }},
    {"graph",
     "4",
     {
#include "graph/diagnostics.def"
     }},
    {"policy",
     "5",
     {
#include "policy/diagnostics.def"
     }},
    {"access",
     "6",
     {
#include "access/diagnostics.def"
     }},
    {"backend/aws",
     "70",
     {
#include "backend/aws/diagnostics.def"
     }},
    {"backend/conveyor",
     "71",
     {
#include "backend/conveyor/diagnostics.def"
     }},
    {"driver",
     "9",
     {
#include "driver/diagnostics.def"
     }},
};
#undef DPC_DIAGNOSTIC

TEST_CASE("the first digits of a code say which folder reports it") {
  std::size_t seen = 0;
  for (const Folder& folder : kFolders) {
    for (const std::string_view number : folder.numbers) {
      INFO(folder.name << " " << number);
      CHECK(number.starts_with(folder.digits));
      CHECK(FindDiagnostic("DPC" + std::string(number)) != nullptr);
      ++seen;
    }
  }
  // Another folder with diagnostics belongs into the table above.
  CHECK(seen == CatalogueRows().size());
}

}  // namespace
}  // namespace dpc
