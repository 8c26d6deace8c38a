// Items of one policy document to its statements. Private to this folder.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "backend/aws/statements.h"

namespace dpc::backend::aws {

// What one document holds; the topic of the keys plays no part.
class Contents {
 public:
  // All of them outlive this, and the statements.
  void Add(const GroupKey& key, const std::string& item, const Sources& sources);

  bool empty() const { return items_.empty(); }

  Sources sources() const;

  // One statement for each group.
  std::vector<StatementText> Plain() const;
  // Fewer statements with the same meaning: actions and resources of statements without a condition of their own are
  // united where every new pair of action and resource is impossible (reference/iam.md section c, rule 5).
  std::vector<StatementText> Merged() const;

 private:
  struct WithoutTopic {
    bool operator()(const GroupKey* left, const GroupKey* right) const;
  };

  std::map<const GroupKey*, std::set<std::string_view>, WithoutTopic> items_;
  // What many items share is looked at once: with n grants each item of a key has n declarations.
  std::set<const Sources*> sources_;
};

// {"Version": "2012-10-17", "Statement": [...]}: its bytes in compact JSON, and its text.
std::size_t DocumentBytes(const std::vector<StatementText>& statements);
std::string DocumentText(const std::vector<StatementText>& statements);

}  // namespace dpc::backend::aws
