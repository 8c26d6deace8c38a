#include "backend/conveyor/names.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "model/naming.h"

namespace dpc::backend::conveyor {
namespace {

// Of namespaces and, as projects become labels too, of label values.
constexpr std::size_t kLongest = 63;

bool IsLetterOrDigit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool IsLabel(std::string_view text) {
  return !text.empty() && text.size() <= kLongest && IsLetterOrDigit(text.front()) && IsLetterOrDigit(text.back()) &&
         std::all_of(text.begin(), text.end(), [](char c) { return IsLetterOrDigit(c) || c == '-'; });
}

}  // namespace

bool IsEnvironmentName(std::string_view name) {
  return IsLabel(name);
}

bool IsProjectName(std::string_view name) {
  const std::string worker = WorkerName(name);
  const std::vector<std::string_view> labels = Split(worker, '.');
  return name.size() <= kLongest && std::all_of(labels.begin(), labels.end(), IsLabel);
}

std::string WorkerName(std::string_view project) {
  std::string name(project);
  std::replace(name.begin(), name.end(), '_', '.');
  return name;
}

std::string ProjectName(const Input& input, model::ProductId product) {
  const model::Model& m = input.model;
  const std::array<model::NamingValue, 3> values = {{{"prefix", m.Text(m.workspace.naming.prefix)},
                                                     {"account", m.Text(m.workspace.naming.account)},
                                                     {"product", m.Text(m.products[product].name)}}};
  return model::FillTemplate(m.workspace.naming.project, values).value_or("");
}

}  // namespace dpc::backend::conveyor
