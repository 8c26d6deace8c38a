// Nothing may be concluded from the silence of a policy that could not be read.
#include <algorithm>
#include <map>
#include <set>

#include "driver/driver.h"
#include "syntax/parse.h"

namespace dpc::driver {
namespace {

// A place by what is around it: the kind of its document, and the field on the top level.
struct Spot {
  std::string kind;
  std::string field;
};

// One file, parsed once more: the trees of the first time are gone.
class ParsedFile {
 public:
  explicit ParsedFile(std::string_view text) {
    DiagnosticList ignored;
    Emitter emitter(ignored);
    const source::FileId file = sources_.Add("file.yaml", std::string(text));
    start_ = sources_.Start(file).offset();
    tree_ = syntax::Parse(sources_, file, emitter);
  }

  Spot At(std::size_t offset) const {
    Spot spot;
    for (const auto& document : tree_.documents()) {
      const syntax::NodeView root = tree_.Root(document);
      if (root.kind() == syntax::NodeKind::Mapping && root.size() != 0 && BeginOf(root.Key(0)) <= offset) {
        const auto kind = root.Find("kind");
        spot = {kind && kind->kind() == syntax::NodeKind::Scalar ? std::string(kind->text()) : "",
                FieldAt(root, offset)};
      }
    }
    return spot;
  }

 private:
  std::size_t BeginOf(const syntax::NodeView& node) const { return node.range().begin.offset() - start_; }

  std::string FieldAt(const syntax::NodeView& root, std::size_t offset) const {
    std::string field;
    for (std::size_t i = 0; i < root.size() && BeginOf(root.Key(i)) <= offset; ++i) {
      field = root.Key(i).text();
    }
    return field;
  }

  source::SourceManager sources_;
  syntax::SyntaxTree tree_;
  std::size_t start_ = 0;
};

class UnreadPolicies {
 public:
  explicit UnreadPolicies(const Compilation& compilation) : c_(compilation) {
    for (const model::ShortPolicyId id : c_.model.policies.All()) {
      const model::ShortPolicy& policy = c_.model.policies[id];
      if (policy.poisoned) {
        broken_.insert(c_.sources.FileOf(policy.range.begin));
      }
    }
  }

  bool Holds(const Diagnostic& diagnostic) {
    const bool of_reading = diagnostic.info.severity == Severity::Error && diagnostic.info.code < "DPC3";
    if (!of_reading || !diagnostic.range.has_value()) {
      return false;
    }
    const LocId place = diagnostic.range.begin;
    const source::FileId file = c_.sources.FileOf(place);
    const std::string_view path = c_.sources.Path(file);
    if (broken_.contains(file)) {
      return true;
    }
    if (path == "dpc.yaml" || path == "dpc.yml") {
      const Spot spot = SpotOf(file, place);
      return spot.kind == "Workspace" && spot.field == "policies";
    }
    return LiesInFolder(path) && SpotOf(file, place).kind != "Waiver";
  }

 private:
  Spot SpotOf(source::FileId file, LocId place) {
    const auto known = files_.find(file);
    const ParsedFile& parsed =
        known != files_.end() ? known->second : files_.try_emplace(file, c_.sources.Text(file)).first->second;
    return parsed.At(place.offset() - c_.sources.Start(file).offset());
  }

  bool LiesInFolder(std::string_view path) const {
    const auto& settings = c_.model.workspace.policies;
    if (settings.folders.empty() && !settings.folders_declared) {
      return path.starts_with("policies/");
    }
    return std::any_of(settings.folders.begin(), settings.folders.end(), [&](model::NameId id) {
      std::string folder(c_.model.Text(c_.model.names[id]));
      while (folder.ends_with('/')) {
        folder.pop_back();
      }
      return path.starts_with(folder + "/");
    });
  }

  const Compilation& c_;
  std::set<source::FileId> broken_;  // files with a short form that has errors
  std::map<source::FileId, ParsedFile> files_;
};

}  // namespace

std::vector<std::size_t> FindUnreadPolicies(const Compilation& compilation) {
  UnreadPolicies unread(compilation);
  const auto& all = compilation.diagnostics.all();
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (unread.Holds(all[i])) {
      found.push_back(i);
    }
  }
  return found;
}

}  // namespace dpc::driver
