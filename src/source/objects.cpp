#include "source/objects.h"

#include <algorithm>
#include <atomic>
#include <numeric>

#include "base/parallel.h"
#include "source/loose_objects.h"
#include "source/source_tree.h"

namespace dpc::source {
namespace {

using Places = std::vector<std::optional<Packs::Place>>;

// What lies side by side is read by one thread: deltas are made from their neighbours.
constexpr std::size_t kPortion = 128;

std::vector<std::size_t> InOrderOf(const Places& places) {
  std::vector<std::size_t> order(places.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return places[a] < places[b]; });
  return order;
}

}  // namespace

ObjectFiles::ObjectFiles(git_repository* repository) : folders_(ObjectFolders(repository)), packs_(folders_) {
  packs_.Open();
}

bool ObjectReader::Read(const git_oid& id, const std::optional<Packs::Place>& place, git_object_t type,
                        std::string& bytes) {
  return (place && packed_.Read(*place, type, bytes)) || ReadLooseObject(files_.folders(), id, type, bytes);
}

std::vector<std::optional<std::string>> ReadBlobs(const ObjectFiles& files, const std::vector<git_oid>& ids,
                                                  unsigned threads) {
  Places places;
  places.reserve(ids.size());
  for (const git_oid& id : ids) {
    places.push_back(files.packs().Find(id));
  }
  const std::vector<std::size_t> order = InOrderOf(places);
  std::vector<std::optional<std::string>> blobs(ids.size());
  std::atomic<std::uint64_t> read = 0;
  Portions portions(ids.size(), kPortion);
  InThreads(ThreadCount(threads, ids.size() / kPortion), [&] {
    ObjectReader reader(files);
    std::string bytes;
    while (const auto portion = portions.Next()) {
      for (std::size_t i = portion->first; i < portion->second && read <= kMostBytesOfAll; ++i) {
        const std::size_t at = order[i];
        if (reader.Read(ids[at], places[at], GIT_OBJECT_BLOB, bytes)) {
          read += bytes.size();
          blobs[at] = bytes;
        }
      }
    }
  });
  return blobs;
}

}  // namespace dpc::source
