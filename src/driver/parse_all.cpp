#include "driver/parse_all.h"

#include "base/parallel.h"
#include "diag/emitter.h"
#include "driver/read.h"
#include "syntax/parse.h"

namespace dpc::driver {

namespace {

// The trees of files that have the same path and bytes; empty ones for all others. Both are sorted by path.
std::vector<syntax::SyntaxTree> KnownTrees(const source::SourceManager& sources, const Parsed& before) {
  std::vector<syntax::SyntaxTree> known(sources.size());
  const std::size_t old_count = before.trees != nullptr ? before.trees->size() : 0;
  std::size_t old = 0;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const source::FileId file(i);
    while (old < old_count && before.sources->Path(source::FileId(old)) < sources.Path(file)) {
      ++old;
    }
    if (old < old_count && before.sources->Path(source::FileId(old)) == sources.Path(file) &&
        before.sources->Text(source::FileId(old)) == sources.Text(file)) {
      known[i] = (*before.trees)[old].At(file, sources.Start(file));
    }
  }
  return known;
}

}  // namespace

std::vector<syntax::SyntaxTree> ParseAll(const source::SourceManager& sources, unsigned threads, const Parsed& before,
                                         DiagnosticSink& sink) {
  constexpr std::size_t kPortion = 16;
  // Each file's results have a slot of their own.
  std::vector<syntax::SyntaxTree> trees = KnownTrees(sources, before);
  std::vector<DiagnosticList> lists(sources.size());
  Portions portions(sources.size(), kPortion);
  InThreads(ThreadCount(threads, sources.size()), [&] {
    while (const auto portion = portions.Next()) {
      for (std::size_t i = portion->first; i < portion->second; ++i) {
        if (!trees[i].IsParsed() && !IsPolicyFile(sources.Path(source::FileId(i)))) {
          Emitter emitter(lists[i]);
          trees[i] = syntax::Parse(sources, source::FileId(i), emitter);
        }
      }
    }
  });
  for (const DiagnosticList& list : lists) {
    for (const Diagnostic& diagnostic : list.all()) {
      sink.Add(diagnostic);
    }
  }
  return trees;
}

void DropTreesWithFindings(const source::SourceManager& sources, const DiagnosticList& findings,
                           std::vector<syntax::SyntaxTree>& trees) {
  for (const Diagnostic& finding : findings.all()) {
    if (const source::FileId file = sources.FileOf(finding.range.begin); file.has_value()) {
      trees[file.index()] = syntax::SyntaxTree();
    }
  }
}

}  // namespace dpc::driver
