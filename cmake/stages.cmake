# A folder of src/ is a stage. `dpc_stage` makes its library, and the same list of folders that it may include
# feeds the `layers` test, which scans every #include (tests/layers.py).
#
#   dpc_stage(graph DEPENDS base diag model resolve [LINKS Boost::headers] [SOURCES extra.cpp] [PRECOMPILE <CLI/CLI.hpp>])
#
# The sources are the .cpp files of the folder itself; a new file needs no edit here.
set(DPC_LAYERS_FILE "${CMAKE_BINARY_DIR}/layers.txt")
file(WRITE "${DPC_LAYERS_FILE}" "")
set(DPC_GENERATED_DIR "${CMAKE_BINARY_DIR}/generated")
set(DPC_STANDARD_HEADERS <algorithm> <array> <functional> <map> <memory> <optional> <set> <string> <string_view> <tuple>
  <unordered_map> <utility> <variant> <vector>)

function(dpc_stage folder)
  cmake_parse_arguments(STAGE "" "" "DEPENDS;LINKS;SOURCES;PRECOMPILE" ${ARGN})
  string(REPLACE "/" "_" name "${folder}")
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${folder}/*.cpp")
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  if(sources OR STAGE_SOURCES)
    add_library(dpc_${name} STATIC ${sources} ${STAGE_SOURCES})
    set(visibility PUBLIC)
    # One precompiled header of the standard library for all; a stage that wraps a heavy library has one of its own besides.
    if(STAGE_PRECOMPILE)
      target_precompile_headers(dpc_${name} PRIVATE ${DPC_STANDARD_HEADERS} ${STAGE_PRECOMPILE})
    elseif(folder STREQUAL "base")
      target_precompile_headers(dpc_${name} PRIVATE ${DPC_STANDARD_HEADERS})
    else()
      target_precompile_headers(dpc_${name} REUSE_FROM dpc_base)
    endif()
  else()
    add_library(dpc_${name} INTERFACE)
    set(visibility INTERFACE)
  endif()
  target_include_directories(dpc_${name} ${visibility} "${PROJECT_SOURCE_DIR}/src")
  foreach(dependency IN LISTS STAGE_DEPENDS)
    string(REPLACE "/" "_" dependency_name "${dependency}")
    target_link_libraries(dpc_${name} ${visibility} dpc_${dependency_name})
  endforeach()
  target_link_libraries(dpc_${name} ${visibility} ${STAGE_LINKS})
  string(REPLACE ";" " " depends "${STAGE_DEPENDS}")
  file(APPEND "${DPC_LAYERS_FILE}" "${folder}: ${depends}\n")
endfunction()

# Writes a source that lists every spec of one sort (`backend`, `frontend`, `renderer`, `command`), sorted by name, from the
# folder listing: adding a back end is adding a folder. A missing or misnamed spec is a link error that names it.
#
#   dpc_registry(OUT OUTPUT_VARIABLE KIND backend TYPE BackendSpec HEADER backend/backend.h NAMES aws conveyor
#     [FUNCTION AllBackendSpecs])
function(dpc_registry output_variable)
  cmake_parse_arguments(REGISTRY "" "KIND;TYPE;HEADER;NAMESPACE;FUNCTION" "NAMES" ${ARGN})
  if(NOT REGISTRY_FUNCTION)
    set(REGISTRY_FUNCTION "All${REGISTRY_TYPE}s")
  endif()
  list(SORT REGISTRY_NAMES)
  set(declarations "")
  set(entries "")
  foreach(name IN LISTS REGISTRY_NAMES)
    string(APPEND declarations "extern const ${REGISTRY_TYPE} ${REGISTRY_KIND}_${name};\n")
    string(APPEND entries "      &${REGISTRY_KIND}_${name},\n")
  endforeach()
  set(file "${DPC_GENERATED_DIR}/${REGISTRY_KIND}_registry.cpp")
  file(CONFIGURE OUTPUT "${file}" @ONLY CONTENT "// Generated from the folder listing by cmake/stages.cmake.
#include \"${REGISTRY_HEADER}\"

namespace ${REGISTRY_NAMESPACE} {

${declarations}
std::span<const ${REGISTRY_TYPE}* const> ${REGISTRY_FUNCTION}() {
  static const ${REGISTRY_TYPE}* const kAll[] = {
${entries}  };
  return kAll;
}

}  // namespace ${REGISTRY_NAMESPACE}
")
  set(${output_variable} "${file}" PARENT_SCOPE)
endfunction()
