#include "source/repository.h"

#include <git2/sys/repository.h>
#include <sys/stat.h>

#include <algorithm>

#include "base/environment_error.h"
#include "base/text.h"
#include "source/config.h"
#include "source/disk.h"
#include "source/environment.h"
#include "source/loose_objects.h"
#include "source/owner.h"

namespace dpc::source {
namespace {

namespace fs = std::filesystem;

// A repository, and the folder with its `.git`; "" for a bare one.
struct Found {
  GitRepository repository;
  fs::path top;
};

GitRepository OpenAt(const fs::path& path, unsigned flags, const std::string& shown) {
  git_repository* repository = nullptr;
  const int result = git_repository_open_ext(&repository, path.c_str(), flags, nullptr);
  if (result != 0 && result != GIT_ENOTFOUND) {
    ThrowGit("the git repository of `" + Printable(shown) + "` cannot be opened");
  }
  GitRepository opened(result == 0 ? repository : nullptr);
  if (opened) {
    ReadLooseObjectsSafely(opened.get());
  }
  return opened;
}

// A `.git` that opens nothing: an empty folder is passed over, as git does; all else means a repository.
void CheckPassedOver(const fs::path& folder) {
  const fs::path git = folder / ".git";
  const fs::file_type kind = KindOf(git);
  if (kind == fs::file_type::regular) {
    throw EnvironmentError("`" + Printable(git.string()) +
                           "` names a repository that is not there: dpc needs it as git does (a linked work tree and a "
                           "submodule need the repository they belong to; `git worktree repair` mends a moved one)");
  }
  if (kind != fs::file_type::not_found) {
    IsThere(git / "HEAD");
  }
}

dev_t DeviceOf(const fs::path& folder) {
  struct stat status = {};
  return stat(folder.c_str(), &status) == 0 ? status.st_dev : 0;
}

// A folder of another revision need not be in the work tree.
fs::path NearestFolder(const std::string& directory) {
  fs::path start = Canonical(directory);
  while (!IsThere(start) && start.has_relative_path()) {
    start = start.parent_path();
  }
  return start;
}

bool IsCeiling(const GitEnvironment& environment, const fs::path& folder) {
  return std::any_of(environment.ceilings.begin(), environment.ceilings.end(),
                     [&](const std::string& ceiling) { return fs::path(ceiling).lexically_normal() == folder; });
}

Found Search(const std::string& directory, const GitEnvironment& environment) {
  const fs::path start = NearestFolder(directory);
  for (fs::path at = start;; at = at.parent_path()) {
    if (at != start && IsCeiling(environment, at)) {
      return {};
    }
    if (GitRepository repository = OpenAt(at, GIT_REPOSITORY_OPEN_NO_SEARCH, directory)) {
      const bool inside = fs::path(git_repository_path(repository.get())) == at / "";
      return {std::move(repository), inside ? fs::path() : at};
    }
    CheckPassedOver(at);
    const bool last =
        !at.has_relative_path() || (!environment.across_file_systems && DeviceOf(at) != DeviceOf(at.parent_path()));
    if (last) {
      return {};
    }
  }
}

// Where it is already there nothing is set: libgit2 1.5 forgets to free the path then.
void SetWorkTree(git_repository* repository, const fs::path& top) {
  const char* now = git_repository_workdir(repository);
  if (now != nullptr && Canonical(now) == Canonical(top)) {
    return;
  }
  if (git_repository_set_workdir(repository, top.c_str(), 0) != 0) {
    ThrowGit("the work tree `" + Printable(top.string()) + "` cannot be read");
  }
}

// Where a linked work tree has its `.git`, from its folder in the repository; "" when there is nothing now.
fs::path RememberedWorkTree(git_repository* repository) {
  const fs::path folder = git_repository_path(repository);
  std::string link = ReadIfThere(folder / "gitdir").value_or("");
  link.erase(std::min(link.find_first_of("\r\n"), link.size()));
  const fs::path top = link.empty() ? fs::path() : (folder / link).lexically_normal().parent_path();
  return !top.empty() && IsThere(top) ? top : fs::path();
}

// The work tree is where `.git` lies, whatever the repository remembers: it may have been moved, or mounted elsewhere.
void FindWorkTree(git_repository* repository, fs::path top) {
  const std::string set = ConfigText(repository, "core.worktree");
  const bool linked = git_repository_is_worktree(repository) == 1;
  if (linked && top.empty()) {
    top = RememberedWorkTree(repository);
  }
  if (!set.empty() && !linked) {
    SetWorkTree(repository, fs::path(git_repository_path(repository)) / set);
  } else if (IsTrue(ConfigText(repository, "core.bare")) && !linked) {
    git_repository_set_bare(repository);
  } else if (!top.empty()) {
    SetWorkTree(repository, top);
  }
}

[[noreturn]] void ThrowFormat(const std::string& shown, const std::string& what, const std::string& remedy) {
  throw EnvironmentError("the git repository of `" + Printable(shown) + "` " + what +
                         ", which dpc cannot read: " + remedy);
}

void CheckFormat(git_repository* repository, const std::string& shown) {
  const std::string objects = LowerCase(ConfigText(repository, "extensions.objectFormat"));
  if (!objects.empty() && objects != "sha1") {
    ThrowFormat(shown, "has " + Printable(objects) + " object ids",
                "`git archive HEAD | tar -x -C DIR` takes a revision out of it, and `dpc check -C DIR --today "
                "YYYY-MM-DD` reads that");
  }
  const std::string refs = LowerCase(ConfigText(repository, "extensions.refStorage"));
  if (!refs.empty() && refs != "files") {
    ThrowFormat(shown, "keeps its refs as " + Printable(refs),
                "`git refs migrate --ref-format=files` keeps them as files");
  }
}

void UseObjects(git_repository* repository, const GitEnvironment& environment) {
  if (environment.objects.empty() && environment.alternates.empty()) {
    return;
  }
  const std::string own = std::string(git_repository_commondir(repository)) + "objects";
  const std::string& folder = environment.objects.empty() ? own : environment.objects;
  git_odb* raw = nullptr;
  if (git_odb_open(&raw, folder.c_str()) != 0) {
    ThrowGit("the objects in `" + Printable(folder) + "` (GIT_OBJECT_DIRECTORY) cannot be read");
  }
  const GitDatabase database(raw);
  for (const std::string& path : environment.alternates) {
    if (git_odb_add_disk_alternate(raw, path.c_str()) != 0) {
      ThrowGit("the objects in `" + Printable(path) + "` (GIT_ALTERNATE_OBJECT_DIRECTORIES) cannot be read");
    }
  }
  if (git_repository_set_odb(repository, raw) != 0) {
    ThrowGit("the objects in `" + Printable(folder) + "` cannot be read");
  }
  ReadLooseObjectsSafely(repository);
}

// That of GIT_DIR. As git has it, the current folder is its work tree where nothing else is said; a folder of the work
// tree that it has by its place is no other one.
GitRepository OpenExplicit(const GitEnvironment& environment) {
  GitRepository repository =
      OpenAt(environment.git_dir, GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_NO_DOTGIT, environment.git_dir);
  if (!repository) {
    throw EnvironmentError("GIT_DIR names `" + Printable(environment.git_dir) + "`, which is no git repository");
  }
  Configure(repository.get());
  CheckFormat(repository.get(), environment.git_dir);
  FindWorkTree(repository.get(), fs::path());
  const char* natural = git_repository_workdir(repository.get());
  if (!environment.work_tree.empty()) {
    SetWorkTree(repository.get(), environment.work_tree);
  } else if (natural != nullptr && !IsIn(Canonical("."), Canonical(natural))) {
    SetWorkTree(repository.get(), Canonical("."));
  }
  UseObjects(repository.get(), environment);
  return repository;
}

bool Holds(git_repository* repository, const std::string& directory) {
  const fs::path folder = Canonical(directory);
  return IsIn(folder, TopOf(repository)) || (git_repository_is_bare(repository) == 1 && folder == Canonical("."));
}

std::vector<fs::path> PartsOf(const Found& found) {
  std::vector<fs::path> parts = {git_repository_path(found.repository.get())};
  if (!found.top.empty()) {
    parts.push_back(found.top);
    parts.push_back(found.top / ".git");
  }
  return parts;
}

// What is said of the repository that the current folder is in is said of this one.
bool IsMeant(git_repository* repository, const GitEnvironment& environment) {
  const bool nothing = environment.work_tree.empty() && environment.objects.empty() && environment.alternates.empty();
  if (nothing || !environment.git_dir.empty()) {
    return false;
  }
  const Found current = Search(".", environment);
  return current.repository &&
         std::string_view(git_repository_path(current.repository.get())) == git_repository_path(repository);
}

}  // namespace

fs::path TopOf(git_repository* repository) {
  const char* top = git_repository_workdir(repository);
  return Canonical(top == nullptr ? git_repository_path(repository) : top);
}

GitRepository DiscoverRepository(const std::string& directory) {
  StartGit();
  const GitEnvironment environment = ReadGitEnvironment();
  if (!environment.git_dir.empty()) {
    GitRepository repository = OpenExplicit(environment);
    if (Holds(repository.get(), directory)) {
      return repository;
    }
  }
  Found found = Search(directory, environment);
  if (!found.repository) {
    return nullptr;
  }
  CheckOwner(directory, found.top.empty() ? fs::path(git_repository_path(found.repository.get())) : found.top,
             PartsOf(found));
  Configure(found.repository.get());
  CheckFormat(found.repository.get(), directory);
  FindWorkTree(found.repository.get(), found.top);
  if (IsMeant(found.repository.get(), environment)) {
    if (!environment.work_tree.empty()) {
      SetWorkTree(found.repository.get(), environment.work_tree);
    }
    UseObjects(found.repository.get(), environment);
  }
  return std::move(found.repository);
}

GitRepository OpenRepository(const std::string& directory) {
  GitRepository repository = DiscoverRepository(directory);
  if (!repository) {
    throw EnvironmentError("`" + Printable(directory) + "` is not in a git repository");
  }
  return repository;
}

fs::path IndexPath(git_repository* repository) {
  const GitEnvironment environment = ReadGitEnvironment();
  fs::path own = fs::path(git_repository_path(repository)) / "index";
  if (environment.index_file.empty()) {
    return own;
  }
  const GitRepository current = DiscoverRepository(".");
  if (!current || std::string_view(git_repository_path(current.get())) != git_repository_path(repository)) {
    return own;
  }
  const char* top = git_repository_workdir(repository);
  return (top == nullptr ? fs::path() : fs::path(top)) / environment.index_file;
}

}  // namespace dpc::source
