// The field tables of the Data Product Portal's four glossary files. Each file is a map of names to records.
#pragma once

#include "fields/spec.h"

namespace dpc::frontend::portal {

extern const fields::RecordSpec kProduct;      // data_product_glossary.yaml
extern const fields::RecordSpec kDataset;      // datasets.yaml
extern const fields::RecordSpec kDataOutput;   // data_outputs.yaml
extern const fields::RecordSpec kEnvironment;  // environments.yaml

std::span<const fields::KindSpec* const> Kinds();

}  // namespace dpc::frontend::portal
