// What the proofs of roles and of resource policies share. Private to this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "backend/aws/permissions.h"
#include "backend/aws/policy_reader.h"
#include "json/json.h"

namespace dpc::backend::aws {

// Proves one thing, and says its name when it is not proved.
class Prover {
 public:
  // `subject`: "role `acme-orders`".
  explicit Prover(std::string subject) : subject_(std::move(subject)) {}

  [[noreturn]] void Fail(const std::string& what) const;
  // The document, when it is JSON of no more than `quota` bytes in characters that IAM takes.
  Json CheckedDocument(const std::string& what, const std::string& text, std::size_t quota) const;
  // The same, as the reader of policies has it.
  DocumentParts Read(const std::string& what, const std::string& text, std::size_t quota) const;
  // Adds what was expanded to `all`, when it is within the subset.
  void Take(Expansion expansion, const std::string& what, std::vector<Permission>& all) const;
  // The same is asked and emitted.
  void Compare(const std::vector<Permission>& asked, const std::vector<Permission>& emitted) const;

 private:
  // `meant`: a text as it is meant, without escapes.
  void CheckCharacters(const std::string& what, std::string_view text, bool meant = false) const;
  void Covered(const std::vector<Permission>& wanted, const std::vector<Permission>& given,
               std::string_view verb) const;

  std::string subject_;
};

}  // namespace dpc::backend::aws
