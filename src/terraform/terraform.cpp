#include "terraform/terraform.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/check.h"
#include "json/writer.h"

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

bool HasTemplate(std::string_view text) {
  return text.find("${") != std::string_view::npos || text.find("%{") != std::string_view::npos;
}

// Depth is bounded by the blocks that back ends build, not by input.
// NOLINTNEXTLINE(misc-no-recursion)
void WriteEscaped(const Json& value, JsonWriter& out) {
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    HasTemplate(text) ? out.Text(EscapeTemplate(text)) : out.Text(text);
  } else if (value.is_binary()) {
    const auto& bytes = value.get_binary();
    out.Text("${" + std::string(bytes.begin(), bytes.end()) + "}");
  } else if (value.is_array()) {
    out.BeginArray();
    for (const Json& item : value) {
      WriteEscaped(item, out);
    }
    out.EndArray();
  } else if (value.is_object()) {
    out.BeginObject();
    for (const auto& [key, item] : value.get_ref<const Json::object_t&>()) {
      HasTemplate(key) ? out.Key(EscapeTemplate(key)) : out.Key(key);
      WriteEscaped(item, out);
    }
    out.EndObject();
  } else {
    out.Value(value);
  }
}

// The text of a body, as it stands in its file: what is around it is the file, "resource" and its type, "provider" and
// its list, or "terraform" and "backend".
std::string BodyText(const Json& body) {
  constexpr std::size_t kDepth = 3;
  JsonWriter writer(kDepth);
  WriteEscaped(body, writer);
  return writer.Take();
}

std::string ResourceFile(const std::map<std::string, std::map<std::string, std::string>>& types) {
  JsonWriter out;
  out.BeginObject();
  out.Key("resource");
  out.BeginObject();
  for (const auto& [type, labels] : types) {
    out.Key(type);
    out.BeginObject();
    for (const auto& [label, body] : labels) {
      out.Key(label);
      out.Written(body);
    }
    out.EndObject();
  }
  out.EndObject();
  out.EndObject();
  return out.Take() + "\n";
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
  auto known =
      std::find_if(providers_.begin(), providers_.end(), [&](const auto& blocks) { return blocks.first == name; });
  if (known == providers_.end()) {
    known = providers_.insert(known, {std::string(name), {}});
  }
  known->second.push_back(BodyText(body));
}

void Root::SetBackend(std::string_view type, const Json& body) {
  backend_.insert_or_assign(std::string(type), BodyText(body));
}

void Root::AddResource(std::string_view group, std::string_view type, std::string_view label, const Json& body) {
  auto& labels = groups_[std::string(group)][std::string(type)];
  const bool added = labels.emplace(std::string(label), BodyText(body)).second;
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

std::string Root::MainFile() const {
  JsonWriter out;
  out.BeginObject();
  out.Key("terraform");
  out.BeginObject();
  // `removed` blocks and `file()` in JSON need 1.7.
  out.Key("required_version");
  out.Text(">= 1.7.0");
  out.Key("required_providers");
  out.BeginObject();
  for (const auto& [name, body] : required_) {
    out.Key(name);
    out.Value(body);
  }
  out.EndObject();
  if (!backend_.empty()) {
    out.Key("backend");
    out.BeginObject();
    for (const auto& [type, body] : backend_) {
      out.Key(type);
      out.Written(body);
    }
    out.EndObject();
  }
  out.EndObject();
  if (!providers_.empty()) {
    out.Key("provider");
    out.BeginObject();
    for (const auto& [name, bodies] : providers_) {
      out.Key(name);
      out.BeginArray();
      for (const std::string& body : bodies) {
        out.Written(body);
      }
      out.EndArray();
    }
    out.EndObject();
  }
  out.EndObject();
  return out.Take() + "\n";
}

std::vector<File> Root::Render() {
  std::vector<File> files;
  files.reserve(1 + groups_.size() + files_.size());
  const auto add = [&](const std::string& group, std::string bytes) {
    const auto sources = sources_.find(group);
    files.push_back({group + ".tf.json", std::move(bytes), {}});
    if (sources != sources_.end()) {
      files.back().sources.assign(sources->second.begin(), sources->second.end());
    }
  };
  add("terraform", MainFile());
  for (auto& [group, types] : groups_) {
    add(group, ResourceFile(types));
    types.clear();
  }
  for (auto& [path, file] : files_) {
    files.push_back(std::move(file));
  }
  groups_.clear();
  files_.clear();
  return files;
}

}  // namespace dpc::terraform
