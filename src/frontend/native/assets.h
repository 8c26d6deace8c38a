// The assets of a data product. Private to this folder.
#pragma once

#include "frontend/native/native.h"

namespace dpc::frontend::native {

extern const RecordSpec kAsset;

// `poisoned`: the product was not read completely.
model::Asset LowerAsset(const Context& context, model::ProductId product, const Text& name, const RecordReader& record);

}  // namespace dpc::frontend::native
