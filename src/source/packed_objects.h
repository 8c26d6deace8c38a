// Objects out of packs, without libgit2: each is looked up once, and nothing is hashed. Private to `source`.
#pragma once

#include <git2.h>
#include <zlib.h>

#include <cstdint>
#include <string>
#include <vector>

#include "source/packs.h"

namespace dpc::source {

// For one thread: it keeps what deltas are made from. Reads what is whole in all ways: the index's checksum of its
// bytes, zlib's of what they hold, sizes and deltas that are what they say. All else is libgit2's, which tells what is
// wrong with it.
class PackedObjects {
 public:
  PackedObjects();
  PackedObjects(const PackedObjects&) = delete;
  PackedObjects& operator=(const PackedObjects&) = delete;
  ~PackedObjects();

  // False for what libgit2 has to read. Cheap in the order of places.
  bool Read(const Packs::Place& place, git_object_t type, std::string& bytes);

 private:
  struct Head {
    unsigned type = 0;
    std::uint64_t size = 0;
    std::size_t length = 0;  // in the pack
    std::uint64_t base = 0;  // of a delta: where its base is
  };

  struct Object {
    unsigned type = 0;
    std::string bytes;
    std::size_t packed_size = 0;
  };

  // What may be the base of others, by its place.
  struct Kept {
    const Pack* pack = nullptr;
    std::uint64_t offset = 0;
    Object object;
  };

  bool ReadHead(const Pack& pack, std::uint64_t offset, Head& head) const;
  // `used`: how many bytes of the pack the object takes.
  bool Inflate(const Pack& pack, std::uint64_t offset, const Head& head, std::string& bytes, std::size_t& used);
  bool FindBase(const Pack& pack, std::uint64_t offset, Object& object);
  bool ApplyNext(const Pack& pack, Object& object);
  Kept& SlotOf(std::uint64_t offset);
  void Keep(const Pack& pack, std::uint64_t offset, const Object& object);

  z_stream stream_ = {};
  bool started_ = false;
  std::vector<Kept> kept_;
  std::vector<std::uint64_t> chain_;
  Object object_;
  std::string delta_;
  std::string result_;
};

}  // namespace dpc::source
