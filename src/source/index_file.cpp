#include "source/index_file.h"

#include <algorithm>
#include <tuple>

#include "base/environment_error.h"
#include "base/text.h"
#include "source/git.h"

namespace dpc::source {
namespace {

constexpr std::size_t kHashBytes = GIT_OID_RAWSZ;
constexpr std::size_t kStatBytes = 24;   // times, device and inode: before the mode
constexpr std::size_t kOwnerBytes = 12;  // user, group and size: behind it
constexpr std::size_t kLeastEntry = 62;
constexpr std::size_t kLongestPath = 65'536;
constexpr std::size_t kMostEntries = std::size_t{1} << 27U;

[[noreturn]] void ThrowBroken(const std::string& path, const std::string& why) {
  throw EnvironmentError("the git index `" + Printable(path) + "` cannot be read: " + why +
                         " (`git status` tells whether git can; `rm` of that file and `git reset` make a new one)");
}

// Bytes from the front, big-endian; never beyond the end.
class Reader {
 public:
  Reader(std::string_view bytes, const std::string& path) : bytes_(bytes), path_(path) {}

  std::size_t left() const { return bytes_.size() - at_; }

  std::size_t at() const { return at_; }

  std::string_view Take(std::size_t count) {
    if (count > left()) {
      ThrowBroken(path_, "it ends too early");
    }
    at_ += count;
    return bytes_.substr(at_ - count, count);
  }

  std::uint64_t Number(std::size_t size) {
    std::uint64_t value = 0;
    for (const char c : Take(size)) {
      value = value << 8U | static_cast<unsigned char>(c);
    }
    return value;
  }

  std::uint32_t Number32() { return static_cast<std::uint32_t>(Number(4)); }

  std::string_view Text() {
    const std::size_t end = bytes_.find('\0', at_);
    const std::string_view text = Take(end == std::string_view::npos ? left() + 1 : end - at_);
    Take(1);
    return text;
  }

  // As offsets in packs.
  std::size_t Variable() {
    auto byte = static_cast<std::size_t>(Number(1));
    std::size_t value = byte & 0x7FU;
    while ((byte & 0x80U) != 0 && value < kLongestPath) {
      byte = static_cast<std::size_t>(Number(1));
      value = (value + 1) << 7U | (byte & 0x7FU);
    }
    return value;
  }

  git_oid Id() {
    git_oid id;
    git_oid_fromraw(&id, reinterpret_cast<const unsigned char*>(Take(kHashBytes).data()));
    return id;
  }

 private:
  std::string_view bytes_;
  const std::string& path_;
  std::size_t at_ = 0;
};

class Parser {
 public:
  Parser(std::string_view bytes, const std::string& path)
      : path_(path), reader_(bytes.substr(0, bytes.size() - std::min(bytes.size(), kHashBytes)), path) {}

  IndexFile Run() {
    if (reader_.left() < 12 || reader_.Take(4) != "DIRC") {
      ThrowBroken(path_, "it is no index");
    }
    version_ = reader_.Number32();
    if (version_ < 2 || version_ > 4) {
      ThrowBroken(path_, "its version is " + std::to_string(version_) + ", and dpc knows 2, 3 and 4");
    }
    const std::uint32_t count = reader_.Number32();
    if (count > reader_.left() / kLeastEntry) {
      ThrowBroken(path_, "it ends too early");
    }
    file_.entries.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i) {
      ReadEntry();
    }
    while (reader_.left() != 0) {
      ReadExtension();
    }
    return std::move(file_);
  }

 private:
  void ReadEntry() {
    const std::size_t begin = reader_.at();
    IndexEntry entry;
    reader_.Take(kStatBytes);
    entry.mode = reader_.Number32();
    reader_.Take(kOwnerBytes);
    entry.id = reader_.Id();
    const auto flags = static_cast<unsigned>(reader_.Number(2));
    const unsigned more = (flags & 0x4000U) != 0 ? static_cast<unsigned>(reader_.Number(2)) : 0;
    entry.stage = static_cast<int>(flags >> 12U & 3U);
    entry.skipped = (flags & 0x8000U) != 0 || (more & 0x4000U) != 0;
    entry.intended = (more & 0x2000U) != 0;
    entry.path = ReadPath(begin);
    file_.entries.push_back(std::move(entry));
  }

  std::string ReadPath(std::size_t begin) {
    std::string path;
    if (version_ == 4) {
      const std::size_t dropped = reader_.Variable();
      const std::string before = file_.entries.empty() ? "" : file_.entries.back().path;
      if (dropped > before.size()) {
        ThrowBroken(path_, "a path is cut by more than it has");
      }
      path = before.substr(0, before.size() - dropped);
    }
    path += reader_.Text();
    if (path.size() > kLongestPath) {
      ThrowBroken(path_, "a path is too long");
    }
    if (version_ != 4) {
      // To a multiple of eight, the one NUL that was taken with it.
      reader_.Take((8 - (reader_.at() - begin) % 8) % 8);
    }
    return path;
  }

  // What begins with a capital letter may be passed over.
  void ReadExtension() {
    const std::string name(reader_.Take(4));
    const std::string_view data = reader_.Take(reader_.Number32());
    if (name == "link") {
      ReadLink(data);
    } else if (name != "sdir" && !(name[0] >= 'A' && name[0] <= 'Z')) {
      ThrowBroken(path_, "it has the extension `" + Printable(name) + "`, which dpc does not know");
    }
  }

  void ReadLink(std::string_view data) {
    Reader link(data, path_);
    const git_oid base = link.Id();
    SplitIndex split;
    split.base = git_oid_is_zero(&base) == 1 ? "" : Hex(base);
    if (link.left() != 0) {
      split.deleted = ReadBits(link);
      split.replaced = ReadBits(link);
    }
    file_.split = std::move(split);
  }

  // Words of 64 bits, compressed: a word says how many equal ones follow and how many that stand as they are.
  std::vector<std::size_t> ReadBits(Reader& link) {
    std::vector<std::size_t> bits;
    const std::size_t size = link.Number32();
    const std::size_t words = link.Number32();
    if (size > kMostEntries) {
      ThrowBroken(path_, "it says more of a shared index than one can hold");
    }
    Reader data(link.Take(words * 8), path_);
    link.Take(4);
    std::size_t at = 0;
    while (data.left() != 0) {
      const std::uint64_t head = data.Number(8);
      const std::uint64_t run = head >> 1U & 0xFFFFFFFFU;
      for (std::size_t i = at; (head & 1U) != 0 && i < std::min<std::size_t>(size, at + run * 64); ++i) {
        bits.push_back(i);
      }
      at += run * 64;
      for (std::uint64_t literals = head >> 33U; literals != 0; --literals, at += 64) {
        AddBits(data.Number(8), at, size, bits);
      }
    }
    return bits;
  }

  static void AddBits(std::uint64_t word, std::size_t at, std::size_t size, std::vector<std::size_t>& bits) {
    for (std::size_t bit = 0; bit < 64 && at + bit < size; ++bit) {
      if ((word >> bit & 1U) != 0) {
        bits.push_back(at + bit);
      }
    }
  }

  const std::string& path_;
  Reader reader_;
  std::uint32_t version_ = 0;
  IndexFile file_;
};

bool Before(const IndexEntry& a, const IndexEntry& b) {
  return std::tie(a.path, a.stage) < std::tie(b.path, b.stage);
}

}  // namespace

IndexFile ParseIndex(std::string_view bytes, const std::string& path) {
  return Parser(bytes, path).Run();
}

std::vector<IndexEntry> JoinSplit(IndexFile own, std::vector<IndexEntry> base, const std::string& path) {
  const SplitIndex& split = *own.split;
  const auto beyond = [&](const std::vector<std::size_t>& bits) { return !bits.empty() && bits.back() >= base.size(); };
  if (beyond(split.deleted) || beyond(split.replaced) || split.replaced.size() > own.entries.size()) {
    ThrowBroken(path, "it does not fit the shared index that it names");
  }
  for (std::size_t i = 0; i < split.replaced.size(); ++i) {
    IndexEntry& old = base[split.replaced[i]];
    IndexEntry& replacement = own.entries[i];
    if (replacement.path.empty()) {
      replacement.path = std::move(old.path);
    }
    old = std::move(replacement);
  }
  std::vector<IndexEntry> all;
  auto deleted = split.deleted.begin();
  for (std::size_t i = 0; i < base.size(); ++i) {
    if (deleted != split.deleted.end() && *deleted == i) {
      ++deleted;
    } else {
      all.push_back(std::move(base[i]));
    }
  }
  std::move(own.entries.begin() + static_cast<std::ptrdiff_t>(split.replaced.size()), own.entries.end(),
            std::back_inserter(all));
  std::stable_sort(all.begin(), all.end(), Before);
  return all;
}

}  // namespace dpc::source
