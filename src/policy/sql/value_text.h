// The text of a value of SQLite. Private to this folder.
#pragma once

#include <sqlite3.h>

#include <optional>
#include <string_view>

namespace dpc::policy {

// As `sqlite3_value_text`, but a text is not copied: that function ends it with a zero, for which SQLite takes memory,
// since the texts of our tables do not end with one. Nothing for NULL.
inline std::optional<std::string_view> TextOf(sqlite3_value* value) {
  const bool is_text = sqlite3_value_type(value) == SQLITE_TEXT;
  const void* bytes = is_text ? sqlite3_value_blob(value) : sqlite3_value_text(value);
  if (bytes == nullptr) {
    return is_text ? std::optional(std::string_view()) : std::nullopt;
  }
  return std::string_view(static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_value_bytes(value)));
}

}  // namespace dpc::policy
