#include "driver/parse_all.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>

#include "diag/emitter.h"
#include "driver/read.h"
#include "syntax/parse.h"

namespace dpc::driver {
namespace {

// What the threads share: each file's results have a slot of their own.
struct Work {
  const source::SourceManager& sources;
  std::vector<syntax::SyntaxTree> trees;
  std::vector<DiagnosticList> lists;
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::exception_ptr failure;  // the first one; guarded by mutex
};

void ParseSome(Work& work) {
  try {
    for (std::size_t i = work.next++; i < work.trees.size(); i = work.next++) {
      if (IsPolicyFile(work.sources.Path(source::FileId(i)))) {
        continue;
      }
      Emitter emitter(work.lists[i]);
      work.trees[i] = syntax::Parse(work.sources, source::FileId(i), emitter);
    }
  } catch (...) {
    const std::lock_guard<std::mutex> lock(work.mutex);
    work.failure = std::current_exception();
    work.next = work.trees.size();
  }
}

unsigned ThreadCount(unsigned wanted, std::size_t files) {
  const unsigned threads = wanted != 0 ? wanted : std::max(1U, std::thread::hardware_concurrency());
  return static_cast<unsigned>(std::min<std::size_t>(threads, std::max<std::size_t>(1, files)));
}

}  // namespace

std::vector<syntax::SyntaxTree> ParseAll(const source::SourceManager& sources, unsigned threads, DiagnosticSink& sink) {
  const std::size_t files = sources.size();
  Work work{sources, std::vector<syntax::SyntaxTree>(files), std::vector<DiagnosticList>(files), {}, {}, {}};
  std::vector<std::jthread> workers;
  for (unsigned i = 1; i < ThreadCount(threads, files); ++i) {
    try {
      workers.emplace_back([&work] { ParseSome(work); });
    } catch (const std::system_error&) {
      // A limit on threads: the others do the work.
      break;
    }
  }
  ParseSome(work);
  workers.clear();
  if (work.failure) {
    std::rethrow_exception(work.failure);
  }
  for (const DiagnosticList& list : work.lists) {
    for (const Diagnostic& diagnostic : list.all()) {
      sink.Add(diagnostic);
    }
  }
  return std::move(work.trees);
}

}  // namespace dpc::driver
