#include "terraform/terraform.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/check.h"

namespace dpc::terraform {
namespace {

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool IsPlain(char c) {
  return IsLetter(c) || (c >= '0' && c <= '9') || c == '-';
}

void AppendEncoded(std::string& out, char c, bool first) {
  if (first ? IsLetter(c) : IsPlain(c)) {
    out += c;
    return;
  }
  if (c == '_' && !first) {
    out += "__";
    return;
  }
  static constexpr std::string_view kDigits = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  out += {'_', kDigits[byte >> 4U], kDigits[byte & 0xFU], '_'};
}

bool IsPathCharacter(char c) {
  return IsPlain(c) || std::string_view("._/=+@,").find(c) != std::string_view::npos;
}

// Template introducers doubled: the string means itself.
std::string EscapeTemplate(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool introducer = (text[i] == '$' || text[i] == '%') && i + 1 < text.size() && text[i + 1] == '{';
    out += text[i];
    if (introducer) {
      out += text[i];
    }
  }
  return out;
}

// Depth is bounded by the blocks that back ends build, not by input.
// NOLINTNEXTLINE(misc-no-recursion)
Json Escaped(const Json& value) {
  if (value.is_string()) {
    return EscapeTemplate(value.get_ref<const std::string&>());
  }
  if (value.is_binary()) {
    const auto& bytes = value.get_binary();
    return "${" + std::string(bytes.begin(), bytes.end()) + "}";
  }
  if (value.is_array()) {
    Json out = Json::array();
    for (const Json& item : value) {
      out.push_back(Escaped(item));
    }
    return out;
  }
  if (value.is_object()) {
    Json out = Json::object();
    for (const auto& [key, item] : value.items()) {
      out[EscapeTemplate(key)] = Escaped(item);
    }
    return out;
  }
  return value;
}

Json ResourceFile(const std::map<std::string, std::map<std::string, Json>>& types) {
  Json resources = Json::object();
  for (const auto& [type, labels] : types) {
    Json& blocks = resources[type] = Json::object();
    for (const auto& [label, body] : labels) {
      blocks[label] = body;
    }
  }
  return Json{{"resource", std::move(resources)}};
}

}  // namespace

std::string Label(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (const std::string_view part : parts) {
    DPC_CHECK(!part.empty(), "a label part without text");
    if (!out.empty()) {
      out += "_-_";
    }
    for (const char c : part) {
      AppendEncoded(out, c, out.empty());
    }
  }
  return out;
}

Json Expression(std::string_view code) {
  return Json::binary({code.begin(), code.end()});
}

Json FileContents(std::string_view path) {
  DPC_CHECK(std::all_of(path.begin(), path.end(), IsPathCharacter), "a path that Terraform code cannot hold as it is");
  return Expression("file(\"${path.module}/" + std::string(path) + "\")");
}

Root::Root() = default;
Root::~Root() = default;
Root::Root(Root&&) noexcept = default;

void Root::RequireProvider(std::string_view name, std::string_view source, std::string_view version) {
  required_.insert_or_assign(std::string(name), Json{{"source", source}, {"version", version}});
}

void Root::AddProvider(std::string_view name, const Json& body) {
  providers_.emplace_back(name, Escaped(body));
}

void Root::SetBackend(std::string_view type, const Json& body) {
  backend_.insert_or_assign(std::string(type), Escaped(body));
}

void Root::AddResource(std::string_view group, std::string_view type, std::string_view label, const Json& body) {
  auto& labels = groups_[std::string(group)][std::string(type)];
  const bool added = labels.emplace(std::string(label), Escaped(body)).second;
  DPC_CHECK(added, "two resources with one address: " + std::string(type) + "." + std::string(label));
}

void Root::AddSources(std::string_view group, const std::vector<Range>& sources) {
  sources_[std::string(group)].insert(sources.begin(), sources.end());
}

void Root::AddFile(std::string path, std::string bytes, std::vector<Range> sources) {
  const std::string key = path;
  const bool added = files_.emplace(key, File{std::move(path), std::move(bytes), std::move(sources)}).second;
  DPC_CHECK(added, "two files with one path: " + key);
}

std::vector<File> Root::Render() const {
  Json terraform = Json::object();
  // `removed` blocks and `file()` in JSON need 1.7.
  terraform["required_version"] = ">= 1.7.0";
  Json& required = terraform["required_providers"] = Json::object();
  for (const auto& [name, body] : required_) {
    required[name] = body;
  }
  for (const auto& [type, body] : backend_) {
    terraform["backend"][type] = body;
  }
  Json main = Json{{"terraform", std::move(terraform)}};
  for (const auto& [name, body] : providers_) {
    main["provider"][name].push_back(body);
  }
  std::vector<File> files = {{"terraform.tf.json", PrettyJson(main), {}}};
  if (const auto sources = sources_.find("terraform"); sources != sources_.end()) {
    files.back().sources.assign(sources->second.begin(), sources->second.end());
  }
  for (const auto& [group, types] : groups_) {
    const auto sources = sources_.find(group);
    files.push_back({group + ".tf.json", PrettyJson(ResourceFile(types)), {}});
    if (sources != sources_.end()) {
      files.back().sources.assign(sources->second.begin(), sources->second.end());
    }
  }
  for (const auto& [path, file] : files_) {
    files.push_back(file);
  }
  return files;
}

}  // namespace dpc::terraform
