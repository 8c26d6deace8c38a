#include "source/index_file.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "../property.h"
#include "base/environment_error.h"

namespace dpc::source {
namespace {

std::string Number(std::uint64_t value, std::size_t size) {
  std::string bytes;
  for (std::size_t i = size; i != 0; --i) {
    bytes += static_cast<char>(value >> (8 * (i - 1)) & 0xFFU);
  }
  return bytes;
}

std::string Id(const git_oid& id) {
  return {reinterpret_cast<const char*>(id.id), GIT_OID_RAWSZ};
}

git_oid IdOf(unsigned number) {
  git_oid id = {};
  id.id[19] = static_cast<unsigned char>(number);
  id.id[0] = 1;
  return id;
}

// As git writes one; the checksum is nobody's.
class Writer {
 public:
  explicit Writer(unsigned version) : version_(version) {}

  void Add(const IndexEntry& entry) {
    const bool extended = version_ >= 3 && (entry.skipped || entry.intended);
    const unsigned length = static_cast<unsigned>(std::min<std::size_t>(entry.path.size(), 0xFFF));
    std::string bytes(24, 'x');
    bytes += Number(entry.mode, 4) + std::string(12, 'y') + Id(entry.id) +
             Number((extended ? 0x4000U : 0U) | (!extended && entry.skipped ? 0x8000U : 0U) |
                        static_cast<unsigned>(entry.stage) << 12U | length,
                    2);
    bytes += extended ? Number((entry.skipped ? 0x4000U : 0U) | (entry.intended ? 0x2000U : 0U), 2) : "";
    bytes_ += bytes + (version_ == 4 ? Shortened(entry.path) : Padded(entry.path, bytes.size()));
    ++count_;
  }

  void Extend(const std::string& name, const std::string& data) { tail_ += name + Number(data.size(), 4) + data; }

  std::string Bytes() const {
    return "DIRC" + Number(version_, 4) + Number(count_, 4) + bytes_ + tail_ + std::string(20, 'z');
  }

 private:
  static std::string Padded(const std::string& path, std::size_t before) {
    const std::size_t size = before + path.size();
    return path + std::string(8 - size % 8, '\0');
  }

  std::string Shortened(const std::string& path) {
    const auto [a, b] = std::mismatch(path.begin(), path.end(), last_.begin(), last_.end());
    std::string bytes = Variable(static_cast<std::size_t>(last_.end() - b)) + std::string(a, path.end()) + '\0';
    last_ = path;
    return bytes;
  }

  static std::string Variable(std::size_t value) {
    std::string bytes(1, static_cast<char>(value & 0x7FU));
    while ((value >>= 7U) != 0) {
      --value;
      bytes.insert(bytes.begin(), static_cast<char>(0x80U | (value & 0x7FU)));
    }
    return bytes;
  }

  unsigned version_;
  std::string bytes_;
  std::string tail_;
  std::string last_;
  unsigned count_ = 0;
};

// Bits of which whole words of ones, or of zeros, are told as runs.
std::string Compressed(const std::set<std::size_t>& bits, std::size_t size) {
  std::string words;
  for (std::size_t at = 0; at < size; at += 64) {
    std::uint64_t word = 0;
    for (std::size_t bit = 0; bit < 64; ++bit) {
      word |= static_cast<std::uint64_t>(bits.contains(at + bit)) << bit;
    }
    const bool run = word == 0 || word == ~std::uint64_t{0};
    words += run ? Number((word & 1U) | 1U << 1U, 8) : Number(std::uint64_t{1} << 33U, 8) + Number(word, 8);
  }
  return Number(size, 4) + Number(words.size() / 8, 4) + words + Number(0, 4);
}

rc::Gen<std::vector<IndexEntry>> Entries(const std::string& alphabet) {
  return rc::gen::map(rc::gen::container<std::set<std::string>>(rc::gen::nonEmpty(TextOf(alphabet, 90))),
                      [](const std::set<std::string>& paths) {
                        std::vector<IndexEntry> entries;
                        for (const std::string& path : paths) {
                          const auto number = static_cast<unsigned>(entries.size());
                          entries.push_back({path, 0100644, IdOf(number), 0, number % 3 == 1, number % 5 == 2});
                        }
                        return entries;
                      });
}

std::string Told(const std::vector<IndexEntry>& entries) {
  std::string text;
  for (const IndexEntry& entry : entries) {
    text += entry.path + " " + std::to_string(entry.mode) + " " + std::to_string(entry.id.id[19]) + " " +
            std::to_string(entry.stage) + (entry.skipped ? " skipped" : "") + (entry.intended ? " intended" : "") +
            "\n";
  }
  return text;
}

TEST_CASE("an index of each version is read as it was written") {
  CHECK(Holds(300, 60, [] {
    const unsigned version = *rc::gen::inRange(2U, 5U);
    std::vector<IndexEntry> entries = *Entries("ab/.");
    Writer writer(version);
    for (IndexEntry& entry : entries) {
      entry.intended = entry.intended && version > 2;
      writer.Add(entry);
    }
    writer.Extend("TREE", "whatever");
    writer.Extend("sdir", "");
    RC_ASSERT(Told(ParseIndex(writer.Bytes(), "index").entries) == Told(entries));
  }));
}

TEST_CASE("a split index is the shared one with what was deleted, replaced and added") {
  CHECK(Holds(300, 200, [] {
    const std::vector<IndexEntry> base = *Entries("ab");
    const std::vector<IndexEntry> added = *Entries("cd");
    std::set<std::size_t> deleted;
    std::set<std::size_t> replaced;
    Writer own(4);
    std::map<std::string, IndexEntry> expected;
    for (std::size_t i = 0; i < base.size(); ++i) {
      const int fate = *rc::gen::inRange(0, 4);
      IndexEntry entry = base[i];
      if (fate == 1) {
        replaced.insert(i);
        entry.id = IdOf(200);
        own.Add({fate % 2 == 0 ? entry.path : "", entry.mode, entry.id, 0, entry.skipped, entry.intended});
      }
      if (fate == 2) {
        deleted.insert(i);
      } else {
        expected.emplace(entry.path, entry);
      }
    }
    for (const IndexEntry& entry : added) {
      own.Add(entry);
      expected.emplace(entry.path, entry);
    }
    own.Extend("link", Id(IdOf(7)) + Compressed(deleted, base.size()) + Compressed(replaced, base.size()));
    IndexFile file = ParseIndex(own.Bytes(), "index");
    RC_ASSERT(file.split.has_value());
    RC_ASSERT(file.split->base == "0100000000000000000000000000000000000007");
    std::vector<IndexEntry> all;
    for (const auto& [path, entry] : expected) {
      all.push_back(entry);
    }
    RC_ASSERT(Told(JoinSplit(std::move(file), base, "index")) == Told(all));
  }));
}

// Never beyond the bytes, never for long.
void ReadAny(const std::string& bytes) {
  try {
    IndexFile file = ParseIndex(bytes, "index");
    if (file.split) {
      JoinSplit(std::move(file), {{"a", 0100644, IdOf(1), 0, false, false}}, "index");
    }
  } catch (const EnvironmentError&) {
  }
}

TEST_CASE("whatever bytes an index has, it is read or refused") {
  Writer writer(3);
  writer.Add({"a/b", 0100644, IdOf(1), 0, true, false});
  writer.Add({"a/c", 0120000, IdOf(2), 2, false, false});
  writer.Extend("link", Id(IdOf(7)) + Compressed({0}, 70) + Compressed({}, 70));
  const std::string whole = writer.Bytes();
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    ReadAny(whole.substr(0, size));
  }
  CHECK(Holds(3000, 60, [&] {
    std::string bytes = whole;
    const int changes = *rc::gen::inRange(1, 6);
    for (int i = 0; i < changes; ++i) {
      bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<char>();
    }
    ReadAny(bytes);
  }));
  CHECK(Holds(500, 200, [] { ReadAny("DIRC" + *Bytes(200)); }));
  CHECK_THROWS_AS(ParseIndex("", "index"), EnvironmentError);
  Writer unknown(2);
  unknown.Extend("newx", "x");
  CHECK_THROWS_WITH(ParseIndex(unknown.Bytes(), "index"), Catch::Contains("extension `newx`"));
}

}  // namespace
}  // namespace dpc::source
