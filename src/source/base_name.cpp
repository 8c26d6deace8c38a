#include "source/base_name.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/environment_error.h"
#include "base/text.h"
#include "source/fork.h"
#include "source/git.h"
#include "source/repository.h"

namespace dpc::source {
namespace {

constexpr std::size_t kShown = 12;
constexpr std::size_t kLeastAbbreviated = 4;

// "origin/main" and "^1" of "origin/main^1".
struct Spec {
  std::string name;
  std::string suffix;
};

Spec Split(const std::string& text) {
  const std::size_t end = std::min(text.find_first_of("^~:"), text.find("@{"));
  return end == std::string::npos ? Spec{text, ""} : Spec{text.substr(0, end), text.substr(end)};
}

bool IsNumber(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool IsHex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

// `@{u}`, `@{1}`, `@{-1}`: of this clone; any other one is a day, which is seen from the clock's.
bool IsFixed(std::string_view braces) {
  return braces == "u" || braces == "upstream" || IsNumber(braces.substr(braces.starts_with('-') ? 1 : 0));
}

void CheckSuffix(const std::string& text, const std::string& suffix) {
  bool sound = suffix.find(':') == std::string::npos && suffix.find("{/") == std::string::npos;
  for (std::size_t at = suffix.find("@{"); at != std::string::npos; at = suffix.find("@{", at + 1)) {
    sound = sound && IsFixed(suffix.substr(at + 2, suffix.find('}', at) - at - 2));
  }
  if (!sound) {
    throw EnvironmentError("`" + Printable(text) +
                           "` is no base: what it finds depends on messages of commits, on paths or on the clock; a "
                           "ref or a commit id, also with `^` or `~`, means one commit");
  }
}

// What a name may mean.
struct Candidate {
  std::string name;   // as it is unambiguous
  std::string shown;  // "`refs/tags/main` (0123456789ab)"
};

std::string CommitOf(git_reference* reference) {
  git_object* raw = nullptr;
  if (git_reference_peel(&raw, reference, GIT_OBJECT_COMMIT) != 0) {
    return "no commit";
  }
  const GitObject commit(raw);
  return Hex(*git_object_id(commit.get())).substr(0, kShown);
}

std::optional<Candidate> FindRef(git_repository* repository, const std::string& full) {
  git_reference* raw = nullptr;
  if (git_reference_lookup(&raw, repository, full.c_str()) != 0) {
    return std::nullopt;
  }
  const GitReference reference(raw);
  return Candidate{full, "`" + Printable(full) + "` (" + CommitOf(reference.get()) + ")"};
}

// An object whose id begins with `name`.
std::optional<Candidate> FindAbbreviated(git_repository* repository, const std::string& name) {
  git_oid prefix;
  if (name.size() < kLeastAbbreviated || name.size() > GIT_OID_HEXSZ || !IsHex(name) ||
      git_oid_fromstrn(&prefix, name.data(), name.size()) != 0) {
    return std::nullopt;
  }
  git_object* raw = nullptr;
  const int result = git_object_lookup_prefix(&raw, repository, &prefix, name.size(), GIT_OBJECT_ANY);
  const GitObject object(raw);
  if (result == GIT_EAMBIGUOUS) {
    return Candidate{"", "the beginning of several object ids"};
  }
  git_object* commit = nullptr;
  if (result != 0 || git_object_peel(&commit, object.get(), GIT_OBJECT_COMMIT) != 0) {
    return std::nullopt;
  }
  const GitObject peeled(commit);
  const std::string hex = Hex(*git_object_id(object.get()));
  return Candidate{hex, "the object `" + hex + "`"};
}

// As git looks for them, but all. Only a full id and a full name are sought as nothing else.
std::vector<Candidate> FindAll(git_repository* repository, const std::string& name) {
  if (name.size() == GIT_OID_HEXSZ && IsHex(name)) {
    return {{name, ""}};
  }
  static constexpr std::array<std::string_view, 5> kFolders = {"", "refs/", "refs/tags/", "refs/heads/",
                                                               "refs/remotes/"};
  std::vector<Candidate> all;
  const auto add = [&](std::optional<Candidate> candidate) {
    if (candidate) {
      all.push_back(std::move(*candidate));
    }
  };
  for (const std::string_view folder : kFolders) {
    if (folder.empty() || !name.starts_with("refs/")) {
      add(FindRef(repository, std::string(folder) + name));
    }
  }
  if (!name.starts_with("refs/")) {
    add(FindRef(repository, "refs/remotes/" + name + "/HEAD"));
    add(FindAbbreviated(repository, name));
  }
  return all;
}

[[noreturn]] void ThrowAmbiguous(const std::string& name, const std::vector<Candidate>& all) {
  std::vector<std::string> shown;
  for (const Candidate& candidate : all) {
    shown.push_back(candidate.shown);
  }
  throw EnvironmentError("`" + Printable(name) + "` is ambiguous, so it cannot be the base: it is " +
                         Join(shown, " and ") + "; a full ref or a full commit id is always possible");
}

// What means the same, and nothing else; "" when there is nothing of this name.
std::string ExactName(git_repository* repository, const std::string& name) {
  const std::vector<Candidate> all = FindAll(repository, name == "@" ? "HEAD" : name);
  if (all.size() > 1 || (!all.empty() && all.front().name.empty())) {
    ThrowAmbiguous(name, all);
  }
  return all.empty() ? "" : all.front().name;
}

}  // namespace

git_oid FindBaseId(git_repository* repository, const std::string& name) {
  const Spec spec = Split(name);
  CheckSuffix(name, spec.suffix);
  // `@{u}`, `@{-1}`: of the branch that is checked out.
  if (spec.name.empty() && spec.suffix.starts_with("@{")) {
    return FindCommitId(repository, name, name);
  }
  const std::string exact = ExactName(repository, spec.name);
  if (exact.empty()) {
    ThrowUnknownRevision(repository, name);
  }
  return FindCommitId(repository, exact + spec.suffix, name);
}

std::string FindBase(const std::string& directory, const std::string& name) {
  const GitRepository repository = OpenRepository(directory);
  return Hex(FindBaseId(repository.get(), name));
}

}  // namespace dpc::source
