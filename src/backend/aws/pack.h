// Statements into policy documents within the quotas of IAM (reference/iam.md sections a and c), without changing what
// they mean.
//
// Four layouts, the first that fits:
// 1. By topic, one document each, as the Data Product Portal names them: a small role stays easy to read.
// 2. By parcel: a parcel's items stay together, and a hash of its name alone says in which document. A document that is
//    full splits in two, all others stay: one new grant changes one document.
// 3. Tight: all documents that the quota allows and the inline policy, nothing twice. Still by hash, so that a change
//    moves little.
// 4. In order: as 3, filled one after the other, so that few documents pay for the head of a statement. It holds most,
//    and one new grant may move others.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "backend/aws/statements.h"

namespace dpc::backend::aws {

// Characters without white space; counted here as bytes of compact JSON, an upper bound of every reading of the rule.
// Source: IAM and AWS STS quotas, AWS documentation, March 2026.
inline constexpr std::size_t kManagedPolicyBytes = 6144;
inline constexpr std::size_t kInlinePolicyBytes = 10240;  // all inline policies of a role together

struct Quota {
  std::size_t managed_policies = 10;
  bool may_inline = true;  // a user's inline policies are too small to be of use
  // What a document is filled to while there is room: the rest lets a name grow without moving anything.
  std::size_t comfortable_bytes = kManagedPolicyBytes * 97 / 100;
};

struct Document {
  std::string part;  // completes the policy's name: "bucket-read-Part0", "service", "access-01", "full-3"
  std::string text;
  std::size_t bytes = 0;  // of its compact form
  std::vector<Range> sources;
};

struct Packing {
  std::vector<Document> managed;
  std::optional<Document> inline_document;
  bool fits = false;
  // For the message when it does not fit: at least so much is needed, and so much there is.
  std::size_t needed_bytes = 0;
  std::size_t capacity_bytes = 0;
};

// A statement without items, with list brackets and a comma: no less than it takes.
std::size_t FrameBytes(const GroupKey& key);
// The part of a topic's document: "bucket-read-Part0", "service".
std::string PartOf(const Topic& topic);
// Statements with their items, in one document, without its frame: no less than they take.
std::size_t BytesOf(const Groups& groups);

// `groups` are reduced.
Packing Pack(const Groups& groups, const std::vector<Topic>& topics, const Quota& quota = {});

}  // namespace dpc::backend::aws
