// What the JSON Schemas and the reference pages agree on. Private to this folder.
#pragma once

#include <string_view>

#include "fields/scalars.h"
#include "fields/spec.h"

namespace dpc::fields {

// A dialect without versions has glossary files: each is a map of names to records.
inline bool IsGlossary(const KindSpec& kind) {
  return kind.api_version.empty();
}

// Only the portal has glossaries, and its front end takes these names.
inline const ScalarSpec& GlossaryNames() {
  return kPortalName;
}

// The one text that a field of the document itself can have: by it the front end chose this table. "" for all other
// fields.
inline std::string_view FixedText(const KindSpec& kind, std::string_view field) {
  if (IsGlossary(kind)) {
    return "";
  }
  return field == "apiVersion" ? kind.api_version : field == "kind" ? kind.kind : "";
}

}  // namespace dpc::fields
