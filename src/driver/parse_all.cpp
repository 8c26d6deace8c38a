#include "driver/parse_all.h"

#include "base/parallel.h"
#include "diag/emitter.h"
#include "driver/read.h"
#include "syntax/parse.h"

namespace dpc::driver {

std::vector<syntax::SyntaxTree> ParseAll(const source::SourceManager& sources, unsigned threads, DiagnosticSink& sink) {
  constexpr std::size_t kPortion = 16;
  // Each file's results have a slot of their own.
  std::vector<syntax::SyntaxTree> trees(sources.size());
  std::vector<DiagnosticList> lists(sources.size());
  Portions portions(sources.size(), kPortion);
  InThreads(ThreadCount(threads, sources.size()), [&] {
    while (const auto portion = portions.Next()) {
      for (std::size_t i = portion->first; i < portion->second; ++i) {
        if (!IsPolicyFile(sources.Path(source::FileId(i)))) {
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

}  // namespace dpc::driver
