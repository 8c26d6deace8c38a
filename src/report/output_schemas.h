// The JSON Schemas of what dpc prints: the files of schemas/output, byte for byte.
#pragma once

#include <span>
#include <string_view>

namespace dpc::report {

struct OutputSchema {
  std::string_view name;  // of the file: "findings", "access-compare"
  std::string_view text;
};

// Sorted by name.
std::span<const OutputSchema> OutputSchemas();

// "" for an unknown one.
std::string_view FindOutputSchema(std::string_view name);

}  // namespace dpc::report
