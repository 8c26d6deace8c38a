#include "source/loose_objects.h"

#include <dirent.h>
#include <fcntl.h>
#include <git2/sys/odb_backend.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "base/text.h"
#include "source/disk.h"
#include "source/git.h"
#include "source/packs.h"
#include "source/source_tree.h"

namespace dpc::source {
namespace {

namespace fs = std::filesystem;

// No stream of zlib grows by more.
constexpr std::uint64_t kMostGrowth = 1032;
// "commit 1234" and a zero byte.
constexpr std::size_t kHeadBytes = 64;
// As git: alternates of alternates, and no further.
constexpr int kMostAlternates = 5;

int Fail(const std::string& path, const std::string& what) {
  const std::string text = "the object file `" + path + "` " + what +
                           ": `git fsck` names what is damaged, and a new clone or fetch brings it again";
  git_error_set_str(GIT_ERROR_ODB, text.c_str());
  return GIT_ERROR;
}

// 0 with the bytes of the file, at most `most` of them; GIT_PASSTHROUGH when there is none.
int ReadBytes(const std::string& path, std::size_t most, std::string& bytes) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    return errno == ENOENT || errno == ENOTDIR ? GIT_PASSTHROUGH
                                               : Fail(path, std::string("cannot be read: ") + std::strerror(errno));
  }
  struct stat status = {};
  std::size_t have = 0;
  ssize_t got = fstat(fd, &status) == 0 ? 1 : -1;
  if (got > 0) {
    bytes.resize(std::min(most, static_cast<std::size_t>(status.st_size)));
  }
  while (got > 0 && have < bytes.size()) {
    got = read(fd, bytes.data() + have, bytes.size() - have);
    have += got > 0 ? static_cast<std::size_t>(got) : 0;
    got = got < 0 && errno == EINTR ? 1 : got;
  }
  const int error = errno;
  close(fd);
  bytes.resize(have);
  return got < 0 ? Fail(path, std::string("cannot be read: ") + std::strerror(error)) : 0;
}

struct Head {
  git_object_t type = GIT_OBJECT_INVALID;
  std::uint64_t size = 0;
  std::size_t length = 0;  // with the zero byte
};

bool ParseHead(std::string_view text, Head& head) {
  const std::size_t space = text.find(' ');
  const std::size_t end = text.find('\0');
  if (space == std::string_view::npos || end == std::string_view::npos || end <= space + 1) {
    return false;
  }
  head.type = git_object_string2type(std::string(text.substr(0, space)).c_str());
  head.length = end + 1;
  const auto [after, error] = std::from_chars(text.data() + space + 1, text.data() + end, head.size);
  return head.type != GIT_OBJECT_INVALID && error == std::errc() && after == text.data() + end;
}

// One stream of zlib over bytes that stay where they are.
class Inflation {
 public:
  explicit Inflation(std::string_view bytes) {
    // zlib takes what it does not write as not const.
    stream_.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    started_ = inflateInit(&stream_) == Z_OK;
  }

  Inflation(const Inflation&) = delete;
  Inflation& operator=(const Inflation&) = delete;

  ~Inflation() {
    if (started_) {
      inflateEnd(&stream_);
    }
  }

  // As much as goes in; each call either gets on or says that it cannot.
  int Run(char* out, std::size_t room, std::size_t& got) {
    if (!started_) {
      return Z_MEM_ERROR;
    }
    stream_.next_out = reinterpret_cast<Bytef*>(out);
    stream_.avail_out = static_cast<uInt>(room);
    const int result = inflate(&stream_, Z_SYNC_FLUSH);
    got = room - stream_.avail_out;
    return result;
  }

  bool HasMore() const { return stream_.avail_in != 0; }

 private:
  z_stream stream_ = {};
  bool started_ = false;
};

const char* WhyNot(int result) {
  return result == Z_DATA_ERROR || result == Z_NEED_DICT ? "is damaged" : "is cut off, or damaged";
}

int ReadHead(const std::string& path, const std::string& bytes, Inflation& stream, std::array<char, kHeadBytes>& text,
             std::size_t& got, Head& head) {
  const int result = stream.Run(text.data(), text.size(), got);
  if (result != Z_OK && result != Z_STREAM_END) {
    return Fail(path, WhyNot(result));
  }
  if (!ParseHead({text.data(), got}, head)) {
    return Fail(path, "holds no object of git");
  }
  if (head.size > bytes.size() * kMostGrowth + kHeadBytes) {
    return Fail(path, "says that it has " + std::to_string(head.size) + " bytes, and cannot");
  }
  return 0;
}

struct Folders : git_odb_backend {
  std::vector<std::string> paths;
  std::unique_ptr<Packs> packs;
};

// What is no file of its own is libgit2's to read from a pack, if that is sound.
int PassOn(git_odb_backend* backend, const git_oid& id) {
  const std::string broken = static_cast<Folders*>(backend)->packs->WhyNot(id);
  return broken.empty() ? GIT_PASSTHROUGH : Fail(broken, "is damaged");
}

// The file of an object, read as far as its head.
struct Opened {
  std::string path;
  std::string bytes;
  std::optional<Inflation> stream;
  std::array<char, kHeadBytes> text;
  std::size_t got = 0;
  Head head;

  // 0, or libgit2's word for what went wrong: GIT_PASSTHROUGH when no folder has such a file, the first one that has
  // counts.
  int Open(const std::vector<std::string>& folders, const git_oid& id) {
    const std::string hex = Hex(id);
    int result = GIT_PASSTHROUGH;
    for (std::size_t i = 0; i < folders.size() && result == GIT_PASSTHROUGH; ++i) {
      path = folders[i] + "/" + hex.substr(0, 2) + "/" + hex.substr(2);
      result = ReadBytes(path, kMostBytes, bytes);
    }
    if (result != 0) {
      return result;
    }
    stream.emplace(bytes);
    return ReadHead(path, bytes, *stream, text, got, head);
  }
};

int Open(Opened& file, git_odb_backend* backend, const git_oid* id) {
  const int result = file.Open(static_cast<Folders*>(backend)->paths, *id);
  return result == GIT_PASSTHROUGH ? PassOn(backend, *id) : result;
}

// The object behind the head. A byte more than there should be has room: what is too long is seen.
int ReadBody(Opened& file, char* out) {
  const std::size_t first = file.got - file.head.length;
  if (first > file.head.size) {
    return Fail(file.path, "has more bytes than it says");
  }
  std::memcpy(out, file.text.data() + file.head.length, first);
  std::size_t rest = 0;
  const int result = file.stream->Run(out + first, file.head.size - first + 1, rest);
  if (result != Z_STREAM_END || first + rest != file.head.size || file.stream->HasMore()) {
    return Fail(file.path, result == Z_STREAM_END ? "has not as many bytes as it says" : WhyNot(result));
  }
  return 0;
}

int ReadObject(void** data, std::size_t* size, git_object_t* type, git_odb_backend* backend, const git_oid* id) {
  Opened file;
  if (const int result = Open(file, backend, id); result != 0) {
    return result;
  }
  if (file.head.size > kMostBytes) {
    return Fail(file.path, "has " + std::to_string(file.head.size) + " bytes, more than dpc reads of one");
  }
  auto* out = static_cast<char*>(git_odb_backend_data_alloc(backend, file.head.size + 1));
  if (out == nullptr) {
    return GIT_ERROR;
  }
  if (const int result = ReadBody(file, out); result != 0) {
    git_odb_backend_data_free(backend, out);
    return result;
  }
  out[file.head.size] = '\0';
  *data = out;
  *size = file.head.size;
  *type = file.head.type;
  return 0;
}

int ReadHeader(std::size_t* size, git_object_t* type, git_odb_backend* backend, const git_oid* id) {
  Opened file;
  if (const int result = Open(file, backend, id); result != 0) {
    return result;
  }
  *size = file.head.size;
  *type = file.head.type;
  return 0;
}

// A file whose name begins so is looked at, then libgit2 may.
int ReadPrefix(git_oid* /*found*/, void** data, std::size_t* size, git_object_t* type, git_odb_backend* backend,
               const git_oid* prefix, std::size_t length) {
  const std::string hex = Hex(*prefix).substr(0, length);
  for (const std::string& folder : static_cast<Folders*>(backend)->paths) {
    DIR* names = length > 2 ? opendir((folder + "/" + hex.substr(0, 2)).c_str()) : nullptr;
    for (const dirent* entry = names != nullptr ? readdir(names) : nullptr; entry != nullptr; entry = readdir(names)) {
      const std::string full = hex.substr(0, 2) + entry->d_name;
      git_oid id;
      if (full.size() != GIT_OID_HEXSZ || !full.starts_with(hex) || git_oid_fromstr(&id, full.c_str()) != 0) {
        continue;
      }
      if (const int result = ReadObject(data, size, type, backend, &id); result == 0) {
        git_odb_backend_data_free(backend, *data);
      } else if (result != GIT_PASSTHROUGH) {
        closedir(names);
        return result;
      }
    }
    if (names != nullptr) {
      closedir(names);
    }
  }
  return PassOn(backend, *prefix);
}

void Free(git_odb_backend* backend) {
  delete static_cast<Folders*>(backend);
}

// The folder, and those that it borrows from.
// NOLINTNEXTLINE(misc-no-recursion): as deep as git borrows.
void AddFolder(const fs::path& folder, int depth, std::vector<std::string>& paths) {
  if (std::find(paths.begin(), paths.end(), folder.string()) != paths.end()) {
    return;
  }
  paths.push_back(folder.string());
  std::istringstream file(ReadIfThere(folder / "info/alternates").value_or(""));
  for (std::string line; depth < kMostAlternates && std::getline(file, line);) {
    if (!line.empty() && line[0] != '#') {
      AddFolder(line[0] == '/' ? fs::path(line) : folder / line, depth + 1, paths);
    }
  }
}

}  // namespace

std::vector<std::string> ObjectFolders(git_repository* repository) {
  std::vector<std::string> paths;
  git_buf path = {};
  if (git_repository_item_path(&path, repository, GIT_REPOSITORY_ITEM_OBJECTS) == 0) {
    std::string folder = path.ptr;
    while (folder.size() > 1 && folder.ends_with('/')) {
      folder.pop_back();
    }
    AddFolder(folder, 0, paths);
  }
  git_buf_dispose(&path);
  for (const char* variable : {"GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"}) {
    const char* value = std::getenv(variable);
    for (const std::string_view folder : Split(value != nullptr ? value : "", ':')) {
      if (!folder.empty()) {
        AddFolder(fs::path(folder), 0, paths);
      }
    }
  }
  return paths;
}

bool ReadLooseObject(const std::vector<std::string>& folders, const git_oid& id, git_object_t type,
                     std::string& bytes) {
  // What is larger is rare, and libgit2's.
  constexpr std::uint64_t kMostHere = std::uint64_t{16} << 20U;
  Opened file;
  if (file.Open(folders, id) != 0 || file.head.type != type || file.head.size > kMostHere) {
    return false;
  }
  bytes.resize(file.head.size + 1);
  if (ReadBody(file, bytes.data()) != 0) {
    return false;
  }
  bytes.pop_back();
  git_oid hash;
  return git_odb_hash(&hash, bytes.data(), bytes.size(), type) == 0 && git_oid_equal(&hash, &id) == 1;
}

void ReadLooseObjectsSafely(git_repository* repository) {
  // Before libgit2's own, which are of priority 1 and 2.
  constexpr int kFirst = 100;
  git_odb* raw = nullptr;
  if (git_repository_odb(&raw, repository) != 0) {
    ThrowGit("the objects of the repository cannot be read");
  }
  const GitDatabase database(raw);
  auto folders = std::make_unique<Folders>();
  git_odb_init_backend(folders.get(), GIT_ODB_BACKEND_VERSION);
  folders->paths = ObjectFolders(repository);
  folders->packs = std::make_unique<Packs>(folders->paths);
  folders->read = ReadObject;
  folders->read_header = ReadHeader;
  folders->read_prefix = ReadPrefix;
  folders->free = Free;
  if (git_odb_add_backend(database.get(), folders.get(), kFirst) != 0) {
    ThrowGit("the objects of the repository cannot be read");
  }
  static_cast<void>(folders.release());  // the database owns it now
}

}  // namespace dpc::source
