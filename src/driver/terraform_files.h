// Which names Terraform and OpenTofu act on in the folder that they run in, whoever put them there. Private to
// `driver`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dpc::driver {

enum class TerraformUse : std::uint8_t {
  None,     // not read, unless a file that is read names it
  Reads,    // a file: configuration, values of variables, tests, queries, a plugin
  Plugins,  // a folder of programs that are started
  Makes,    // Terraform's own: what `init` and `apply` leave on the machine where they ran
};

// Of a name in a root, or in a folder below it: `tests` is looked into, and each folder can be a root.
TerraformUse UseOf(std::string_view name);

// A path as a file system may take it that does not tell case apart, passes over what cannot be seen (HFS+), or drops
// dots and spaces at the end of a name (Windows). Two paths that are one there are equal.
std::string FoldedPath(std::string_view path);

}  // namespace dpc::driver
