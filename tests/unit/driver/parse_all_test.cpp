// What was parsed before is the same tree elsewhere; and nothing depends on threads.
#include "driver/parse_all.h"

#include <algorithm>
#include <catch2/catch.hpp>

namespace dpc::driver {
namespace {

struct Side {
  source::SourceManager sources;
  DiagnosticList findings;
  std::vector<syntax::SyntaxTree> trees;

  void Add(const std::string& path, const std::string& text) { sources.Add(path, text); }

  void ParseLike(const Side* other, unsigned threads = 1) {
    trees = ParseAll(sources, threads, other != nullptr ? Parsed{&other->sources, &other->trees} : Parsed(), findings);
  }

  // The source text of the value of a key, by its place among all files.
  std::string_view SourceOf(std::size_t file, std::string_view key) const {
    const syntax::SyntaxTree& tree = trees[file];
    const Range range = tree.Root(tree.documents()[0]).Find(key)->range();
    const source::FileId at = sources.FileOf(range.begin);
    CHECK(at == source::FileId(file));
    return sources.Text(at).substr(range.begin.offset() - sources.Start(at).offset(), range.length);
  }
};

TEST_CASE("a file with the same path and bytes has the tree of the other side, at its own place") {
  Side head;
  head.Add("a.yaml", "a: longer than it was\n");
  head.Add("b.yaml", "b: here\n");
  head.Add("d.yaml", "d: one\n");
  head.ParseLike(nullptr);
  Side base;
  base.Add("a.yaml", "a: short\n");
  base.Add("b.yaml", "b: here\n");
  base.Add("c.yaml", "b: here\n");
  base.Add("d.yaml", "d: two\n");
  base.ParseLike(&head);
  CHECK(base.SourceOf(0, "a") == "short");
  CHECK(base.SourceOf(1, "b") == "here");
  CHECK(base.SourceOf(2, "b") == "here");
  CHECK(base.SourceOf(3, "d") == "two");
  CHECK(base.trees[1].file() == source::FileId(1));
  // Shared, not made anew.
  CHECK(&base.trees[1].documents() == &head.trees[1].documents());
  CHECK(&base.trees[2].documents() != &head.trees[1].documents());
}

TEST_CASE("a file with findings is parsed again, so that they are found on each side") {
  Side head;
  head.Add("a.yaml", "a: 1\na: 2\n");
  head.Add("b.yaml", "b: 1\n");
  head.ParseLike(nullptr);
  REQUIRE(head.findings.all().size() == 1);
  DropTreesWithFindings(head.sources, head.findings, head.trees);
  CHECK_FALSE(head.trees[0].IsParsed());
  CHECK(head.trees[1].IsParsed());
  Side base;
  base.Add("a.yaml", "a: 1\na: 2\n");
  base.Add("b.yaml", "b: 1\n");
  base.ParseLike(&head);
  REQUIRE(base.findings.all().size() == 1);
  CHECK(base.findings.all()[0].message == head.findings.all()[0].message);
}

TEST_CASE("findings come in the order of files, however many threads there are") {
  for (const unsigned threads : {1U, 2U, 7U}) {
    Side side;
    for (int i = 100; i < 300; ++i) {
      side.Add(std::to_string(i) + ".yaml", i % 3 == 0 ? "a: 1\na: 2\n" : "a: 1\n");
    }
    side.ParseLike(nullptr, threads);
    const auto& all = side.findings.all();
    REQUIRE(all.size() == 66);
    CHECK(std::is_sorted(all.begin(), all.end(),
                         [](const Diagnostic& a, const Diagnostic& b) { return a.range.begin < b.range.begin; }));
  }
}

}  // namespace
}  // namespace dpc::driver
