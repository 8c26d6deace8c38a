#include "driver/output_journal.h"

#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/environment_error.h"
#include "base/sha256.h"
#include "base/text.h"
#include "json/json.h"

namespace dpc::driver {
namespace {

constexpr std::string_view kJournalName = "journal";
constexpr std::string_view kBackupPrefix = "old-";
constexpr int kJournalVersion = 1;

// One file that changes, and how to undo it.
struct Step {
  std::string path;
  std::string backup;  // its name in the staging folder; "": there was no file
  std::string hash;    // of what is written; "": the file is removed
};

using Journal = std::vector<Step>;

std::string JournalText(const Journal& journal) {
  Json steps = Json::array();
  for (const Step& step : journal) {
    steps.push_back(Json{{"path", step.path}, {"backup", step.backup}, {"sha256", step.hash}});
  }
  return PrettyJson(Json{{"journalVersion", kJournalVersion}, {"steps", std::move(steps)}});
}

bool IsText(const Json& object, const char* key) {
  return object.contains(key) && object.at(key).is_string();
}

// It may come from anybody: nothing but what dpc would write.
std::optional<Step> ReadStep(const Json& json) {
  if (!json.is_object() || !IsText(json, "path") || !IsText(json, "backup") || !IsText(json, "sha256")) {
    return std::nullopt;
  }
  Step step{json.at("path").get<std::string>(), json.at("backup").get<std::string>(),
            json.at("sha256").get<std::string>()};
  const bool ours = step.path == kManifestPath || step.path.starts_with(kRootsFolder);
  const bool kept = step.backup.empty() || (step.backup.starts_with(kBackupPrefix) &&
                                            IsDigits(std::string_view(step.backup).substr(kBackupPrefix.size())));
  return IsSafePath(step.path) && ours && kept ? std::optional(step) : std::nullopt;
}

Journal ReadJournal(const std::string& text) {
  const auto json = ParseForeignJson(text);
  Journal journal;
  if (!json || !json->is_object() || !json->contains("steps") || !json->at("steps").is_array()) {
    return journal;
  }
  for (const Json& one : json->at("steps")) {
    if (auto step = ReadStep(one)) {
      journal.push_back(std::move(*step));
    }
  }
  return journal;
}

bool HasBytes(const OutputDirectory& directory, const std::string& path, const std::string& hash) {
  const auto bytes = directory.IsFile(path) ? directory.Read(path) : std::nullopt;
  return bytes && Sha256Hex(*bytes) == hash;
}

// Whatever was done of it, and however often.
void Undo(OutputDirectory& directory, const std::string& staging, const Step& step) {
  const std::string backup = staging + "/" + step.backup;
  if (step.backup.empty()) {
    if (HasBytes(directory, step.path, step.hash)) {
      directory.Remove(step.path);
    }
    return;
  }
  const auto kept = directory.EntryAt(backup);
  const auto there = directory.EntryAt(step.path);
  if (!kept || kept->type != EntryType::File || (there && there->inode == kept->inode)) {
    return;
  }
  try {
    directory.Rename(backup, step.path);
  } catch (const EnvironmentError&) {
    directory.Unlink(step.path, false);
    if (directory.Link(backup, step.path) != 0) {
      throw;
    }
  }
}

void RollBack(OutputDirectory& directory, const std::string& staging, const Journal& journal) {
  for (auto step = journal.rbegin(); step != journal.rend(); ++step) {
    Undo(directory, staging, *step);
  }
}

// A file and a folder of one name cannot both be: such old files go first.
bool StandsInTheWay(const std::string& old, const Plan& plan) {
  return std::any_of(plan.writes.begin(), plan.writes.end(), [&](const Artifact* artifact) {
    return artifact->path.starts_with(old + "/") || old.starts_with(artifact->path + "/");
  });
}

// Whatever else has a name of this sort stays as it is.
std::string NewStagingName(const OutputDirectory& directory) {
  const auto taken = directory.NamesWith(kStagingPrefix);
  for (long number = getpid();; ++number) {
    std::string name = std::string(kStagingPrefix) + std::to_string(number);
    if (!std::binary_search(taken.begin(), taken.end(), name)) {
      return name;
    }
  }
}

class InPlace {
 public:
  InPlace(OutputDirectory& directory, const Plan& plan)
      : directory_(directory), plan_(plan), staging_(NewStagingName(directory)) {
    PlanSteps();
  }

  void Run() {
    try {
      Stage();
      BackUp();
      WriteJournal();
    } catch (const EnvironmentError&) {
      // Nothing was replaced yet.
      Clear();
      throw;
    }
    try {
      Replace();
    } catch (const EnvironmentError& error) {
      PutBack(error.what());
    }
    directory_.Unlink(staging_ + "/" + std::string(kJournalName), false);
    directory_.RemoveFlatDirectory(staging_);
  }

 private:
  // In the order in which they are done.
  void PlanSteps() {
    std::vector<Step> late;
    for (const std::string& path : plan_.difference.removed) {
      (StandsInTheWay(path, plan_) ? steps_ : late).push_back({path, "", ""});
    }
    early_ = steps_.size();
    for (const Artifact* artifact : plan_.writes) {
      steps_.push_back({artifact->path, "", Sha256Hex(artifact->bytes)});
    }
    steps_.insert(steps_.end(), late.begin(), late.end());
  }

  // The manifest keeps its name, so that the next run finds it after a kill.
  std::string Staged(std::size_t i) const {
    const bool manifest = plan_.writes[i]->path == kManifestPath;
    return staging_ + "/" + (manifest ? std::string(kManifestPath) : std::to_string(i));
  }

  void Stage() {
    for (std::size_t i = 0; i < plan_.writes.size(); ++i) {
      directory_.WriteNew(Staged(i), plan_.writes[i]->bytes);
    }
    // After all were written, so that the disk can take them together.
    for (std::size_t i = 0; i < plan_.writes.size(); ++i) {
      directory_.Sync(Staged(i));
    }
  }

  void BackUp() {
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      if (directory_.IsFile(steps_[i].path)) {
        steps_[i].backup = std::string(kBackupPrefix) + std::to_string(i);
        Keep(steps_[i].path, staging_ + "/" + steps_[i].backup);
      }
    }
  }

  // A second name of the file; a copy where there are none.
  void Keep(const std::string& path, const std::string& backup) {
    if (directory_.Link(path, backup) != 0) {
      directory_.WriteNew(backup, directory_.Read(path).value_or(""));
      directory_.Sync(backup);
    }
  }

  void WriteJournal() {
    const std::string draft = staging_ + "/draft";
    directory_.WriteNew(draft, JournalText(steps_));
    directory_.Sync(draft);
    directory_.Rename(draft, staging_ + "/" + std::string(kJournalName));
    directory_.Sync(staging_ + "/");
  }

  void Replace() {
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      if (i >= early_ && i < early_ + plan_.writes.size()) {
        directory_.Rename(Staged(i - early_), steps_[i].path);
      } else {
        directory_.Remove(steps_[i].path);
      }
    }
  }

  [[noreturn]] void PutBack(const std::string& reason) {
    try {
      RollBack(directory_, staging_, steps_);
    } catch (const EnvironmentError& second) {
      throw EnvironmentError(reason + "; putting the old files back failed as well: " + second.what() +
                             "; the next `dpc build` puts them back");
    }
    Clear();
    throw EnvironmentError(reason + "; the old files are in place");
  }

  // The next run tries again, where this fails: the first reason is the one to say.
  void Clear() noexcept {
    try {
      if (directory_.IsDirectory(staging_)) {
        directory_.Unlink(staging_ + "/" + std::string(kJournalName), false);
        directory_.RemoveFlatDirectory(staging_);
      }
    } catch (const EnvironmentError&) {
    }
  }

  OutputDirectory& directory_;
  const Plan& plan_;
  std::string staging_;
  Journal steps_;
  std::size_t early_ = 0;  // so many are removed before anything is written
};

std::string JournalIn(const std::string& staging) {
  return staging + "/" + std::string(kJournalName);
}

}  // namespace

void ReplaceInPlace(OutputDirectory& directory, const Plan& plan) {
  InPlace(directory, plan).Run();
}

bool HasJournal(const OutputDirectory& directory) {
  const auto names = LeftOver(directory);
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return directory.IsFile(JournalIn(name)); });
}

bool RollBackKilled(OutputDirectory& directory) {
  bool found = false;
  for (const std::string& staging : LeftOver(directory)) {
    if (!directory.IsFile(JournalIn(staging))) {
      continue;
    }
    RollBack(directory, staging, ReadJournal(directory.Read(JournalIn(staging)).value_or("")));
    directory.Unlink(JournalIn(staging), false);
    directory.RemoveFlatDirectory(staging);
    found = true;
  }
  return found;
}

}  // namespace dpc::driver
