// yaml-cpp as a second opinion: every YAML file below the given folders that dpc reads without an error has the tree
// that yaml-cpp reads. Prints what differs, and how many files were compared.
#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "diag/emitter.h"
#include "source/source_manager.h"
#include "syntax/parse.h"

namespace {

namespace fs = std::filesystem;
using dpc::syntax::NodeKind;
using dpc::syntax::NodeView;

bool Same(const NodeView& ours, const YAML::Node& theirs) {  // NOLINT(misc-no-recursion): kMaxDepth
  switch (ours.kind()) {
    case NodeKind::Null:
      return theirs.IsNull();
    case NodeKind::Scalar:
      return theirs.IsScalar() && theirs.Scalar() == ours.text();
    case NodeKind::Sequence:
      if (!theirs.IsSequence() || theirs.size() != ours.size()) {
        return false;
      }
      for (std::size_t i = 0; i < ours.size(); ++i) {
        if (!Same(ours.Item(i), theirs[i])) {
          return false;
        }
      }
      return true;
    case NodeKind::Mapping:
      break;
  }
  if (!theirs.IsMap() || theirs.size() != ours.size()) {
    return false;
  }
  std::size_t i = 0;
  for (const auto& entry : theirs) {
    if (!Same(ours.Key(i), entry.first) || !Same(ours.Value(i), entry.second)) {
      return false;
    }
    ++i;
  }
  return true;
}

enum class Verdict { Same, Different, OnlyOurs, Refused };

Verdict Compare(const std::string& text) {
  dpc::source::SourceManager sources;
  dpc::DiagnosticList diagnostics;
  dpc::Emitter emitter(diagnostics);
  const auto tree = dpc::syntax::Parse(sources, sources.Add("a.yaml", text), emitter);
  if (!diagnostics.all().empty()) {
    return Verdict::Refused;
  }
  try {
    const std::vector<YAML::Node> theirs = YAML::LoadAll(text);
    bool same = theirs.size() == tree.documents().size();
    for (std::size_t i = 0; same && i < theirs.size(); ++i) {
      same = Same(tree.Root(tree.documents()[i]), theirs[i]);
    }
    return same ? Verdict::Same : Verdict::Different;
  } catch (const YAML::Exception&) {
    return Verdict::OnlyOurs;
  }
}

}  // namespace

int main(int count, char** arguments) {
  std::size_t same = 0;
  std::size_t only_ours = 0;
  std::size_t different = 0;
  for (int i = 1; i < count; ++i) {
    for (const auto& entry : fs::recursive_directory_iterator(arguments[i])) {
      const std::string extension = entry.path().extension().string();
      if (!entry.is_regular_file() || (extension != ".yaml" && extension != ".yml")) {
        continue;
      }
      std::ostringstream text;
      text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      const Verdict verdict = Compare(text.str());
      same += verdict == Verdict::Same ? 1 : 0;
      only_ours += verdict == Verdict::OnlyOurs ? 1 : 0;
      different += verdict == Verdict::Different ? 1 : 0;
      if (verdict == Verdict::Different || verdict == Verdict::OnlyOurs) {
        std::cout << (verdict == Verdict::Different ? "different: " : "yaml-cpp refuses: ") << entry.path().string()
                  << "\n";
      }
    }
  }
  std::cout << same << " files read alike, " << only_ours << " that yaml-cpp refuses, " << different
            << " differently\n";
  return different == 0 && same > 0 ? 0 : 1;
}
