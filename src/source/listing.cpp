#include "source/listing.h"

#include <algorithm>

#include "base/text.h"

namespace dpc::source {

bool IsYamlName(std::string_view path) {
  const std::string name = LowerCase(path);
  return name.ends_with(".yaml") || name.ends_with(".yml");
}

bool IsHiddenName(std::string_view name) {
  return name.starts_with('.');
}

bool IsHiddenPath(std::string_view path) {
  const auto segments = Split(path, '/');
  return std::any_of(segments.begin(), segments.end(), IsHiddenName);
}

}  // namespace dpc::source
