// What Terraform would make of the emitted files: the policies that are attached to a role, by way of the blocks, not
// of the folders. A policy that is emitted and not attached does not count.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "driver/driver.h"
#include "json/json.h"
#include "names.h"

namespace dpc::oracle {

struct Attached {
  std::string name;
  Json policy;
};

// One root ("development"). Throws std::runtime_error when blocks contradict each other, or hold something that would
// change what a role may do and is not understood here.
class Emitted {
 public:
  Emitted(const std::vector<driver::Artifact>& artifacts, const std::string& root);
  ~Emitted();

  std::vector<Attached> OfRole(const Place& place, const std::string& role) const;
  std::vector<Attached> OfUser(const Place& place, const std::string& user) const;
  Json Trust(const std::string& role) const;

 private:
  void Merge(const driver::Artifact& artifact);
  void RefuseUnknown() const;
  // The block of this type whose `attribute` is `value`.
  const Json& Find(const std::string& type, const std::string& attribute, const std::string& value) const;
  // The JSON of a file("${path.module}/...") expression.
  Json FileOf(const Json& expression) const;
  // ARNs of the attachments of this type, which names its role or user in `attribute`.
  std::vector<std::string> AttachedTo(const std::string& type, const std::string& attribute,
                                      const std::string& name) const;
  std::vector<Attached> Policies(const Place& place, const std::vector<std::string>& arns) const;

  std::string root_;
  std::map<std::string, const driver::Artifact*> files_;
  std::map<std::string, std::vector<Json>> resources_;  // by type
};

}  // namespace dpc::oracle
