// JSON values and the one way to print them. Every JSON text that dpc writes goes through here, or through writer.h of
// this folder: nothing is glued from strings.
//
// `Json` keeps the order in which keys were added, so an emitter decides the order of its output.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace dpc {

using Json = nlohmann::ordered_json;

// Two spaces of indentation, a line break at the end, text as UTF-8; what Printable would escape is a `\u` escape. For
// files and answers that people review.
std::string PrettyJson(const Json& value);

// No white space: the form whose bytes AWS quotas are counted on (reference/iam.md section a).
std::string CompactJson(const Json& value);

// Bytes of a text in it, with its quotes.
std::size_t JsonBytes(std::string_view text);

// Nothing when the text is not JSON (RFC 8259).
std::optional<Json> ParseJson(std::string_view text);

// The same for text of others: nothing either when an object has a key twice (readers differ in which one counts) or
// more than 10,000 keys, or when values are nested deeper than 64.
std::optional<Json> ParseForeignJson(std::string_view text);

}  // namespace dpc
