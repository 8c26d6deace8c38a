// Any bytes as a policy document of others: the flat reader takes what the library takes, and gives each text as it
// does.
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "base/check.h"
#include "json/json.h"
#include "json/tree.h"

namespace {

void RequireSame(const dpc::JsonNode& node, const dpc::Json& value) {
  DPC_CHECK(node.IsText() == value.is_string(), "a text for one reader only");
  DPC_CHECK(node.IsArray() == value.is_array() && node.IsObject() == value.is_object(), "another kind of value");
  DPC_CHECK(!node.IsText() || node.text() == value.get_ref<const std::string&>(), "another text");
  std::size_t at = 0;
  for (const dpc::JsonNode& item : node.Items()) {
    RequireSame(item, value.at(at++));
  }
  for (const auto& [key, member] : node.Members()) {
    const auto found = value.find(std::string(key));
    DPC_CHECK(found != value.end(), "a key that the library does not see");
    RequireSame(member, *found);
    ++at;
  }
  DPC_CHECK(at == (value.is_structured() ? value.size() : 0), "another number of values");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  // The library ends at a NUL byte (tree.h).
  if (text.find('\0') != std::string::npos) {
    return 0;
  }
  const auto tree = dpc::JsonTree::Read(text);
  const auto value = dpc::ParseForeignJson(text);
  // Numbers that no double holds are the library's concern alone.
  const bool large = text.size() > 300 || text.find_first_of("eE") != std::string::npos;
  DPC_CHECK(tree != nullptr || !value, "the library takes it, the flat reader does not");
  DPC_CHECK(tree == nullptr || value || large, "the flat reader takes it, the library does not");
  if (tree && value) {
    RequireSame(tree->root(), *value);
  }
  return 0;
}
