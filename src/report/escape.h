// User text made harmless for what forges, editors and build services read. Each function escapes for one grammar and
// nothing else; what they take may hold any bytes. Nothing in the results is obeyed by a build service's log either
// (base/text.h, Printable), so that all formats may be printed there.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace dpc::report {

// Character data or the value of an attribute in XML 1.0. What Printable would escape becomes a character reference
// where XML has one, U+FFFD where it has none (control characters, bytes that are no UTF-8).
std::string XmlText(std::string_view text);

// ` name="value"` for each pair, values escaped.
std::string XmlAttributes(std::initializer_list<std::pair<std::string_view, std::string>> attributes);

// The path of a URI reference (RFC 3986): all but unreserved characters and `/` percent-encoded, byte by byte. What
// has a colon in its first part does not become a scheme.
std::string UriPath(std::string_view path);

// A code span of CommonMark that shows `text`, which is printable: in it nothing is markup, a link or a mention. GitHub
// looks for `@team` in what is rendered, so that no escape of the character helps outside of code.
std::string CodeSpan(std::string_view text);

// Each character of `text` that is the first of a pair by the second of it, in one pass: what a replacement holds is
// not replaced again.
std::string Replaced(std::string_view text, std::initializer_list<std::pair<char, std::string_view>> replacements);

// At most `most` bytes, cut between two characters, with `...` at its end where something is missing.
std::string Shortened(std::string_view text, std::size_t most);

}  // namespace dpc::report
