#include "driver/registries.h"

#include "backend/backend.h"
#include "frontend/frontend.h"

namespace dpc::driver {

std::vector<NamedThing> Dialects() {
  std::vector<NamedThing> things;
  for (const frontend::FrontendSpec* spec : frontend::AllFrontendSpecs()) {
    things.push_back({spec->name, spec->summary});
  }
  return things;
}

std::vector<NamedThing> Targets() {
  std::vector<NamedThing> things;
  for (const backend::BackendSpec* spec : backend::AllBackendSpecs()) {
    things.push_back({spec->name, spec->summary});
  }
  return things;
}

std::vector<const fields::KindSpec*> KindsOf(std::string_view dialect) {
  for (const frontend::FrontendSpec* spec : frontend::AllFrontendSpecs()) {
    if (spec->name == dialect) {
      return {spec->kinds.begin(), spec->kinds.end()};
    }
  }
  return {};
}

}  // namespace dpc::driver
