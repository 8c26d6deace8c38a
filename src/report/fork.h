// What a change was compared with and who judged it, in words and as JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "json/json.h"
#include "source/fork.h"

namespace dpc::report {

// One line; "" without a base.
std::string ForkText(const std::optional<source::Fork>& fork);

// {"name", "common", "tip"}, or null.
Json ForkJson(const std::optional<source::Fork>& fork);

}  // namespace dpc::report
