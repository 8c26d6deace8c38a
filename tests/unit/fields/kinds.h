// The kinds of all dialects, for tests that hold for every table.
#pragma once

#include <algorithm>
#include <vector>

#include "fields/schema_shared.h"
#include "fields/spec.h"
#include "frontend/frontend.h"

namespace dpc::fields {

inline std::vector<const KindSpec*> AllKinds() {
  std::vector<const KindSpec*> kinds;
  for (const frontend::FrontendSpec* dialect : frontend::AllFrontendSpecs()) {
    kinds.insert(kinds.end(), dialect->kinds.begin(), dialect->kinds.end());
  }
  return kinds;
}

// The record and those in it, each once.
inline void CollectRecords(const RecordSpec& record, std::vector<const RecordSpec*>& records) {
  if (std::find(records.begin(), records.end(), &record) != records.end()) {
    return;
  }
  records.push_back(&record);
  for (const FieldSpec& field : record.fields) {
    for (const TypeSpec* type = field.type; type != nullptr; type = type->element) {
      if (type->record != nullptr) {
        CollectRecords(*type->record, records);
      }
    }
  }
}

}  // namespace dpc::fields
