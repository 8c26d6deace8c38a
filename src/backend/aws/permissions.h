// What policy documents allow, as sets of single permissions, and the exact comparison of two sets (reference/iam.md
// section d). Knows only the subset that dpc emits; everything else is "unknown", never "equal".
//
// A permission is a product: one action, one pattern of resources, one pattern for each condition key. By the lemma on
// prefix patterns a product that is covered by a finite union of such products is covered by a single one of them, so a
// union is compared product by product, and no combination of statements is ever missed or invented.
#pragma once

#include <compare>
#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "backend/aws/statements.h"

namespace dpc::backend::aws {

// How the values of a condition, or the ARNs of resources, are described.
enum class PatternForm : std::uint8_t {
  Literal,   // `text` and nothing else
  Prefix,    // every text that begins with `text`
  Verbatim,  // `text` holds other wildcards: only compared as it stands (trust policies)
};

// `text` is without escapes: `${*}` has become `*`.
struct Pattern {
  PatternForm form = PatternForm::Literal;
  std::string text;
  auto operator<=>(const Pattern&) const = default;
};

// How a condition compares.
enum class LimitKind : std::uint8_t {
  Text,    // StringEquals, StringLike
  Arn,     // ArnEquals, ArnLike, which AWS treats alike
  Before,  // DateLessThan: a later date allows more
};

// One condition with one value. The key is in lower case: IAM ignores its case.
struct Limit {
  LimitKind kind = LimitKind::Text;
  std::string key;
  Pattern value;
  auto operator<=>(const Limit&) const = default;
};

struct Permission {
  std::string action;  // as written; IAM ignores its case, and so does every comparison
  Pattern resource;
  std::vector<Limit> limits;  // sorted; all must hold
};

// "s3:ListBucket on `arn:aws:s3:::lake` when `s3:prefix` is like `raw/*`", for messages.
std::string Describe(const Permission& permission);
// With the wildcard of a prefix.
std::string PatternText(const Pattern& pattern);

struct Expansion {
  std::vector<Permission> permissions;
  std::size_t statements = 0;
  std::string
      unknown;  // "": everything is understood. Else why not, "statement 2: `NotAction`"; the rest is incomplete

  bool known() const { return unknown.empty(); }
};

// Of a policy document: JSON, or JSON in percent-encoding (RFC 3986) as the IAM API hands it out.
Expansion Expand(std::string_view document);
// Of something that was asked for.
Expansion Expand(const GroupKey& key, const std::string& item);

inline Expansion Expand(const AskedItem& asked) {
  return Expand(asked.key, asked.item);
}

// A set with one question: is something covered? Near constant time for each answer, however many permissions.
class PermissionSet {
 public:
  PermissionSet() = default;
  explicit PermissionSet(const std::vector<Permission>& permissions);

  void Add(const Permission& permission);
  // Every request that `permission` allows is allowed by the set.
  bool Covers(const Permission& permission) const;

 private:
  // One dimension of the permissions of one shape: patterns, and below each the next dimension.
  struct Level {
    std::map<std::string, std::unique_ptr<Level>, std::less<>> exact;   // literals, and verbatim ones after a NUL
    std::map<std::string, std::unique_ptr<Level>, std::less<>> prefix;  // also the dates
    std::set<std::size_t> lengths;                                      // of the prefixes
  };

  using Key = std::pair<LimitKind, std::string>;
  // The keys of the conditions, and resources on top.
  using Shapes = std::map<std::vector<Key>, Level>;

  static bool Find(const Level& level, const std::vector<Key>& keys, std::size_t depth, const Permission& wanted);
  template <class Visit>
  static bool AnyCover(const Level& level, LimitKind kind, const Pattern& wanted, const Visit& visit);

  std::map<std::string, Shapes, std::less<>> actions_;  // by the action in lower case
};

// Those of `wanted` that `given` does not cover, in the order of `wanted`.
std::vector<Permission> Missing(const std::vector<Permission>& wanted, const PermissionSet& given);

}  // namespace dpc::backend::aws
