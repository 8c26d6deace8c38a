// Terraform: internal/configs/parser_file_matcher.go, internal/command/{meta_vars,plugins}.go, provider_source.go (1.11
// to 1.15) and the pages "Files and configuration structure", "Test files", "Query files", "Stack configuration files",
// ".terraformignore". OpenTofu: "Files and Directories", "Command: test" (1.8 to 1.11).
#include "driver/terraform_files.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace dpc::driver {
namespace {

// Overrides are among them: `override.tf`, `x_override.tf.json`.
constexpr std::array<std::string_view, 4> kConfiguration = {".tf", ".tf.json", ".tofu", ".tofu.json"};

// These are read with a dot in front as well, of tests by some versions.
constexpr std::array<std::string_view, 14> kOthers = {
    ".auto.tfvars",   ".auto.tfvars.json", ".tftest.hcl",      ".tftest.json",     ".tofutest.hcl",
    ".tofutest.json", ".tfquery.hcl",      ".tfquery.json",    ".tfstack.hcl",     ".tfstack.json",
    ".tfdeploy.hcl",  ".tfdeploy.json",    ".tfcomponent.hcl", ".tfcomponent.json"};

// `.terraformignore`: what is uploaded for a run elsewhere.
constexpr std::array<std::string_view, 3> kNames = {"terraform.tfvars", "terraform.tfvars.json", ".terraformignore"};

constexpr std::array<std::string_view, 3> kMade = {".terraform", "terraform.tfstate", "terraform.tfstate.d"};

template <class List>
bool EndsWithOne(std::string_view name, const List& endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return name.ends_with(ending); });
}

template <class List>
bool IsOne(std::string_view name, const List& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// What HFS+ passes over in names: git's list, of `core.protectHFS`.
bool CannotBeSeen(std::uint32_t point) {
  return (point >= 0x200C && point <= 0x200F) || (point >= 0x202A && point <= 0x202E) ||
         (point >= 0x206A && point <= 0x206F) || point == 0xFEFF;
}

void DropEnd(std::string& path) {
  while (path.ends_with('.') || path.ends_with(' ')) {
    path.pop_back();
  }
}

}  // namespace

TerraformUse UseOf(std::string_view name) {
  const std::string folded = FoldedPath(name);
  if (IsOne(folded, kMade)) {
    return TerraformUse::Makes;
  }
  if (folded == "terraform.d") {
    return TerraformUse::Plugins;
  }
  const bool configuration = !folded.starts_with('.') && EndsWithOne(folded, kConfiguration);
  const bool plugin = folded.starts_with("terraform-provider-") || folded.starts_with("terraform-provisioner-");
  return configuration || plugin || EndsWithOne(folded, kOthers) || IsOne(folded, kNames) ? TerraformUse::Reads
                                                                                          : TerraformUse::None;
}

std::string FoldedPath(std::string_view path) {
  static constexpr std::uint32_t kLongS = 0x17F;
  static constexpr std::uint32_t kKelvin = 0x212A;
  std::string folded;
  for (std::size_t at = 0; at < path.size();) {
    const CodePoint point = DecodeUtf8(path, at);
    const std::size_t size = std::max<std::size_t>(point.size, 1);
    if (path[at] == '/') {
      DropEnd(folded);
    }
    // The two letters outside of ASCII that fold into it.
    if (point.value == kLongS || point.value == kKelvin) {
      folded += point.value == kLongS ? 's' : 'k';
    } else if (point.size == 0 || !CannotBeSeen(point.value)) {
      folded += LowerCase(path.substr(at, size));
    }
    at += size;
  }
  DropEnd(folded);
  return folded;
}

}  // namespace dpc::driver
