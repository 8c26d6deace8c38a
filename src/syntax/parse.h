// The door of `syntax`: the bytes of one file to a SyntaxTree and diagnostics DPC1xxx.
#pragma once

#include "diag/emitter.h"
#include "source/source_manager.h"
#include "syntax/syntax_tree.h"

namespace dpc::syntax {

// Bounds that keep hostile input cheap. All are diagnostics, never crashes.
inline constexpr std::size_t kMaxFileBytes = std::size_t{16} << 20U;
inline constexpr std::size_t kMaxDepth = 64;
// Nodes that aliases may add to a document by repeating anchored parts ("billion laughs").
inline constexpr std::size_t kMaxAliasedNodes = 100'000;

// YAML 1.2 and its core types. Reported, each at its line: text that is not UTF-8 or holds NUL or other control
// characters, tabs in indentation, duplicate keys (both places), keys that are not scalars, unknown anchors, aliases
// inside their own anchor, custom tags, nesting and alias bounds, templates, and what is not YAML, at its cause.
// A byte-order mark and CRLF are fine. An empty file has no documents.
//
// A syntax error ends its document as `damaged`; what follows is read on from the next line that begins a document
// (`---`) or a top-level key (then the document is `resumed`), so that one broken entry does not hide the others.
//
// Safe to call for different files from several threads, each with its own emitter.
SyntaxTree Parse(const source::SourceManager& sources, source::FileId file, Emitter& emitter);

}  // namespace dpc::syntax
