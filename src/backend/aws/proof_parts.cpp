#include "backend/aws/proof_parts.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "backend/aws/prove.h"
#include "backend/aws/resource_types.h"
#include "base/text.h"

namespace dpc::backend::aws {

void Prover::Fail(const std::string& what) const {
  throw NotProved(subject_ + " is not proved: " + what);
}

Json Prover::CheckedDocument(const std::string& what, const std::string& text, std::size_t quota) const {
  auto document = ParseForeignJson(text);
  if (!document) {
    Fail(what + " is no JSON");
  }
  // IAM does not count white space.
  const std::string compact = CompactJson(*document);
  if (compact.size() > quota) {
    Fail(what + " has " + std::to_string(compact.size()) + " bytes, more than " + std::to_string(quota));
  }
  CheckCharacters(what, text);
  CheckCharacters(what, compact);
  return std::move(*document);
}

DocumentParts Prover::Read(const std::string& what, const std::string& text, std::size_t quota) const {
  DocumentParts document = ReadPlainDocument(text);
  if (!document.tree) {
    Fail(what + " is no JSON");
  }
  // IAM does not count white space.
  const std::size_t bytes = document.tree->compact_bytes();
  if (bytes > quota) {
    Fail(what + " has " + std::to_string(bytes) + " bytes, more than " + std::to_string(quota));
  }
  CheckCharacters(what, text);
  document.tree->EachText([&](std::string_view part) { CheckCharacters(what, part, true); });
  return document;
}

// Source: the IAM API's pattern for policy documents.
void Prover::CheckCharacters(const std::string& what, std::string_view text, bool meant) const {
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] >= ' ' && text[at] <= '~') {
      ++at;
      continue;
    }
    const CodePoint point = DecodeUtf8(text, at);
    // In the document, control characters of a text are escapes.
    const bool white = meant || point.value == '\t' || point.value == '\n' || point.value == '\r';
    if (point.size == 0 || point.value > 0xFF || (point.value < 0x20 && !white)) {
      Fail(what + " holds a character that IAM does not take");
    }
    at += point.size;
  }
}

void Prover::Take(Expansion expansion, const std::string& what, std::vector<Permission>& all) const {
  if (!expansion.known()) {
    Fail(what + " is outside of what dpc emits: " + expansion.unknown);
  }
  std::move(expansion.permissions.begin(), expansion.permissions.end(), std::back_inserter(all));
}

void Prover::Compare(const std::vector<Permission>& asked, const std::vector<Permission>& emitted) const {
  Covered(asked, emitted, "does not allow");
  Covered(emitted, asked, "allows, unasked,");
}

void Prover::Covered(const std::vector<Permission>& wanted, const std::vector<Permission>& given,
                     std::string_view verb) const {
  const PermissionSet set(given);
  for (const Permission& permission : wanted) {
    // An action on what is no resource of it allows nothing.
    if (!set.Covers(permission) && MayApply(permission.action, PatternText(permission.resource))) {
      Fail("it " + std::string(verb) + " " + Describe(permission));
    }
  }
}

}  // namespace dpc::backend::aws
