#include "source/merged_tree.h"

#include <catch2/catch.hpp>

#include "../property.h"

namespace dpc::source {
namespace {

using Files = std::vector<std::pair<std::string, std::string>>;
using Lines = std::vector<std::string>;

Files Merged(const std::vector<Files>& commons, const Files& tip, const Files& head) {
  std::vector<std::unique_ptr<SourceTree>> owned;
  std::vector<const SourceTree*> borrowed;
  for (const Files& common : commons) {
    owned.push_back(OpenMemory(common));
    borrowed.push_back(owned.back().get());
  }
  const auto ours = OpenMemory(head);
  const auto theirs = OpenMemory(tip);
  const auto tree = MergeTrees(borrowed, *theirs, *ours);
  Files files;
  for (const Entry& entry : tree->List()) {
    files.emplace_back(entry.path, tree->Read(entry.path));
  }
  return files;
}

const std::string kTen = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";

std::string With(const std::string& line, const std::string& other) {
  std::string text = kTen;
  return text.replace(text.find(line + "\n"), line.size(), other);
}

TEST_CASE("what one side changed, added or deleted is that side's") {
  const Files common = {{"a.yaml", "a"}, {"b.yaml", "b"}, {"c.yaml", "c"}, {"d.yaml", "d"}, {"e.yaml", "e"}};
  const Files tip = {{"a.yaml", "A"}, {"b.yaml", "b"}, {"d.yaml", "d"}, {"e.yaml", "e"}, {"t.yaml", "t"}};
  const Files head = {{"a.yaml", "a"}, {"b.yaml", "B"}, {"c.yaml", "c"}, {"e.yaml", "e"}, {"h.yaml", "h"}};
  CHECK(Merged({common}, tip, head) ==
        Files{{"a.yaml", "A"}, {"b.yaml", "B"}, {"e.yaml", "e"}, {"h.yaml", "h"}, {"t.yaml", "t"}});
}

TEST_CASE("a file that both changed is merged by lines, and is the head's where that conflicts") {
  const Files common = {{"a.yaml", kTen}};
  CHECK(Merged({common}, {{"a.yaml", With("2", "two")}}, {{"a.yaml", With("9", "nine")}}) ==
        Files{{"a.yaml", "1\ntwo\n3\n4\n5\n6\n7\n8\nnine\n10\n"}});
  CHECK(Merged({common}, {{"a.yaml", With("2", "two")}}, {{"a.yaml", With("2", "zwei")}}) ==
        Files{{"a.yaml", With("2", "zwei")}});
  CHECK(Merged({common}, {{"a.yaml", "x"}}, {{"a.yaml", "x"}}) == Files{{"a.yaml", "x"}});
  CHECK(Merged({{}}, {{"a.yaml", "x"}}, {{"a.yaml", "y"}}) == Files{{"a.yaml", "y"}});
}

TEST_CASE("a file that one side deleted and the other changed is as the head has it") {
  const Files common = {{"a.yaml", "a"}, {"b.yaml", "b"}};
  CHECK(Merged({common}, {{"b.yaml", "B"}}, {{"a.yaml", "A"}}) == Files{{"a.yaml", "A"}});
}

TEST_CASE("a file that one side moved takes the other side's edit with it") {
  const Files common = {{"a.yaml", kTen}};
  const Files moved = {{"x/a.yaml", kTen}};
  const Files edited = {{"a.yaml", With("2", "two")}};
  const Files both = {{"x/a.yaml", With("2", "two")}};
  CHECK(Merged({common}, edited, moved) == both);
  CHECK(Merged({common}, moved, edited) == both);
  CHECK(Merged({common}, edited, {{"x/b.yaml", With("9", "nine")}}) ==
        Files{{"x/b.yaml", "1\ntwo\n3\n4\n5\n6\n7\n8\nnine\n10\n"}});
  CHECK(Merged({common}, edited, {{"x/other.yaml", "nothing of it\n"}}) == Files{{"x/other.yaml", "nothing of it\n"}});
}

TEST_CASE("with several common commits, in doubt a change is the head's") {
  const Files one = {{"a.yaml", "1"}, {"b.yaml", "b"}};
  const Files two = {{"a.yaml", "2"}, {"b.yaml", "b"}};
  CHECK(Merged({one, two}, {{"a.yaml", "2"}, {"b.yaml", "B"}}, {{"a.yaml", "1"}, {"b.yaml", "b"}}) ==
        Files{{"a.yaml", "1"}, {"b.yaml", "B"}});
  CHECK(Merged({one, two}, {{"a.yaml", "3"}, {"b.yaml", "B"}}, {{"a.yaml", "1"}, {"b.yaml", "b"}}) ==
        Files{{"a.yaml", "3"}, {"b.yaml", "B"}});
}

Files RandomFiles() {
  const std::vector<std::string> texts = {kTen, With("2", "two"), With("9", "nine"), "other\n"};
  Files files;
  for (const std::string path : {"a.yaml", "b.yaml", "c/d.yaml"}) {
    if (*rc::gen::inRange(0, 4) != 0) {
      files.emplace_back(path, *rc::gen::elementOf(texts));
    }
  }
  return files;
}

TEST_CASE("a merge with what has not changed is the other side, and a merge with itself is itself") {
  CHECK(Holds(200, 100, [] {
    const Files common = RandomFiles();
    const Files side = RandomFiles();
    RC_ASSERT(Merged({common}, common, side) == side);
    RC_ASSERT(Merged({common}, side, common) == side);
    RC_ASSERT(Merged({common}, side, side) == side);
  }));
}

}  // namespace
}  // namespace dpc::source
