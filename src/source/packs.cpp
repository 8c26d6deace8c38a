#include "source/packs.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace dpc::source {
namespace {

// gitformat-pack: an index of version 2 is a head, 256 counts, ids, checksums, offsets, long offsets and two checksums.
constexpr std::string_view kIndexHead("\377tOc\0\0\0\2", 8);
constexpr std::size_t kCounts = 8;
constexpr std::size_t kIds = kCounts + 1024;
constexpr std::size_t kIdBytes = GIT_OID_RAWSZ;
constexpr std::size_t kChecksums = 2 * kIdBytes;
constexpr std::size_t kPackHead = 12;
constexpr std::uint32_t kIsLong = 0x80000000U;
// As deep as `git repack` makes chains, and then some.
constexpr int kDeepest = 10'000;

enum : unsigned { kOffsetDelta = 6, kIdDelta = 7 };

unsigned ByteAt(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

std::string PackPath(const std::string& index) {
  return index.substr(0, index.size() - 3) + "pack";
}

}  // namespace

MappedFile::MappedFile(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status = {};
  if (fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
    const auto size = static_cast<std::size_t>(status.st_size);
    void* data = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (data != MAP_FAILED) {
      data_ = static_cast<const char*>(data);
      size_ = size;
    }
  }
  if (fd >= 0) {
    close(fd);
  }
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) {
    munmap(const_cast<char*>(data_), size_);
  }
}

Pack::Pack(const std::string& path) : path_(path), index_(path), pack_(PackPath(path)) {
  count_ = index_.bytes().size() >= kIds ? Number(kIds - 4) : 0;
}

// Big-endian, as all in these files.
std::uint32_t Pack::Number(std::size_t at) const {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    number = number << 8U | ByteAt(index_.bytes(), at + i);
  }
  return number;
}

// The end of the ids, with the columns of four bytes after them.
std::size_t Pack::Table(std::size_t columns) const {
  return kIds + count_ * (kIdBytes + 4 * columns);
}

// More than any pack has, for a long offset that is not there.
std::uint64_t Pack::OffsetOf(std::size_t i) const {
  const std::uint32_t offset = Number(Table(1) + 4 * i);
  if ((offset & kIsLong) == 0) {
    return offset;
  }
  const std::size_t at = Table(2) + std::size_t{8} * (offset & ~kIsLong);
  return at + 8 + kChecksums > index_.bytes().size() ? ~std::uint64_t{0}
                                                     : std::uint64_t{Number(at)} << 32U | Number(at + 4);
}

std::string Pack::WhyBroken() const {
  const std::string_view index = index_.bytes();
  const std::string_view pack = pack_.bytes();
  if (pack.size() < kPackHead + kIdBytes || !pack.starts_with("PACK")) {
    return PackPath(path_);
  }
  // The first version has another head; libgit2 checks the size of that.
  if (!index.starts_with(kIndexHead)) {
    return index.size() < kIds ? path_ : "";
  }
  if (index.size() < kIds || index.size() < Table(2) + kChecksums ||
      index.substr(index.size() - kChecksums, kIdBytes) != pack.substr(pack.size() - kIdBytes)) {
    return path_;
  }
  for (std::size_t i = 1; i < 256; ++i) {
    if (Number(kCounts + 4 * i) < Number(kCounts + 4 * i - 4)) {
      return path_;
    }
  }
  for (std::size_t i = 0; i < count_; ++i) {
    const std::uint64_t offset = OffsetOf(i);
    if (offset < kPackHead || offset >= pack.size() - kIdBytes) {
      return path_;
    }
  }
  return "";
}

std::optional<std::uint64_t> Pack::Find(std::string_view id) const {
  if (!index_.bytes().starts_with(kIndexHead)) {
    return std::nullopt;
  }
  const unsigned first = ByteAt(id, 0);
  std::size_t low = first == 0 ? 0 : Number(kCounts + 4 * (first - 1));
  std::size_t high = Number(kCounts + 4 * std::size_t{first});
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    const int order = index_.bytes().substr(kIds + middle * kIdBytes, kIdBytes).compare(id);
    if (order == 0) {
      return OffsetOf(middle);
    }
    (order < 0 ? low : high) = order < 0 ? middle + 1 : middle;
  }
  return std::nullopt;
}

bool Pack::Ends(std::uint64_t offset) const {
  const std::string_view bytes = pack_.bytes();
  // What is cut off within a head is libgit2's to report: it looks there.
  const std::size_t end = bytes.size() - kIdBytes;
  for (int depth = 0; depth < kDeepest; ++depth) {
    std::size_t at = offset;
    const unsigned type = ByteAt(bytes, at) >> 4U & 7U;
    while (at < end && (ByteAt(bytes, at) & 0x80U) != 0) {
      ++at;
    }
    ++at;
    if (type != kOffsetDelta && type != kIdDelta) {
      return true;
    }
    if (at + kIdBytes > bytes.size()) {
      return true;
    }
    if (type == kIdDelta) {
      const auto base = Find(bytes.substr(at, kIdBytes));
      if (!base) {
        return true;
      }
      offset = *base;
      continue;
    }
    std::uint64_t back = ByteAt(bytes, at) & 0x7FU;
    for (int more = 0; more < 9 && (ByteAt(bytes, at) & 0x80U) != 0 && at + 1 < end; ++more) {
      ++at;
      back = (back + 1) << 7U | (ByteAt(bytes, at) & 0x7FU);
    }
    if (back == 0 || back >= offset) {
      return true;
    }
    offset -= back;
  }
  return false;
}

void Packs::Open() {
  opened_ = true;
  for (const std::string& folder : folders_) {
    const std::unique_ptr<DIR, int (*)(DIR*)> names(opendir((folder + "/pack").c_str()), closedir);
    while (const dirent* entry = names ? readdir(names.get()) : nullptr) {
      const std::string name = entry->d_name;
      if (name.starts_with("pack-") && name.ends_with(".idx")) {
        packs_.push_back(std::make_unique<Pack>(folder + "/pack/" + name));
        const std::string broken = packs_.back()->WhyBroken();
        broken_ = broken_.empty() ? broken : broken_;
      }
    }
  }
}

std::string Packs::WhyNot(const git_oid& id) {
  if (!opened_) {
    Open();
  }
  if (!broken_.empty()) {
    return broken_;
  }
  const std::string_view raw(reinterpret_cast<const char*>(id.id), kIdBytes);
  for (const auto& pack : packs_) {
    const auto offset = pack->Find(raw);
    if (offset && !pack->Ends(*offset)) {
      return PackPath(pack->path());
    }
  }
  return "";
}

}  // namespace dpc::source
