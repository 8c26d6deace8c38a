// Any bytes as a YAML file: findings or a tree, all of it within the text, as many nodes and findings as the text has
// bytes.
#include <cstdint>
#include <string>

#include "base/check.h"
#include "diag/emitter.h"
#include "source/source_manager.h"
#include "syntax/parse.h"

namespace {

using dpc::syntax::NodeKind;
using dpc::syntax::NodeView;

// What is aliased is walked again: the bound on aliases is one on this as well.
std::size_t Walk(const NodeView& node, std::uint32_t end) {  // NOLINT(misc-no-recursion): kMaxDepth
  DPC_CHECK(node.range().begin.offset() + node.range().length <= end, "a node behind the end");
  std::size_t nodes = 1 + node.text().size() / 1024;
  for (std::size_t i = 0; i < node.size(); ++i) {
    if (node.kind() == NodeKind::Sequence) {
      nodes += Walk(node.Item(i), end);
    } else {
      DPC_CHECK(node.Key(i).kind() == NodeKind::Scalar, "a key that is no text");
      nodes += Walk(node.Key(i), end) + Walk(node.Value(i), end);
    }
  }
  return nodes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  dpc::source::SourceManager sources;
  dpc::DiagnosticList diagnostics;
  dpc::Emitter emitter(diagnostics);
  const auto file = sources.Add("a.yaml", std::string(reinterpret_cast<const char*>(data), size));
  const auto tree = dpc::syntax::Parse(sources, file, emitter);
  const auto end = static_cast<std::uint32_t>(sources.Start(file).offset() + size);
  std::size_t nodes = 0;
  for (const auto& document : tree.documents()) {
    nodes += Walk(tree.Root(document), end);
  }
  DPC_CHECK(nodes <= 4 * size + 4 + tree.documents().size() * 2 * dpc::syntax::kMaxAliasedNodes, "too many nodes");
  DPC_CHECK(diagnostics.all().size() <= 2 * size + 2, "too many findings");
  for (const dpc::Diagnostic& diagnostic : diagnostics.all()) {
    sources.Locate(diagnostic.range.begin);
    DPC_CHECK(diagnostic.range.begin.offset() + diagnostic.range.length <= end, "a finding behind the end");
  }
  return 0;
}
