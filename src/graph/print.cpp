// The lineage graph as DOT, Mermaid and JSON. Node names are numbers in the first two, so that no text of a repository
// becomes syntax; labels are escaped for their format.
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "graph/graph.h"
#include "json/json.h"

namespace dpc::graph {
namespace {

std::string_view NameOf(const model::Model& model, std::size_t product) {
  return model.Text(model.products[model::ProductId(product)].name);
}

std::string PortOf(const model::Model& model, const resolve::Resolved& resolved, const Edge& edge) {
  return model::PortLabel(model, resolved.input_port[edge.input.index()]);
}

std::string DotText(std::string_view text) {
  std::string out;
  for (const char c : Printable(text)) {
    out += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  }
  return "\"" + out + "\"";
}

// Mermaid reads `#NN;` as a character reference; everything but letters, digits and a few signs is written so.
std::string MermaidText(std::string_view text) {
  std::string out;
  for (const char c : Printable(text)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '_' || c == '/' || c == '.' || c == ' ' || static_cast<unsigned char>(c) >= 0x80;
    out += plain ? std::string(1, c) : "#" + std::to_string(static_cast<unsigned char>(c)) + ";";
  }
  return "\"" + out + "\"";
}

}  // namespace

std::string ToDot(const LineageGraph& graph, const model::Model& model, const resolve::Resolved& resolved) {
  std::string out = "digraph lineage {\n  rankdir=LR;\n  node [shape=box];\n";
  for (std::size_t product = 0; product < graph.products; ++product) {
    out += "  n" + std::to_string(product) + " [label=" + DotText(NameOf(model, product)) + "];\n";
  }
  for (const Edge& edge : graph.edges) {
    out += "  n" + std::to_string(edge.provider.index()) + " -> n" + std::to_string(edge.consumer.index()) +
           " [label=" + DotText(PortOf(model, resolved, edge)) + "];\n";
  }
  return out + "}\n";
}

std::string ToMermaid(const LineageGraph& graph, const model::Model& model, const resolve::Resolved& resolved) {
  std::string out = "flowchart LR\n";
  for (std::size_t product = 0; product < graph.products; ++product) {
    out += "  n" + std::to_string(product) + "[" + MermaidText(NameOf(model, product)) + "]\n";
  }
  for (const Edge& edge : graph.edges) {
    out += "  n" + std::to_string(edge.provider.index()) + " -->|" + MermaidText(PortOf(model, resolved, edge)) +
           "| n" + std::to_string(edge.consumer.index()) + "\n";
  }
  return out;
}

std::string ToJson(const LineageGraph& graph, const model::Model& model, const resolve::Resolved& resolved) {
  Json products = Json::array();
  for (std::size_t product = 0; product < graph.products; ++product) {
    const model::DomainId domain = resolved.product_domain[product];
    Json row = {{"name", std::string(NameOf(model, product))}, {"domain", nullptr}};
    if (domain.has_value()) {
      row["domain"] = std::string(model.Text(model.domains[domain].name));
    }
    products.push_back(std::move(row));
  }
  Json edges = Json::array();
  for (const Edge& edge : graph.edges) {
    edges.push_back(Json{{"from", std::string(NameOf(model, edge.provider.index()))},
                         {"to", std::string(NameOf(model, edge.consumer.index()))},
                         {"port", PortOf(model, resolved, edge)}});
  }
  return PrettyJson(Json{{"schemaVersion", 1}, {"products", std::move(products)}, {"edges", std::move(edges)}});
}

}  // namespace dpc::graph
