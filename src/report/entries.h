// What formats for forges, editors and build services show of a run: findings and stale files as one list, with places
// as those count them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/report.h"

namespace dpc::report {

// A part of one line: a forge shows what a finding marks only if all lines of it are in the change, so what goes on is
// cut at the end of its first line.
// https://docs.github.com/en/code-security/code-scanning/managing-code-scanning-alerts/triaging-code-scanning-alerts-in-pull-requests
struct Spot {
  std::string path;  // from the top of the repository; as it is, not printable
  std::uint32_t line = 1;
  std::uint32_t column = 1;      // in code points, from 1
  std::uint32_t end_column = 1;  // the one after the last
  std::uint32_t byte = 1;        // the same in bytes of the line
  std::uint32_t end_byte = 1;
};

struct RelatedSpot {
  std::optional<Spot> spot;
  std::string text;
};

// All texts are printable, and of one line.
struct Entry {
  std::string rule;  // the policy's id, else the code: "DPC3003"; of a stale file "stale-output"
  Severity severity = Severity::Error;
  std::string message;
  std::optional<Spot> spot;  // none: the repository as a whole
  // For formats that want a file of each: the spot's; of the repository as a whole its workspace, else its first file.
  std::string file;
  std::vector<RelatedSpot> related;
  std::vector<std::string> hints;
  std::string fingerprint;                 // of one run each is unique, and stays when lines move
  std::string suppression;                 // why it does not count; "": it does
  const Diagnostic* diagnostic = nullptr;  // borrowed from the report; null: a stale file
};

inline constexpr std::string_view kStaleRule = "stale-output";

// What counts: the findings in their order, then the stale files.
std::vector<Entry> CountedEntries(const Report& report);

// What is waived, then what is known from before.
std::vector<Entry> ExcusedEntries(const Report& report);

// "products/orders.yaml:3:9", printable; "repository" without a place.
std::string PlaceText(const std::optional<Spot>& spot);

// "path:3:9: error: message [rule]".
std::string HeadLine(const Entry& entry);

// What there is to read besides the message, a line each: related places, why it does not count, what to do.
std::vector<std::string> DetailLines(const Entry& entry);

// Message and details as one line, and as several.
std::string OneLine(const Entry& entry);
std::string FullText(const Entry& entry);

// The `most` worst, in their usual order; what is left out is said by whoever asks.
std::vector<Entry> WorstOf(std::vector<Entry> entries, std::size_t most);

// Policies that have not judged, each with the reason, in their order: silence is not consent.
struct Silence {
  const PolicyLine* policy = nullptr;
  std::string reason;
};

std::vector<Silence> SilentPolicies(const Report& report);

}  // namespace dpc::report
