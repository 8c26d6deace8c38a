// Where and how a broken policy is mended: SQLite's words to the line and the name that was meant. Private to this
// folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/location.h"
#include "policy/policy.h"
#include "policy/sql/database.h"

namespace dpc::policy {

// What to do about a refused statement: "did you mean `domain`?"; "" where nobody can tell.
std::string HintFor(const Policy& policy, const SqlError& error);
// Where in the SQL an error is that SQLite gives no place for: the name it speaks of.
std::optional<std::size_t> PlaceOf(const Policy& policy, const SqlError& error);
// The first `SELECT`; nothing in a short form, where dpc wrote it.
std::optional<std::size_t> SelectOf(const Policy& policy);
// `:name` in the SQL.
std::optional<std::size_t> ParameterIn(const Policy& policy, std::string_view name);
// Where an offset into the SQL lies among the sources; the policy's own place where it lies nowhere.
Range RangeAt(const Policy& policy, std::size_t offset, std::uint32_t length);

}  // namespace dpc::policy
