// Objects that git keeps many in a file: looked at before libgit2 believes what the files say. Private to `source`.
#pragma once

#include <git2.h>

#include <cstdint>
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

  // Where an object begins; nothing when it is not in here. For packs that are not broken.
  std::optional<std::uint64_t> Find(std::string_view id) const;

  // The object's chain of deltas comes to an end: libgit2 1.5 follows one that does not for ever.
  bool Ends(std::uint64_t offset) const;

 private:
  std::uint32_t Number(std::size_t at) const;
  std::uint64_t OffsetOf(std::size_t i) const;
  std::size_t Table(std::size_t columns) const;

  std::string path_;
  MappedFile index_;
  MappedFile pack_;
  std::size_t count_ = 0;
};

class Packs {
 public:
  // Those in folders of objects.
  explicit Packs(std::vector<std::string> folders) : folders_(std::move(folders)) {}

  // "" when libgit2 may read the object; else what is wrong with the file that holds it.
  std::string WhyNot(const git_oid& id);

 private:
  void Open();

  std::vector<std::string> folders_;
  std::vector<std::unique_ptr<Pack>> packs_;
  std::string broken_;
  bool opened_ = false;
};

}  // namespace dpc::source
