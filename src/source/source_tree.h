// Where bytes come from: one snapshot of a repository, or of a folder.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "source/days.h"

namespace dpc::source {

// What is longer is not read at all, whatever it is called: an EnvironmentError that names the file. Each reader of
// texts has a lower bound of its own and says so with a place.
inline constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 30U;
// Of all files of one run together: places have four bytes.
inline constexpr std::uint64_t kMostBytesOfAll = (std::uint64_t{1} << 32U) - 1;

enum class EntryKind : std::uint8_t {
  File,
  SymbolicLink,  // never followed: what it points at is read under its own path, or lies outside
  Submodule,     // another repository (also a nested one in a work tree); named and skipped
};

// `path` is relative to the root, with `/`, without `./`; UTF-8 is not guaranteed here.
struct Entry {
  std::string path;
  EntryKind kind = EntryKind::File;
};

// All methods throw EnvironmentError when the world is wrong. Reading is const and safe from one thread at a time.
class SourceTree {
 public:
  virtual ~SourceTree() = default;

  // Sorted by path bytes: *.yaml, *.yml and *.sql files (any case), symbolic links that are so named or lead to a
  // folder or out of the repository, and submodules. Names that begin with a dot are passed over, files and folders
  // alike, and so is what git ignores (work tree only; what is tracked is never ignored).
  virtual std::vector<Entry> List() const = 0;

  // The bytes of a file of List().
  virtual std::string Read(const std::string& path) const = 0;

  // The bytes of many files of List(), by the position of their paths, which are sorted. Read by `threads` threads, 0:
  // one a core; what cannot be read is the error of the first one, as Read() has it.
  std::vector<std::string> ReadAll(const std::vector<std::string_view>& paths, unsigned threads) const;

  // The id that git gives a file of List(): the same for the same bytes, in every tree.
  virtual std::string BlobId(const std::string& path) const;

  // The UTC day of the commit that is read (of HEAD for a work tree or an index); nothing outside git or before the
  // first commit.
  virtual std::optional<Date> CommitDate() const = 0;

  // The days of that commit and its ancestors; nothing where there is no commit.
  virtual std::optional<CommitDays> Days() const;

  // "work tree", "index", "revision <40 hex digits>", "memory".
  virtual std::string Describe() const = 0;

 protected:
  // What several threads can read of ReadAll's: nothing for what Read() has to read, or to refuse.
  virtual std::vector<std::optional<std::string>> ReadTogether(const std::vector<std::string_view>& paths,
                                                               unsigned threads) const;
};

// Throws the EnvironmentError for a file of so many bytes, if they are more than kMostBytes.
void CheckSize(std::uint64_t bytes, const std::string& path);

// The same for all files together.
void CheckSizeOfAll(std::uint64_t bytes);

// `directory` may lie anywhere below the top of a repository, or outside of any: then the whole folder is read. What is
// tracked and not checked out (a sparse checkout) is read from the index; line ends are as git would store them.
std::unique_ptr<SourceTree> OpenWorkTree(const std::string& directory);

// The part of `revision`'s tree that corresponds to `directory`, from git objects, without a checkout. A bare
// repository works. What this clone was made without (a depth, a filter) is one clear line, which calls the revision by
// `name`, if there is one ("`origin/main`").
std::unique_ptr<SourceTree> OpenRevision(const std::string& directory, const std::string& revision,
                                         const std::string& name = "");

// What `git commit` would commit (stage 0, of the index that git names in a hook); a conflict is an EnvironmentError
// that names the path.
std::unique_ptr<SourceTree> OpenIndex(const std::string& directory);

// For tests and fuzzing: (path, bytes) pairs.
std::unique_ptr<SourceTree> OpenMemory(std::vector<std::pair<std::string, std::string>> files,
                                       std::optional<Date> commit_date = std::nullopt);

}  // namespace dpc::source
