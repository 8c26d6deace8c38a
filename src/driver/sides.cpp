#include "driver/sides.h"

#include <set>

#include "base/environment_error.h"
#include "base/text.h"
#include "driver/diagnostics.h"
#include "source/merged_tree.h"
#include "syntax/diagnostics.h"

namespace dpc::driver {
namespace {

// Only what was written differs, not the day.
Options OfSide(const Options& options, const Compilation& head) {
  Options side;
  side.directory = options.directory;
  side.dialect = options.dialect;
  side.threads = options.threads;
  side.today = head.today;
  side.like = &head;
  side.emit = false;
  return side;
}

std::string NameOfCommon(const source::Fork& fork) {
  const std::string base = "`" + Printable(fork.base) + "`";
  return fork.IsUpToDate() ? base : "the commit in common with " + base;
}

// What stands in for a declaration of the base would take rules and owners out of the judgement.
std::unique_ptr<Compilation> CompileSide(const Options& side) {
  auto compilation = Compile(side);
  for (const Diagnostic& diagnostic : compilation->diagnostics.all()) {
    if (diagnostic.info.code == syntax::kLfsPointer.info.code ||
        diagnostic.info.code == syntax::kAnnexPointer.info.code) {
      const std::string_view path = compilation->sources.Path(compilation->sources.FileOf(diagnostic.range.begin));
      throw EnvironmentError(side.revision_name + " cannot judge, since `" + Printable(path) +
                             "` in it is a pointer to what git does not hold: `dpc explain " +
                             std::string(diagnostic.info.code) + "`; mend it there first");
    }
  }
  return compilation;
}

// By which the head is judged, without judging the side itself.
void TakePolicies(Compilation& side) {
  Emitter emitter(side.diagnostics);
  side.policies = ReadPolicies(side, emitter);
}

std::unique_ptr<Compilation> CompileCommon(const Compilation& c, const Options& options) {
  Options side = OfSide(options, c);
  side.revision = c.fork->commons.front();
  side.named_as = &c.model;
  side.revision_name = NameOfCommon(*c.fork);
  // What is found there is asked for only to leave it out of what is found now, and by waivers.
  side.emit = options.new_only || !options.baseline.empty();
  side.judge = options.judge && (side.emit || c.model.waivers.size() != 0);
  side.render = false;
  auto common = CompileSide(side);
  if (options.judge && !side.judge) {
    TakePolicies(*common);
  }
  return common;
}

std::unique_ptr<Compilation> CompileTip(const Compilation& c, const Options& options) {
  Options side = OfSide(options, c);
  side.revision = c.fork->tip;
  side.named_as = &c.model;
  side.revision_name = "`" + Printable(c.fork->base) + "`";
  auto tip = CompileSide(side);
  if (options.judge) {
    TakePolicies(*tip);
  }
  return tip;
}

std::unique_ptr<Compilation> CompileMerged(const Compilation& c, const Options& options) {
  std::vector<std::unique_ptr<source::SourceTree>> others;
  std::vector<const source::SourceTree*> commons = {c.base->tree.get()};
  for (std::size_t i = 1; i < c.fork->commons.size(); ++i) {
    others.push_back(source::OpenRevision(options.directory, c.fork->commons[i], NameOfCommon(*c.fork)));
    commons.push_back(others.back().get());
  }
  return CompileTree(source::MergeTrees(commons, *c.tip->tree, *c.tree), OfSide(options, c));
}

std::set<std::string> ErrorsOf(const Compilation& c) {
  std::set<std::string> errors;
  for (const Diagnostic& diagnostic : c.diagnostics.all()) {
    if (diagnostic.info.severity == Severity::Error) {
      errors.insert(diagnostic.message);
    }
  }
  return errors;
}

// What could not be read after a merge would be judged by nobody. One is enough: the rest shows after the next one.
void ReportMergeErrors(const Compilation& c, Emitter& emitter) {
  std::set<std::string> known = ErrorsOf(c);
  known.merge(ErrorsOf(*c.tip));
  for (const Diagnostic& diagnostic : c.merged->diagnostics.all()) {
    if (diagnostic.info.severity == Severity::Error && !known.contains(diagnostic.message)) {
      const auto file =
          diagnostic.range.has_value() ? c.merged->sources.FileOf(diagnostic.range.begin) : source::FileId();
      const std::string where =
          diagnostic.range.has_value() ? "`" + Printable(c.merged->sources.Path(file)) + "`: " : std::string();
      emitter.Report(kMergeHasErrors, Range{}, c.fork->base, where + diagnostic.message);
      return;
    }
  }
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

void CompileSides(Compilation& c, const Options& options, Emitter& emitter) {
  if (!c.fork) {
    return;
  }
  c.base = CompileCommon(c, options);
  if (!c.fork->IsUpToDate()) {
    c.tip = CompileTip(c, options);
    c.merged = CompileMerged(c, options);
    ReportMergeErrors(c, emitter);
  }
}

}  // namespace dpc::driver
