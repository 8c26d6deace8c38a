// The tables that policies and `dpc query` read, as a page.
#pragma once

#include <string>

namespace dpc::cli {

// Markdown: tables, columns with types and a sentence each, functions.
std::string TablePages();
// The same as JSON, described by schemas/output/tables.schema.json.
std::string TableJson();

}  // namespace dpc::cli
