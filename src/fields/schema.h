// What is generated from the tables: JSON Schemas (draft 2020-12) and reference pages.
#pragma once

#include <span>
#include <string>

#include "fields/spec.h"
#include "json/json.h"

namespace dpc::fields {

// One kind. Strict: unknown properties are refused, as dpc does. Descriptions, defaults and examples come along, so
// that editors show them.
Json KindSchema(const KindSpec& kind);

// All kinds of a dialect in one schema, told apart by `apiVersion` and `kind` (for editors that bind one schema to
// *.yaml).
Json DialectSchema(std::span<const KindSpec* const> kinds);

// Markdown: the kind, its example, and a table of fields for each record in it.
std::string ReferencePage(const KindSpec& kind);

}  // namespace dpc::fields
