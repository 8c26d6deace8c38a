#include "source/merged_tree.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/environment_error.h"
#include "base/text.h"
#include "source/git.h"
#include "source/renames.h"

namespace dpc::source {
namespace {

// What lies at each path, by a text that is the same for the same thing.
struct Files {
  explicit Files(const SourceTree& of) : tree(&of) {
    for (const Entry& entry : of.List()) {
      things.emplace(entry.path, entry.kind == EntryKind::File           ? of.BlobId(entry.path)
                                 : entry.kind == EntryKind::SymbolicLink ? "link"
                                                                         : "repository");
    }
  }

  // "": nothing.
  const std::string& At(const std::string& path) const {
    static const std::string nothing;
    const auto found = things.find(path);
    return found == things.end() ? nothing : found->second;
  }

  bool Has(const std::string& path) const { return things.contains(path); }

  bool IsFile(const std::string& path) const { return At(path).size() == GIT_OID_HEXSZ; }

  const SourceTree* tree;
  std::map<std::string, std::string> things;
};

// One file under up to three paths.
struct Paths {
  std::string common;
  std::string tip;
  std::string head;
};

// Nothing when lines of one place were changed in two ways.
std::optional<std::string> MergeTexts(const std::string& common, const std::string& tip, const std::string& head) {
  const auto input = [](const std::string& text) {
    git_merge_file_input one = {};
    one.version = GIT_MERGE_FILE_INPUT_VERSION;
    one.ptr = text.data();
    one.size = text.size();
    one.path = "file";
    one.mode = GIT_FILEMODE_BLOB;
    return one;
  };
  const git_merge_file_input ancestor = input(common);
  const git_merge_file_input ours = input(head);
  const git_merge_file_input theirs = input(tip);
  git_merge_file_result result = {};
  if (git_merge_file(&result, &ancestor, &ours, &theirs, nullptr) != 0) {
    return std::nullopt;
  }
  std::optional<std::string> text;
  if (result.automergeable != 0) {
    text.emplace(result.ptr, result.len);
  }
  git_merge_file_result_free(&result);
  return text;
}

class MergedTree : public SourceTree {
 public:
  explicit MergedTree(std::string description) : description_(std::move(description)) {}

  void Take(const std::string& path, const SourceTree& tree) { taken_.emplace(path, &tree); }

  void Add(const std::string& path, std::string text) { texts_.emplace(path, std::move(text)); }

  // Once, after all was taken and added.
  void Finish(const Files& tip, const Files& head) {
    for (const auto& [path, tree] : taken_) {
      const std::string& thing = (tree == tip.tree ? tip : head).At(path);
      entries_.push_back({path, thing == "link"         ? EntryKind::SymbolicLink
                                : thing == "repository" ? EntryKind::Submodule
                                                        : EntryKind::File});
    }
    for (const auto& [path, text] : texts_) {
      entries_.push_back({path, EntryKind::File});
    }
    std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) { return a.path < b.path; });
  }

  std::vector<Entry> List() const override { return entries_; }

  std::string Read(const std::string& path) const override {
    if (const auto text = texts_.find(path); text != texts_.end()) {
      return text->second;
    }
    const auto tree = taken_.find(path);
    if (tree == taken_.end()) {
      throw EnvironmentError("`" + Printable(path) + "` is not in the " + description_);
    }
    return tree->second->Read(path);
  }

  std::optional<Date> CommitDate() const override { return std::nullopt; }

  std::string Describe() const override { return description_; }

 private:
  std::string description_;
  std::map<std::string, const SourceTree*> taken_;
  std::map<std::string, std::string> texts_;
  std::vector<Entry> entries_;
};

class Merge {
 public:
  Merge(const std::vector<const SourceTree*>& commons, const SourceTree& tip, const SourceTree& head)
      : tip_(tip), head_(head) {
    for (const SourceTree* common : commons) {
      commons_.emplace_back(*common);
    }
  }

  std::unique_ptr<SourceTree> Run() {
    out_ = std::make_unique<MergedTree>("merge of " + head_.tree->Describe() + " into " + tip_.tree->Describe());
    for (const auto& [from, to] : Moved(head_, tip_)) {
      MergeMoved({from, from, to}, to);
    }
    for (const auto& [from, to] : Moved(tip_, head_)) {
      MergeMoved({from, to, from}, to);
    }
    for (const Files* files : {&tip_, &head_}) {
      for (const auto& [path, thing] : files->things) {
        if (done_.insert(path).second) {
          MergeOne(path);
        }
      }
    }
    out_->Finish(tip_, head_);
    return std::move(out_);
  }

 private:
  // Head's doing in doubt: it is new against any of the common commits.
  bool HeadChanged(const std::string& path) const {
    return std::any_of(commons_.begin(), commons_.end(),
                       [&](const Files& common) { return common.At(path) != head_.At(path); });
  }

  bool TipChanged(const std::string& path) const {
    return std::none_of(commons_.begin(), commons_.end(),
                        [&](const Files& common) { return common.At(path) == tip_.At(path); });
  }

  // What one side moved and the other one edited where it was.
  std::map<std::string, std::string> Moved(const Files& mover, const Files& editor) const {
    const Files& common = commons_.front();
    PathsOf gone{*common.tree, {}};
    for (const auto& [path, thing] : common.things) {
      if (common.IsFile(path) && editor.IsFile(path) && editor.At(path) != thing && !mover.Has(path)) {
        gone.paths.push_back(path);
      }
    }
    PathsOf added{*mover.tree, {}};
    for (const auto& [path, thing] : mover.things) {
      if (!gone.paths.empty() && mover.IsFile(path) && !common.Has(path) && !editor.Has(path)) {
        added.paths.push_back(path);
      }
    }
    return FindRenames(gone, added);
  }

  void MergeMoved(const Paths& paths, const std::string& to) {
    done_.insert({paths.common, to});
    AddMerged(paths, to);
  }

  void MergeOne(const std::string& path) {
    if (!HeadChanged(path)) {
      TakeFrom(tip_, path);
    } else if (!TipChanged(path) || tip_.At(path) == head_.At(path) || !IsFileOfAll(path)) {
      TakeFrom(head_, path);
    } else {
      AddMerged({path, path, path}, path);
    }
  }

  bool IsFileOfAll(const std::string& path) const {
    return commons_.front().IsFile(path) && tip_.IsFile(path) && head_.IsFile(path);
  }

  void TakeFrom(const Files& files, const std::string& path) {
    if (files.Has(path)) {
      out_->Take(path, *files.tree);
    }
  }

  void AddMerged(const Paths& paths, const std::string& to) {
    const std::string head = head_.tree->Read(paths.head);
    const auto merged = MergeTexts(commons_.front().tree->Read(paths.common), tip_.tree->Read(paths.tip), head);
    out_->Add(to, merged.value_or(head));
  }

  std::vector<Files> commons_;
  Files tip_;
  Files head_;
  std::set<std::string> done_;
  std::unique_ptr<MergedTree> out_;
};

}  // namespace

std::unique_ptr<SourceTree> MergeTrees(const std::vector<const SourceTree*>& commons, const SourceTree& tip,
                                       const SourceTree& head) {
  StartGit();
  return Merge(commons, tip, head).Run();
}

}  // namespace dpc::source
