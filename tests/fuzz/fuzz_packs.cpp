// Any bytes as a pack and its index: what the reader of packs takes, libgit2 reads as the same.
//
// The input is the word after each of these, until it ends: an object (kind, how its head lies, length, bytes). What is
// left is where bytes of the two files are overwritten (place, byte).
#include <git2.h>
#include <git2/sys/odb_backend.h>
#include <unistd.h>
#include <zlib.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/check.h"
#include "source/packed_objects.h"
#include "source/packs.h"

namespace {

using dpc::source::PackedObjects;
using dpc::source::Packs;

constexpr std::size_t kMostObjects = 40;
constexpr std::size_t kIdBytes = GIT_OID_RAWSZ;

class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : bytes_(reinterpret_cast<const char*>(data), size) {}

  bool empty() const { return at_ >= bytes_.size(); }

  unsigned Byte() { return empty() ? 0 : static_cast<unsigned char>(bytes_[at_++]); }

  std::string Text(std::size_t size) {
    std::string text = empty() ? "" : bytes_.substr(at_, size);
    at_ += text.size();
    return text;
  }

 private:
  std::string bytes_;
  std::size_t at_ = 0;
};

std::string BigEndian(std::uint64_t number, unsigned bytes) {
  std::string text;
  for (unsigned i = bytes; i-- > 0;) {
    text += static_cast<char>(number >> (8 * i) & 0xFFU);
  }
  return text;
}

std::string IdOf(std::size_t i) {
  return std::string(1, static_cast<char>(i)) + std::string(kIdBytes - 1, 'i');
}

std::string Deflated(const std::string& text) {
  std::string out(compressBound(text.size()), '\0');
  uLongf size = out.size();
  compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(text.data()), text.size(), 1);
  out.resize(size);
  return out;
}

// Seven bits a byte, the lowest first, after the four that stand beside the type.
std::string Head(unsigned type, std::uint64_t size) {
  std::string head;
  unsigned byte = type << 4U | (size & 0xFU);
  for (size >>= 4U; size != 0; size >>= 7U) {
    head += static_cast<char>(byte | 0x80U);
    byte = size & 0x7FU;
  }
  return head + static_cast<char>(byte);
}

std::string Back(std::uint64_t back) {
  std::string text(1, static_cast<char>(back & 0x7FU));
  while ((back >>= 7U) != 0) {
    text.insert(text.begin(), static_cast<char>(0x80U | (--back & 0x7FU)));
  }
  return text;
}

struct Files {
  std::string index;
  std::string pack;
  std::size_t count = 0;
};

std::string ObjectOf(Input& input, const std::vector<std::size_t>& places, std::size_t here) {
  constexpr unsigned kOffsetDelta = 6;
  constexpr unsigned kIdDelta = 7;
  const unsigned type = input.Byte() & 7U;
  const unsigned lie = input.Byte();
  const unsigned base = input.Byte();
  const std::string text = input.Text(input.Byte());
  std::string object = Head(type, text.size() + (lie == 0xFF ? base : 0));
  if (type == kOffsetDelta) {
    object += Back(places.empty() || lie == 0xFE ? base : here - places[base % places.size()]);
  } else if (type == kIdDelta) {
    object += IdOf(base % kMostObjects);
  }
  return object + Deflated(text);
}

Files FilesOf(Input& input) {
  Files files;
  std::vector<std::size_t> places;
  std::string checksums;
  std::string offsets;
  std::string ids;
  const std::size_t wanted = input.Byte() % kMostObjects;
  files.pack = std::string("PACK") + BigEndian(2, 4) + BigEndian(wanted, 4);
  while (places.size() < wanted) {
    const std::string object = ObjectOf(input, places, files.pack.size());
    ids += IdOf(places.size());
    checksums +=
        BigEndian(crc32(0, reinterpret_cast<const Bytef*>(object.data()), static_cast<uInt>(object.size())), 4);
    offsets += BigEndian(files.pack.size(), 4);
    places.push_back(files.pack.size());
    files.pack += object;
  }
  files.count = wanted;
  const std::string checksum(kIdBytes, 'c');
  files.pack += checksum;
  files.index = std::string("\377tOc\0\0\0\2", 8);
  for (std::size_t i = 0; i < 256; ++i) {
    files.index += BigEndian(std::min(i + 1, wanted), 4);
  }
  files.index += ids + checksums + offsets + checksum + checksum;
  while (!input.empty()) {
    std::string& spoilt = (input.Byte() & 1U) != 0 ? files.pack : files.index;
    const std::size_t at = (input.Byte() << 8U | input.Byte()) % spoilt.size();
    spoilt[at] = static_cast<char>(input.Byte());
  }
  return files;
}

std::string Folder() {
  const std::string folder = "/dev/shm/dpc_fuzz_packs." + std::to_string(getpid());
  std::filesystem::create_directories(folder + "/pack");
  return folder;
}

void Write(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

// As libgit2 reads it; it does not look at the id.
bool IsSame(git_odb* odb, const git_oid& id, git_object_t type, const std::string& bytes) {
  git_odb_object* object = nullptr;
  if (git_odb_read(&object, odb, &id) != 0) {
    return false;
  }
  const bool same =
      git_odb_object_type(object) == type &&
      std::string_view(static_cast<const char*>(git_odb_object_data(object)), git_odb_object_size(object)) == bytes;
  git_odb_object_free(object);
  return same;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const bool started = [] {
    git_libgit2_init();
    git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
    std::atexit([] { std::filesystem::remove_all(Folder()); });
    return true;
  }();
  DPC_CHECK(started, "libgit2 does not start");
  static const std::string folder = Folder();
  Input input(data, size);
  const Files files = FilesOf(input);
  Write(folder + "/pack/pack-f.idx", files.index);
  Write(folder + "/pack/pack-f.pack", files.pack);
  Packs packs({folder});
  packs.Open();
  PackedObjects objects;
  git_odb* odb = nullptr;
  git_odb_backend* backend = nullptr;
  for (std::size_t i = 0; i < files.count; ++i) {
    git_oid id;
    git_oid_fromraw(&id, reinterpret_cast<const unsigned char*>(IdOf(i).data()));
    const bool sound = packs.WhyNot(id).empty();
    const auto place = packs.Find(id);
    std::string bytes;
    for (const git_object_t type : {GIT_OBJECT_BLOB, GIT_OBJECT_TREE}) {
      if (place && sound && objects.Read(*place, type, bytes)) {
        if (odb == nullptr) {
          DPC_CHECK(git_odb_new(&odb) == 0 &&
                        git_odb_backend_one_pack(&backend, (folder + "/pack/pack-f.idx").c_str()) == 0 &&
                        git_odb_add_backend(odb, backend, 1) == 0,
                    "libgit2 takes no packs");
        }
        DPC_CHECK(IsSame(odb, id, type, bytes), "libgit2 reads another object");
      }
    }
  }
  git_odb_free(odb);
  return 0;
}
