// One cause, one error: of a repository without errors each field is spoilt in turn. What is said then, besides what
// was said before, is one error at the field (or nothing, where the value is taken); nothing that hangs on it is
// judged, and nothing is granted by it.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "driver/driver.h"
#include "syntax/parse.h"

namespace dpc {
namespace {

namespace fs = std::filesystem;
using Files = std::vector<std::pair<std::string, std::string>>;

// The example with every sort of declaration, judged by all policies that dpc brings.
Files Realistic() {
  const fs::path root = fs::path(DPC_SOURCE_DIR) / "examples/realistic";
  Files files;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const std::string path = fs::relative(entry.path(), root).string();
    if (entry.path().extension() != ".yaml" || path.starts_with("generated") || path.starts_with("templates")) {
      continue;
    }
    std::ifstream in(entry.path());
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (path == "dpc.yaml") {
      text += "policies: {packs: [builtin]}\n";
    }
    files.emplace_back(path, text);
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::unique_ptr<driver::Compilation> Compile(Files files, bool judge) {
  driver::Options options;
  options.threads = 1;
  options.today = Date::Parse("2026-11-24");
  options.judge = judge;
  options.emit = false;
  return driver::CompileTree(source::OpenMemory(std::move(files)), options);
}

using Said = std::multiset<std::string>;

std::string TextOf(const Diagnostic& diagnostic) {
  return std::string(diagnostic.rule()) + " " + diagnostic.message;
}

Said AllSaid(const driver::Compilation& c) {
  Said said;
  for (const Diagnostic& diagnostic : c.diagnostics.all()) {
    said.insert(TextOf(diagnostic));
  }
  return said;
}

// A place in a file that is replaced.
struct Spot {
  std::size_t file = 0;
  std::size_t begin = 0;
  std::size_t length = 0;
  std::string what;  // "orders/product.yaml: outputPorts/orders/access"
  bool key = false;
};

// Keys that are names of the author's: another one is another declaration, not a slip.
const std::set<std::string> kMaps = {"assets", "outputPorts", "columns",  "members",    "buckets",
                                     "tags",   "settings",    "severity", "parameters", "enforceFrom"};

class Spots {
 public:
  Spots(std::size_t file, const std::string& path, const std::string& text) : file_(file), path_(path) {
    DiagnosticList ignored;
    Emitter emitter(ignored);
    const source::FileId id = sources_.Add(path, text);
    start_ = sources_.Start(id).offset();
    const syntax::SyntaxTree tree = syntax::Parse(sources_, id, emitter);
    for (const auto& document : tree.documents()) {
      Walk(tree.Root(document), "", false);
    }
  }

  std::vector<Spot> found;

 private:
  // NOLINTNEXTLINE(misc-no-recursion)
  void Walk(const syntax::NodeView& node, const std::string& at, bool names) {
    for (std::size_t i = 0; node.kind() == syntax::NodeKind::Sequence && i < node.size(); ++i) {
      Walk(node.Item(i), at + "/" + std::to_string(i), false);
    }
    for (std::size_t i = 0; node.kind() == syntax::NodeKind::Mapping && i < node.size(); ++i) {
      const std::string key(node.Key(i).text());
      if (!names) {
        Add(node.Key(i), at + "/" + key, true);
      }
      Walk(node.Value(i), at + "/" + key, !names && kMaps.contains(key));
    }
    if (node.kind() == syntax::NodeKind::Scalar) {
      Add(node, at, false);
    }
  }

  void Add(const syntax::NodeView& node, const std::string& at, bool key) {
    found.push_back({file_, node.range().begin.offset() - start_, node.range().length, path_ + ":" + at, key});
  }

  std::size_t file_;
  std::string path_;
  source::SourceManager sources_;
  std::size_t start_ = 0;
};

std::vector<Spot> AllSpots(const Files& files) {
  std::vector<Spot> all;
  for (std::size_t i = 0; i < files.size(); ++i) {
    auto found = Spots(i, files[i].first, files[i].second).found;
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

// What was not said before, but how much was not judged.
std::vector<const Diagnostic*> NewIn(const driver::Compilation& c, Said known) {
  std::vector<const Diagnostic*> found;
  for (const Diagnostic& diagnostic : c.diagnostics.all()) {
    const auto old = known.find(TextOf(diagnostic));
    if (old != known.end()) {
      known.erase(old);
    } else if (diagnostic.info.name != "NotChecked") {
      found.push_back(&diagnostic);
    }
  }
  return found;
}

// In the spoilt file, on the spoilt line.
bool IsAt(const driver::Compilation& c, const Diagnostic& diagnostic, const Files& files, const Spot& spot) {
  const auto place = c.sources.Locate(diagnostic.range.begin);
  const std::string& text = files[spot.file].second;
  const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(spot.begin), '\n');
  return place.path == files[spot.file].first && static_cast<std::ptrdiff_t>(place.line) == line;
}

// What is wrong with what is said, as a list; "" is right: nothing (the value is taken), or one error at the spot.
std::string WrongAfter(const Files& files, const Spot& spot, const std::string& text, const Said& before, bool judge) {
  Files spoilt = files;
  spoilt[spot.file].second.replace(spot.begin, spot.length, text);
  const auto c = Compile(spoilt, judge);
  const auto said = NewIn(*c, before);
  const bool one = said.size() == 1 && said.front()->info.severity == Severity::Error &&
                   IsAt(*c, *said.front(), files, spot) && !said.front()->hints.empty();
  if (said.empty() || one) {
    return "";
  }
  std::string list = spot.what + " -> " + text;
  for (const Diagnostic* diagnostic : said) {
    const auto place = c->sources.Locate(diagnostic->range.begin);
    list += "\n    " + std::string(SeverityName(diagnostic->info.severity)) + " " + std::string(place.path) + ":" +
            std::to_string(place.line) + " " + TextOf(*diagnostic) + (diagnostic->hints.empty() ? " (no hint)" : "");
  }
  return list;
}

bool HasErrorOfDpc(const driver::Compilation& c) {
  const auto& all = c.diagnostics.all();
  return std::any_of(all.begin(), all.end(), [](const Diagnostic& diagnostic) {
    return diagnostic.info.severity == Severity::Error && diagnostic.rule().starts_with("DPC");
  });
}

// Every `step`-th spot. `append`: the text is put behind what stands there.
void CheckSpots(const std::string& text, bool keys, bool append, bool judge, std::size_t step) {
  const Files files = Realistic();
  const auto sound = Compile(files, judge);
  REQUIRE_FALSE(HasErrorOfDpc(*sound));
  const Said before = AllSaid(*sound);
  std::vector<std::string> wrong;
  std::size_t tried = 0;
  for (const Spot& spot : AllSpots(files)) {
    if (spot.key == keys && ++tried % step == 0) {
      const std::string old = append ? files[spot.file].second.substr(spot.begin, spot.length) : "";
      std::string list = WrongAfter(files, spot, old + text, before, judge);
      if (!list.empty()) {
        wrong.push_back(std::move(list));
      }
    }
  }
  CHECK(tried > 300);
  INFO(wrong.size() << " of " << tried);
  for (const std::string& list : wrong) {
    UNSCOPED_INFO(list);
  }
  CHECK(wrong.empty());
}

// Policies take their time: they judge a part.
void CheckAll(const std::string& text, bool keys, bool append = false) {
  CheckSpots(text, keys, append, false, 1);
  CheckSpots(text, keys, append, true, 8);
}

TEST_CASE("a value of another shape is one error") {
  CheckAll("{spoilt: [1]}", false);
}

TEST_CASE("a text that breaks its field's rule is one error") {
  CheckAll("\"Spoilt Value *\"", false);
}

TEST_CASE("a key that is no field is one error") {
  CheckAll("spoiltKey", true);
}

TEST_CASE("a key with a letter too many is one error") {
  CheckAll("s", true, true);
}

TEST_CASE("a value that is missing is one error") {
  CheckAll("~", false);
}

}  // namespace
}  // namespace dpc
