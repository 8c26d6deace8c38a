#include "driver/foreign.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/text.h"
#include "driver/glob.h"
#include "driver/manifest.h"
#include "driver/output_plan.h"
#include "driver/terraform_files.h"
#include "source/tracked.h"

namespace dpc::driver {
namespace {

// What git tracks in the folder; asked for once, and only when it matters.
class Tracked {
 public:
  explicit Tracked(const std::string& folder) : folder_(folder) {}

  // The path itself, something below it, or a submodule around it.
  bool Holds(std::string_view path) {
    const std::string wanted = FoldedPath(path);
    const std::set<std::string>& paths = Paths();
    const auto below = paths.lower_bound(wanted + "/");
    bool holds = paths.contains(wanted) || (below != paths.end() && below->starts_with(wanted + "/"));
    for (std::size_t slash = wanted.find('/'); slash != std::string::npos; slash = wanted.find('/', slash + 1)) {
      holds = holds || paths.contains(wanted.substr(0, slash));
    }
    return holds;
  }

 private:
  const std::set<std::string>& Paths() {
    if (!paths_) {
      paths_.emplace();
      for (const std::string& path : source::TrackedBelow(folder_)) {
        paths_->insert(FoldedPath(path));
      }
    }
    return *paths_;
  }

  std::string folder_;
  std::optional<std::set<std::string>> paths_;
};

// Paths of dpc by what a file system may take them for.
class Folded {
 public:
  explicit Folded(const std::set<std::string_view>& known) {
    for (const std::string_view path : known) {
      files_.emplace(FoldedPath(path), path);
      for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1)) {
        folders_.emplace(FoldedPath(path.substr(0, slash)), path.substr(0, slash));
      }
    }
  }

  // The file that a foreign one, or a folder around it, would be; the folder that a foreign file would be. "": none.
  std::string_view OneWith(std::string_view foreign) const {
    const std::string folded = FoldedPath(foreign);
    if (const auto folder = folders_.find(folded); folder != folders_.end()) {
      return folder->second;
    }
    for (std::size_t end = folded.find('/'); end != std::string::npos; end = folded.find('/', end + 1)) {
      if (const auto file = files_.find(folded.substr(0, end)); file != files_.end()) {
        return file->second;
      }
    }
    const auto file = files_.find(folded);
    return file == files_.end() ? std::string_view() : file->second;
  }

 private:
  std::map<std::string, std::string_view> files_;
  std::map<std::string, std::string_view> folders_;
};

class Scan {
 public:
  Scan(const OutputDirectory& directory, const std::set<std::string_view>& known, const KeepPatterns& keep)
      : directory_(directory), known_(known), tracked_(directory.path()) {
    if (keep) {
      keep_.emplace();
      for (const std::string& pattern : *keep) {
        keep_->emplace_back(pattern);
      }
    }
  }

  std::vector<ForeignFile> Run() {
    open_.emplace_back();
    while (!open_.empty()) {
      const std::string folder = std::move(open_.back());
      open_.pop_back();
      for (const FolderEntry& entry : directory_.EntriesIn(folder)) {
        const std::string path = folder.empty() ? entry.name : folder + "/" + entry.name;
        IsInRoots(path) ? LookInRoots(path, entry) : LookBeside(path, entry);
      }
    }
    std::sort(found_.begin(), found_.end(),
              [](const ForeignFile& left, const ForeignFile& right) { return left.path < right.path; });
    return std::move(found_);
  }

 private:
  static bool IsInRoots(std::string_view path) {
    const std::size_t slash = path.find('/');
    return slash != std::string_view::npos && FoldedPath(path.substr(0, slash)) + "/" == kRootsFolder;
  }

  void LookInRoots(const std::string& path, const FolderEntry& entry) {
    const std::string why = known_.contains(path) ? "" : WhyNotInRoots(path, entry);
    if (!why.empty()) {
      found_.push_back({path, why});
    } else if (entry.type == EntryType::Folder && MayBeRoot(path, entry.name)) {
      open_.push_back(path);
    }
  }

  std::string WhyNotInRoots(const std::string& path, const FolderEntry& entry) {
    if (entry.type == EntryType::Folder && HoldsDpcs(path)) {
      return "";
    }
    const TerraformUse use = UseOf(entry.name);
    if (use == TerraformUse::Plugins) {
      return "Terraform starts programs from it";
    }
    if (use == TerraformUse::Makes) {
      return tracked_.Holds(path) ? "Terraform uses it, and git tracks it" : "";
    }
    if (entry.type == EntryType::Folder) {
      return "";
    }
    if (use == TerraformUse::Reads) {
      return "Terraform reads it";
    }
    if (entry.type == EntryType::Link && !directory_.LeadsToFile(path) && IsCommon(path, entry.name)) {
      return "it is a link to a folder, and what Terraform reads there is not seen here";
    }
    return WhyOneWithDpcs(path);
  }

  // Neither hidden nor local.
  bool IsCommon(const std::string& path, const std::string& name) {
    return !name.starts_with('.') || tracked_.Holds(path);
  }

  // Tools keep copies of configuration in hidden folders, on the machine where they ran.
  bool MayBeRoot(const std::string& path, const std::string& name) {
    return HoldsDpcs(path) || (UseOf(name) != TerraformUse::Makes && IsCommon(path, name));
  }

  // Whatever its name is.
  bool HoldsDpcs(const std::string& folder) const {
    const auto below = known_.lower_bound(folder + "/");
    return below != known_.end() && below->starts_with(folder + "/");
  }

  std::string WhyOneWithDpcs(const std::string& path) {
    if (!folded_) {
      folded_.emplace(known_);
    }
    const std::string_view one = folded_->OneWith(path);
    return one.empty() ? "" : "on some file systems it is `" + Printable(one) + "`";
  }

  void LookBeside(const std::string& path, const FolderEntry& entry) {
    const bool folder = entry.type == EntryType::Folder;
    // What killed runs have staged goes by itself.
    const bool staging = path.starts_with(kStagingPrefix) && IsDigits(path.substr(kStagingPrefix.size()));
    if (known_.contains(path) || (folder && staging)) {
      return;
    }
    if (folder && (keep_ || FoldedPath(path) + "/" == kRootsFolder)) {
      if (!IsKept(path)) {
        open_.push_back(path);
      }
      return;
    }
    if (folder) {
      return;
    }
    std::string why = WhyOneWithDpcs(path);
    if (why.empty() && keep_ && !IsKept(path)) {
      why = "`keep` does not name it";
    }
    if (!why.empty()) {
      found_.push_back({path, why});
    }
  }

  // The roots are kept by nobody.
  bool IsKept(const std::string& path) const {
    return keep_ && FoldedPath(path) + "/" != kRootsFolder &&
           std::any_of(keep_->begin(), keep_->end(), [&](const Glob& glob) { return glob.Matches(path); });
  }

  const OutputDirectory& directory_;
  const std::set<std::string_view>& known_;
  std::optional<std::vector<Glob>> keep_;
  Tracked tracked_;
  std::optional<Folded> folded_;
  std::vector<std::string> open_;  // folders to look into
  std::vector<ForeignFile> found_;
};

}  // namespace

std::vector<ForeignFile> FindForeign(const OutputDirectory& directory, const std::set<std::string_view>& known,
                                     const KeepPatterns& keep) {
  return Scan(directory, known, keep).Run();
}

}  // namespace dpc::driver
