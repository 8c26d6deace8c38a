// The regions of AWS that this version has heard of. New ones come every year, so an unknown one is never wrong.
#pragma once

#include <span>
#include <string_view>

namespace dpc::model {

// All partitions; sorted within each.
std::span<const std::string_view> KnownRegions();

}  // namespace dpc::model
