// A file of findings that are not reported, so that an old repository can begin. It may only shrink.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "driver/driver.h"

namespace dpc::driver {

// Diagnostic::suppression of what was known before.
inline constexpr std::string_view kInBase = "found in the base as well";
inline constexpr std::string_view kInBaseline = "listed in the baseline";

// Nobody may silence what makes a repository wrong: errors of dpc itself stay.
bool MayBeHidden(const Diagnostic& diagnostic);

struct Baseline {
  struct Entry {
    std::string rule;
    std::string entity;
    Severity severity = Severity::Error;  // what is worse than it was is no longer known; not said: an error
  };

  std::map<std::string, Entry> entries;  // by fingerprint

  policy::Tally Findings() const;
};

// Throws EnvironmentError when the file is missing, or is no baseline.
Baseline ReadBaseline(const std::string& path);

// DPC5016 when some are not found any more.
void ReportUnused(const Baseline& baseline, const std::string& path, const Compilation& compilation, Emitter& emitter);

// Writes every finding that may be hidden. Throws EnvironmentError when the file is there: a baseline does not grow.
std::size_t CreateBaseline(const std::string& path, const Compilation& compilation);

// Takes out what is not found any more; returns how many.
std::size_t ShrinkBaseline(const std::string& path, const Compilation& compilation);

}  // namespace dpc::driver
