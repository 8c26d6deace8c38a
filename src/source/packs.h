// Objects that git keeps many in a file: looked at before libgit2 believes what the files say. Private to `source`.
#pragma once

#include <git2.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dpc::source {

// The bytes of a file, for as long as this lives; nothing for what cannot be read.
class MappedFile {
 public:
  explicit MappedFile(const std::string& path);
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  std::string_view bytes() const { return {data_, size_}; }

 private:
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

// One pack with its index.
class Pack {
 public:
  // `path` ends in ".idx".
  explicit Pack(const std::string& path);

  // "" for an index and a pack that go together: else libgit2 would read behind the end of the pack.
  std::string WhyBroken() const;

  const std::string& path() const { return path_; }

  struct Entry {
    std::uint64_t offset = 0;               // where an object begins
    std::optional<std::uint32_t> checksum;  // of its bytes there; none in an index of the first version
  };

  // Nothing for an object that is not in here. For packs that are not broken.
  std::optional<Entry> Find(std::string_view id) const;

  // The pack has room for an object there.
  bool Holds(std::uint64_t offset) const;

  // The object's chain of deltas comes to an end: libgit2 1.5 follows one that does not for ever.
  bool Ends(std::uint64_t offset) const;

  // Of the pack: a head, the objects, a checksum.
  std::string_view objects() const { return pack_.bytes().substr(0, pack_.bytes().size() - GIT_OID_RAWSZ); }

 private:
  std::uint32_t Number(std::size_t at) const;
  Entry EntryOf(std::size_t i) const;
  std::string_view IdOf(std::size_t i) const;
  std::uint64_t OffsetOf(std::size_t i) const;
  std::size_t Table(std::size_t columns) const;
  bool IsIndexWhole() const;

  std::string path_;
  MappedFile index_;
  MappedFile pack_;
  bool first_version_ = false;
  std::size_t counts_ = 0;  // where they begin
  std::size_t count_ = 0;
};

// `multi-pack-index`: where the objects of many packs are, which libgit2 asks first.
class MultiPackIndex {
 public:
  explicit MultiPackIndex(const std::string& path);

  // "" also when there is none.
  std::string WhyBroken() const;

  struct Entry {
    std::string pack;  // its index's path
    std::uint64_t offset = 0;
  };

  // For one that is not broken.
  std::optional<Entry> Find(std::string_view id) const;

  const std::string& path() const { return path_; }

 private:
  struct Chunk {
    std::size_t begin = 0;
    std::size_t size = 0;
  };

  std::uint64_t Number(std::size_t at, std::size_t bytes) const;
  bool ReadChunks();
  bool IsWhole() const;
  Entry At(std::size_t i) const;

  std::string path_;
  MappedFile file_;
  bool whole_ = true;
  Chunk names_;
  Chunk counts_;
  Chunk ids_;
  Chunk offsets_;
  Chunk long_offsets_;
  std::vector<std::string> packs_;
};

class Packs {
 public:
  // Those in folders of objects.
  explicit Packs(std::vector<std::string> folders) : folders_(std::move(folders)) {}

  // "" when libgit2 may read the object; else what is wrong with the file that holds it.
  std::string WhyNot(const git_oid& id);

  struct Place {
    const Pack* pack = nullptr;
    std::uint64_t offset = 0;
    std::uint32_t checksum = 0;  // of its bytes, by the index

    bool operator<(const Place& other) const { return std::pair(pack, offset) < std::pair(other.pack, other.offset); }
  };

  // Where an object is, if all that is said of its place agrees; nothing for what libgit2 has to read, or to refuse.
  // Once opened, for several threads.
  std::optional<Place> Find(const git_oid& id) const;

  // Before anything is asked for.
  void Open();

 private:
  void OpenFolder(const std::string& folder);
  bool IsThere(const MultiPackIndex::Entry& entry) const;

  std::vector<std::string> folders_;
  std::vector<std::unique_ptr<Pack>> packs_;
  std::map<std::string, const Pack*> by_path_;
  std::vector<std::unique_ptr<MultiPackIndex>> indexes_;
  std::string broken_;
  bool opened_ = false;
};

}  // namespace dpc::source
