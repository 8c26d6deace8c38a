// The base under the names of head: a product that says what it was called before (`formerly`) is the same one, for all
// that compares two revisions by name.
#pragma once

#include <optional>

#include "model/model.h"

namespace dpc::resolve {

// The model of the base in which products have the names that head gives them; nothing when no product of the base goes
// on under another name. A name that both revisions declare, or that two products of head claim, is nobody's former
// one. Places stay where they are: data that follows the name really moves.
std::optional<model::Model> WithNamesOf(const model::Model& head, const model::Model& base);

}  // namespace dpc::resolve
