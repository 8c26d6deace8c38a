// Changes of ways and settings as JSON. Private to access_diff.cpp.
#pragma once

#include <string>
#include <vector>

#include "access/entry_diff.h"
#include "json/json.h"
#include "source/source_manager.h"

namespace dpc::cli {

// Both sides of a comparison: what is lost lies in the base, everything else in the head.
struct Sides {
  const source::SourceManager& base;
  const source::SourceManager& head;
};

Json WaysJson(const std::vector<access::WayChange>& changes, const Sides& sides);
Json SettingsJson(const std::vector<access::SettingChange>& changes, const Sides& sides);

}  // namespace dpc::cli
