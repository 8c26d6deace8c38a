// The compiled model as JSON, access included: what `dpc export` prints. Private to this folder.
#pragma once

#include "driver/driver.h"
#include "json/json.h"
#include "ledger/ledger.h"

namespace dpc::cli {

enum class ExportForm : std::uint8_t {
  // Collections are lists in document order; references are keys: "port:orders/orders".
  Keys,
  // Collections are maps by name, for policies that look things up; references are names: "orders/orders".
  Names,
};

// `compilation` has no errors. `ledger`: what it changes; null without a base. Schemas:
// schemas/output/export*.schema.json.
Json ExportModel(const driver::Compilation& compilation, ExportForm form, const ledger::Ledger* ledger);

}  // namespace dpc::cli
