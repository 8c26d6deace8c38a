// Reads texts with dpc's reader: a JSON list of texts from standard input to a JSON list of
// {"codes": [...], "documents": [...]}. Scalars are {"type", "text"}, maps lists of pairs in order.
#include <iostream>
#include <nlohmann/json.hpp>

#include "diag/emitter.h"
#include "source/source_manager.h"
#include "syntax/parse.h"

namespace dpc::syntax {
namespace {

using Json = nlohmann::ordered_json;

std::string_view TypeName(ScalarType type) {
  switch (type) {
    case ScalarType::Null:
      return "null";
    case ScalarType::Boolean:
      return "bool";
    case ScalarType::Integer:
      return "int";
    case ScalarType::Float:
      return "float";
    case ScalarType::Text:
      break;
  }
  return "str";
}

Json ToJson(const NodeView& node) {  // NOLINT(misc-no-recursion): kMaxDepth
  switch (node.kind()) {
    case NodeKind::Null:
      return nullptr;
    case NodeKind::Scalar:
      return {{"type", TypeName(node.scalar_type())}, {"text", node.text()}};
    case NodeKind::Sequence: {
      Json list = Json::array();
      for (std::size_t i = 0; i < node.size(); ++i) {
        list.push_back(ToJson(node.Item(i)));
      }
      return {{"list", list}};
    }
    case NodeKind::Mapping:
      break;
  }
  Json map = Json::array();
  for (std::size_t i = 0; i < node.size(); ++i) {
    map.push_back(Json::array({ToJson(node.Key(i)), ToJson(node.Value(i))}));
  }
  return {{"map", map}};
}

Json Read(const std::string& text) {
  source::SourceManager sources;
  DiagnosticList diagnostics;
  Emitter emitter(diagnostics);
  const source::FileId file = sources.Add("a.yaml", text);
  const SyntaxTree tree = Parse(sources, file, emitter);
  Json out = {{"codes", Json::array()}, {"documents", Json::array()}};
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    out["codes"].push_back(std::string(diagnostic.info.code) + " " + diagnostic.message);
  }
  for (const SyntaxTree::Document& document : tree.documents()) {
    out["documents"].push_back(ToJson(tree.Root(document)));
  }
  return out;
}

}  // namespace
}  // namespace dpc::syntax

int main() {
  nlohmann::ordered_json out = nlohmann::ordered_json::array();
  for (const auto& text : nlohmann::ordered_json::parse(std::cin)) {
    out.push_back(dpc::syntax::Read(text.get<std::string>()));
  }
  std::cout << out.dump() << "\n";
}
