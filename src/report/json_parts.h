// The parts that the formats json and jsonl have in common: schemas/output/findings.schema.json describes them.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "json/json.h"
#include "report/report.h"

namespace dpc::report {

inline constexpr int kSchemaVersion = 1;

Json ToolJson();
Json SummaryJson(const Report& report);
Json FindingJson(const source::SourceManager& sources, const Diagnostic& diagnostic);
Json PolicyJson(const PolicyLine& policy);
// A list: what a reader of the findings should know besides them.
Json NoticesJson(const Report& report);
Json StaleFileJson(const StaleFile& file);

}  // namespace dpc::report
