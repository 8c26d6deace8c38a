#include "source/packed_objects.h"

#include <algorithm>
#include <optional>

namespace dpc::source {
namespace {

// What is larger is rare, and libgit2's.
constexpr std::uint64_t kMostHere = std::uint64_t{16} << 20U;
// `git repack` makes chains of 50 deltas, or 250 where it is told to take its time.
constexpr std::size_t kDeepest = 256;
constexpr std::size_t kSlots = 1024;
constexpr std::size_t kMostKept = 32'768;

enum : unsigned { kOffsetDelta = 6, kIdDelta = 7 };

unsigned ByteAt(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

// Seven bits a byte, the lowest first, as sizes are written; nothing for one that ends nowhere or is too long.
std::optional<std::uint64_t> ReadSize(std::string_view bytes, std::size_t& at, std::uint64_t size, unsigned shift) {
  for (bool more = true; more; shift += 7) {
    if (at >= bytes.size() || shift > 56) {
      return std::nullopt;
    }
    const unsigned byte = ByteAt(bytes, at++);
    size |= std::uint64_t{byte & 0x7FU} << shift;
    more = (byte & 0x80U) != 0;
  }
  return size;
}

// How far before a delta its base lies, as gitformat-pack has it.
std::optional<std::uint64_t> ReadBack(std::string_view bytes, std::size_t& at) {
  std::uint64_t back = 0;
  for (int i = 0; i < 8 && at < bytes.size(); ++i) {
    const unsigned byte = ByteAt(bytes, at++);
    back = (i == 0 ? 0 : (back + 1) << 7U) | (byte & 0x7FU);
    if ((byte & 0x80U) == 0) {
      return back;
    }
  }
  return std::nullopt;
}

// The bytes of a number of which the bits of `which` say which ones are there.
std::optional<std::size_t> ReadSome(std::string_view delta, std::size_t& at, unsigned which, unsigned count) {
  std::size_t number = 0;
  for (unsigned i = 0; i < count; ++i) {
    if ((which >> i & 1U) != 0) {
      if (at >= delta.size()) {
        return std::nullopt;
      }
      number |= std::size_t{ByteAt(delta, at++)} << (8 * i);
    }
  }
  return number;
}

bool Copy(std::string_view base, std::string_view delta, std::size_t& at, unsigned command, std::string& out) {
  constexpr std::size_t kWhenZero = 0x10000;
  const auto begin = ReadSome(delta, at, command & 0xFU, 4);
  const auto said = begin ? ReadSome(delta, at, command >> 4U & 7U, 3) : std::nullopt;
  const std::size_t size = said.value_or(0) == 0 ? kWhenZero : *said;
  if (!said || *begin > base.size() || size > base.size() - *begin) {
    return false;
  }
  out.append(base, *begin, size);
  return true;
}

// False for a delta that is not of `base`, or does not give what it says.
bool Apply(std::string_view base, std::string_view delta, std::string& out) {
  std::size_t at = 0;
  const auto of = ReadSize(delta, at, 0, 0);
  const auto to = of ? ReadSize(delta, at, 0, 0) : std::nullopt;
  if (!to || *of != base.size() || *to > kMostHere) {
    return false;
  }
  out.clear();
  while (at < delta.size()) {
    const unsigned command = ByteAt(delta, at++);
    if ((command & 0x80U) != 0) {
      if (!Copy(base, delta, at, command, out)) {
        return false;
      }
    } else if (command == 0 || command > delta.size() - at) {
      return false;
    } else {
      out.append(delta, at, command);
      at += command;
    }
    if (out.size() > *to) {
      return false;
    }
  }
  return out.size() == *to;
}

std::uint32_t Checksum(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32_z(crc32(0, nullptr, 0), reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

}  // namespace

PackedObjects::PackedObjects() : kept_(kSlots) {
  started_ = inflateInit(&stream_) == Z_OK;
}

PackedObjects::~PackedObjects() {
  if (started_) {
    inflateEnd(&stream_);
  }
}

bool PackedObjects::ReadHead(const Pack& pack, std::uint64_t offset, Head& head) const {
  const std::string_view bytes = pack.objects();
  if (!pack.Holds(offset)) {
    return false;
  }
  std::size_t at = offset;
  const unsigned first = ByteAt(bytes, at++);
  head.type = first >> 4U & 7U;
  const auto size =
      (first & 0x80U) != 0 ? ReadSize(bytes, at, first & 0xFU, 4) : std::optional<std::uint64_t>(first & 0xFU);
  if (!size || *size > kMostHere) {
    return false;
  }
  head.size = *size;
  if (head.type == kOffsetDelta) {
    const auto back = ReadBack(bytes, at);
    if (!back || *back == 0 || *back >= offset) {
      return false;
    }
    head.base = offset - *back;
  } else if (head.type == kIdDelta) {
    if (bytes.size() - at < GIT_OID_RAWSZ) {
      return false;
    }
    const auto base = pack.Find(bytes.substr(at, GIT_OID_RAWSZ));
    if (!base) {
      return false;
    }
    head.base = base->offset;
    at += GIT_OID_RAWSZ;
  }
  head.length = at - offset;
  return true;
}

bool PackedObjects::Inflate(const Pack& pack, std::uint64_t offset, const Head& head, std::string& bytes,
                            std::size_t& used) {
  if (!started_ || inflateReset(&stream_) != Z_OK) {
    return false;
  }
  const std::string_view packed = pack.objects().substr(offset + head.length);
  const auto given = static_cast<uInt>(std::min<std::uint64_t>(packed.size(), 2 * kMostHere));
  // A byte more than there should be, so that the end is seen.
  bytes.resize(head.size + 1);
  // zlib takes what it does not write as not const.
  stream_.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(packed.data()));
  stream_.avail_in = given;
  stream_.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream_.avail_out = static_cast<uInt>(bytes.size());
  const bool whole = inflate(&stream_, Z_FINISH) == Z_STREAM_END && stream_.avail_out == 1;
  used = head.length + given - stream_.avail_in;
  bytes.pop_back();
  return whole;
}

PackedObjects::Kept& PackedObjects::SlotOf(std::uint64_t offset) {
  constexpr std::uint64_t kSpread = 0x9E3779B97F4A7C15U;
  return kept_[offset * kSpread >> 54U];
}

void PackedObjects::Keep(const Pack& pack, std::uint64_t offset, const Object& object) {
  if (object.bytes.size() <= kMostKept) {
    Kept& slot = SlotOf(offset);
    slot.pack = &pack;
    slot.offset = offset;
    slot.object = object;
  }
}

// What is no delta, or is kept; the deltas that lead from it to the object are in `chain_` then, the first one last.
bool PackedObjects::FindBase(const Pack& pack, std::uint64_t offset, Object& object) {
  chain_.clear();
  for (std::uint64_t at = offset; chain_.size() < kDeepest;) {
    if (const Kept& kept = SlotOf(at); kept.pack == &pack && kept.offset == at) {
      object = kept.object;
      return true;
    }
    Head head;
    if (!ReadHead(pack, at, head)) {
      return false;
    }
    if (head.type != kOffsetDelta && head.type != kIdDelta) {
      object.type = head.type;
      if (!Inflate(pack, at, head, object.bytes, object.packed_size)) {
        return false;
      }
      Keep(pack, at, object);
      return true;
    }
    chain_.push_back(at);
    at = head.base;
  }
  return false;
}

bool PackedObjects::ApplyNext(const Pack& pack, Object& object) {
  const std::uint64_t at = chain_.back();
  chain_.pop_back();
  Head head;
  if (!ReadHead(pack, at, head) || !Inflate(pack, at, head, delta_, object.packed_size) ||
      !Apply(object.bytes, delta_, result_)) {
    return false;
  }
  object.bytes.swap(result_);
  Keep(pack, at, object);
  return true;
}

bool PackedObjects::Read(const Packs::Place& place, git_object_t type, std::string& bytes) {
  if (!FindBase(*place.pack, place.offset, object_)) {
    return false;
  }
  while (!chain_.empty()) {
    if (!ApplyNext(*place.pack, object_)) {
      return false;
    }
  }
  bytes = object_.bytes;
  return object_.type == static_cast<unsigned>(type) &&
         Checksum(place.pack->objects().substr(place.offset, object_.packed_size)) == place.checksum;
}

}  // namespace dpc::source
