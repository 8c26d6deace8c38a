#include "source/listing.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace dpc::source {

namespace {

// `end` in lower case.
bool EndsIn(std::string_view path, std::string_view end) {
  return path.size() >= end.size() && LowerCase(path.substr(path.size() - end.size())) == end;
}

}  // namespace

bool IsYamlName(std::string_view path) {
  return EndsIn(path, ".yaml") || EndsIn(path, ".yml");
}

bool IsListedName(std::string_view path) {
  return IsYamlName(path) || EndsIn(path, ".sql");
}

bool IsHiddenName(std::string_view name) {
  return name.starts_with('.');
}

bool IsHiddenPath(std::string_view path) {
  const auto segments = Split(path, '/');
  return std::any_of(segments.begin(), segments.end(), IsHiddenName);
}

namespace {

// As many as Linux follows.
constexpr int kMaxLinks = 40;

// The parts of a path, the first one last.
void PushParts(std::vector<std::string>& parts, std::string_view path) {
  const auto segments = Split(path, '/');
  parts.insert(parts.end(), segments.rbegin(), segments.rend());
}

}  // namespace

bool LeadsToFolder(const std::string& path, const LinkView& view) {
  std::vector<std::string> parts;
  PushParts(parts, path);
  std::string at;
  for (int links = 0; !parts.empty();) {
    const std::string part = std::move(parts.back());
    parts.pop_back();
    if (part == ".." && at.empty()) {
      return true;
    }
    if (part == "..") {
      at.erase(at.find('/') == std::string::npos ? 0 : at.rfind('/'));
    } else if (!part.empty() && part != ".") {
      const std::string next = at.empty() ? part : at + "/" + part;
      const auto target = view.target(next);
      if (target && (target->starts_with('/') || ++links > kMaxLinks)) {
        return target->starts_with('/');
      }
      if (target) {
        PushParts(parts, *target);
      } else {
        at = next;
      }
    }
  }
  return view.is_folder(at);
}

}  // namespace dpc::source
