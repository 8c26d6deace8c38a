// Places of declarations, as commands print them.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/location.h"
#include "json/json.h"
#include "source/source_manager.h"

namespace dpc::cli {

// "domains/sales/orders/product.yaml:12"; "" for a range without a place.
std::string PlaceText(const source::SourceManager& sources, Range range);
// {path, line, column}, or null.
Json PlaceJson(const source::SourceManager& sources, Range range);

}  // namespace dpc::cli
