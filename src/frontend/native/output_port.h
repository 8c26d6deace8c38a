// The output ports of a data product. Private to this folder.
#pragma once

#include "frontend/native/native.h"

namespace dpc::frontend::native {

extern const RecordSpec kPort;

model::OutputPort LowerPort(const Context& context, model::ProductId product, const Text& name,
                            const RecordReader& record);

}  // namespace dpc::frontend::native
