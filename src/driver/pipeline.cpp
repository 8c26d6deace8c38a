// The table of contents of dpc.
#include <algorithm>
#include <iterator>

#include "base/environment_error.h"
#include "driver/cut.h"
#include "driver/day.h"
#include "driver/driver.h"
#include "driver/emit.h"
#include "driver/ends.h"
#include "driver/govern.h"
#include "driver/new_overlaps.h"
#include "driver/parse_all.h"
#include "driver/read.h"
#include "driver/selection.h"
#include "driver/sides.h"
#include "driver/stage_clock.h"
#include "resolve/renames.h"
#include "syntax/diagnostics.h"

namespace dpc::driver {
namespace {

std::unique_ptr<source::SourceTree> OpenTree(const Options& options) {
  if (options.staged && !options.revision.empty()) {
    throw EnvironmentError("`--staged` and `--rev` exclude each other");
  }
  if (options.staged) {
    return source::OpenIndex(options.directory);
  }
  return options.revision.empty() ? source::OpenWorkTree(options.directory)
                                  : source::OpenRevision(options.directory, options.revision, options.revision_name);
}

std::vector<std::string_view> Paths(const source::SourceManager& sources) {
  std::vector<std::string_view> paths;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    paths.push_back(sources.Path(source::FileId(i)));
  }
  return paths;
}

std::size_t TotalBytes(const source::SourceManager& sources) {
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    bytes += sources.Text(source::FileId(i)).size();
  }
  return bytes;
}

std::size_t TotalBytes(const std::vector<Artifact>& artifacts) {
  std::size_t bytes = 0;
  for (const Artifact& artifact : artifacts) {
    bytes += artifact.bytes.size();
  }
  return bytes;
}

std::size_t Documents(const std::vector<syntax::SyntaxTree>& trees) {
  std::size_t documents = 0;
  for (const syntax::SyntaxTree& tree : trees) {
    documents += tree.documents().size();
  }
  return documents;
}

// What another tool reads may use all of YAML: of a document that no dialect claims, only what made it unreadable is
// reported.
void DropFindingsOfOthers(Compilation& c) {
  static constexpr std::string_view kOurRules[] = {syntax::kDuplicateKey.info.code, syntax::kKeyNotText.info.code,
                                                   syntax::kCustomTag.info.code};
  const auto& parts = c.summary.passed_over_parts;
  c.diagnostics.Remove([&](const Diagnostic& diagnostic) {
    if (std::find(std::begin(kOurRules), std::end(kOurRules), diagnostic.info.code) == std::end(kOurRules)) {
      return false;
    }
    const LocId place = diagnostic.range.begin;
    return std::any_of(parts.begin(), parts.end(), [&](const auto& part) {
      return part.first <= place &&
             (part.second.has_value() ? place < part.second : c.sources.FileOf(part.first) == c.sources.FileOf(place));
    });
  });
}

// A check of nothing must not pass. With errors in hand, these are the better explanation.
void RequireDeclarations(const Compilation& compilation, const Options& options) {
  if (compilation.summary.documents != 0 || compilation.failed()) {
    return;
  }
  std::string text = "no declarations found in `" + Printable(options.directory) + "`: ";
  if (compilation.files == 0) {
    text += "there is no YAML file that is neither hidden, ignored nor excluded";
  } else {
    text += (compilation.files == 1 ? std::string("its one YAML file holds no")
                                    : "its " + Plural(compilation.files, "YAML file") + " hold no") +
            " document that dpc knows";
  }
  throw EnvironmentError(text + "; `-C` names the folder to read, `dpc schema` lists what can be declared");
}

void Tell(const Options& options, std::string what) {
  if (options.progress) {
    options.progress(std::move(what));
  }
}

}  // namespace

std::unique_ptr<Compilation> Compile(const Options& options) {
  CheckDialect(options.dialect);
  return CompileTree(OpenTree(options), options);
}

// The table of contents: long, because it says each step where it happens.
// NOLINTNEXTLINE(readability-function-size)
std::unique_ptr<Compilation> CompileTree(std::unique_ptr<source::SourceTree> tree, const Options& options) {
  auto compilation = std::make_unique<Compilation>();
  Compilation& c = *compilation;
  StageClock clock(c.costs);
  Emitter emitter(c.diagnostics);

  if (!options.approvals.empty()) {
    c.pull_request = ReadPullRequest(options.approvals);
  }

  // Read: one snapshot of the repository to bytes.
  Tell(options, "reading");
  c.tree = std::move(tree);
  c.fork = FindSides(options);
  c.skipped_paths = Read(*c.tree, options.threads, c.sources, emitter);
  c.files = c.sources.size();
  for (std::size_t i = 0; i < c.sources.size(); ++i) {
    c.files -= IsPolicyFile(c.sources.Path(source::FileId(i))) ? 1 : 0;
  }
  const std::size_t bytes = TotalBytes(c.sources);
  clock.Finish("read", c.files, bytes);
  // Beyond this point nothing is read from the repository.

  // Parse: bytes to syntax trees, each file by itself. Lower: documents to the model, whatever dialect they are written
  // in.
  Tell(options, "parsing " + Plural(c.files, "file"));
  {
    const Parsed before = options.like != nullptr ? Parsed{&options.like->sources, &options.like->trees} : Parsed();
    std::vector<syntax::SyntaxTree> trees = ParseAll(c.sources, options.threads, before, c.diagnostics);
    const std::size_t documents = Documents(trees);
    clock.Finish("parse", documents, bytes);
    const DiagnosticList unreadable = c.fork ? c.diagnostics : DiagnosticList();
    c.summary = frontend::Lower(trees, Paths(c.sources), options.dialect, c.model, emitter);
    std::erase_if(c.summary.passed_over_paths, IsPolicyFile);
    DropFindingsOfOthers(c);
    if (c.fork) {
      DropTreesWithFindings(c.sources, unreadable, trees);
      c.trees = std::move(trees);
    }
    clock.Finish("lower", c.summary.documents);
  }
  RequireDeclarations(c, options);
  // Beyond this point there is no YAML and no dialect.

  // Resolve: names to ids.
  Tell(options, "finding who may access what");
  c.resolved = resolve::Resolve(c.model, emitter);
  if (auto renamed = options.named_as != nullptr ? resolve::WithNamesOf(*options.named_as, c.model) : std::nullopt) {
    c.model = std::move(*renamed);
  }
  clock.Finish("resolve", c.resolved.placements.size());
  c.environments = SelectEnvironments(options.environments, c.model, c.failed());
  const auto targets = SelectTargets(options.targets, c.model, emitter);
  // Beyond this point no name is looked up.

  // Graph: who reads whom, and that nobody reads himself.
  c.graph = graph::BuildGraph(c.model, c.resolved);
  graph::CheckCycles(c.graph, c.model, c.resolved, emitter);
  clock.Finish("graph", c.graph.edges.size());

  // Access: who may do what, until when, and why.
  c.today = FindDay(c, options, emitter);
  c.access = access::DeriveAccess(c.model, c.resolved, c.today, emitter);
  CheckServices(c, emitter);
  clock.Finish("access", c.access.grants.size());
  // Beyond this point nothing about access is decided: back ends write down what was.

  // Policy: the repository's own rules, and those of the base that it is compared with.
  Tell(options, "reading what it is compared with");
  CompileSides(c, options, emitter);
  c.trees.clear();
  MoveOverlaps(c, emitter);
  if (c.base) {
    clock.Finish("base", c.base->files);
  }
  if (options.judge) {
    Tell(options, "judging by the policies");
    Govern(c, options, emitter);
    clock.Finish("policy", c.verdict.runs.size());
  }

  // Emit: the access model to what each platform must be configured to. Never from a repository with errors.
  if (options.emit && !c.failed()) {
    Tell(options, options.render ? "making the configuration" : "looking at what would be built");
    c.artifacts = Emit(c, c.environments, targets, options, emitter);
    CheckHolders(c, targets, emitter);
    clock.Finish("emit", c.artifacts.size(), TotalBytes(c.artifacts));
  }

  CutRepeated(c.sources, c.diagnostics);
  Settle(c, options, emitter);
  c.diagnostics.Sort();
  return compilation;
}

void Abandon(std::unique_ptr<Compilation> compilation) {
#if defined(__SANITIZE_ADDRESS__)
  compilation.reset();
#else
  static_cast<void>(compilation.release());
#endif
}

}  // namespace dpc::driver
