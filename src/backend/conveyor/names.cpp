#include "backend/conveyor/names.h"

#include <algorithm>
#include <vector>

#include "backend/naming.h"
#include "base/text.h"

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
  const std::string worker = ConveyorWorker(name);
  const std::vector<std::string_view> labels = Split(worker, '.');
  return name.size() <= kLongest && std::all_of(labels.begin(), labels.end(), IsLabel);
}

}  // namespace dpc::backend::conveyor
