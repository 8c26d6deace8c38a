#include "driver/sides.h"

#include "base/environment_error.h"
#include "source/merged_tree.h"

namespace dpc::driver {
namespace {

// Only what was written differs, not the day.
Options OfSide(const Options& options, std::optional<Date> today) {
  Options side;
  side.directory = options.directory;
  side.dialect = options.dialect;
  side.threads = options.threads;
  side.today = today;
  side.emit = false;
  return side;
}

std::unique_ptr<Compilation> CompileCommon(const Compilation& c, const Options& options) {
  Options side = OfSide(options, c.today);
  side.revision = c.fork->commons.front();
  side.judge = options.judge;
  side.emit = options.new_only || !options.baseline.empty();
  return Compile(side);
}

std::unique_ptr<Compilation> CompileTip(const Compilation& c, const Options& options) {
  Options side = OfSide(options, c.today);
  side.revision = c.fork->tip;
  auto tip = Compile(side);
  if (options.judge) {
    Emitter emitter(tip->diagnostics);
    tip->policies = ReadPolicies(*tip, emitter);
  }
  return tip;
}

std::unique_ptr<Compilation> CompileMerged(const Compilation& c, const Options& options) {
  std::vector<std::unique_ptr<source::SourceTree>> others;
  std::vector<const source::SourceTree*> commons = {c.base->tree.get()};
  for (std::size_t i = 1; i < c.fork->commons.size(); ++i) {
    others.push_back(source::OpenRevision(options.directory, c.fork->commons[i]));
    commons.push_back(others.back().get());
  }
  return CompileTree(source::MergeTrees(commons, *c.tip->tree, *c.tree), OfSide(options, c.today));
}

}  // namespace

std::optional<source::Fork> FindSides(const Options& options) {
  if (!options.base.empty()) {
    return source::FindFork(options.directory, options.base, options.revision);
  }
  if (options.new_only) {
    throw EnvironmentError("`--new-only` needs a base to compare with: `--base REV`");
  }
  return std::nullopt;
}

void CompileSides(Compilation& c, const Options& options) {
  if (!c.fork) {
    return;
  }
  c.base = CompileCommon(c, options);
  if (!c.fork->IsUpToDate()) {
    c.tip = CompileTip(c, options);
    c.merged = CompileMerged(c, options);
  }
}

}  // namespace dpc::driver
