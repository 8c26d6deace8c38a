// Items of one policy document to its statements. Private to this folder.
#pragma once

#include <map>
#include <set>
#include <string>

#include "backend/aws/statements.h"

namespace dpc::backend::aws {

// What one document holds; the topic of the keys plays no part.
class Contents {
 public:
  // `sources` outlives this.
  void Add(const GroupKey& key, const std::string& item, const Sources& sources);

  bool empty() const { return items_.empty(); }

  Sources sources() const;

  // One statement for each group.
  Json Plain() const;
  // Fewer statements with the same meaning: actions and resources of statements without a condition of their own are
  // united where every new pair of action and resource is impossible (reference/iam.md section c, rule 5).
  Json Merged() const;

 private:
  std::map<GroupKey, std::set<std::string>> items_;
  // What many items share is looked at once: with n grants each item of a key has n declarations.
  std::set<const Sources*> sources_;
};

}  // namespace dpc::backend::aws
