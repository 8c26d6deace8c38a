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
// One of version 1 is 256 counts, offsets and ids by turns, and two checksums.
constexpr std::string_view kIndexHead("\377tOc\0\0\0\2", 8);
constexpr std::string_view kPackMagic("PACK\0\0\0\2", 8);
constexpr std::size_t kMagicBytes = 4;
constexpr std::size_t kCountsBytes = 1024;
constexpr std::size_t kIds = 8 + kCountsBytes;
constexpr std::size_t kIdBytes = GIT_OID_RAWSZ;
constexpr std::size_t kChecksums = 2 * kIdBytes;
constexpr std::size_t kRowOfFirst = 4 + kIdBytes;
constexpr std::size_t kPackHead = 12;
constexpr std::uint32_t kIsLong = 0x80000000U;
// As deep as `git repack` makes chains, and then some.
constexpr int kDeepest = 10'000;

enum : unsigned { kOffsetDelta = 6, kIdDelta = 7 };

unsigned ByteAt(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

// Big-endian, as all in these files.
std::uint32_t NumberAt(std::string_view bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    number = number << 8U | ByteAt(bytes, at + i);
  }
  return number;
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
  const std::string_view index = index_.bytes();
  first_version_ = index.substr(0, kMagicBytes) != kIndexHead.substr(0, kMagicBytes);
  counts_ = first_version_ ? 0 : kIndexHead.size();
  count_ = index.size() >= counts_ + kCountsBytes ? Number(counts_ + kCountsBytes - 4) : 0;
}

std::uint32_t Pack::Number(std::size_t at) const {
  return NumberAt(index_.bytes(), at);
}

// The end of the ids, with the columns of four bytes after them.
std::size_t Pack::Table(std::size_t columns) const {
  return kIds + count_ * (kIdBytes + 4 * columns);
}

std::string_view Pack::IdOf(std::size_t i) const {
  return index_.bytes().substr(first_version_ ? kCountsBytes + i * kRowOfFirst + 4 : kIds + i * kIdBytes, kIdBytes);
}

// More than any pack has, for a long offset that is not there.
std::uint64_t Pack::OffsetOf(std::size_t i) const {
  if (first_version_) {
    return Number(kCountsBytes + i * kRowOfFirst);
  }
  const std::uint32_t offset = Number(Table(1) + 4 * i);
  if ((offset & kIsLong) == 0) {
    return offset;
  }
  const std::size_t at = Table(2) + std::size_t{8} * (offset & ~kIsLong);
  return at + 8 + kChecksums > index_.bytes().size() ? ~std::uint64_t{0}
                                                     : std::uint64_t{Number(at)} << 32U | Number(at + 4);
}

bool Pack::Holds(std::uint64_t offset) const {
  return offset >= kPackHead && offset < pack_.bytes().size() - kIdBytes;
}

bool Pack::IsIndexWhole() const {
  const std::string_view index = index_.bytes();
  const std::string_view pack = pack_.bytes();
  const bool sized =
      first_version_ ? index.size() == kCountsBytes + count_ * kRowOfFirst + kChecksums
                     : index.starts_with(kIndexHead) && index.size() >= kIds && index.size() >= Table(2) + kChecksums;
  if (!sized || index.substr(index.size() - kChecksums, kIdBytes) != pack.substr(pack.size() - kIdBytes)) {
    return false;
  }
  for (std::size_t i = 1; i < 256; ++i) {
    if (Number(counts_ + 4 * i) < Number(counts_ + 4 * i - 4)) {
      return false;
    }
  }
  for (std::size_t i = 0; i < count_; ++i) {
    if (!Holds(OffsetOf(i))) {
      return false;
    }
  }
  return true;
}

std::string Pack::WhyBroken() const {
  const std::string_view pack = pack_.bytes();
  // The version that git writes; of another one libgit2 opens nothing.
  if (pack.size() < kPackHead + kIdBytes || !pack.starts_with(kPackMagic)) {
    return PackPath(path_);
  }
  return IsIndexWhole() && NumberAt(pack, 8) == count_ ? "" : path_;
}

Pack::Entry Pack::EntryOf(std::size_t i) const {
  return {OffsetOf(i), first_version_ ? std::nullopt : std::optional(Number(Table(0) + 4 * i))};
}

std::optional<Pack::Entry> Pack::Find(std::string_view id) const {
  const unsigned first = ByteAt(id, 0);
  std::size_t low = first == 0 ? 0 : Number(counts_ + 4 * std::size_t{first - 1});
  std::size_t high = Number(counts_ + 4 * std::size_t{first});
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    const int order = IdOf(middle).compare(id);
    if (order == 0) {
      return EntryOf(middle);
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
      offset = base->offset;
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

// gitformat-pack: a head, a table of chunks, the chunks, a checksum.
MultiPackIndex::MultiPackIndex(const std::string& path) : path_(path), file_(path) {
  whole_ = file_.bytes().empty() ? access(path.c_str(), F_OK) != 0 : ReadChunks() && IsWhole();
}

std::string MultiPackIndex::WhyBroken() const {
  return whole_ ? "" : path_;
}

std::uint64_t MultiPackIndex::Number(std::size_t at, std::size_t bytes) const {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < bytes; ++i) {
    number = number << 8U | ByteAt(file_.bytes(), at + i);
  }
  return number;
}

bool MultiPackIndex::ReadChunks() {
  constexpr std::size_t kHead = 12;
  constexpr std::size_t kRow = 12;
  const std::string_view bytes = file_.bytes();
  // Version 1, of ids that are SHA-1, with no other file below it.
  if (bytes.size() < kHead + kRow + kIdBytes || !bytes.starts_with(std::string_view("MIDX\1\1", 6)) ||
      ByteAt(bytes, 7) != 0) {
    return false;
  }
  const std::size_t chunks = ByteAt(bytes, 6);
  const std::size_t table = kHead + (chunks + 1) * kRow;
  const std::size_t end = bytes.size() - kIdBytes;
  for (std::size_t i = 0; i < chunks && table <= end; ++i) {
    const std::size_t at = kHead + i * kRow;
    const std::uint64_t begin = Number(at + 4, 8);
    const std::uint64_t next = Number(at + kRow + 4, 8);
    if (begin < table || next < begin || next > end) {
      return false;
    }
    const std::map<std::string_view, Chunk*> known = {
        {"PNAM", &names_}, {"OIDF", &counts_}, {"OIDL", &ids_}, {"OOFF", &offsets_}, {"LOFF", &long_offsets_}};
    if (const auto chunk = known.find(bytes.substr(at, 4)); chunk != known.end()) {
      *chunk->second = {begin, next - begin};
    }
  }
  const std::string_view names = bytes.substr(names_.begin, names_.size);
  const std::string folder = path_.substr(0, path_.rfind('/') + 1);
  for (std::size_t at = 0; at < names.size() && names[at] != '\0';) {
    packs_.push_back(folder + std::string(names.substr(at, names.find('\0', at) - at)));
    at += packs_.back().size() - folder.size() + 1;
  }
  return true;
}

bool MultiPackIndex::IsWhole() const {
  const std::size_t packs = Number(8, 4);
  const std::size_t count = counts_.size == kCountsBytes ? Number(counts_.begin + kCountsBytes - 4, 4) : 0;
  if (packs_.size() != packs || counts_.size != kCountsBytes || ids_.size != count * kIdBytes ||
      offsets_.size != count * 8) {
    return false;
  }
  for (std::size_t i = 1; i < 256; ++i) {
    if (Number(counts_.begin + 4 * i, 4) < Number(counts_.begin + 4 * i - 4, 4)) {
      return false;
    }
  }
  return true;
}

std::optional<MultiPackIndex::Entry> MultiPackIndex::Find(std::string_view id) const {
  const unsigned first = ByteAt(id, 0);
  std::size_t low = counts_.size == 0 || first == 0 ? 0 : Number(counts_.begin + 4 * std::size_t{first - 1}, 4);
  std::size_t high = counts_.size == 0 ? 0 : Number(counts_.begin + 4 * std::size_t{first}, 4);
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    const int order = file_.bytes().substr(ids_.begin + middle * kIdBytes, kIdBytes).compare(id);
    if (order == 0) {
      return At(middle);
    }
    (order < 0 ? low : high) = order < 0 ? middle + 1 : middle;
  }
  return std::nullopt;
}

// What lies about its place leads nowhere: an offset that no pack holds.
MultiPackIndex::Entry MultiPackIndex::At(std::size_t i) const {
  const std::uint64_t pack = Number(offsets_.begin + 8 * i, 4);
  std::uint64_t offset = Number(offsets_.begin + 8 * i + 4, 4);
  if ((offset & kIsLong) != 0 && long_offsets_.size != 0) {
    const std::uint64_t row = offset & ~std::uint64_t{kIsLong};
    offset = row < long_offsets_.size / 8 ? Number(long_offsets_.begin + 8 * row, 8) : ~std::uint64_t{0};
  }
  return {pack < packs_.size() ? packs_[pack] : "", offset};
}

void Packs::OpenFolder(const std::string& folder) {
  const std::unique_ptr<DIR, int (*)(DIR*)> names(opendir(folder.c_str()), closedir);
  while (const dirent* entry = names ? readdir(names.get()) : nullptr) {
    const std::string name = entry->d_name;
    if (name.starts_with("pack-") && name.ends_with(".idx")) {
      packs_.push_back(std::make_unique<Pack>(folder + "/" + name));
      by_path_[folder + "/" + name] = packs_.back().get();
      const std::string broken = packs_.back()->WhyBroken();
      broken_ = broken_.empty() ? broken : broken_;
    }
  }
  indexes_.push_back(std::make_unique<MultiPackIndex>(folder + "/multi-pack-index"));
  const std::string broken = indexes_.back()->WhyBroken();
  broken_ = broken_.empty() ? broken : broken_;
}

void Packs::Open() {
  opened_ = true;
  for (const std::string& folder : folders_) {
    OpenFolder(folder + "/pack");
  }
}

// A pack that is gone is libgit2's to report.
bool Packs::IsThere(const MultiPackIndex::Entry& entry) const {
  const auto pack = by_path_.find(entry.pack);
  return pack == by_path_.end() || (pack->second->Holds(entry.offset) && pack->second->Ends(entry.offset));
}

std::string Packs::WhyNot(const git_oid& id) {
  if (!opened_) {
    Open();
  }
  if (!broken_.empty()) {
    return broken_;
  }
  const std::string_view raw(reinterpret_cast<const char*>(id.id), kIdBytes);
  for (const auto& index : indexes_) {
    const auto entry = index->Find(raw);
    if (entry && !IsThere(*entry)) {
      return index->path();
    }
  }
  for (const auto& pack : packs_) {
    const auto entry = pack->Find(raw);
    if (entry && !pack->Ends(entry->offset)) {
      return PackPath(pack->path());
    }
  }
  return "";
}

std::optional<Packs::Place> Packs::Find(const git_oid& id) const {
  const std::string_view raw(reinterpret_cast<const char*>(id.id), kIdBytes);
  for (const auto& pack : packs_) {
    const auto here = broken_.empty() ? pack->Find(raw) : std::nullopt;
    if (!here || !here->checksum) {
      continue;
    }
    const bool agreed = std::all_of(indexes_.begin(), indexes_.end(), [&](const auto& index) {
      const auto entry = index->Find(raw);
      return !entry || entry->pack != pack->path() || entry->offset == here->offset;
    });
    return agreed ? std::optional(Place{pack.get(), here->offset, *here->checksum}) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace dpc::source
