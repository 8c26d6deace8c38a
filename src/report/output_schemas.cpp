#include "report/output_schemas.h"

namespace dpc::report {

std::string_view FindOutputSchema(std::string_view name) {
  for (const OutputSchema& schema : OutputSchemas()) {
    if (schema.name == name) {
      return schema.text;
    }
  }
  return "";
}

}  // namespace dpc::report
