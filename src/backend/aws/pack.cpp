#include "backend/aws/pack.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "backend/aws/compose.h"
#include "base/sha256.h"

namespace dpc::backend::aws {
namespace {

// {"Version":"2012-10-17","Statement":[]}, and one to spare.
constexpr std::size_t kEmptyDocumentBytes = 40;

// What an item adds: its JSON string and a comma.
std::size_t ItemBytes(const std::string& item) {
  return JsonBytes(item) + 1;
}

Document Finish(std::string part, const std::vector<StatementText>& statements, const Sources& sources) {
  return {std::move(part), DocumentText(statements), DocumentBytes(statements), {sources.begin(), sources.end()}};
}

// Layout 1.
std::vector<Document> ByTopic(const Groups& groups, const std::vector<Topic>& topics) {
  std::vector<Document> documents;
  for (const Topic& topic : topics) {
    Contents contents;
    for (const auto& [key, items] : groups) {
      if (key.topic != topic.name) {
        continue;
      }
      for (const auto& [item, notes] : items) {
        contents.Add(key, item, notes.sources);
      }
    }
    if (!contents.empty()) {
      documents.push_back(Finish(PartOf(topic), contents.Plain(), contents.sources()));
    }
  }
  return documents;
}

// The groups of all topics together, reduced again: what two topics share is needed once.
Groups WithoutTopics(const Groups& groups) {
  Groups united;
  for (const auto& [key, items] : groups) {
    GroupKey plain = key;
    plain.topic.clear();
    for (const auto& [item, notes] : items) {
      united[plain][item].Merge(notes);
    }
  }
  Reduce(united);
  return united;
}

struct ParcelItem {
  const GroupKey* key;
  const std::string* item;
  const Sources* sources;
};

struct Parcel {
  std::uint64_t position = 0;
  std::vector<ParcelItem> items;
};

std::uint64_t PositionOf(const std::string& name) {
  return std::stoull(Sha256Hex(name).substr(0, 16), nullptr, 16);
}

// Parcels by position. An item that several parcels need is in each of them, or only in the first one.
std::vector<Parcel> Parcels(const Groups& groups, bool repeat_shared) {
  std::map<std::uint64_t, Parcel> parcels;
  for (const auto& [key, items] : groups) {
    for (const auto& [item, notes] : items) {
      std::set<std::uint64_t> positions;
      for (const std::string& name : notes.parcels) {
        positions.insert(PositionOf(name));
      }
      for (const std::uint64_t position : positions) {
        Parcel& parcel = parcels[position];
        parcel.position = position;
        parcel.items.push_back({&key, &item, &notes.sources});
        if (!repeat_shared) {
          break;
        }
      }
    }
  }
  std::vector<Parcel> sorted;
  for (auto& [position, parcel] : parcels) {
    sorted.push_back(std::move(parcel));
  }
  return sorted;
}

void AddTo(Contents& contents, const Parcel& parcel) {
  for (const ParcelItem& entry : parcel.items) {
    contents.Add(*entry.key, *entry.item, *entry.sources);
  }
}

// A part of the parcels whose positions begin with the same bits.
struct Shelf {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string bits;
};

// "0" for the left half, also after it was split again: only the new half gets a new name.
std::string ShelfPart(const Shelf& shelf) {
  std::string bits = shelf.bits;
  while (bits.size() > 1 && bits.back() == '0') {
    bits.pop_back();
  }
  return "access-" + (bits.empty() ? "0" : bits);
}

std::size_t Middle(const std::vector<Parcel>& parcels, const Shelf& shelf) {
  const std::uint64_t bit = std::uint64_t{1} << (63U - shelf.bits.size());
  return static_cast<std::size_t>(
      std::partition_point(parcels.begin() + static_cast<std::ptrdiff_t>(shelf.begin),
                           parcels.begin() + static_cast<std::ptrdiff_t>(shelf.end),
                           [&](const Parcel& parcel) { return (parcel.position & bit) == 0; }) -
      parcels.begin());
}

// Layout 2: a shelf that is full is split by the next bit of the positions.
std::vector<Document> ByParcel(const Groups& groups, const Quota& quota) {
  const std::vector<Parcel> parcels = Parcels(groups, true);
  std::vector<Document> documents;
  std::vector<Shelf> open = {{0, parcels.size(), ""}};
  while (!open.empty()) {
    const Shelf shelf = open.back();
    open.pop_back();
    Contents contents;
    for (std::size_t i = shelf.begin; i < shelf.end; ++i) {
      AddTo(contents, parcels[i]);
    }
    const std::vector<StatementText> statements = contents.Merged();
    if (DocumentBytes(statements) <= quota.comfortable_bytes || shelf.end - shelf.begin < 2) {
      if (!contents.empty()) {
        documents.push_back(Finish(ShelfPart(shelf), statements, contents.sources()));
      }
      continue;
    }
    const std::size_t middle = Middle(parcels, shelf);
    open.push_back({middle, shelf.end, shelf.bits + "1"});
    open.push_back({shelf.begin, middle, shelf.bits + "0"});
  }
  return documents;
}

// One document of layout 3.
class Bin {
 public:
  explicit Bin(std::size_t capacity) : capacity_(capacity) {}

  bool Add(const std::vector<ParcelItem>& items) {
    std::set<const GroupKey*> opened;
    std::size_t bytes = 0;
    for (const ParcelItem& entry : items) {
      bytes += ItemBytes(*entry.item);
      if (!keys_.contains(entry.key) && opened.insert(entry.key).second) {
        bytes += FrameBytes(*entry.key);
      }
    }
    if (bytes_ + bytes > capacity_) {
      return false;
    }
    bytes_ += bytes;
    keys_.merge(opened);
    for (const ParcelItem& entry : items) {
      contents_.Add(*entry.key, *entry.item, *entry.sources);
    }
    return true;
  }

  const Contents& contents() const { return contents_; }

 private:
  std::size_t capacity_;
  std::size_t bytes_ = kEmptyDocumentBytes;
  std::set<const GroupKey*> keys_;
  Contents contents_;
};

// A parcel's own order of the bins (rendezvous hashing), so that one more bin or parcel moves few others.
std::vector<std::size_t> Preference(std::uint64_t position, std::size_t bins) {
  std::vector<std::pair<std::uint64_t, std::size_t>> weights;
  for (std::size_t bin = 0; bin < bins; ++bin) {
    // SplitMix64's mixing steps.
    std::uint64_t x = position + (bin + 1) * 0x9E3779B97F4A7C15U;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    weights.emplace_back(x ^ (x >> 31U), bin);
  }
  std::sort(weights.begin(), weights.end());
  std::vector<std::size_t> order;
  for (const auto& [weight, bin] : weights) {
    order.push_back(bin);
  }
  return order;
}

bool Place(std::vector<Bin>& bins, const std::vector<std::size_t>& order, const std::vector<ParcelItem>& items) {
  return std::any_of(order.begin(), order.end(), [&](std::size_t bin) { return bins[bin].Add(items); });
}

bool FillBins(std::vector<Bin>& bins, const std::vector<Parcel>& parcels) {
  for (const Parcel& parcel : parcels) {
    const std::vector<std::size_t> order = Preference(parcel.position, bins.size());
    if (Place(bins, order, parcel.items)) {
      continue;
    }
    for (const ParcelItem& item : parcel.items) {
      if (!Place(bins, order, {item})) {
        return false;
      }
    }
  }
  return true;
}

// Group by group, so that few documents pay for the head of a statement.
bool FillInOrder(std::vector<Bin>& bins, const Groups& groups) {
  std::size_t bin = 0;
  for (const auto& [key, items] : groups) {
    for (const auto& [item, notes] : items) {
      const std::vector<ParcelItem> one = {{&key, &item, &notes.sources}};
      while (bin < bins.size() && !bins[bin].Add(one)) {
        ++bin;
      }
      if (bin == bins.size()) {
        return false;
      }
    }
  }
  return true;
}

std::vector<Bin> EmptyBins(const Quota& quota) {
  std::vector<Bin> bins(quota.managed_policies, Bin(kManagedPolicyBytes));
  if (quota.may_inline) {
    bins.emplace_back(kInlinePolicyBytes);
  }
  return bins;
}

// Layout 3, and where hashing wastes too much, layout 4.
bool Tight(const Groups& groups, const Quota& quota, Packing& packing) {
  std::vector<Bin> bins = EmptyBins(quota);
  if (!FillBins(bins, Parcels(groups, false))) {
    bins = EmptyBins(quota);
    if (!FillInOrder(bins, groups)) {
      return false;
    }
  }
  packing.managed.clear();
  for (std::size_t i = 0; i < bins.size(); ++i) {
    const Contents& contents = bins[i].contents();
    if (contents.empty()) {
      continue;
    }
    if (i < quota.managed_policies) {
      packing.managed.push_back(Finish("full-" + std::to_string(i), contents.Merged(), contents.sources()));
    } else {
      packing.inline_document = Finish("inline", contents.Merged(), contents.sources());
    }
  }
  return true;
}

}  // namespace

std::string PartOf(const Topic& topic) {
  return std::string(topic.name) + (topic.numbered ? "-Part0" : "");
}

std::size_t FrameBytes(const GroupKey& key) {
  // `["",""]` of the items, which is counted with them, but for its brackets; and a comma.
  return StatementBytes({&key, {key.actions.begin(), key.actions.end()}, {"", ""}}) - std::size_t{5} + 1;
}

std::size_t BytesOf(const Groups& groups) {
  std::size_t bytes = 0;
  for (const auto& [key, items] : groups) {
    bytes += FrameBytes(key);
    for (const auto& [item, notes] : items) {
      bytes += ItemBytes(item);
    }
  }
  return bytes;
}

namespace {

// No layout writes an item less than once: what is far too much is not laid out at all, since that costs in each
// document.
bool ItemsFit(const Groups& groups, std::size_t capacity) {
  std::set<std::string_view> seen;
  std::size_t bytes = 0;
  for (const auto& [key, items] : groups) {
    for (const auto& [item, notes] : items) {
      bytes += seen.insert(item).second ? item.size() : 0;
    }
  }
  return bytes <= capacity;
}

bool Fits(const std::vector<Document>& documents, std::size_t most, std::size_t bytes) {
  return documents.size() <= most && std::all_of(documents.begin(), documents.end(),
                                                 [&](const Document& document) { return document.bytes <= bytes; });
}

}  // namespace

Packing Pack(const Groups& groups, const std::vector<Topic>& topics, const Quota& quota) {
  Packing packing;
  packing.fits = true;
  packing.managed = ByTopic(groups, topics);
  if (Fits(packing.managed, quota.managed_policies, quota.comfortable_bytes)) {
    return packing;
  }
  const Groups united = WithoutTopics(groups);
  packing.needed_bytes = BytesOf(united);
  packing.capacity_bytes = quota.managed_policies * kManagedPolicyBytes + (quota.may_inline ? kInlinePolicyBytes : 0);
  packing.managed.clear();
  packing.fits = ItemsFit(united, packing.capacity_bytes);
  if (!packing.fits) {
    return packing;
  }
  packing.managed = ByParcel(united, quota);
  if (!Fits(packing.managed, quota.managed_policies, kManagedPolicyBytes)) {
    packing.fits = packing.needed_bytes <= packing.capacity_bytes && Tight(united, quota, packing);
  }
  return packing;
}

}  // namespace dpc::backend::aws
