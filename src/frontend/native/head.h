// The head of a document: whose it is, and what it declares. Private to this folder.
#pragma once

#include <span>

#include "frontend/native/native.h"

namespace dpc::frontend::native {

std::span<const Kind* const> Kinds();

// Has dpc's version, or nearly; or one of its kinds and no version, or one of nobody else in particular where all of
// its fields are of that kind.
bool IsOurs(const syntax::NodeView& root);
// The value of `kind`, else the document.
Range HeadOf(const syntax::NodeView& root);

struct Head {
  const Kind* kind = nullptr;     // null after a report
  bool version_reported = false;  // that `apiVersion` is not there
};

Head ReadHead(const syntax::NodeView& root, Emitter& emitter);

}  // namespace dpc::frontend::native
