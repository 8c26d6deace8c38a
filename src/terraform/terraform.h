// The door of `terraform`: root modules as `.tf.json`. Back ends add blocks as JSON values; this folder owns addresses,
// escaping and the layout of files.
//
// In Terraform's JSON syntax every string in expression position is a template, map keys too. So every string and key
// of an added value is escaped here (`${` to `$${`, `%{` to `%%{`), and only what was made by Expression is evaluated.
// An Expression is a JSON binary value, which no text from a repository can become.
#pragma once

#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/location.h"
#include "json/json.h"

namespace dpc::terraform {

// A block label from names, injective: different names give different labels, whatever they hold. ASCII letters, digits
// and
// `-` stay, `_` doubles, other bytes become `_xx_`, parts are joined by `_-_`; a first byte that is not a letter is
// encoded.
std::string Label(std::initializer_list<std::string_view> parts);

// Terraform code that is evaluated; never from repository text. `code` without the surrounding `${ }`.
Json Expression(std::string_view code);

// `${file("${path.module}/PATH")}`: contents of file() are not templates, so the bytes a checker reads are the bytes
// AWS gets. `path` must be made of ASCII letters, digits and `._-/=+@,`.
Json FileContents(std::string_view path);

// One file of a root: its path below the root and its bytes.
struct File {
  std::string path;
  std::string bytes;
  std::vector<Range> sources;  // the declarations that caused it
};

// One root module.
class Root {
 public:
  // `source` "hashicorp/aws", `version` a constraint. Repeating the same one is fine.
  void RequireProvider(std::string_view name, std::string_view source, std::string_view version);
  // A provider block; `alias` "" for the default one. Provider blocks go to the file of the terraform block.
  void AddProvider(std::string_view name, const Json& body);
  void SetBackend(std::string_view type, const Json& body);

  // Adds a resource to `<group>.tf.json`; (type, label) must be new.
  void AddResource(std::string_view group, std::string_view type, std::string_view label, const Json& body);
  // The declarations that caused what is in `<group>.tf.json`; for the manifest.
  void AddSources(std::string_view group, const std::vector<Range>& sources);
  // A file beside the blocks; the path must be new.
  void AddFile(std::string path, std::string bytes, std::vector<Range> sources);

  // "terraform.tf.json" first, then groups and files by path. Moved out: nothing is left in here.
  std::vector<File> Render();

 private:
  std::string MainFile() const;

  std::map<std::string, Json, std::less<>> required_;
  // Texts of bodies, as they stand in their files.
  std::vector<std::pair<std::string, std::vector<std::string>>> providers_;                  // by name, as they came
  std::map<std::string, std::string, std::less<>> backend_;                                  // at most one
  std::map<std::string, std::map<std::string, std::map<std::string, std::string>>> groups_;  // group, type, label
  std::map<std::string, std::set<Range>, std::less<>> sources_;                              // by group
  std::map<std::string, File> files_;

 public:
  Root();
  ~Root();
  Root(Root&&) noexcept;
};

// Roots by folder name ("production", "conveyor"); the name must be a Label-safe path segment.
class Roots {
 public:
  Root& Get(std::string_view name) { return roots_[std::string(name)]; }

  const std::map<std::string, Root>& all() const { return roots_; }

  std::map<std::string, Root>& all() { return roots_; }

 private:
  std::map<std::string, Root> roots_;
};

}  // namespace dpc::terraform
